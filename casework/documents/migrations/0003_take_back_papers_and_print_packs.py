
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0002_mark_replaced_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='document',
            field=models.ForeignKey(help_text='the paper of ours that it shows', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='documents.document'),
        ),
        migrations.AddField(
            model_name='printlog',
            name='copies',
            field=models.PositiveSmallIntegerField(default=1),
        ),
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
        migrations.AddField(
            model_name='attachment',
            name='capture',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='documents.capturelink'),
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
    ]
