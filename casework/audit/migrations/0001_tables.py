"""The history, to which rows are only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_find_what_a_person_opened"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('action', models.CharField(help_text='app.noun.past-participle', max_length=80)),
                    ('subject_type', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(null=True)),
                    ('case_id_of', models.BigIntegerField(help_text='the case the act belongs to, for its timeline', null=True)),
                    ('office_id_of', models.BigIntegerField(null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2)),
                    ('fields', models.JSONField(default=list, help_text='names of the fields that changed')),
                    ('reason', models.TextField(blank=True)),
                    ('request_id', models.CharField(blank=True, max_length=12)),
                    ('address', models.GenericIPAddressField(null=True)),
                    ('salt', models.CharField(blank=True, max_length=32)),
                    ('digest', models.CharField(blank=True, help_text='SHA-256 of salt and values', max_length=64)),
                    ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['case_id_of', '-id'], name='audit_event_case'), models.Index(fields=['subject_type', 'subject_id', '-id'], name='audit_event_subject'), models.Index(fields=['actor', '-id'], name='audit_event_actor'), models.Index(condition=models.Q(('action', 'cases.case.seen')), fields=['actor', '-id'], name='audit_event_seen')],
                },
            ),
            migrations.CreateModel(
                name='EventValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('changes', models.JSONField(default=dict, help_text='field: [before, after]')),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='audit.event')),
                ],
            ),
        ]),
    ]
