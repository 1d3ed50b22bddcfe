"""Until when a password that somebody else made opens the door; of those that wait, seven days from now."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import migrations, models
from django.utils import timezone

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)
    waiting = apps.get_model("accounts", "User").objects.filter(must_change_password=True)
    waiting.update(password_ends_at=timezone.now() + timedelta(days=7))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_a_role_is_confirmed_by_somebody_else"), ("reference", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_ends_at",
            field=models.DateTimeField(
                help_text="until when a password that somebody else made opens the door", null=True
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
