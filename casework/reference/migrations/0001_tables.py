"""Places, facilities, holidays, texts and terms, with the rows a site begins with.

Every room stands on this one, so it also brings the extensions of the database that they use.
"""

from functools import partial

import datetime
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

from casework.kernel.tables import CreateTables

from casework.reference.loading import load_first_rows


def load(apps, schema_editor):
    load_first_rows(partial(apps.get_model, "reference"))


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("reference", "0001_initial"),
        ("reference", "0002_first_rows"),
        ("reference", "0003_name_facilities_in_burmese"),
    ]

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        CreateExtension("fuzzystrmatch"),
        CreateTables([
            migrations.CreateModel(
                name='Holiday',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(unique=True, verbose_name='day')),
                    ('name_th', models.CharField(max_length=160, verbose_name='name in Thai')),
                    ('name_en', models.CharField(max_length=160, verbose_name='name in English')),
                    ('is_working', models.BooleanField(default=False, verbose_name='offices are open all the same')),
                    ('source', models.CharField(max_length=200, verbose_name='source')),
                ],
                options={
                    'ordering': ['on'],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('code', models.CharField(max_length=6, primary_key=True, serialize=False)),
                    ('name_th', models.CharField(max_length=120)),
                    ('name_en', models.CharField(max_length=120)),
                    ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='reference.place')),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='Term',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                    ('key', models.CharField(max_length=60, verbose_name='key')),
                    ('label', models.CharField(max_length=200, verbose_name='what it is')),
                    ('value', models.DecimalField(decimal_places=4, max_digits=10, verbose_name='value')),
                    ('unit', models.CharField(max_length=20, verbose_name='unit')),
                ],
                options={
                    'ordering': ['key', '-valid_from'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'valid_from'), name='A term has one value from a day on')],
                },
            ),
            migrations.CreateModel(
                name='Text',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('valid_from', models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from')),
                    ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                    ('source', models.CharField(max_length=300, verbose_name='source')),
                    ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
                    ('key', models.CharField(max_length=60, verbose_name='key')),
                    ('language', models.CharField(max_length=6, verbose_name='language')),
                    ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                    ('body', models.TextField(verbose_name='text')),
                    ('reviewed_by', models.CharField(blank=True, max_length=120, verbose_name='reviewed by')),
                ],
                options={
                    'ordering': ['key', 'language', '-version'],
                    'constraints': [models.UniqueConstraint(fields=('key', 'language', 'version'), name='A text has one version in a language')],
                },
            ),
            migrations.CreateModel(
                name='Facility',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                    ('name_th', models.CharField(max_length=160, verbose_name='name in Thai')),
                    ('name_en', models.CharField(max_length=160, verbose_name='name in English')),
                    ('name_my', models.CharField(blank=True, max_length=160, verbose_name='name in Burmese')),
                    ('issues_first_proof', models.BooleanField(default=True, verbose_name='issues the delivery certificate')),
                    ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.place', verbose_name='place')),
                ],
                options={
                    'verbose_name_plural': 'facilities',
                    'ordering': ['name_en'],
                },
            ),
        ]),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
