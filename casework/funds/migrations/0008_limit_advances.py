"""An advance has a limit of amount and time, and a person one that is open; those given before stay as they are."""

from functools import partial
from pathlib import Path

from django.db import migrations

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"

ONE_OPEN = """
CREATE FUNCTION funds_one_open_advance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM funds_advance WHERE holder_id = NEW.holder_id AND state = 'open') THEN
        RAISE EXCEPTION 'a person holds one open advance' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_one_open_advance BEFORE INSERT ON funds_advance
    FOR EACH ROW EXECUTE FUNCTION funds_one_open_advance();
"""
FORGET = """
DROP TRIGGER funds_one_open_advance ON funds_advance;
DROP FUNCTION funds_one_open_advance();
"""


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0007_explain_what_is_missing_of_an_advance"),
        ("reference", "0002_first_rows"),
    ]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(ONE_OPEN, FORGET),
    ]
