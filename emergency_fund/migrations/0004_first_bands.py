"""The first policy of who approves how much; the board of the fund replaces it by a newer one."""

import datetime as dt

from django.db import migrations

KIND = "emergency_fund.help"
BANDS = ((0, 5_000, ("FO",)), (5_000, 10_000, ("FO", "FA")), (10_000, None, ("FA", "PM")))


def forwards(apps, schema_editor):
    bands = apps.get_model("approvals", "ApprovalBand")
    policy = apps.get_model("approvals", "ApprovalPolicy").objects.create(
        programme="emergency_fund", kind=KIND, valid_from=dt.date(2020, 1, 1), source="[U] to be set by the board of the fund"
    )
    for low, high, roles in BANDS:
        steps = [{"role": role, "quorum": "any"} for role in roles]
        bands.objects.create(policy=policy, amount_from=low, amount_to=high, steps=steps)


class Migration(migrations.Migration):
    dependencies = [
        ("emergency_fund", "0003_say_why_and_take_back_what_comes_back"),
        ("approvals", "0004_refuse_who_asked"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
