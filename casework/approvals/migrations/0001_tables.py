"""Proposals, approvals in steps, absences; who asked for it does not decide it."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables

REFUSE_WHO_ASKED = """
CREATE FUNCTION approvals_refuse_who_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM approvals_approvalrequest r WHERE r.id = NEW.request_id AND r.state = 'pending'
        AND r.step = NEW.step AND r.requested_by_id <> NEW.user_id AND NOT r.barred @> to_jsonb(NEW.user_id)
        AND (NEW.acted_for_id IS NULL OR NOT r.barred @> to_jsonb(NEW.acted_for_id));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who asked for it does not decide it, and what is decided stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_refuse_who_asked BEFORE INSERT ON approvals_approvalaction
    FOR EACH ROW EXECUTE FUNCTION approvals_refuse_who_asked();
"""
FORGET_REFUSE_WHO_ASKED = """
DROP TRIGGER approvals_refuse_who_asked ON approvals_approvalaction;
DROP FUNCTION approvals_refuse_who_asked();
"""


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("approvals", "0001_initial"),
        ("approvals", "0002_let_the_only_administrator_act_alone"),
        ("approvals", "0003_approve_amounts_in_steps"),
        ("approvals", "0004_refuse_who_asked"),
        ("approvals", "0005_meet_emergencies_and_stand_in"),
        ("approvals", "0006_find_the_chains_of_a_subject"),
        ("approvals", "0007_remember_who_is_paid"),
        ("approvals", "0008_say_in_each_language_what_is_proposed"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
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
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
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
                    ('organisations', models.JSONField(default=list)),
                    ('requested_at', models.DateTimeField()),
                    ('step', models.PositiveSmallIntegerField(default=0, help_text='the step that is open, from 0')),
                    ('state', models.CharField(choices=[('pending', 'Waiting for approval'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='pending', max_length=9)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('bypassed_at', models.DateTimeField(null=True)),
                    ('bypass_reason', models.CharField(blank=True, max_length=500, verbose_name='the emergency')),
                    ('due_at', models.DateTimeField(help_text='until when a bypass is to be approved', null=True)),
                    ('bypassed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['requested_at'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['office_id_of', 'requested_at'], name='approval_waiting'), models.Index(fields=['subject_type', 'subject_id'], name='approval_subject')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('subject_type', 'subject_id', 'kind'), name='A subject waits once for one approval')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                    ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                    ('kind', models.CharField(help_text='which act, such as accounts.grant', max_length=60)),
                    ('programme', models.CharField(blank=True, max_length=40)),
                    ('summary', models.JSONField(help_text='what is to be done in words, by language', verbose_name='what')),
                    ('facts', models.JSONField(default=dict)),
                    ('fingerprint', models.CharField(help_text='of what was proposed: an edit voids it', max_length=64)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('state', models.CharField(choices=[('open', 'Waiting for a second person'), ('confirmed', 'Confirmed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                    ('proposed_at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('decision_reason', models.CharField(blank=True, max_length=300)),
                    ('is_alone', models.BooleanField(default=False, help_text='done by the only administrator, before there was a second one')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-proposed_at'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('is_alone', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), _connector='OR'), name='Who proposes does not confirm')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
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
                name='Absence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField(verbose_name='first day')),
                    ('until_on', models.DateField(verbose_name='last day')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('confirmed_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(help_text='when the person was back before the last day', null=True)),
                    ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who stands in')),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is away')),
                ],
                options={
                    'ordering': ['-from_on', 'pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='An absence ends after it begins'), models.CheckConstraint(condition=models.Q(('deputy', models.F('user')), _negated=True), name='Nobody stands in for themselves'), models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('entered_by')), _negated=True), name='Who enters an absence does not confirm it'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ended_at__isnull', True)), expressions=[('user', '='), (models.Func(models.F('from_on'), models.F('until_on'), models.Value('[]'), function='daterange'), '&&')], name='One deputy on a day')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
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
                    ('acted_for', models.ForeignKey(help_text='who is away, where a deputy acts', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='approvals.approvalrequest')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('request', 'user'), name='One person acts once on a request'), models.UniqueConstraint(fields=('request', 'acted_for'), name='For one who is away one deputy acts'), models.CheckConstraint(condition=models.Q(('acted_for__isnull', True), models.Q(('acted_for', models.F('user')), _negated=True), _connector='OR'), name='A deputy is somebody else')],
                },
            ),
        ]),
        migrations.RunSQL(REFUSE_WHO_ASKED, FORGET_REFUSE_WHO_ASKED),
    ]
