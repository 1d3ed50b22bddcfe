from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("registration", "0011_ask_to_waive_a_paper")]

    operations = [
        migrations.AddField(
            model_name="checklistitem",
            name="waiver_asked_why",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it cannot be had"),
        ),
    ]
