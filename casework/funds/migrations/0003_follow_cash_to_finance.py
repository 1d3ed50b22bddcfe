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
        * CASE WHEN NEW.kind IN ('fill', 'give_back', 'settle', 'count_more') THEN 1 ELSE -1 END
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

CREATE FUNCTION funds_apply_advance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE funds_advance SET used = used + NEW.amount WHERE id = NEW.advance_id AND state = 'open';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a settled advance is not used' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_apply_advance AFTER INSERT ON funds_advanceentry
    FOR EACH ROW EXECUTE FUNCTION funds_apply_advance();

CREATE FUNCTION funds_advance_begins_unused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.used <> 0 THEN
        RAISE EXCEPTION 'an advance begins unused' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funds_advance_begins_unused BEFORE INSERT ON funds_advance
    FOR EACH ROW EXECUTE FUNCTION funds_advance_begins_unused();
"""

FORGET = """
DROP TRIGGER funds_apply_cash ON funds_cashmovement;
DROP FUNCTION funds_apply_cash();
DROP TRIGGER funds_box_begins_empty ON funds_cashbox;
DROP FUNCTION funds_box_begins_empty();
DROP TRIGGER funds_apply_advance ON funds_advanceentry;
DROP FUNCTION funds_apply_advance();
DROP TRIGGER funds_advance_begins_unused ON funds_advance;
DROP FUNCTION funds_advance_begins_unused();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_tick_the_first_day"),
        ("funds", "0002_keep_the_amounts_of_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="budgetentry",
            name="reference",
            field=models.CharField(
                blank=True,
                help_text="the number of the paper, such as a receipt: never a name",
                max_length=60,
                verbose_name="reference",
            ),
        ),
        migrations.CreateModel(
            name="AuditSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=24, unique=True, verbose_name="number")),
                ("programme", models.CharField(max_length=40, verbose_name="programme")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("size", models.PositiveSmallIntegerField(verbose_name="how many")),
                ("seed", models.CharField(max_length=40, verbose_name="seed")),
                ("population", models.PositiveIntegerField(verbose_name="out of")),
                (
                    "population_sha256",
                    models.CharField(help_text="of the entry numbers it was drawn from, in order", max_length=64),
                ),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drawn by",
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
                "ordering": ["-pk"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
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
            name="Advance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(editable=False, max_length=24, unique=True, verbose_name="number")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                (
                    "used",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=12, verbose_name="accounted for"
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="for")),
                ("given_on", models.DateField(verbose_name="given on")),
                ("until_on", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("settled", "Settled")],
                        default="open",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
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
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given to",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advances",
                        to="funds.cashbox",
                        verbose_name="cash box",
                    ),
                ),
            ],
            options={
                "ordering": ["until_on", "pk"],
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
                            ("advance", "Advance given"),
                            ("settle", "Brought back from an advance"),
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
        migrations.CreateModel(
            name="FinanceBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(editable=False, max_length=24, unique=True, verbose_name="number")),
                ("programme", models.CharField(max_length=40, verbose_name="programme")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("paid", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="paid")),
                ("returned", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="paid back")),
                ("reason", models.CharField(max_length=200, verbose_name="what for")),
                ("csv_file", models.CharField(help_text="name under the document store", max_length=200)),
                ("csv_sha256", models.CharField(max_length=64)),
                ("xlsx_file", models.CharField(help_text="name under the document store", max_length=200)),
                ("xlsx_sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
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
                "verbose_name_plural": "finance batches",
                "ordering": ["-first_on", "-pk"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="BatchLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paid", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="paid")),
                ("returned", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="paid back")),
                (
                    "booked",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="booked"),
                ),
                ("explanation", models.CharField(blank=True, max_length=300, verbose_name="why it differs")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.budgetline"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="funds.financebatch"
                    ),
                ),
            ],
            options={
                "ordering": ["line__source__code", "line__name_en"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="BatchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_late", models.BooleanField(help_text="of a month before the batch", verbose_name="late")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="in_batch", to="funds.budgetentry"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="funds.financebatch"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batch entries",
                "ordering": ["entry__on", "entry_id"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SampledPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.budgetentry"
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="funds.auditsample"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AdvanceEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("receipt", "Paid, with a receipt"), ("back", "Brought back")],
                        max_length=7,
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
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="receipt")),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField()),
                (
                    "advance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="funds.advance"
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
                "verbose_name_plural": "advance entries",
                "ordering": ["pk"],
                "base_manager_name": "rows",
                "default_manager_name": "rows",
                "indexes": [models.Index(fields=["subject_type", "subject_id"], name="funds_advance_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="Something of an advance was used"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "receipt"), _negated=True),
                            models.Q(("reference", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="A payment has its receipt",
                    ),
                ],
            },
            managers=[
                ("rows", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="auditsample",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("size__lte", models.F("population"))), name="A sample has payments"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditsample",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on"))), name="A sample ends after it begins"
            ),
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
        migrations.AddIndex(
            model_name="advance",
            index=models.Index(condition=models.Q(("state", "open")), fields=["holder"], name="funds_open_advance"),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="An advance has an amount"),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(
                condition=models.Q(("used__gte", 0), ("used__lte", models.F("amount"))),
                name="No more of an advance is used than was given",
            ),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("given_on"))), name="An advance ends after it is given"
            ),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "settled"), _negated=True),
                    models.Q(
                        ("used", models.F("amount")),
                        ("settled_by__isnull", False),
                        models.Q(("settled_by", models.F("holder")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="A settled advance is accounted for by another",
            ),
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
        migrations.AddConstraint(
            model_name="financebatch",
            constraint=models.UniqueConstraint(
                fields=("office", "programme", "first_on"), name="A month is exported once"
            ),
        ),
        migrations.AddConstraint(
            model_name="financebatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gt", models.F("first_on"))), name="A batch ends after it begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="financebatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), ("closed_by__isnull", False), _connector="OR"),
                name="Somebody closed a closed batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchline",
            constraint=models.UniqueConstraint(fields=("batch", "line"), name="A line stands once in a batch"),
        ),
        migrations.AddConstraint(
            model_name="sampledpayment",
            constraint=models.UniqueConstraint(fields=("sample", "place"), name="A sample has one payment at a place"),
        ),
        migrations.AddConstraint(
            model_name="sampledpayment",
            constraint=models.UniqueConstraint(fields=("sample", "entry"), name="A payment is drawn once in a sample"),
        ),
        migrations.RunSQL(APPLY, FORGET),
    ]
