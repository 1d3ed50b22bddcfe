"""Concerns about a child."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("concerns", "0001_report_concerns_about_staff"),
        ("concerns", "0002_mark_a_report_as_sent"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='ConcernReader',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user',), name='A reader of concerns is named once'), models.CheckConstraint(condition=models.Q(('user', models.F('named_by')), _negated=True), name='Nobody names themselves a reader of concerns')],
                },
            ),
            migrations.CreateModel(
                name='StaffConcern',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('who', models.CharField(max_length=200, verbose_name='who')),
                    ('what', models.TextField(verbose_name='what happened')),
                    ('when', models.CharField(blank=True, max_length=200, verbose_name='when and where')),
                    ('at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('new', 'Not yet looked into'), ('handled', 'Looked into')], default='new', max_length=8, verbose_name='state')),
                    ('answer', models.TextField(blank=True, verbose_name='answer')),
                    ('handled_at', models.DateTimeField(null=True)),
                    ('sent_as', models.CharField(blank=True, editable=False, help_text='a mark of the form that was sent; it leads to nobody', max_length=64)),
                    ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kept_from', models.ManyToManyField(help_text='readers who are named in it', related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                    ('reporter', models.ForeignKey(help_text='only of who wants an answer', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('who', ''), _negated=True), models.Q(('what', ''), _negated=True)), name='A concern says who and what'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'handled'), _negated=True), ('handled_by__isnull', False), _connector='OR'), name='A concern is looked into by somebody'), models.UniqueConstraint(condition=models.Q(('sent_as', ''), _negated=True), fields=('sent_as',), name='A concern is reported once by one form')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
    ]
