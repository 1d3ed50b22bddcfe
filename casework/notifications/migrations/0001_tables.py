"""What waits to be done and told."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("notifications", "0001_initial"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Heartbeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, unique=True)),
                    ('beaten_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Mail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('to', models.EmailField(max_length=254)),
                    ('language', models.CharField(default='en', max_length=2)),
                    ('template', models.CharField(max_length=80)),
                    ('facts', models.JSONField(default=dict, help_text='numbers and addresses for the template; no personal details')),
                    ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed')], default='queued', max_length=8)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('queued_at', models.DateTimeField(auto_now_add=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('failure', models.CharField(blank=True, max_length=300)),
                ],
            ),
            migrations.CreateModel(
                name='OutboxRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('task', models.CharField(max_length=120)),
                    ('row_id', models.BigIntegerField(help_text='the only argument: the id of the row the task works on')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Handed to the queue'), ('done', 'Done'), ('parked', 'Parked after three tries')], default='waiting', max_length=8)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('not_before', models.DateTimeField(auto_now_add=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('failure', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['not_before', 'id'], name='outbox_waiting'), models.Index(condition=models.Q(('state', 'sent')), fields=['sent_at'], name='outbox_sent')],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('action', models.CharField(help_text='the event, such as referrals.referral.sent', max_length=80)),
                    ('url', models.CharField(max_length=200)),
                    ('label', models.CharField(help_text='a number such as MS-2026-0412, never a name', max_length=60, verbose_name='record')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['recipient', '-id'], name='notice_recipient'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notice_unread')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
    ]
