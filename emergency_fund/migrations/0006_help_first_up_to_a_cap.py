"""Up to how much the fund helps before approval where a life is at risk; the board replaces it by a newer policy."""

from django.db import migrations

KIND = "emergency_fund.help"
CAP = 8_000
MARK = "[U]"
"""How the source of a first policy begins that nobody has looked at."""


def forwards(apps, schema_editor):
    policies = apps.get_model("approvals", "ApprovalPolicy").objects
    policies.filter(kind=KIND, emergency_cap=0, source__startswith=MARK).update(emergency_cap=CAP)


class Migration(migrations.Migration):
    dependencies = [
        ("emergency_fund", "0005_kits_leave_a_store"),
        ("approvals", "0005_meet_emergencies_and_stand_in"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
