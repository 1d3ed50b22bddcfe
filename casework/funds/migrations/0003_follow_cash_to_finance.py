"""Cash of offices, advances, export to finance, samples; movements change balances by triggers, nothing else does."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.manager
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


APPLY = """
CREATE FUNCTION funds_apply_cash() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE funds_cashbox SET balance = balance + NEW.amount
        * CASE WHEN NEW.kind IN ('fill', 'give_back', 'count_more') THEN 1 ELSE -1 END
    WHERE id = NEW.box_id;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_apply_cash AFTER INSERT ON funds_cashmovement FOR EACH ROW EXECUTE FUNCTION funds_apply_cash();

CREATE FUNCTION funds_box_begins_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.balance <> 0 THEN
        RAISE EXCEPTION 'a cash box begins empty' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_box_begins_empty BEFORE INSERT ON funds_cashbox
    FOR EACH ROW EXECUTE FUNCTION funds_box_begins_empty();
"""

FORGET = """
DROP TRIGGER funds_apply_cash ON funds_cashmovement;
DROP FUNCTION funds_apply_cash();
DROP TRIGGER funds_box_begins_empty ON funds_cashbox;
DROP FUNCTION funds_box_begins_empty();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_tick_the_first_day"),
        ("funds", "0002_keep_the_amounts_of_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CashBox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                ("name_th", models.CharField(blank=True, max_length=80, verbose_name="name in Thai")),
                ("name_my", models.CharField(blank=True, max_length=80, verbose_name="name in Burmese")),
                (
                    "balance",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=12, verbose_name="in the box"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="keeper",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "cash boxes",
                "ordering": ["office__code", "name_en"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="CashCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("on", models.DateField(verbose_name="day")),
                ("pieces", models.JSONField(help_text="worth of a note or coin in baht → how many")),
                ("counted", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="counted")),
                ("in_books", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="in the books")),
                ("explanation", models.CharField(blank=True, max_length=300, verbose_name="why it differs")),
                (
                    "state",
                    models.CharField(
                        choices=[("counted", "Counted, not confirmed"), ("confirmed", "Confirmed")],
                        default="counted",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="funds.cashbox"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="CashMovement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fill", "Filled from the bank"),
                            ("pay_out", "Paid out"),
                            ("give_back", "Given back"),
                            ("count_more", "Counted more"),
                            ("count_less", "Counted less"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                (
                    "key",
                    models.CharField(
                        help_text="the act that made it: sent twice, it is done once", max_length=80, unique=True
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="of the bank, or a receipt", max_length=60, verbose_name="reference"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField()),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="funds.cashbox"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="cashbox",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance__gte", 0)), name="No box has less than nothing in it"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashbox",
            constraint=models.UniqueConstraint(fields=("office", "name_en"), name="An office names a cash box once"),
        ),
        migrations.AddConstraint(
            model_name="cashcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("counted__gte", 0), ("in_books__gte", 0)), name="Nobody counts less than nothing"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counted", models.F("in_books")), models.Q(("explanation", ""), _negated=True), _connector="OR"
                ),
                name="A difference is explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        models.Q(("confirmed_by", models.F("created_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="Who counted does not confirm",
            ),
        ),
        migrations.AddIndex(
            model_name="cashmovement",
            index=models.Index(fields=["box", "-id"], name="funds_cash_box"),
        ),
        migrations.AddIndex(
            model_name="cashmovement",
            index=models.Index(fields=["subject_type", "subject_id"], name="funds_cash_subject"),
        ),
        migrations.AddConstraint(
            model_name="cashmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="A movement of cash has an amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="cashmovement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "fill"), _negated=True),
                    models.Q(("reference", ""), _negated=True),
                    _connector="OR",
                ),
                name="Cash from the bank has its reference",
            ),
        ),
        migrations.RunSQL(APPLY, FORGET),
    ]
