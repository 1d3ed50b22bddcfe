
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),  # the extension for exclusion constraints
        ('approvals', '0002_let_the_only_administrator_act_alone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=40, verbose_name='programme')),
                ('kind', models.CharField(help_text='the key of an approval kind', max_length=60, verbose_name='for')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('emergency_cap', models.DecimalField(decimal_places=2, default=0, help_text='Up to this amount, in baht, one may act first and be approved within 72 hours.', max_digits=12, verbose_name='emergency cap')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
            ],
            options={
                'verbose_name_plural': 'approval policies',
                'ordering': ['programme', 'kind', '-valid_from'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('programme', '='), ('kind', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='One policy holds for a kind on a day')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                ('programme', models.CharField(max_length=40)),
                ('kind', models.CharField(help_text='the key of an approval kind', max_length=60)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('band', models.JSONField(help_text="the band's limits and steps when it was asked")),
                ('roles', models.JSONField(help_text='the roles of its steps')),
                ('subject_version', models.PositiveIntegerField(help_text='of the subject when it was asked')),
                ('barred', models.JSONField(default=list)),
                ('persons', models.JSONField(default=list)),
                ('requested_at', models.DateTimeField()),
                ('step', models.PositiveSmallIntegerField(default=0, help_text='the step that is open, from 0')),
                ('state', models.CharField(choices=[('pending', 'Waiting for approval'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='pending', max_length=9)),
                ('decided_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(help_text='until when a bypass is to be approved', null=True)),
                ('bypassed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['requested_at'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ApprovalAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveSmallIntegerField()),
                ('role', models.CharField(help_text='by which the person acted', max_length=4)),
                ('act', models.CharField(choices=[('approve', 'Approve'), ('return', 'Return'), ('reject', 'Reject'), ('recuse', 'Leave it to somebody else')], max_length=7)),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='reason')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='words')),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='approvals.approvalrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RoleConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role_a', models.CharField(choices=[('CW', 'Caseworker'), ('SUP', 'Supervisor or legal officer'), ('PSY', 'Psychologist'), ('TRF', 'Trafficking focal point'), ('FO', 'Fund officer'), ('FA', 'Fund manager'), ('CSH', 'Cashier or store keeper'), ('PM', 'Programme manager'), ('TRN', 'Training and campaign officer'), ('ME', 'Monitoring officer'), ('DPO', 'Data protection officer'), ('SYS', 'Administrator'), ('AUD', 'Auditor'), ('EXT', 'Partner')], max_length=4, verbose_name='one role')),
                ('role_b', models.CharField(choices=[('CW', 'Caseworker'), ('SUP', 'Supervisor or legal officer'), ('PSY', 'Psychologist'), ('TRF', 'Trafficking focal point'), ('FO', 'Fund officer'), ('FA', 'Fund manager'), ('CSH', 'Cashier or store keeper'), ('PM', 'Programme manager'), ('TRN', 'Training and campaign officer'), ('ME', 'Monitoring officer'), ('DPO', 'Data protection officer'), ('SYS', 'Administrator'), ('AUD', 'Auditor'), ('EXT', 'Partner')], max_length=4, verbose_name='the other')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
            ],
            options={
                'ordering': ['role_a', 'role_b'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role_a__lt', models.F('role_b'))), name='A pair of roles is written one way'), models.UniqueConstraint(fields=('role_a', 'role_b'), name='A pair of roles is written once')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_from', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='from')),
                ('amount_to', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='below')),
                ('steps', models.JSONField(verbose_name='steps')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='approvals.approvalpolicy')),
            ],
            options={
                'ordering': ['amount_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_from__gte', 0), models.Q(('amount_to__isnull', True), ('amount_to__gt', models.F('amount_from')), _connector='OR')), name='A band ends above where it begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('policy', '='), (models.Func(models.F('amount_from'), models.F('amount_to'), function='numrange'), '&&')], name='The bands of a policy do not overlap')],
            },
        ),
        migrations.AddIndex(
            model_name='approvalrequest',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['office_id_of', 'requested_at'], name='approval_waiting'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('subject_type', 'subject_id', 'kind'), name='A subject waits once for one approval'),
        ),
        migrations.AddConstraint(
            model_name='approvalaction',
            constraint=models.UniqueConstraint(fields=('request', 'user'), name='One person acts once on a request'),
        ),
    ]
