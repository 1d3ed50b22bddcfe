"""A paper of the checklist is wanted until a day that was agreed with the family."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0006_targets_and_opening_balances"),
    ]

    operations = [
        migrations.AddField(
            model_name="checklistitem",
            name="has_own_day",
            field=models.BooleanField(
                default=False, help_text="the day was agreed with the family; it stays when the time limit moves"
            ),
        ),
    ]
