
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
from decimal import Decimal
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
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='funds.budgetentry')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.budgetline')),
            ],
            options={
                'verbose_name_plural': 'budget entries',
                'ordering': ['-pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'indexes': [models.Index(fields=['line', '-id'], name='funds_entry_line'), models.Index(fields=['subject_type', 'subject_id'], name='funds_entry_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='An entry has an amount')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='fundingsource',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='A source ends after it starts'),
        ),
        migrations.AddConstraint(
            model_name='fundingsource',
            constraint=models.CheckConstraint(condition=models.Q(('ceiling__gt', 0)), name='A source has money'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('committed__gte', 0), ('disbursed__gte', 0), ('reserved__gte', 0)), name='No amount of a line below zero'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('allotted__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('reserved'), '+', models.F('committed')), '+', models.F('disbursed')))), name='A line promises no more than it has'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('allotted__lte', models.F('ceiling'))), name='A line is given its ceiling at most'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('source', 'office', 'programme', 'name_en'), name='A line stands once in its source'),
        ),
    ]
