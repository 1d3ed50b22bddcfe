
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='documents.document')),
            ],
            options={
                'abstract': False,
            },
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
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
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
    ]
