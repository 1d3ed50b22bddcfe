"""Requests that are answered once, and numbers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("kernel", "0001_initial"),
        ("kernel", "0002_count_numbers_by_name"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='NumberSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='what stands before the year, such as EAF-MS', max_length=40)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'verbose_name_plural': 'number series',
                    'constraints': [models.UniqueConstraint(fields=('name', 'year'), name='A series counts once a year')],
                },
            ),
            migrations.CreateModel(
                name='IdempotentRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=80)),
                    ('fingerprint', models.CharField(help_text='SHA-256 of method, path and body', max_length=64)),
                    ('status', models.PositiveSmallIntegerField()),
                    ('location', models.CharField(blank=True, max_length=300)),
                    ('body', models.JSONField(default=dict)),
                    ('answered_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'key'), name="A user's idempotency key is answered once")],
                },
            ),
        ]),
    ]
