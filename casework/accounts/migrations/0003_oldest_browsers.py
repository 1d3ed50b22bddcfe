"""Which browsers still get security fixes: told to who signs in with an older one."""

from functools import partial
from pathlib import Path

from django.db import migrations

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_the_ward_liaison"), ("reference", "0001_tables")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
