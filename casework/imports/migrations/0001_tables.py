"""Sheets that are taken in."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("imports", "0001_bring_in_spreadsheets"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('specification', models.CharField(help_text='key of the kind of register', max_length=60)),
                    ('programme', models.CharField(max_length=40)),
                    ('file_name', models.CharField(max_length=200, verbose_name='file')),
                    ('digest', models.CharField(help_text='SHA-256 of the file', max_length=64)),
                    ('size', models.PositiveIntegerField(help_text='bytes')),
                    ('file_facts', models.JSONField(default=dict, help_text='kind, encoding and separator')),
                    ('sheets', models.JSONField(default=list, help_text='per sheet: name, header row, headings, proposals, mapping, skipped and blank rows')),
                    ('state', models.CharField(choices=[('uploaded', 'Columns to look at'), ('checking', 'Being checked'), ('checked', 'Checked, nothing imported yet'), ('proposed', 'Waiting for a supervisor'), ('confirmed', 'Confirmed, about to start'), ('importing', 'Being imported'), ('done', 'Imported'), ('failed', 'Stopped, nothing was imported'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('discarded', 'Put away, nothing was imported')], default='uploaded', max_length=10, verbose_name='state')),
                    ('counts', models.JSONField(default=dict, help_text='rows by outcome and by code')),
                    ('progress', models.PositiveIntegerField(default=0)),
                    ('total', models.PositiveIntegerField(default=0)),
                    ('alive_at', models.DateTimeField(help_text='when the worker last reported', null=True)),
                    ('failure', models.CharField(blank=True, max_length=300)),
                    ('checked_on', models.DateField(help_text='the day the dry run took for today', null=True)),
                    ('proposed_at', models.DateTimeField(null=True)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('imported_at', models.DateTimeField(null=True)),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('undo_reason', models.CharField(blank=True, max_length=300)),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                    ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['undone', 'discarded']), _negated=True), fields=('office', 'digest'), name='A file is brought into an office once'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(models.Q(('confirmed_by', models.F('created_by')), _negated=True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='Who prepares an import does not confirm it'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'importing', 'done']), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='Nothing is imported unconfirmed')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='SavedMapping',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('specification', models.CharField(max_length=60)),
                    ('fingerprint', models.CharField(help_text='of the headings in their order', max_length=32)),
                    ('columns', models.JSONField(help_text='index of the column → key of the fact')),
                    ('saved_at', models.DateTimeField()),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.office')),
                    ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('office', 'specification', 'fingerprint'), name='Headings are read in one way by an office')],
                },
            ),
            migrations.CreateModel(
                name='ImportRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sheet', models.CharField(max_length=120)),
                    ('row', models.PositiveIntegerField(help_text='number of the row in the sheet')),
                    ('raw', models.JSONField(help_text='the cells with their types')),
                    ('values', models.JSONField()),
                    ('codes', models.JSONField(default=list)),
                    ('has_warning', models.BooleanField(default=False)),
                    ('outcome', models.CharField(choices=[('import', 'Can be imported'), ('error', 'Refused'), ('duplicate', 'Suspected duplicate')], max_length=9)),
                    ('suspects', models.JSONField(default=list, help_text='rank, reasons, and the earlier row or the known child')),
                    ('decision', models.CharField(blank=True, choices=[('', 'Not decided'), ('same', 'Same child: leave the row out'), ('different', 'Another child: import it'), ('twin', 'Twin or sibling: import it')], default='', max_length=9)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('subject_type', models.CharField(blank=True, max_length=60)),
                    ('subject_id', models.BigIntegerField(null=True)),
                    ('label', models.CharField(blank=True, help_text='number of the record it became', max_length=30)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='imports.importrun')),
                ],
                options={
                    'ordering': ['id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['run', 'outcome', 'id'], name='import_row_outcome')],
                    'constraints': [models.UniqueConstraint(fields=('run', 'sheet', 'row'), name='A row of a file stands once')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='ImportFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content', models.BinaryField()),
                    ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='file', to='imports.importrun')),
                ],
            ),
        ]),
    ]
