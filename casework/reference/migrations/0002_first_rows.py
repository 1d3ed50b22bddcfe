"""Places, facilities, holidays and texts a site begins with."""

from functools import partial

from django.db import migrations

from casework.reference.loading import load_first_rows


def forwards(apps, schema_editor):
    load_first_rows(partial(apps.get_model, "reference"))


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
