"""A movement changes the balance of its lot in its store by a trigger, and nothing else does."""

from __future__ import annotations

from django.db import migrations

APPLY = """
CREATE FUNCTION stock_apply_movement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    moved numeric := NEW.quantity
        * CASE WHEN NEW.kind IN ('receive', 'take_back', 'move_in', 'count_more') THEN 1 ELSE -1 END;
BEGIN
    UPDATE stock_balance SET quantity = quantity + moved WHERE store_id = NEW.store_id AND lot_id = NEW.lot_id;
    IF NOT FOUND THEN
        INSERT INTO stock_balance (store_id, lot_id, quantity) VALUES (NEW.store_id, NEW.lot_id, moved)
        ON CONFLICT (store_id, lot_id) DO UPDATE SET quantity = stock_balance.quantity + EXCLUDED.quantity;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stock_apply_movement AFTER INSERT ON stock_movement
    FOR EACH ROW EXECUTE FUNCTION stock_apply_movement();
"""
FORGET = """
DROP TRIGGER stock_apply_movement ON stock_movement;
DROP FUNCTION stock_apply_movement();
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]

    operations = [migrations.RunSQL(APPLY, FORGET)]
