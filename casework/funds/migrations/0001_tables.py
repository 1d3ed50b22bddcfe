"""Budgets, cash and advances; entries change balances by triggers, and nothing else does."""

from functools import partial
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.manager
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables

from casework.reference.loading import load_terms

KEEP_AMOUNTS_OF_LINES = """
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
FORGET_KEEP_AMOUNTS_OF_LINES = """
DROP TRIGGER funds_apply_entry ON funds_budgetentry;
DROP FUNCTION funds_apply_entry();
DROP TRIGGER funds_begin_empty ON funds_budgetline;
DROP FUNCTION funds_begin_empty();
"""

KEEP_CASH_AND_ADVANCES = """
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
FORGET_KEEP_CASH_AND_ADVANCES = """
DROP TRIGGER funds_apply_cash ON funds_cashmovement;
DROP FUNCTION funds_apply_cash();
DROP TRIGGER funds_box_begins_empty ON funds_cashbox;
DROP FUNCTION funds_box_begins_empty();
DROP TRIGGER funds_apply_advance ON funds_advanceentry;
DROP FUNCTION funds_apply_advance();
DROP TRIGGER funds_advance_begins_unused ON funds_advance;
DROP FUNCTION funds_advance_begins_unused();
"""

ONE_OPEN_ADVANCE = """
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
FORGET_ONE_OPEN_ADVANCE = """
DROP TRIGGER funds_one_open_advance ON funds_advance;
DROP FUNCTION funds_one_open_advance();
"""

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("funds", "0001_initial"),
        ("funds", "0002_keep_the_amounts_of_lines"),
        ("funds", "0003_follow_cash_to_finance"),
        ("funds", "0004_bring_cash_back_to_the_bank"),
        ("funds", "0005_take_in_the_file_of_finance"),
        ("funds", "0006_two_people_fill_a_box"),
        ("funds", "0007_explain_what_is_missing_of_an_advance"),
        ("funds", "0008_limit_advances"),
        ("funds", "0009_keep_who_proposed_an_entry"),
    ]

    dependencies = [
        ('reference', '0001_tables'),
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='AuditSample',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(editable=False, max_length=24, unique=True, verbose_name='number')),
                    ('programme', models.CharField(max_length=40, verbose_name='programme')),
                    ('first_on', models.DateField(verbose_name='first day')),
                    ('last_on', models.DateField(verbose_name='last day')),
                    ('size', models.PositiveSmallIntegerField(verbose_name='how many')),
                    ('seed', models.CharField(max_length=40, verbose_name='seed')),
                    ('population', models.PositiveIntegerField(verbose_name='out of')),
                    ('population_sha256', models.CharField(help_text='of the entry numbers it was drawn from, in order', max_length=64)),
                    ('drawn_at', models.DateTimeField()),
                    ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drawn by')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'ordering': ['-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', models.F('population'))), name='A sample has payments'), models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='A sample ends after it begins')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='CashBox',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name_en', models.CharField(max_length=80, verbose_name='name in English')),
                    ('name_th', models.CharField(blank=True, max_length=80, verbose_name='name in Thai')),
                    ('name_my', models.CharField(blank=True, max_length=80, verbose_name='name in Burmese')),
                    ('balance', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='in the box')),
                    ('opened_on', models.DateField(verbose_name='opened on')),
                    ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ('retired_at', models.DateTimeField(help_text='when it was put out of use, empty and counted', null=True)),
                    ('retired_reason', models.CharField(blank=True, max_length=300, verbose_name='why it is not in use')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='keeper')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                    ('retired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'cash boxes',
                    'ordering': ['office__code', 'name_en'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('balance__gte', 0)), name='No box has less than nothing in it'), models.CheckConstraint(condition=models.Q(('retired_at__isnull', True), models.Q(('balance', 0), ('is_active', False), ('retired_by__isnull', False), models.Q(('retired_reason', ''), _negated=True)), _connector='OR'), name='A box is put out of use when it is empty'), models.UniqueConstraint(fields=('office', 'name_en'), name='An office names a cash box once')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='ExchangeRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('currency', models.CharField(choices=[('USD', 'US dollar'), ('EUR', 'euro'), ('GBP', 'pound sterling'), ('JPY', 'yen'), ('AUD', 'Australian dollar'), ('CHF', 'Swiss franc'), ('NOK', 'Norwegian krone'), ('SEK', 'Swedish krona')], max_length=3, verbose_name='currency')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('baht', models.DecimalField(decimal_places=6, max_digits=12, verbose_name='baht for one unit')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                ],
                options={
                    'ordering': ['currency', '-valid_from'],
                    'constraints': [models.UniqueConstraint(fields=('currency', 'valid_from'), name='A currency has one rate on a day'), models.CheckConstraint(condition=models.Q(('baht__gt', 0)), name='A rate is more than nothing')],
                },
            ),
            migrations.CreateModel(
                name='FinanceBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.CharField(editable=False, max_length=24, unique=True, verbose_name='number')),
                    ('programme', models.CharField(max_length=40, verbose_name='programme')),
                    ('first_on', models.DateField(verbose_name='first day')),
                    ('last_on', models.DateField(verbose_name='last day')),
                    ('paid', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='paid')),
                    ('returned', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='paid back')),
                    ('reason', models.CharField(max_length=200, verbose_name='what for')),
                    ('csv_file', models.CharField(help_text='name under the document store', max_length=200)),
                    ('csv_sha256', models.CharField(max_length=64)),
                    ('xlsx_file', models.CharField(help_text='name under the document store', max_length=200)),
                    ('xlsx_sha256', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=6, verbose_name='state')),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'verbose_name_plural': 'finance batches',
                    'ordering': ['-first_on', '-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('office', 'programme', 'first_on'), name='A month is exported once'), models.CheckConstraint(condition=models.Q(('last_on__gt', models.F('first_on'))), name='A batch ends after it begins'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('closed_by__isnull', False), _connector='OR'), name='Somebody closed a closed batch')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='FundingSource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                    ('donor', models.CharField(max_length=120, verbose_name='donor')),
                    ('currency', models.CharField(choices=[('THB', 'baht'), ('USD', 'US dollar'), ('EUR', 'euro'), ('GBP', 'pound sterling'), ('JPY', 'yen'), ('AUD', 'Australian dollar'), ('CHF', 'Swiss franc'), ('NOK', 'Norwegian krone'), ('SEK', 'Swedish krona')], default='THB', max_length=3, verbose_name='currency')),
                    ('ceiling', models.DecimalField(decimal_places=2, help_text='In the donor’s currency.', max_digits=12, verbose_name='ceiling')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='until')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=6, verbose_name='state')),
                    ('closed_reason', models.CharField(blank=True, max_length=300)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ],
                options={
                    'ordering': ['code'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='A source ends after it starts'), models.CheckConstraint(condition=models.Q(('ceiling__gt', 0)), name='A source has money')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='BudgetLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('programme', models.CharField(max_length=40, verbose_name='programme')),
                    ('name_en', models.CharField(max_length=80, verbose_name='name in English')),
                    ('name_th', models.CharField(blank=True, max_length=80, verbose_name='name in Thai')),
                    ('name_my', models.CharField(blank=True, max_length=80, verbose_name='name in Burmese')),
                    ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='pays for')),
                    ('ceiling', models.DecimalField(decimal_places=2, help_text='In baht.', max_digits=12, verbose_name='ceiling')),
                    ('allotted', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='given')),
                    ('reserved', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='asked for')),
                    ('committed', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='approved, not yet paid')),
                    ('disbursed', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='paid')),
                    ('left', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('allotted'), '-', models.F('reserved')), '-', models.F('committed')), '-', models.F('disbursed')), output_field=models.DecimalField(decimal_places=2, max_digits=14))),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.fundingsource', verbose_name='source')),
                ],
                options={
                    'ordering': ['source__code', 'office__code', 'name_en'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('committed__gte', 0), ('disbursed__gte', 0), ('reserved__gte', 0)), name='No amount of a line below zero'), models.CheckConstraint(condition=models.Q(('allotted__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('reserved'), '+', models.F('committed')), '+', models.F('disbursed')))), name='A line promises no more than it has'), models.CheckConstraint(condition=models.Q(('allotted__lte', models.F('ceiling'))), name='A line is given its ceiling at most'), models.UniqueConstraint(fields=('source', 'office', 'programme', 'name_en'), name='A line stands once in its source')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Advance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.CharField(editable=False, max_length=24, unique=True, verbose_name='number')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                    ('used', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='accounted for')),
                    ('purpose', models.CharField(max_length=200, verbose_name='for')),
                    ('given_on', models.DateField(verbose_name='given on')),
                    ('until_on', models.DateField(verbose_name='until')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('settled', 'Settled')], default='open', max_length=7, verbose_name='state')),
                    ('settled_at', models.DateTimeField(null=True)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given to')),
                    ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advances', to='funds.cashbox', verbose_name='cash box')),
                ],
                options={
                    'ordering': ['until_on', 'pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['holder'], name='funds_open_advance')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='An advance has an amount'), models.CheckConstraint(condition=models.Q(('used__gte', 0), ('used__lte', models.F('amount'))), name='No more of an advance is used than was given'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('given_on'))), name='An advance ends after it is given'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(('used', models.F('amount')), ('settled_by__isnull', False), models.Q(('settled_by', models.F('holder')), _negated=True)), _connector='OR'), name='A settled advance is accounted for by another')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='CashCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('on', models.DateField(verbose_name='day')),
                    ('pieces', models.JSONField(help_text='worth of a note or coin in baht → how many')),
                    ('counted', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='counted')),
                    ('in_books', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='in the books')),
                    ('explanation', models.CharField(blank=True, max_length=300, verbose_name='why it differs')),
                    ('state', models.CharField(choices=[('counted', 'Counted, not confirmed'), ('confirmed', 'Confirmed')], default='counted', max_length=9, verbose_name='state')),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='funds.cashbox')),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ],
                options={
                    'ordering': ['-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('counted__gte', 0), ('in_books__gte', 0)), name='Nobody counts less than nothing'), models.CheckConstraint(condition=models.Q(('counted', models.F('in_books')), models.Q(('explanation', ''), _negated=True), _connector='OR'), name='A difference is explained'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('created_by')), _negated=True)), _connector='OR'), name='Who counted does not confirm')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='CashMovement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('fill', 'Filled from the bank'), ('pay_out', 'Paid out'), ('give_back', 'Given back'), ('to_bank', 'Brought back to the bank'), ('advance', 'Advance given'), ('settle', 'Brought back from an advance'), ('count_more', 'Counted more'), ('count_less', 'Counted less')], max_length=12, verbose_name='what')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                    ('key', models.CharField(help_text='the act that made it: sent twice, it is done once', max_length=80, unique=True)),
                    ('reference', models.CharField(blank=True, help_text='of the bank, or a receipt', max_length=60, verbose_name='reference')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('subject_type', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(null=True)),
                    ('on', models.DateField(verbose_name='day')),
                    ('at', models.DateTimeField()),
                    ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='funds.cashbox')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['box', '-id'], name='funds_cash_box'), models.Index(fields=['subject_type', 'subject_id'], name='funds_cash_subject')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='A movement of cash has an amount'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['fill', 'to_bank']), _negated=True), models.Q(('reference', ''), _negated=True), _connector='OR'), name='Cash from the bank has its reference'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['fill', 'to_bank']), _negated=True), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('by')), _negated=True)), _connector='OR'), name='Two people move cash from and to the bank'), models.UniqueConstraint(django.db.models.functions.text.Upper('reference'), condition=models.Q(('confirmed_by__isnull', False), ('kind', 'fill')), name='A bank slip fills a box once')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='FinanceAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('file_name', models.CharField(max_length=120, verbose_name='file')),
                    ('file', models.CharField(help_text='name under the document store', max_length=200)),
                    ('sha256', models.CharField(max_length=64)),
                    ('told', models.JSONField(help_text='rows as they were read: number of the row, entry, reference, booked')),
                    ('state', models.CharField(choices=[('read', 'Read, not written down'), ('taken', 'Written down')], default='read', max_length=5, verbose_name='state')),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='funds.financebatch')),
                ],
                options={
                    'ordering': ['-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('batch', 'sha256'), name='A file of finance is taken once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'read'), ('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('state', 'taken'), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='Somebody took an answer that was taken')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='BudgetEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('allot', 'Given to the line'), ('raise', 'Raised'), ('lower', 'Lowered'), ('reserve', 'Asked for'), ('release', 'No longer asked for'), ('commit', 'Approved'), ('cancel', 'Approval given back'), ('disburse', 'Paid'), ('refund', 'Paid back')], max_length=8, verbose_name='what')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                    ('on', models.DateField(help_text='of the expense or the gift', verbose_name='day')),
                    ('donor_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='in the donor’s currency')),
                    ('key', models.CharField(help_text='the act that made it: sent twice, it is done once', max_length=80, unique=True)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('reference', models.CharField(blank=True, help_text='the number of the paper, such as a receipt: never a name', max_length=60, verbose_name='reference')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('proposed_by', models.ForeignKey(help_text='where two people decided; `by` confirmed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='funds.budgetentry')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.budgetline')),
                ],
                options={
                    'verbose_name_plural': 'budget entries',
                    'ordering': ['-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['line', '-id'], name='funds_entry_line'), models.Index(fields=['subject_type', 'subject_id'], name='funds_entry_subject')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='An entry has an amount'), models.CheckConstraint(condition=models.Q(('proposed_by__isnull', True), models.Q(('proposed_by', models.F('by')), _negated=True), _connector='OR'), name='Who proposed an entry does not confirm it')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='BatchLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('paid', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='paid')),
                    ('returned', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='paid back')),
                    ('booked', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='booked')),
                    ('explanation', models.CharField(blank=True, max_length=300, verbose_name='why it differs')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.budgetline')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.financebatch')),
                ],
                options={
                    'ordering': ['line__source__code', 'line__name_en'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('batch', 'line'), name='A line stands once in a batch')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='AdvanceEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('receipt', 'Paid, with a receipt'), ('back', 'Brought back'), ('short', 'Missing')], max_length=7, verbose_name='what')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                    ('key', models.CharField(help_text='the act that made it: sent twice, it is done once', max_length=80, unique=True)),
                    ('reference', models.CharField(blank=True, max_length=60, verbose_name='receipt')),
                    ('reason', models.CharField(blank=True, help_text='why it is missing', max_length=300, verbose_name='reason')),
                    ('subject_type', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(null=True)),
                    ('on', models.DateField(verbose_name='day')),
                    ('at', models.DateTimeField()),
                    ('advance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.advance')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'advance entries',
                    'ordering': ['pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='funds_advance_subject')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='Something of an advance was used'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'receipt'), _negated=True), models.Q(('reference', ''), _negated=True), _connector='OR'), name='A payment has its receipt'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'short'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('by')), _negated=True)), _connector='OR'), name='Two people explain what is missing of an advance')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='BatchEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_late', models.BooleanField(help_text='of a month before the batch', verbose_name='late')),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='in_batch', to='funds.budgetentry')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.financebatch')),
                ],
                options={
                    'verbose_name_plural': 'batch entries',
                    'ordering': ['entry__on', 'entry_id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='SampledPayment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.budgetentry')),
                    ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='funds.auditsample')),
                ],
                options={
                    'ordering': ['place'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('sample', 'place'), name='A sample has one payment at a place'), models.UniqueConstraint(fields=('sample', 'entry'), name='A payment is drawn once in a sample')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
        migrations.RunSQL(KEEP_AMOUNTS_OF_LINES, FORGET_KEEP_AMOUNTS_OF_LINES),
        migrations.RunSQL(KEEP_CASH_AND_ADVANCES, FORGET_KEEP_CASH_AND_ADVANCES),
        migrations.RunSQL(ONE_OPEN_ADVANCE, FORGET_ONE_OPEN_ADVANCE),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
