"""In how many days requests of one family are decided as one amount; a dated row like the others."""

from functools import partial
from pathlib import Path

from django.db import migrations

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def forwards(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0009_follow_what_comes_after_the_payment"), ("reference", "0002_first_rows")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
