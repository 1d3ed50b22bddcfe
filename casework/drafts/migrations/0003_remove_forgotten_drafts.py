from functools import partial
from pathlib import Path

from django.db import migrations

from casework.reference.loading import load_terms


TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def bring_terms(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    dependencies = [
        ("drafts", "0002_name_no_form_of_a_programme"),
        ("reference", "0002_first_rows"),
    ]

    operations = [migrations.RunPython(bring_terms, migrations.RunPython.noop)]
