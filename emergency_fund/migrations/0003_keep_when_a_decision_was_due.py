from datetime import timedelta

from django.db import migrations, models

WITHIN = {"24h": timedelta(hours=24), "72h": timedelta(hours=72), "14d": timedelta(days=14)}
HELP = "until when the request was to be decided the first time: its own clock starts anew with the appeal"


def reckon(apps, schema_editor):
    """What an appeal wrote over follows from when the family asked and how urgently."""
    for appeal in apps.get_model("emergency_fund", "Appeal")._base_manager.select_related("request"):
        appeal.first_due_at = appeal.request.received_at + WITHIN[appeal.request.urgency]
        appeal.save(update_fields=["first_due_at"])


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0002_what_families_say_of_goods")]

    operations = [
        migrations.AddField("appeal", "first_due_at", models.DateTimeField(null=True, help_text=HELP)),
        migrations.RunPython(reckon, migrations.RunPython.noop),
        migrations.AlterField("appeal", "first_due_at", models.DateTimeField(help_text=HELP)),
    ]
