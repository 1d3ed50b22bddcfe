"""Whoever asked for an amount or changed it does not act on it, and nobody acts on what is decided."""

from __future__ import annotations

from django.db import migrations

REFUSE = """
CREATE FUNCTION approvals_refuse_who_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM approvals_approvalrequest r WHERE r.id = NEW.request_id AND r.state = 'pending'
        AND r.step = NEW.step AND r.requested_by_id <> NEW.user_id AND NOT r.barred @> to_jsonb(NEW.user_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who asked for it does not decide it, and what is decided stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_refuse_who_asked BEFORE INSERT ON approvals_approvalaction
    FOR EACH ROW EXECUTE FUNCTION approvals_refuse_who_asked();
"""
FORGET = """
DROP TRIGGER approvals_refuse_who_asked ON approvals_approvalaction;
DROP FUNCTION approvals_refuse_who_asked();
"""


class Migration(migrations.Migration):
    dependencies = [("approvals", "0003_approve_amounts_in_steps")]

    operations = [migrations.RunSQL(REFUSE, FORGET)]
