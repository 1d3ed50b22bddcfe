"""Items, lots and stores; a movement changes the balance of its lot by a trigger, and nothing else does."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables

KEEP_BALANCES = """
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
FORGET_KEEP_BALANCES = """
DROP TRIGGER stock_apply_movement ON stock_movement;
DROP FUNCTION stock_apply_movement();
"""


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("stock", "0001_initial"),
        ("stock", "0002_keep_the_balances"),
        ("stock", "0003_second_persons_and_minima"),
        ("stock", "0004_name_units_in_each_language"),
        ("stock", "0005_movements_by_day"),
        ("stock", "0006_count_pieces_in_whole"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Item',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                    ('name_en', models.CharField(max_length=80, verbose_name='name in English')),
                    ('name_th', models.CharField(blank=True, max_length=80, verbose_name='name in Thai')),
                    ('name_my', models.CharField(blank=True, max_length=80, verbose_name='name in Burmese')),
                    ('unit', models.CharField(help_text='As in a sentence with a number: pieces, g, packs.', max_length=20, verbose_name='unit')),
                    ('unit_th', models.CharField(blank=True, max_length=20, verbose_name='unit in Thai')),
                    ('unit_my', models.CharField(blank=True, max_length=20, verbose_name='unit in Burmese')),
                    ('is_whole', models.BooleanField(default=False, help_text='Such as pieces, packs or sets: there is no half of one.', verbose_name='counted in whole')),
                    ('shelf_days', models.PositiveSmallIntegerField(default=0, help_text='It is not handed over with fewer days left.', verbose_name='days it must keep')),
                    ('minimum', models.DecimalField(decimal_places=2, default=0, help_text='With fewer, the people of the store are told to order. 0 if it is not watched.', max_digits=12, verbose_name='fewest in a store')),
                    ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ],
                options={
                    'ordering': ['name_en'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('minimum__gte', 0)), name='The fewest of an item is 0 or more')],
                },
            ),
            migrations.CreateModel(
                name='Kit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, verbose_name='kit')),
                    ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                ],
                options={
                    'ordering': ['key', '-version'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'version'), name='A kit has each version once')],
                },
            ),
            migrations.CreateModel(
                name='Store',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name_en', models.CharField(max_length=80, verbose_name='name in English')),
                    ('name_th', models.CharField(blank=True, max_length=80, verbose_name='name in Thai')),
                    ('name_my', models.CharField(blank=True, max_length=80, verbose_name='name in Burmese')),
                    ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stores', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'ordering': ['office__code', 'name_en'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('office', 'name_en'), name='An office names a store once')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Lot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=40, verbose_name='lot number')),
                    ('expires_on', models.DateField(blank=True, null=True, verbose_name='expires on')),
                    ('unit_cost', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='cost of one')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='stock.item')),
                ],
                options={
                    'ordering': ['expires_on', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='A lot of an item has a number')],
                },
            ),
            migrations.CreateModel(
                name='StockCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('on', models.DateField(verbose_name='day')),
                    ('lines', models.JSONField(help_text='lot id → [in the books, counted, why it differs]')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='stock.store')),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='KitItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('basis', models.CharField(choices=[('household', 'per household'), ('person_month', 'per person and month'), ('female_10_49', 'per woman or girl of 10 to 49 and month'), ('infant_month', 'per child under 2 and month')], max_length=12, verbose_name='counted')),
                    ('quantity', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='quantity')),
                    ('min_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from age')),
                    ('max_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to age')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.item')),
                    ('kit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='stock.kit')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('kit', 'item', 'basis'), name='A kit counts an item one way once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='A kit holds some of each item')],
                },
            ),
            migrations.CreateModel(
                name='Movement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('receive', 'Received'), ('hand_over', 'Handed over'), ('take_back', 'Taken back'), ('move_out', 'Moved away'), ('move_in', 'Moved here'), ('count_more', 'Counted more'), ('count_less', 'Counted less'), ('write_off', 'Written off')], max_length=10, verbose_name='what')),
                    ('quantity', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='quantity')),
                    ('key', models.CharField(help_text='the act that made it: sent twice, it is done once', max_length=80, unique=True)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('cause', models.CharField(blank=True, choices=[('expired', 'Expired'), ('damaged', 'Damaged'), ('lost', 'Lost or stolen')], max_length=8, verbose_name='why it is written off')),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='supplier’s paper')),
                    ('subject_type', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(null=True)),
                    ('on', models.DateField(verbose_name='day')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='stock.lot')),
                    ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='stock.store')),
                ],
                options={
                    'ordering': ['-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['store', '-on', '-id'], name='stock_movement_by_day'), models.Index(fields=['subject_type', 'subject_id'], name='stock_movement_subject')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='A movement moves something'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['count_less', 'count_more', 'write_off']), _negated=True), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('by')), _negated=True)), _connector='OR'), name='A second person confirms what is lost')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Balance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('quantity', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='quantity')),
                    ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='stock.lot')),
                    ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='stock.store')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('store', 'lot'), name='A lot has one balance in a store'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='No lot lies below zero')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
        migrations.RunSQL(KEEP_BALANCES, FORGET_KEEP_BALANCES),
    ]
