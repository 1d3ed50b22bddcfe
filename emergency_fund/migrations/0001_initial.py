
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_tick_the_first_day'),
        ('approvals', '0004_refuse_who_asked'),
        ('cases', '0005_write_down_where_a_family_went'),
        ('funds', '0002_keep_the_amounts_of_lines'),
        ('people', '0005_keep_few_entries_unsorted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssistanceRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='number')),
                ('channel', models.CharField(choices=[('walk_in', 'Came in person'), ('phone', 'By phone'), ('hotline', 'By the hotline'), ('outreach', 'Met in the community'), ('partner_referral', 'Sent by a partner'), ('clinic', 'From the clinic')], max_length=16, verbose_name='how they asked')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('urgency', models.CharField(choices=[('24h', 'Life at risk, within 24 hours'), ('72h', 'Urgent, within 72 hours'), ('14d', 'Within 14 days')], default='14d', max_length=3, verbose_name='how urgent')),
                ('need', models.TextField(help_text='For the fund: no protection notes.', verbose_name='why it is needed')),
                ('state', models.CharField(choices=[('submitted', 'Sent to the fund'), ('screened', 'Being assessed'), ('in_approval', 'Waiting for approval'), ('returned', 'Returned'), ('approved', 'Approved'), ('in_delivery', 'Being delivered'), ('delivered', 'Delivered'), ('rejected', 'Rejected'), ('appeal', 'Appeal'), ('upheld', 'Rejection upheld'), ('referred_out', 'Referred to another source of help'), ('ineligible', 'Not for the fund'), ('withdrawn', 'Taken back'), ('expired', 'Expired'), ('closed', 'Closed')], default='submitted', max_length=12, verbose_name='state')),
                ('decision_due_at', models.DateTimeField(verbose_name='decide by')),
                ('decided_at', models.DateTimeField(null=True)),
                ('expires_on', models.DateField(null=True, verbose_name='expires on')),
                ('old_incident_reason', models.CharField(blank=True, max_length=300, verbose_name='why so late')),
                ('approval', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approvals.approvalrequest')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assistance_requests', to='cases.case')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.family')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='who asks')),
            ],
            options={
                'ordering': ['decision_due_at', 'pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='AssistanceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hygiene_kit', 'Hygiene kit'), ('nutrition', 'Nutrition'), ('health_cost', 'Health cost'), ('health_insurance', 'Health insurance'), ('transport_to_care', 'Transport to care')], max_length=18, verbose_name='what')),
                ('modality', models.CharField(choices=[('cash', 'Cash'), ('voucher', 'Voucher'), ('in_kind', 'Goods'), ('service', 'Service paid for'), ('insurance', 'Insurance bought')], max_length=10, verbose_name='how')),
                ('words', models.CharField(blank=True, max_length=160, verbose_name='details')),
                ('period', models.CharField(help_text='the month, or the incident: one kind once in a period', max_length=40)),
                ('asked', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='asked for')),
                ('approved', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='approved')),
                ('paid', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='paid')),
                ('provider', models.CharField(blank=True, max_length=160, verbose_name='paid to')),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('approved', 'Approved'), ('partly', 'Partly delivered'), ('delivered', 'Delivered'), ('refused', 'Not approved'), ('cancelled', 'Cancelled'), ('expired', 'Expired')], default='asked', max_length=9, verbose_name='state')),
                ('budget_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.budgetline')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='child')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='emergency_fund.assistancerequest')),
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
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='receipt')),
                ('key', models.CharField(help_text='line and period: paid once, however often it is sent', max_length=80, unique=True)),
                ('received_name', models.CharField(max_length=120, verbose_name='received by')),
                ('relation', models.CharField(max_length=40, verbose_name='relation to the child')),
                ('proof', models.CharField(choices=[('paper', 'An identity paper'), ('known_to_staff', 'Known to the staff'), ('thumb_print', 'Thumb print before a witness'), ('witness', 'A witness knows them')], max_length=14, verbose_name='how we know who it was')),
                ('witness', models.CharField(blank=True, max_length=120, verbose_name='witness')),
                ('on', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed over by')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='emergency_fund.assistanceline')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HardshipIncident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('work_injury', 'Injury at work'), ('road_accident', 'Road accident'), ('other_accident', 'Another accident'), ('job_termination', 'Lost the job'), ('wage_non_payment', 'Wage not paid'), ('illness', 'Illness'), ('death_earner', 'Death of the earner'), ('arrest_detention', 'Arrest or detention'), ('fire_flood', 'Fire or flood'), ('eviction', 'Put out of the home'), ('other', 'Something else')], max_length=16, verbose_name='what happened')),
                ('occurred_on', models.DateField(verbose_name='when')),
                ('is_day_known', models.BooleanField(default=True, verbose_name='the day is known')),
                ('employer', models.CharField(blank=True, max_length=160, verbose_name='employer')),
                ('entitlement', models.CharField(choices=[('wcf', 'Workmen’s Compensation Fund'), ('sso', 'Social security'), ('employer_pay', 'Pay owed by the employer'), ('vehicle_insurance', 'Compulsory vehicle insurance'), ('health_card', 'Health insurance card'), ('none', 'None')], default='none', max_length=18, verbose_name='who should pay first')),
                ('entitlement_status', models.CharField(choices=[('not_checked', 'Not checked yet'), ('not_eligible', 'Not entitled'), ('applied', 'Applied for'), ('receiving', 'Being received'), ('refused', 'Refused'), ('exhausted', 'Used up')], default='not_checked', max_length=12, verbose_name='how that stands')),
                ('entitlement_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='baht a month')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('earner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.family')),
            ],
        ),
        migrations.AddField(
            model_name='assistancerequest',
            name='incident',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='emergency_fund.hardshipincident'),
        ),
        migrations.CreateModel(
            name='NeedsAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessed_at', models.DateTimeField()),
                ('income', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='income a month')),
                ('expenses', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='expenses a month')),
                ('debt', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='debt')),
                ('earners', models.PositiveSmallIntegerField(default=0, verbose_name='who earn')),
                ('dependants', models.PositiveSmallIntegerField(default=0, verbose_name='who depend on them')),
                ('food_days', models.PositiveSmallIntegerField(default=0, verbose_name='days of food left')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('score', models.PositiveSmallIntegerField(verbose_name='score')),
                ('weights', models.PositiveSmallIntegerField(help_text='version of the weights')),
                ('assessed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='emergency_fund.assistancerequest')),
            ],
            options={
                'ordering': ['-assessed_at'],
                'abstract': False,
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name='assistanceline',
            constraint=models.CheckConstraint(condition=models.Q(('asked__gt', 0)), name='A line asks for something'),
        ),
        migrations.AddConstraint(
            model_name='assistanceline',
            constraint=models.CheckConstraint(condition=models.Q(('approved__isnull', True), models.Q(('approved__gte', 0), ('approved__lte', models.F('asked'))), _connector='OR'), name='A line is approved up to what was asked'),
        ),
        migrations.AddConstraint(
            model_name='assistanceline',
            constraint=models.CheckConstraint(condition=models.Q(('paid__gte', 0), models.Q(('approved__isnull', True), ('paid__lte', models.F('approved')), _connector='OR')), name='A line is paid up to what was approved'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='A delivery is worth something'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proof__in', ['thumb_print', 'witness']), _negated=True), models.Q(('witness', ''), _negated=True), _connector='OR'), name='A thumb print has its witness'),
        ),
        migrations.AddConstraint(
            model_name='hardshipincident',
            constraint=models.CheckConstraint(condition=models.Q(('entitlement_amount__isnull', True), ('entitlement_amount__gte', 0), _connector='OR'), name='An entitlement pays nothing or more'),
        ),
        migrations.AddIndex(
            model_name='assistancerequest',
            index=models.Index(condition=models.Q(('state__in', ['appeal', 'approved', 'in_approval', 'in_delivery', 'returned', 'screened', 'submitted'])), fields=['office', 'decision_due_at', 'id'], name='fund_queue'),
        ),
        migrations.AddIndex(
            model_name='assistancerequest',
            index=models.Index(fields=['family', 'received_at'], name='fund_of_family'),
        ),
        migrations.AddConstraint(
            model_name='assistancerequest',
            constraint=models.CheckConstraint(condition=models.Q(('decision_due_at__gte', models.F('received_at'))), name='A decision is due after the request'),
        ),
    ]
