"""Cases, plans, notes, and the number their rules use."""

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
        ("cases", "0001_initial"),
        ("cases", "0002_remember_the_child_before_a_merge"),
        ("cases", "0003_remember_confirmed_facts"),
        ("cases", "0004_write_down_calls"),
        ("cases", "0005_write_down_where_a_family_went"),
        ("cases", "0006_keep_lists_of_workers_and_offices_at_hand"),
        ("cases", "0007_end_help_of_a_day_for_persons"),
        ("cases", "0008_know_who_wrote_in_a_plan"),
        ("cases", "0009_end_work_on_closed_cases"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('people', '0001_tables'),
        ('reference', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.CharField(editable=False, max_length=16, unique=True, verbose_name='case number')),
                    ('tracking_code', models.CharField(editable=False, max_length=6, unique=True, verbose_name='tracking code')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('on_hold', 'On hold'), ('closed', 'Closed'), ('void', 'Undone')], default='open', max_length=8, verbose_name='state')),
                    ('stage', models.CharField(choices=[('identified', 'Identified'), ('assessed', 'Assessed'), ('planned', 'Planned'), ('in_service', 'In service'), ('under_review', 'Under review'), ('closed', 'Closed')], default='identified', max_length=14, verbose_name='stage')),
                    ('risk', models.CharField(choices=[('high', 'High risk'), ('medium', 'Medium risk'), ('low', 'Low risk'), ('none', 'Not assessed')], default='none', max_length=8, verbose_name='risk level')),
                    ('risk_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('risk_review_on', models.DateField(blank=True, null=True, verbose_name='review by')),
                    ('is_sealed', models.BooleanField(default=False, verbose_name='sealed')),
                    ('safety_note', models.CharField(blank=True, max_length=300, verbose_name='safety note')),
                    ('safety_note_on', models.DateField(blank=True, null=True)),
                    ('do_not_contact', models.BooleanField(default=False, verbose_name='do not contact')),
                    ('origin', models.CharField(choices=[('typed', 'Typed in'), ('paper', 'Entered from paper'), ('imported', 'Imported')], default='typed', max_length=8)),
                    ('received_on', models.DateField(help_text='deadlines run from here; differs from typing day for paper', verbose_name='received on')),
                    ('opened_on', models.DateField(verbose_name='opened on')),
                    ('hold_reason', models.CharField(blank=True, choices=[('lost_contact', 'Lost contact'), ('family_asked', 'The family asked to wait'), ('other', 'Other')], max_length=14, verbose_name='why on hold')),
                    ('hold_text', models.CharField(blank=True, max_length=300)),
                    ('next_step', models.CharField(blank=True, max_length=200, verbose_name='next step')),
                    ('next_step_on', models.DateField(blank=True, null=True, verbose_name='next step on')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                    ('close_reason', models.CharField(blank=True, choices=[('completed', 'Completed'), ('withdrawn', 'The family withdrew'), ('refused_by_family', 'A parent refused'), ('duplicate', 'Same child as another case'), ('child_died', 'The child died'), ('transferred_out', 'Moved to another province without an office'), ('left_thailand', 'Left Thailand'), ('deported', 'Deported'), ('not_eligible_T8', 'Not born in Thailand'), ('refused_final', 'Finally refused by the office'), ('unreachable', 'Cannot be found')], max_length=20, verbose_name='why closed')),
                    ('close_text', models.CharField(blank=True, max_length=300)),
                    ('sort_name', models.CharField(default='', editable=False, max_length=300)),
                    ('import_run', models.BigIntegerField(editable=False, null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.person', verbose_name='child')),
                    ('child_before_merge', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.family')),
                    ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_cases', to=settings.AUTH_USER_MODEL, verbose_name='lead')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('state__in', ['open', 'on_hold'])), fields=['office', '-id'], name='case_office_open'), models.Index(condition=models.Q(('state__in', ['open', 'on_hold'])), fields=['lead', '-id'], name='case_lead_newest'), models.Index(condition=models.Q(('state__in', ['open', 'on_hold'])), fields=['lead', 'next_step_on'], name='case_lead_open'), models.Index(fields=['office', 'sort_name', 'id'], name='case_office_name')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'on_hold'])), fields=('child',), name='A child has one open case'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_on__isnull', False), models.Q(('close_reason', ''), _negated=True)), _connector='OR'), name='A closed case says when and why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'on_hold'), _negated=True), models.Q(('hold_reason', ''), _negated=True), _connector='OR'), name='A case on hold says why')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='CaseNumberSeries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ],
                options={
                    'verbose_name_plural': 'case number series',
                    'constraints': [models.UniqueConstraint(fields=('office', 'year'), name='An office has one number series a year')],
                },
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('lead', 'Lead'), ('team', 'Team'), ('cover', 'Helps today')], max_length=6)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('since_at', models.DateTimeField()),
                    ('until_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='cases.case')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['user', 'case'], name='case_assigned_user')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('kind', 'lead')), fields=('case',), name='A case has one lead')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Assessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.CharField(choices=[('rapid', 'Rapid needs'), ('comprehensive', 'Comprehensive'), ('best_interests', 'Best-interests assessment')], default='rapid', max_length=16, verbose_name='kind')),
                    ('done_on', models.DateField(verbose_name='done on')),
                    ('strengths', models.TextField(blank=True, verbose_name='strengths')),
                    ('child_views', models.TextField(blank=True, verbose_name='the child’s own views')),
                    ('carer_views', models.TextField(blank=True, verbose_name='the carer’s views')),
                    ('child_seen', models.BooleanField(null=True, verbose_name='child seen')),
                    ('child_alone', models.BooleanField(null=True, verbose_name='child or mother spoken to alone')),
                    ('who_present', models.CharField(blank=True, max_length=200, verbose_name='who else was in the room')),
                    ('suggested_risk', models.CharField(choices=[('high', 'High risk'), ('medium', 'Medium risk'), ('low', 'Low risk'), ('none', 'Not assessed')], default='none', max_length=8)),
                    ('suggested_why', models.JSONField(default=list)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='cases.case')),
                ],
                options={
                    'ordering': ['-done_on', '-id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='CasePlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                    ('state', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Waiting for approval'), ('returned', 'Returned'), ('approved', 'Approved'), ('replaced', 'Replaced by a later version')], default='draft', max_length=10)),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='review on')),
                    ('changed_by', models.JSONField(default=list, help_text='ids of people who wrote goals, steps or days of this version')),
                    ('submitted_at', models.DateTimeField(null=True)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('decision_text', models.CharField(blank=True, max_length=300)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='cases.case')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-number'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='A plan version stands once'), models.UniqueConstraint(condition=models.Q(('state', 'replaced'), _negated=True), fields=('case',), name='A case has one current plan'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='Who submits a plan does not approve it')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='CaseShare',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(max_length=40, verbose_name='purpose')),
                    ('fields', models.JSONField(default=list, verbose_name='what is shared')),
                    ('expires_on', models.DateField(verbose_name='until')),
                    ('shared_at', models.DateTimeField(auto_now_add=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='cases.case')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                    'unique_together': {('user', 'permission', 'content_object')},
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(max_length=40, verbose_name='purpose')),
                    ('recipient', models.CharField(blank=True, max_length=120, verbose_name='who receives')),
                    ('decision', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_asked', 'Not asked'), ('on_paper', 'On paper, not seen')], max_length=10, verbose_name='answer')),
                    ('language', models.CharField(blank=True, choices=[('th', 'Thai'), ('my', 'Burmese'), ('ksw', 'S’gaw Karen'), ('pwo', 'Pwo Karen'), ('mnw', 'Mon'), ('shn', 'Shan'), ('rhg', 'Rohingya'), ('en', 'English'), ('km', 'Khmer'), ('lo', 'Lao'), ('other', 'Other')], max_length=6, verbose_name='explained in')),
                    ('given_by_name', models.CharField(blank=True, max_length=120, verbose_name='given by')),
                    ('relation', models.CharField(blank=True, max_length=40, verbose_name='relation')),
                    ('how', models.CharField(blank=True, choices=[('signed', 'Signed on paper'), ('thumb', 'Thumb print on paper'), ('spoken', 'Said it, witnessed')], max_length=8, verbose_name='how')),
                    ('child_assent', models.BooleanField(null=True, verbose_name='the child agrees')),
                    ('parents_disagree', models.BooleanField(default=False, verbose_name='the parents disagree')),
                    ('interpreter', models.CharField(blank=True, max_length=120, verbose_name='interpreter')),
                    ('text_version', models.PositiveSmallIntegerField(default=1)),
                    ('given_on', models.DateField(verbose_name='given on')),
                    ('expires_on', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('withdrawn_on', models.DateField(blank=True, null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='cases.case')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on__isnull', True)), fields=('case', 'purpose', 'recipient'), name='A purpose has one living answer')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='ContactAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('direction', models.CharField(choices=[('out', 'We called'), ('in', 'They called')], default='out', max_length=3, verbose_name='who called')),
                    ('result', models.CharField(choices=[('reached', 'Reached the family'), ('no_answer', 'No answer'), ('switched_off', 'Switched off'), ('wrong_number', 'Wrong number'), ('someone_else', 'Somebody else answered')], max_length=12, verbose_name='what came of it')),
                    ('said', models.CharField(blank=True, max_length=300, verbose_name='what was said')),
                    ('call_again_on', models.DateField(blank=True, null=True, verbose_name='call again on')),
                    ('on', models.DateField(help_text='the day in Bangkok; attempts are counted by day')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='cases.case')),
                    ('phone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.phone')),
                ],
                options={
                    'ordering': ['-at', '-id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['case', '-at'], name='case_contact_time')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('direction', 'in'), _negated=True), ('result__in', ['reached', 'someone_else']), _connector='OR'), name='Who calls us was reached'), models.CheckConstraint(condition=models.Q(models.Q(('result', 'someone_else'), _negated=True), models.Q(('said', ''), _negated=True), _connector='OR'), name='What was told to somebody else is written down')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Departure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('completed', 'Completed'), ('withdrawn', 'The family withdrew'), ('refused_by_family', 'A parent refused'), ('duplicate', 'Same child as another case'), ('child_died', 'The child died'), ('transferred_out', 'Moved to another province without an office'), ('left_thailand', 'Left Thailand'), ('deported', 'Deported'), ('not_eligible_T8', 'Not born in Thailand'), ('refused_final', 'Finally refused by the office'), ('unreachable', 'Cannot be found')], max_length=20, verbose_name='why closed')),
                    ('on', models.DateField(verbose_name='since')),
                    ('country', models.CharField(blank=True, choices=[('MM', 'Myanmar'), ('LA', 'Laos'), ('KH', 'Cambodia'), ('XX', 'Another country')], max_length=2, verbose_name='country')),
                    ('news_from', models.CharField(choices=[('family', 'The family'), ('relative', 'A relative or neighbour'), ('authority', 'An authority'), ('organisation', 'Another organisation'), ('ourselves', 'We looked for them')], max_length=12, verbose_name='who told us')),
                    ('recorded_on', models.DateField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='cases.case')),
                    ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.place')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason__in', ['left_thailand', 'deported']), _negated=True), models.Q(('country', ''), _negated=True), _connector='OR'), name='Who left Thailand went to a country'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'transferred_out'), _negated=True), ('place__isnull', False), _connector='OR'), name='Who moved went to a province')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Enrolment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('programme', models.CharField(max_length=40)),
                    ('since_on', models.DateField()),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('outcome', models.CharField(blank=True, max_length=120)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='cases.case')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('until_on__isnull', True)), fields=['office', 'case'], include=('programme',), name='enrolment_office_live')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('case', 'programme'), name='A programme works once on a case at a time')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='FactConfirmed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(help_text='which fact, by the key of the room or programme that asks it', max_length=60)),
                    ('value_digest', models.CharField(help_text='of the words that were read out', max_length=32)),
                    ('answer', models.CharField(choices=[('still_true', 'Still true'), ('changed', 'Changed')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts_confirmed', to='cases.case')),
                ],
                options={
                    'verbose_name_plural': 'facts confirmed',
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['case', 'key', '-at'], name='case_fact_confirmed')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(verbose_name='note')),
                    ('readers', models.CharField(choices=[('team', 'Everyone who sees the case'), ('programme', 'My programme'), ('legal', 'Restricted: legal'), ('psychosocial', 'Restricted: psychosocial'), ('trafficking', 'Restricted: trafficking')], default='team', max_length=14, verbose_name='who may read it')),
                    ('programme', models.CharField(blank=True, max_length=40)),
                    ('at', models.DateTimeField()),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['case', '-at'], name='case_note_time')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='NoticeGiven',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=[('th', 'Thai'), ('my', 'Burmese'), ('ksw', 'S’gaw Karen'), ('pwo', 'Pwo Karen'), ('mnw', 'Mon'), ('shn', 'Shan'), ('rhg', 'Rohingya'), ('en', 'English'), ('km', 'Khmer'), ('lo', 'Lao'), ('other', 'Other')], max_length=6, verbose_name='language')),
                    ('interpreter', models.CharField(blank=True, max_length=120, verbose_name='interpreter')),
                    ('given_on', models.DateField(verbose_name='given on')),
                    ('text_version', models.PositiveSmallIntegerField(default=1)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices_given', to='cases.case')),
                    ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'notices given',
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='task')),
                    ('due_on', models.DateField(verbose_name='by')),
                    ('state', models.CharField(choices=[('to_do', 'To do'), ('done', 'Done'), ('dropped', 'Dropped')], default='to_do', max_length=8)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('made_at', models.DateTimeField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='cases.case')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('state', 'to_do')), fields=['owner', 'due_on'], name='case_task_due')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Goal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='goal')),
                    ('domain', models.CharField(choices=[('legal', 'Papers and legal status'), ('health', 'Health'), ('nutrition', 'Food and nutrition'), ('shelter', 'Place to live'), ('income', 'Money and work'), ('education', 'School'), ('safety', 'Safety at home'), ('care', 'Care and parents'), ('feelings', 'Feelings and behaviour')], max_length=10, verbose_name='domain')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='by')),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='cases.caseplan')),
                ],
                options={
                    'ordering': ['order', 'id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Need',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('domain', models.CharField(choices=[('legal', 'Papers and legal status'), ('health', 'Health'), ('nutrition', 'Food and nutrition'), ('shelter', 'Place to live'), ('income', 'Money and work'), ('education', 'School'), ('safety', 'Safety at home'), ('care', 'Care and parents'), ('feelings', 'Feelings and behaviour')], max_length=10, verbose_name='domain')),
                    ('severity', models.CharField(choices=[('0', 'No need'), ('1', 'Some need'), ('2', 'Serious'), ('3', 'Urgent')], max_length=1, verbose_name='how serious')),
                    ('text', models.CharField(blank=True, max_length=300, verbose_name='what is needed')),
                    ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='cases.assessment')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('assessment', 'domain'), name='An assessment has one line per domain')],
                },
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200, verbose_name='step')),
                    ('responsible_text', models.CharField(blank=True, max_length=80, verbose_name='or somebody else')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='by')),
                    ('state', models.CharField(choices=[('to_do', 'To do'), ('done', 'Done'), ('dropped', 'Dropped')], default='to_do', max_length=8)),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('record_type', models.CharField(blank=True, help_text='the programme record or referral that carries it out', max_length=60)),
                    ('record_id', models.BigIntegerField(null=True)),
                    ('order', models.PositiveSmallIntegerField(default=0)),
                    ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.goal')),
                    ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'ordering': ['order', 'id'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('state', 'to_do')), fields=['responsible', 'due_on'], name='case_step_due')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
