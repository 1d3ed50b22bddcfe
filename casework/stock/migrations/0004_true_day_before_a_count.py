"""What is written down of a day before a count keeps its true day; nothing that stands has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stock", "0003_what_stands_in")]

    operations = [
        migrations.AddField(
            model_name="movement",
            name="happened_on",
            field=models.DateField(
                "true day", null=True, help_text="where it was counted since, and stands on the day of the count"
            ),
        ),
    ]
