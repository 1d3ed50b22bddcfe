"""From when on two children are taken for one is a row with a day, which a site sets."""

from functools import partial
from pathlib import Path

from django.db import migrations

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_conflicts_by_a_number_as_typed"), ("reference", "0001_tables")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
