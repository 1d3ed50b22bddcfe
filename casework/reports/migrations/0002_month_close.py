"""Closed months, and why their figures read differently later."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_first_passwords_end'),
        ('reports', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthClose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.CharField(max_length=40, verbose_name='report')),
                ('month', models.DateField(help_text='its first day', verbose_name='month')),
                ('figures', models.JSONField(help_text='large number by key: what it measured, without the rows')),
                ('missing', models.JSONField(help_text='how many rows something was missing from, by key')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('closed_at', models.DateTimeField(verbose_name='closed')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
            ],
            options={
                'ordering': ['-month'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ChangeReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='of the large number', max_length=40)),
                ('reason', models.CharField(max_length=300, verbose_name='why')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('close', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='reports.monthclose')),
            ],
            options={
                'ordering': ['pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='monthclose',
            constraint=models.UniqueConstraint(fields=('board', 'office', 'month'), name='A month of an office is closed once'),
        ),
        migrations.AddConstraint(
            model_name='monthclose',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='A month is told by its first day'),
        ),
    ]
