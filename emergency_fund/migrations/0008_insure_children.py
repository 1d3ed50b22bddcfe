"""Insurances that the fund buys, and their prices; somebody confirms the first rows with the hospital."""

import csv
import datetime
from functools import partial
from pathlib import Path

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.reference.loading import load_terms

DATA = Path(__file__).parents[1] / "data"


def forwards(apps, schema_editor):
    tariffs = apps.get_model("emergency_fund", "InsuranceTariff")
    with (DATA / "tariffs.csv").open(encoding="utf-8", newline="") as file:
        tariffs.objects.bulk_create(tariffs(**row) for row in csv.DictReader(file))
    load_terms(partial(apps.get_model, "reference"), DATA / "insurance_terms.csv")


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0001_initial'),
        ('documents', '0003_take_back_papers_and_print_packs'),
        ('emergency_fund', '0007_keep_relations_by_code'),
        ('reference', '0002_first_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InsuranceTariff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                ('scheme', models.CharField(choices=[('migrant_card', 'Migrant health insurance'), ('migrant_card_u7', 'Migrant health insurance, under seven'), ('sso_dependant', 'Dependant in the social security'), ('ucs_t99', 'Rights fund for people with a status problem (T.99)'), ('private', 'Private insurance'), ('other', 'Other')], max_length=16, verbose_name='insurance')),
                ('age_from', models.PositiveSmallIntegerField(default=0, help_text='Whole years on the first day of the insurance.', verbose_name='from age')),
                ('age_to', models.PositiveSmallIntegerField(help_text='Whole years; 6 is until the seventh birthday.', verbose_name='to age')),
                ('premium', models.DecimalField(decimal_places=2, help_text='In baht.', max_digits=12, verbose_name='premium')),
                ('check_up', models.DecimalField(decimal_places=2, default=0, help_text='In baht.', max_digits=12, verbose_name='check-up fee')),
                ('months', models.PositiveSmallIntegerField(default=12, verbose_name='months of cover')),
            ],
            options={
                'ordering': ['scheme', 'age_from', '-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('age_to__gte', models.F('age_from'))), name='A tariff is for an age'), models.CheckConstraint(condition=models.Q(('premium__gte', 0), ('check_up__gte', 0)), name='An insurance costs nothing or more', violation_error_message='Write amounts of 0 or more.'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 60)), name='An insurance holds for months', violation_error_message='Write between 1 and 60 months of cover.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('scheme', '='), (models.Func(models.F('age_from'), models.F('age_to'), models.Value('[]'), function='int4range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='An insurance has one price for an age on a day', violation_error_message='Another price holds for this insurance, age and time. Open that one and write a newer one, or end it.')],
            },
        ),
        migrations.CreateModel(
            name='InsurancePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('quoted', 'Priced'), ('ordered', 'Ordered'), ('active', 'In force'), ('expiring', 'Ends soon'), ('expired', 'Run out'), ('renewed', 'Renewed'), ('rejected_by_provider', 'Refused by the hospital'), ('cancelled', 'Cancelled'), ('refunded', 'Paid back')], default='quoted', max_length=20, verbose_name='state')),
                ('quoted_at', models.DateTimeField()),
                ('ordered_at', models.DateTimeField(null=True)),
                ('ended_on', models.DateField(help_text='run out, renewed, refused or cancelled on this day', null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('cover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='aid.insurancecover')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='policies', to='emergency_fund.assistanceline')),
                ('ordered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proof', models.ForeignKey(help_text='the photo of the card', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment')),
                ('quoted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='emergency_fund.insurancepolicy')),
                ('tariff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='emergency_fund.insurancetariff')),
            ],
            options={
                'verbose_name_plural': 'insurance policies',
                'ordering': ['pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'indexes': [models.Index(condition=models.Q(('state__in', ('active', 'expiring'))), fields=['state', 'id'], name='insurances_in_force')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('quoted', 'ordered', 'active', 'expiring'))), fields=('line',), name='A line buys one insurance at a time'), models.CheckConstraint(condition=models.Q(('state__in', ('quoted', 'cancelled', 'refunded')), ('ordered_at__isnull', False), _connector='OR'), name='An insurance is in force after it was ordered'), models.CheckConstraint(condition=models.Q(('state__in', ('quoted', 'ordered', 'active', 'expiring')), ('ended_on__isnull', False), _connector='OR'), name='An insurance ends on a day')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
