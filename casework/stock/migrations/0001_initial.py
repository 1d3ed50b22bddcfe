
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_tick_the_first_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name_en', models.CharField(max_length=80, verbose_name='name in English')),
                ('name_th', models.CharField(blank=True, max_length=80, verbose_name='name in Thai')),
                ('name_my', models.CharField(blank=True, max_length=80, verbose_name='name in Burmese')),
                ('unit', models.CharField(help_text='Such as piece, g or pack.', max_length=20, verbose_name='unit')),
                ('shelf_days', models.PositiveSmallIntegerField(default=0, help_text='It is not handed over with fewer days left.', verbose_name='days it must keep')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ['name_en'],
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
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
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
            name='Movement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receive', 'Received'), ('hand_over', 'Handed over'), ('take_back', 'Taken back'), ('move_out', 'Moved away'), ('move_in', 'Moved here'), ('count_more', 'Counted more'), ('count_less', 'Counted less'), ('write_off', 'Written off')], max_length=10, verbose_name='what')),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='quantity')),
                ('key', models.CharField(help_text='the act that made it: sent twice, it is done once', max_length=80, unique=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('subject_type', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('on', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='stock.lot')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='stock.store')),
            ],
            options={
                'ordering': ['-pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
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
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='A lot of an item has a number'),
        ),
        migrations.AddConstraint(
            model_name='store',
            constraint=models.UniqueConstraint(fields=('office', 'name_en'), name='An office names a store once'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['store', '-id'], name='stock_movement_store'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['subject_type', 'subject_id'], name='stock_movement_subject'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='A movement moves something'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.UniqueConstraint(fields=('store', 'lot'), name='A lot has one balance in a store'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='No lot lies below zero'),
        ),
    ]
