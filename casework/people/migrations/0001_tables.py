"""Persons, families, names and who may see them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_remember_merges_and_questions"),
        ("people", "0003_compare_birth_weights"),
        ("people", "0004_say_what_may_be_said"),
        ("people", "0005_keep_few_entries_unsorted"),
        ("people", "0006_let_staff_declare_conflicts"),
        ("people", "0007_say_what_nobody_asked"),
        ("people", "0008_let_a_reach_end_by_itself"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Family',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('address_text', models.CharField(blank=True, max_length=300, verbose_name='address')),
                    ('place_code', models.CharField(blank=True, max_length=6, verbose_name='sub-district code')),
                    ('contact_note', models.CharField(blank=True, max_length=300, verbose_name='contact note')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ],
                options={
                    'verbose_name_plural': 'families',
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('sex', models.CharField(choices=[('F', 'Female'), ('M', 'Male'), ('U', 'Not known yet')], default='U', max_length=1, verbose_name='sex')),
                    ('born_on', models.DateField(blank=True, help_text='first day of what is known; see precision', null=True, verbose_name='born on')),
                    ('born_precision', models.CharField(choices=[('exact', 'Exact day'), ('month', 'Month and year'), ('year', 'Year only'), ('estimated', 'Estimated age'), ('unknown', 'Not known')], default='unknown', max_length=10, verbose_name='how sure')),
                    ('born_as_told', models.CharField(blank=True, max_length=80, verbose_name='birth date as told or written')),
                    ('died_on', models.DateField(blank=True, null=True, verbose_name='died on')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('th', 'Thai'), ('my', 'Burmese'), ('ksw', 'S’gaw Karen'), ('pwo', 'Pwo Karen'), ('mnw', 'Mon'), ('shn', 'Shan'), ('rhg', 'Rohingya'), ('en', 'English'), ('km', 'Khmer'), ('lo', 'Lao'), ('other', 'Other')], max_length=6), blank=True, default=list, size=None)),
                    ('needs_interpreter', models.BooleanField(default=False, verbose_name='needs an interpreter')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='people.person')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('born_on__isnull', True), ('born_precision', 'unknown')), models.Q(models.Q(('born_precision', 'unknown'), _negated=True), ('born_on__isnull', False)), _connector='OR'), name='A birth date stands exactly when its precision says so'), models.CheckConstraint(condition=models.Q(('died_on__isnull', True), ('born_on__isnull', True), ('died_on__gte', models.F('born_on')), _connector='OR'), name='Nobody dies before they are born')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='MatchKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('child_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                    ('child_sounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                    ('mother_keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                    ('mother_sounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                    ('blocks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, help_text='blocking keys of the three passes', size=None)),
                    ('born_on', models.DateField(null=True)),
                    ('born_precision', models.CharField(max_length=10)),
                    ('sex', models.CharField(max_length=1)),
                    ('plurality', models.PositiveSmallIntegerField(default=1)),
                    ('birth_order', models.PositiveSmallIntegerField(null=True)),
                    ('mother_papers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                    ('phones', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                    ('hospital_no', models.CharField(blank=True, max_length=20)),
                    ('certificate_no', models.CharField(blank=True, max_length=60)),
                    ('facility', models.CharField(blank=True, max_length=80)),
                    ('child_number', models.CharField(blank=True, max_length=13)),
                    ('weight_g', models.PositiveIntegerField(help_text='grams at birth', null=True)),
                    ('is_baby_of', models.BooleanField(default=False)),
                    ('office_id', models.BigIntegerField()),
                    ('is_sealed', models.BooleanField(default=False)),
                    ('is_open', models.BooleanField(default=True)),
                    ('child', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='match_key', to='people.person')),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['blocks'], gin_pending_list_limit=64, name='people_match_blocks'), models.Index(fields=['born_on'], name='people_match_born')],
                },
            ),
            migrations.CreateModel(
                name='IdentityDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('type', models.CharField(choices=[('thai_id', 'Thai ID card'), ('passport', 'Passport'), ('temp_passport', 'Temporary passport'), ('certificate_of_identity', 'Certificate of identity'), ('mm_csc', 'Myanmar citizenship card'), ('mm_household_list', 'Myanmar household list'), ('pink_card_non_thai', 'Non-Thai ID (pink card)'), ('no_status_card', 'Card of a person without status (0)'), ('work_permit', 'Work permit'), ('profile_TR38_1', 'Profile register Tor.Ror.38/1'), ('profile_TR38K', 'Profile register Tor.Ror.38 Kor'), ('house_TR13', 'House register Tor.Ror.13'), ('house_TR14', 'House register Tor.Ror.14'), ('alien_certificate', 'Alien certificate'), ('displaced_person_card', 'Displaced person card'), ('border_pass', 'Border pass'), ('unhcr', 'UNHCR paper'), ('camp_household', 'Camp household paper'), ('employer_letter', 'Letter from the employer'), ('NGO_child_record', 'NGO child record'), ('G_code', 'School G-code'), ('hospital_card', 'Hospital card'), ('vaccination_book', 'Vaccination book'), ('marriage_certificate', 'Marriage certificate'), ('birth_certificate_other', 'Birth certificate'), ('child_13_digit', '13-digit number on the birth certificate'), ('other', 'Other paper')], max_length=30, verbose_name='paper')),
                    ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                    ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                    ('expires_on', models.DateField(blank=True, null=True, verbose_name='valid until')),
                    ('issuer', models.CharField(blank=True, max_length=120, verbose_name='issued by')),
                    ('name_as_written', models.CharField(blank=True, max_length=200, verbose_name='name as written')),
                    ('born_as_written', models.CharField(blank=True, max_length=40, verbose_name='birth date as written')),
                    ('original_seen', models.BooleanField(default=False, verbose_name='original seen')),
                    ('seen_on', models.DateField(blank=True, null=True)),
                    ('verification', models.CharField(choices=[('not_checked', 'Not checked'), ('seen_original', 'Original seen'), ('copy_only', 'Copy only'), ('doubtful', 'Doubtful'), ('confirmed_with_issuer', 'Confirmed with the issuer')], default='not_checked', max_length=24, verbose_name='checked')),
                    ('is_current', models.BooleanField(default=True)),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='people.person')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['number'], name='people_paper_number')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('expires_on__isnull', True), ('expires_on__gte', models.F('issued_on')), _connector='OR'), name='A paper expires after it was issued'), models.UniqueConstraint(condition=models.Q(('is_current', True), ('type', 'child_13_digit'), models.Q(('number', ''), _negated=True)), fields=('type', 'number'), name='A 13-digit child number belongs to one child')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='FamilyMember',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('child', 'Child'), ('mother', 'Mother'), ('father', 'Father'), ('grandparent', 'Grandparent'), ('sibling', 'Brother or sister'), ('aunt_uncle', 'Aunt or uncle'), ('guardian', 'Guardian'), ('other', 'Other')], max_length=14, verbose_name='role')),
                    ('is_main_carer', models.BooleanField(default=False, verbose_name='main carer')),
                    ('since_on', models.DateField(blank=True, null=True)),
                    ('until_on', models.DateField(blank=True, null=True)),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.family')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.person')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('family', 'person'), name='A person stands once in a family')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='DuplicateHit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('band', models.CharField(help_text='certain, high, medium, low', max_length=8)),
                    ('score', models.FloatField()),
                    ('evidence', models.JSONField(default=dict, help_text='labels (D1 to D6) and facts that agree')),
                    ('fingerprint', models.CharField(help_text='of the compared values; a change asks again', max_length=64)),
                    ('state', models.CharField(choices=[('open', 'To decide'), ('decided', 'Decided'), ('stale', 'No longer alike')], default='open', max_length=8)),
                    ('decision', models.CharField(blank=True, choices=[('same', 'Same child'), ('sibling', 'Twin or sibling'), ('different', 'Another child')], max_length=10)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('found_at', models.DateTimeField(auto_now_add=True)),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                    ('question', models.CharField(blank=True, max_length=300, verbose_name='question to the other office')),
                    ('choices', models.JSONField(blank=True, default=dict, help_text='field: kept or dropped, for the merge proposed')),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits_first', to='people.person')),
                    ('keep', models.ForeignKey(blank=True, help_text='the record a merge shall keep', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits_second', to='people.person')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['state', '-id'], name='people_hit_state')],
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='Two children are compared once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='The lower person stands first'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(('decision', ''), _negated=True), _connector='OR'), name='A decided hit says what was decided')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='ConflictOfInterest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named_by', models.CharField(blank=True, help_text='the number by which the family was named', max_length=24)),
                    ('organisation', models.CharField(blank=True, max_length=160, verbose_name='supplier or provider')),
                    ('organisation_key', models.CharField(blank=True, help_text='its name without case and spaces', max_length=160)),
                    ('reason', models.CharField(max_length=200, verbose_name='how they have to do with each other')),
                    ('declared_on', models.DateField()),
                    ('from_on', models.DateField(help_text='without one since ever', null=True, verbose_name='from')),
                    ('until_on', models.DateField(help_text='the last day, where it ends by itself', null=True, verbose_name='until')),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_reason', models.CharField(blank=True, max_length=300, verbose_name='why it ended')),
                    ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='people.person')),
                ],
                options={
                    'verbose_name_plural': 'conflicts of interest',
                    'ordering': ['-declared_on', '-pk'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('until_on__isnull', True)), fields=('user', 'person'), name='A conflict with a person is declared once'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('until_on__isnull', True), models.Q(('organisation_key', ''), _negated=True)), fields=('user', 'organisation_key'), name='A conflict with an organisation is declared once'), models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('organisation_key', '')), models.Q(('person__isnull', True), models.Q(('organisation_key', ''), _negated=True)), _connector='OR'), name='A conflict is with a person or with an organisation'), models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('from_on__isnull', True), ('until_on__gte', models.F('from_on')), _connector='OR'), name='A conflict ends after it begins'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('ended_reason', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('ended_reason', ''), _negated=True)), _connector='OR'), name='Who ends a conflict says why'), models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), models.Q(('ended_by', models.F('user')), _negated=True), _connector='OR'), name='Nobody ends their own conflict')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='PersonMerge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('choices', models.JSONField(default=dict, help_text='field: kept or dropped')),
                    ('before', models.JSONField(default=dict, help_text='values of the kept record before the merge')),
                    ('moved', models.JSONField(default=dict, help_text='table: ids of the rows that moved to the kept record')),
                    ('merged_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('dropped', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_dropped', to='people.person')),
                    ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_kept', to='people.person')),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), name='Who proposes a merge does not confirm it'), models.CheckConstraint(condition=models.Q(('kept', models.F('dropped')), _negated=True), name='Nobody is merged with themselves'), models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('dropped',), name='A record is merged into one other')],
                },
            ),
            migrations.CreateModel(
                name='PersonName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('as_spoken', 'As spoken'), ('official_th', 'Official, Thai'), ('official_home', 'Official, home country'), ('on_certificate', 'On the certificate'), ('alias', 'Also called'), ('previous', 'Earlier name'), ('baby_of', '“Baby of”')], default='as_spoken', max_length=16, verbose_name='kind')),
                    ('full', models.CharField(max_length=200, verbose_name='full name')),
                    ('honorific', models.CharField(blank=True, max_length=20, verbose_name='title')),
                    ('script', models.CharField(choices=[('Latn', 'English letters'), ('Thai', 'Thai'), ('Mymr', 'Burmese or Karen'), ('Khmr', 'Khmer'), ('Laoo', 'Lao'), ('Zyyy', 'Other')], max_length=4, verbose_name='script')),
                    ('is_primary', models.BooleanField(default=False, verbose_name='main name')),
                    ('search_key', models.CharField(editable=False, max_length=300)),
                    ('phonetic_key', models.CharField(editable=False, max_length=300)),
                    ('sort_key', models.CharField(editable=False, max_length=300)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='people.person')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_key'], gin_pending_list_limit=64, name='people_name_trigrams', opclasses=['gin_trgm_ops']), models.Index(fields=['phonetic_key'], name='people_name_sound')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_primary', True)), fields=('person',), name='A person has one main name'), models.CheckConstraint(condition=models.Q(('full', ''), _negated=True), name='A name is not empty')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='PersonReach',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source_type', models.CharField(max_length=60)),
                    ('source_id', models.BigIntegerField()),
                    ('office_id', models.BigIntegerField(null=True)),
                    ('programme', models.CharField(blank=True, max_length=40)),
                    ('level', models.PositiveSmallIntegerField(default=2)),
                    ('user_id', models.BigIntegerField(help_text='set instead of office for one assigned person', null=True)),
                    ('until_at', models.DateTimeField(help_text='when it ends by itself, as help given for a day does', null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reach', to='people.person')),
                ],
                options={
                    'verbose_name_plural': 'person reach',
                    'indexes': [models.Index(fields=['office_id', 'programme', 'level'], name='people_reach_place'), models.Index(fields=['user_id'], name='people_reach_user'), models.Index(fields=['source_type', 'source_id'], name='people_reach_source')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'source_type', 'source_id', 'office_id', 'programme', 'user_id'), name='A reach is written once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Phone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='national digits with the leading zero', max_length=20, verbose_name='phone')),
                    ('whose', models.CharField(blank=True, max_length=120, verbose_name='whose phone')),
                    ('rule', models.CharField(choices=[('not_asked', 'Not asked yet: say only that the clinic called'), ('safe', 'Safe to call'), ('careful', 'Say only that the clinic called'), ('do_not', 'Do not contact')], default='not_asked', max_length=10, verbose_name='may we call')),
                    ('best_hour', models.CharField(blank=True, max_length=60, verbose_name='best hour')),
                    ('may_say', models.CharField(blank=True, max_length=200, verbose_name='what may be said')),
                    ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='people.family')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='phones', to='people.person')),
                ],
                options={
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(fields=['number'], name='people_phone_number'), models.Index(django.db.models.functions.text.Right('number', 4), name='people_phone_tail')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
    ]
