"""From which age a child is asked about school is a row, which a site sets; rows that are there stay."""

from functools import partial

from django.db import migrations

from casework.reference.loading import load_terms
from emergency_fund.loading import DATA


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), DATA / "terms.csv")


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0008_day_of_a_return"), ("reference", "0001_tables")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
