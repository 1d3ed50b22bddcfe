"""Accounts of families, written down by one officer and confirmed by another."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('emergency_fund', '0004_sent_to_claim'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(choices=[('promptpay', 'PromptPay'), ('002', 'Bangkok Bank'), ('004', 'Kasikornbank'), ('006', 'Krungthai Bank'), ('011', 'TMBThanachart Bank'), ('014', 'Siam Commercial Bank'), ('025', 'Bank of Ayudhya (Krungsri)'), ('030', 'Government Savings Bank'), ('034', 'Bank for Agriculture (BAAC)'), ('other', 'Another bank')], max_length=10, verbose_name='bank')),
                ('number', models.CharField(help_text='digits alone', max_length=20, verbose_name='account')),
                ('holder', models.CharField(max_length=120, verbose_name='whose account')),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a second person'), ('confirmed', 'Confirmed')], default='waiting', max_length=9, verbose_name='state')),
                ('entered_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.family')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='emergency_fund.assistancerequest')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'indexes': [models.Index(condition=models.Q(('state', 'confirmed')), fields=['family', '-confirmed_at'], name='account_of_family')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('state', 'waiting')), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('state', 'confirmed'), models.Q(('confirmed_by', models.F('entered_by')), _negated=True)), _connector='OR'), name='Another person confirms an account')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
    ]
