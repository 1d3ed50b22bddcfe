"""What comes after a decision and a payment: tables, terms, and who decides on appeals."""

import datetime as dt
from functools import partial
from pathlib import Path

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from django.db.models.functions import TruncDate

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms_after.csv"
BANDS = ((0, 5_000, "FA"), (5_000, None, "PM"))
"""One step above those who decide first, so that somebody is left who had nothing to do with it."""


def forwards(apps, schema_editor):
    incidents = apps.get_model("emergency_fund", "HardshipIncident").objects.exclude(entitlement_status="not_checked")
    incidents.update(entitlement_on=TruncDate("created_at"))
    load_terms(partial(apps.get_model, "reference"), TERMS)
    bands = apps.get_model("approvals", "ApprovalBand")
    policy = apps.get_model("approvals", "ApprovalPolicy").objects.create(
        programme="emergency_fund", kind="emergency_fund.appeal", valid_from=dt.date(2020, 1, 1),
        source="[U] to be set by the board of the fund",
    )  # fmt: skip
    for low, high, role in BANDS:
        steps = [{"role": role, "quorum": "any"}]
        bands.objects.create(policy=policy, amount_from=low, amount_to=high, steps=steps)


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0004_refuse_who_asked'),
        ('emergency_fund', '0008_insure_children'),
        ('people', '0005_keep_few_entries_unsorted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='hardshipincident',
            name='entitlement_on',
            field=models.DateField(help_text='the day of the claim, or of what came of it', null=True, verbose_name='since'),
        ),
        migrations.CreateModel(
            name='PostDistributionCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'To be called'), ('done', 'The family was asked'), ('unreached', 'Not reached')], default='waiting', max_length=9, verbose_name='state')),
                ('result', models.CharField(blank=True, choices=[('received', 'Received, all of it'), ('issues', 'Received, with issues'), ('not_received', 'Not received'), ('not_reached', 'Nobody was reached')], max_length=12, verbose_name='what came of it')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='amount received')),
                ('said', models.CharField(blank=True, max_length=500, verbose_name='what was said')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='days on which nobody was reached')),
                ('tried_on', models.DateField(null=True, verbose_name='last tried on')),
                ('on', models.DateField(null=True, verbose_name='asked on')),
                ('drawn_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verification', to='emergency_fund.delivery')),
            ],
            options={
                'ordering': ['drawn_at', 'pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('decision', 'About a decision'), ('payment', 'About a payment or what was handed over'), ('waiting', 'It takes too long'), ('treated', 'How the family was treated'), ('staff_money', 'Somebody of us asks for money or favours'), ('staff_harm', 'Somebody of us harms or exploits somebody')], max_length=12, verbose_name='what about')),
                ('relation', models.CharField(choices=[('child', 'Child'), ('mother', 'Mother'), ('father', 'Father'), ('grandparent', 'Grandparent'), ('sibling', 'Brother or sister'), ('aunt_uncle', 'Aunt or uncle'), ('guardian', 'Guardian'), ('other', 'Other')], max_length=12, verbose_name='relation to the child')),
                ('channel', models.CharField(choices=[('walk_in', 'Came in person'), ('phone', 'By phone'), ('hotline', 'By the hotline'), ('outreach', 'Met in the community'), ('partner_referral', 'Sent by a partner'), ('clinic', 'From the clinic')], max_length=16, verbose_name='how they told us')),
                ('told_on', models.DateField(verbose_name='told on')),
                ('what', models.TextField(verbose_name='what happened')),
                ('noted_at', models.DateTimeField()),
                ('due_on', models.DateField(verbose_name='answer by')),
                ('state', models.CharField(choices=[('open', 'Not yet looked into'), ('looked_into', 'Being looked into'), ('answered', 'Answered, the family is to be told'), ('closed', 'Closed, the family was told')], default='open', max_length=12, verbose_name='state')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('family_told_on', models.DateField(null=True, verbose_name='the family was told on')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_from', models.ManyToManyField(help_text='people who are named in it', related_name='+', to=settings.AUTH_USER_MODEL)),
                ('looked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='emergency_fund.assistancerequest')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='who complains')),
                ('check_made', models.OneToOneField(help_text='the call that opened it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaint', to='emergency_fund.postdistributioncheck')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='RequestClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='comment')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='emergency_fund.assistancerequest')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SampleDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_drawn', models.BooleanField()),
                ('chance', models.DecimalField(decimal_places=2, help_text='in percent, when it was drawn', max_digits=5)),
                ('at', models.DateTimeField()),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draw', to='emergency_fund.delivery')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('against', models.CharField(choices=[('submitted', 'Sent to the fund'), ('screened', 'Being assessed'), ('in_approval', 'Waiting for approval'), ('returned', 'Returned'), ('approved', 'Approved'), ('in_delivery', 'Being delivered'), ('delivered', 'Delivered'), ('rejected', 'Rejected'), ('appeal', 'Appeal'), ('upheld', 'Rejection upheld'), ('referred_out', 'Referred to another source of help'), ('ineligible', 'Not for the fund'), ('withdrawn', 'Taken back'), ('expired', 'Expired'), ('closed', 'Closed')], max_length=12, verbose_name='appeal against')),
                ('relation', models.CharField(choices=[('child', 'Child'), ('mother', 'Mother'), ('father', 'Father'), ('grandparent', 'Grandparent'), ('sibling', 'Brother or sister'), ('aunt_uncle', 'Aunt or uncle'), ('guardian', 'Guardian'), ('other', 'Other')], max_length=12, verbose_name='relation to the child')),
                ('channel', models.CharField(choices=[('walk_in', 'Came in person'), ('phone', 'By phone'), ('hotline', 'By the hotline'), ('outreach', 'Met in the community'), ('partner_referral', 'Sent by a partner'), ('clinic', 'From the clinic')], max_length=16, verbose_name='how they told us')),
                ('made_on', models.DateField(verbose_name='told on')),
                ('why', models.TextField(help_text='for everybody who decides: no names', verbose_name='why the family does not agree')),
                ('due_at', models.DateTimeField(verbose_name='decide by')),
                ('noted_at', models.DateTimeField()),
                ('granted', models.JSONField(default=dict, help_text='baht more for each line, by its id, as far as steps are done')),
                ('state', models.CharField(choices=[('open', 'Being looked at again'), ('granted', 'Appeal granted'), ('upheld', 'Decision upheld'), ('withdrawn', 'Taken back')], default='open', max_length=9, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True)),
                ('told_code', models.CharField(blank=True, choices=[('papers', 'A paper is missing'), ('amount', 'The amount is not explained'), ('entitlement', 'Another source pays first'), ('duplicate', 'Help was given already'), ('not_needed', 'The need is not shown'), ('outside', 'Not for this fund'), ('other', 'Another reason')], max_length=12, verbose_name='reason')),
                ('told', models.CharField(blank=True, help_text='what those who upheld the decision wrote', max_length=500)),
                ('approval', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approvals.approvalrequest')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='who appeals')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='emergency_fund.assistancerequest')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='fund_appeals_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='An appeal says why'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('noted_at'))), name='An appeal is decided after it is noted'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'upheld']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='An appeal is decided at a moment')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='EntitlementUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entitlement', models.CharField(choices=[('wcf', 'Workmen’s Compensation Fund'), ('sso', 'Social security'), ('employer_pay', 'Pay owed by the employer'), ('vehicle_insurance', 'Compulsory vehicle insurance'), ('health_card', 'Health insurance card'), ('none', 'None')], max_length=18, verbose_name='who should pay first')),
                ('status', models.CharField(choices=[('not_checked', 'Not checked yet'), ('not_eligible', 'Not entitled'), ('applied', 'Applied for'), ('receiving', 'Being received'), ('refused', 'Refused'), ('exhausted', 'Used up')], max_length=12, verbose_name='how that stands')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='baht a month')),
                ('on', models.DateField(verbose_name='since')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlement_updates', to='emergency_fund.assistancerequest')),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='A claim pays nothing or more')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name='postdistributioncheck',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['drawn_at', 'id'], name='fund_calls_waiting'),
        ),
        migrations.AddConstraint(
            model_name='postdistributioncheck',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'waiting'), models.Q(models.Q(('result', ''), _negated=True), ('on__isnull', False), ('by__isnull', False)), _connector='OR'), name='A payment was asked about on a day by somebody'),
        ),
        migrations.AddConstraint(
            model_name='postdistributioncheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result__in', ['received', 'issues']), _negated=True), ('amount__gt', 0), _connector='OR'), name='What a family received is worth something'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['due_on', 'id'], name='fund_complaints_open'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='A complaint says what happened'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'closed']), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_by__isnull', False)), _connector='OR'), name='A complaint is answered by somebody in words'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_by__isnull', False), ('family_told_on__isnull', False)), _connector='OR'), name='A complaint is closed when the family was told'),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
