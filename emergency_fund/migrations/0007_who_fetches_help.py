"""Who fetches help for a family."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('emergency_fund', '0006_things_paid_at_once'),
        ('people', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Collector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('relation', models.CharField(max_length=40, verbose_name='relation to the family')),
                ('paper', models.CharField(help_text='its kind and number, compared at the counter', max_length=80, verbose_name='identity paper')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='named by')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collectors', to='emergency_fund.assistancerequest')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='delivery',
            name='collector',
            field=models.ForeignKey(help_text='who fetched it for whom it was for', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='emergency_fund.collector'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('collector__isnull', True), models.Q(('received_by__isnull', False), models.Q(('proof', 'bank_slip'), _negated=True)), _connector='OR'), name='A collector fetches in hand for somebody of the family'),
        ),
    ]
