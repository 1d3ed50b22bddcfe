"""What is not finished, and how long it is kept."""

from functools import partial
from pathlib import Path

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("drafts", "0001_initial"),
        ("drafts", "0002_name_no_form_of_a_programme"),
        ("drafts", "0003_remove_forgotten_drafts"),
        ("drafts", "0004_know_when_each_step_changed"),
    ]

    dependencies = [
        ('reference', '0001_tables'),
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('programme', models.CharField(blank=True, max_length=40)),
                    ('form', models.CharField(help_text='which form, by the key of its programme', max_length=60)),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                    ('step', models.CharField(blank=True, max_length=40)),
                    ('data', models.JSONField(default=dict)),
                    ('done_steps', models.JSONField(default=list)),
                    ('is_parked', models.BooleanField(default=False)),
                    ('device_id', models.UUIDField(help_text='made by the device; a repeated send finds this row', null=True, unique=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('saved_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('step_versions', models.JSONField(default=dict, help_text='step: the version at which it was last changed')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.office')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-saved_at'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['owner', '-saved_at'], name='drafts_owner')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
