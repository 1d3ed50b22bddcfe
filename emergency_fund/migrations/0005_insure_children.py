"""Prices of health insurance with their first rows, which somebody confirms with the hospital."""

import csv
import datetime
from pathlib import Path

import django.contrib.postgres.constraints
from django.db import migrations, models

DATA = Path(__file__).parents[1] / "data"


def forwards(apps, schema_editor):
    tariffs = apps.get_model("emergency_fund", "InsuranceTariff")
    with (DATA / "tariffs.csv").open(encoding="utf-8", newline="") as file:
        tariffs.objects.bulk_create(tariffs(**row) for row in csv.DictReader(file))


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0001_initial'),
        ('emergency_fund', '0004_first_bands'),
        ('reference', '0002_first_rows'),
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
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
