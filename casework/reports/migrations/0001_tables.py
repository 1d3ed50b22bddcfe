"""Figures that are counted ahead, and reports."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_keep_counted_figures"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='KeptReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('board', models.CharField(max_length=40)),
                    ('period', models.CharField(help_text='kind, first and last day, such as year:2026-01-01:2026-12-31', max_length=40)),
                    ('before', models.CharField(blank=True, help_text='the period compared with, in the same way', max_length=40)),
                    ('offices', models.TextField(help_text='the ids of the offices counted, in their order, with commas between them')),
                    ('day', models.DateField(help_text='the day that was today when they were counted')),
                    ('language', models.CharField(max_length=2)),
                    ('reading', models.TextField(help_text='the figures and the ids of the rows behind them, as packing.py writes them')),
                    ('counted_at', models.DateTimeField()),
                    ('asked_at', models.DateTimeField(help_text='when a page last asked, to within minutes')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('board', 'period', 'before', 'offices', 'day', 'language'), name='Figures are kept once for each question')],
                },
            ),
            migrations.CreateModel(
                name='ReportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('board', models.CharField(max_length=40, verbose_name='report')),
                    ('period', models.CharField(help_text='the key of a period, such as fiscal:2026', max_length=40, verbose_name='period')),
                    ('language', models.CharField(max_length=2, verbose_name='language')),
                    ('readers', models.CharField(choices=[('staff', 'Staff who may open the cases: all numbers'), ('organisation', 'Others of the organisation: no counts under 5'), ('outside', 'Donors, authorities, the public: no counts under 10')], max_length=12, verbose_name='for whom')),
                    ('is_own', models.BooleanField(default=False, help_text='counts only the cases of the person who ordered it')),
                    ('counted_at', models.DateTimeField(verbose_name='counted')),
                    ('office', models.ForeignKey(help_text='whose name it carries', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                    ('offices', models.ManyToManyField(related_name='+', to='accounts.office', verbose_name='offices')),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
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
        ]),
    ]
