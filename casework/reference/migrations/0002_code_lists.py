"""Codes of an organisation’s own, and those that it does not offer."""

import casework.reference.models
import datetime
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListedCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                ('list', models.CharField(choices=casework.reference.models.list_choices, max_length=40, verbose_name='list')),
                ('code', models.CharField(help_text='A short name that stays, such as river_flood.', max_length=28, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Use small letters a–z, digits and _: river_flood.')], verbose_name='code')),
                ('name_en', models.CharField(blank=True, help_text='For a code of your own; what came with the site has its words.', max_length=80, verbose_name='words in English')),
                ('name_th', models.CharField(blank=True, help_text='For a code of your own; what came with the site has its words.', max_length=80, verbose_name='words in Thai')),
                ('name_my', models.CharField(blank=True, max_length=80, verbose_name='words in Burmese')),
                ('is_offered', models.BooleanField(default=True, verbose_name='is offered')),
            ],
            options={
                'ordering': ['list', 'code', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('list', 'code', 'valid_from'), name='A code of a list is one from a day on')],
            },
        ),
    ]
