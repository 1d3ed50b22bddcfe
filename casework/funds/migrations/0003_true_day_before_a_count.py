"""What is written down of a day before a count keeps its true day; nothing that stands has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_entries_by_the_calendar")]

    operations = [
        migrations.AddField(
            model_name="cashmovement",
            name="happened_on",
            field=models.DateField(
                "true day", null=True, help_text="where it was counted since, and stands on the day of the count"
            ),
        ),
    ]
