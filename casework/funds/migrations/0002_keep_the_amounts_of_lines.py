"""An entry changes the amounts of its line by a trigger, and nothing else does (casework/kernel/rights.py)."""

from __future__ import annotations

from django.db import migrations

APPLY = """
CREATE FUNCTION funds_apply_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    moved numeric := NEW.amount;
BEGIN
    IF NEW.reverses_id IS NOT NULL THEN
        PERFORM 1 FROM funds_budgetentry o WHERE o.id = NEW.reverses_id AND o.line_id = NEW.line_id
            AND o.kind = NEW.kind AND o.amount = NEW.amount AND o.reverses_id IS NULL;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'an entry is taken back by its exact opposite' USING ERRCODE = 'check_violation';
        END IF;
        moved := -moved;
    END IF;
    UPDATE funds_budgetline SET
        allotted = allotted + moved * CASE NEW.kind WHEN 'allot' THEN 1 WHEN 'raise' THEN 1 WHEN 'lower' THEN -1
            ELSE 0 END,
        reserved = reserved + moved * CASE NEW.kind WHEN 'reserve' THEN 1 WHEN 'release' THEN -1 WHEN 'commit' THEN -1
            ELSE 0 END,
        committed = committed + moved * CASE NEW.kind WHEN 'commit' THEN 1 WHEN 'cancel' THEN -1
            WHEN 'disburse' THEN -1 ELSE 0 END,
        disbursed = disbursed + moved * CASE NEW.kind WHEN 'disburse' THEN 1 WHEN 'refund' THEN -1 ELSE 0 END
    WHERE id = NEW.line_id;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_apply_entry AFTER INSERT ON funds_budgetentry FOR EACH ROW EXECUTE FUNCTION funds_apply_entry();

CREATE FUNCTION funds_begin_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.allotted <> 0 OR NEW.reserved <> 0 OR NEW.committed <> 0 OR NEW.disbursed <> 0 THEN
        RAISE EXCEPTION 'a budget line begins empty' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_begin_empty BEFORE INSERT ON funds_budgetline FOR EACH ROW EXECUTE FUNCTION funds_begin_empty();
"""

FORGET = """
DROP TRIGGER funds_apply_entry ON funds_budgetentry;
DROP FUNCTION funds_apply_entry();
DROP TRIGGER funds_begin_empty ON funds_budgetline;
DROP FUNCTION funds_begin_empty();
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]

    operations = [migrations.RunSQL(APPLY, FORGET)]
