from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("registration", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="checklistitem",
            name="waiver_declined_why",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it is needed all the same"),
        ),
    ]
