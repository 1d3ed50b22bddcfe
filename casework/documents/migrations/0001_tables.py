"""Papers, their printings, photos and scans."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_mark_replaced_papers"),
        ("documents", "0003_take_back_papers_and_print_packs"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='CaptureLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('case_id_of', models.BigIntegerField(null=True)),
                    ('title', models.CharField(max_length=120, verbose_name='what is it')),
                    ('paper_kind', models.CharField(choices=[('photo', 'Photo'), ('identity', 'Identity paper'), ('certificate', 'Certificate'), ('letter', 'Letter'), ('medical', 'Medical paper'), ('consent', 'Signed consent'), ('receipt', 'Receipt'), ('other', 'Other paper')], max_length=40)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting for the phone'), ('bound', 'The phone is connected'), ('ended', 'Ended')], default='waiting', max_length=8)),
                    ('token_digest', models.CharField(max_length=64, unique=True)),
                    ('device_digest', models.CharField(blank=True, max_length=64)),
                    ('photo_count', models.PositiveSmallIntegerField(default=0)),
                    ('tries', models.PositiveSmallIntegerField(default=0, help_text='everything sent, also what was refused')),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('subject_type', 'subject_id', 'made_by'), name='A person has one live phone link for a record'), models.CheckConstraint(condition=models.Q(('photo_count__lte', 20)), name='A phone link takes twenty photos at most'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='A phone link expires after it is made'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'bound'), _negated=True), models.Q(('device_digest', ''), _negated=True), _connector='OR'), name='An opened phone link belongs to one phone')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('language', models.CharField(max_length=6, verbose_name='language')),
                    ('title', models.CharField(max_length=200)),
                    ('case_id_of', models.BigIntegerField(null=True)),
                    ('options', models.JSONField(default=dict, help_text='what was chosen when it was ordered')),
                    ('facts', models.JSONField(default=dict, help_text='the ready words and numbers it was made from')),
                    ('state', models.CharField(choices=[('requested', 'Waiting to be made'), ('rendering', 'Being made'), ('ready', 'Ready'), ('failed', 'Could not be made'), ('void', 'No longer valid')], default='requested', max_length=10)),
                    ('trail', models.CharField(choices=[('not_printed', 'Not printed'), ('printed', 'Printed'), ('signed', 'Signed'), ('scanned', 'Scanned in'), ('checked', 'Checked')], default='not_printed', max_length=12)),
                    ('progress', models.PositiveSmallIntegerField(default=0, help_text='percent')),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('failure', models.CharField(blank=True, max_length=300)),
                    ('verification_code', models.CharField(max_length=16, unique=True)),
                    ('file', models.CharField(blank=True, help_text='name under the document store', max_length=200)),
                    ('sha256', models.CharField(blank=True, max_length=64)),
                    ('size', models.PositiveIntegerField(default=0, help_text='bytes')),
                    ('pages', models.PositiveSmallIntegerField(default=0)),
                    ('requested_at', models.DateTimeField()),
                    ('claimed_at', models.DateTimeField(null=True)),
                    ('made_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['subject_type', 'subject_id', '-id'], name='document_subject'), models.Index(fields=['case_id_of', '-id'], name='document_case'), models.Index(condition=models.Q(('state', 'requested')), fields=['requested_at'], name='document_waiting')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='A ready document has bytes and a hash')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='LetterSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year_be', models.PositiveSmallIntegerField(help_text='Buddhist Era')),
                    ('last', models.PositiveIntegerField(default=0)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ],
                options={
                    'verbose_name_plural': 'letter series',
                    'constraints': [models.UniqueConstraint(fields=('office', 'year_be'), name='An office has one letter series a year')],
                },
            ),
            migrations.CreateModel(
                name='PaperReturn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('case_id_of', models.BigIntegerField(null=True)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting to be sorted'), ('sorting', 'Being sorted'), ('sorted', 'Sorted'), ('failed', 'Could not be sorted')], default='waiting', max_length=8)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('sent_at', models.DateTimeField()),
                    ('claimed_at', models.DateTimeField(null=True)),
                    ('sorted_at', models.DateTimeField(null=True)),
                    ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['sent_by', '-id'], name='return_sender')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='PrintPack',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('case_id_of', models.BigIntegerField(null=True)),
                    ('left_out', models.JSONField(default=list, help_text='names of papers that could not be made, with the sentence why')),
                    ('requested_at', models.DateTimeField()),
                    ('opened_at', models.DateTimeField(help_text='when it was printed first', null=True)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('title', models.CharField(max_length=120, verbose_name='what is it')),
                    ('paper_kind', models.CharField(blank=True, max_length=40)),
                    ('case_id_of', models.BigIntegerField(null=True)),
                    ('file', models.CharField(max_length=200)),
                    ('mime', models.CharField(max_length=60)),
                    ('size', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('scanning', 'Being checked for viruses'), ('safe', 'Safe'), ('refused', 'Refused')], default='safe', max_length=10)),
                    ('added_at', models.DateTimeField()),
                    ('removed_at', models.DateTimeField(null=True)),
                    ('superseded_on', models.DateField(help_text='the paper it shows was replaced on this day; it is kept', null=True)),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('capture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='documents.capturelink')),
                    ('document', models.ForeignKey(help_text='the paper of ours that it shows', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='documents.document')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['subject_type', 'subject_id', '-id'], name='attachment_subject'), models.Index(fields=['case_id_of', '-id'], name='attachment_case')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('addressee', models.CharField(max_length=200)),
                    ('dated_on', models.DateField()),
                    ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='documents.document')),
                    ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='documents.letterseries')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='A letter number is used once')],
                },
            ),
            migrations.CreateModel(
                name='PrintLog',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('recipient', models.CharField(blank=True, max_length=120)),
                    ('sha256', models.CharField(max_length=64)),
                    ('copies', models.PositiveSmallIntegerField(default=1)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='documents.document')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PackPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('copies', models.PositiveSmallIntegerField()),
                    ('order', models.PositiveSmallIntegerField()),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                    ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='documents.printpack')),
                ],
                options={
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('pack', 'document'), name='A paper stands once in a pack'), models.CheckConstraint(condition=models.Q(('copies__range', (1, 9))), name='A pack has one to nine copies of a paper')],
                },
            ),
            migrations.CreateModel(
                name='ReturnedFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField()),
                    ('file', models.CharField(blank=True, help_text='name under the document store; empty when deleted', max_length=200)),
                    ('mime', models.CharField(max_length=60)),
                    ('sha256', models.CharField(max_length=64)),
                    ('page_count', models.PositiveSmallIntegerField()),
                    ('is_refused', models.BooleanField(default=False, help_text='the virus scanner refused it')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='documents.paperreturn')),
                ],
                options={
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('batch', 'order'), name='Files of a return stand in order')],
                },
            ),
            migrations.CreateModel(
                name='ReturnedPage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(help_text='in the file, from 1')),
                    ('state', models.CharField(choices=[('left', 'Not on a record yet'), ('attached', 'On the record'), ('dropped', 'Thrown away')], default='left', max_length=8)),
                    ('document_page', models.PositiveSmallIntegerField(null=True)),
                    ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment')),
                    ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='documents.returnedfile')),
                ],
                options={
                    'ordering': ['file__order', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='A returned page is listed once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'attached'), _negated=True), ('attachment__isnull', False), _connector='OR'), name='An attached page names its attachment')],
                },
            ),
        ]),
    ]
