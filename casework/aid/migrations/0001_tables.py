"""What any programme gave a child."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("aid", "0001_initial"),
        ("aid", "0002_one_child_for_a_card"),
        ("aid", "0003_follow_a_child_whose_records_are_merged"),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        ('people', '0001_tables'),
        ('reference', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='AidGiven',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('programme', models.CharField(max_length=40, verbose_name='programme')),
                    ('subject_type', models.CharField(help_text='what gave it, such as a line of a request', max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('kind', models.CharField(help_text='the key of an aid kind', max_length=40, verbose_name='kind')),
                    ('period', models.CharField(max_length=40, verbose_name='period')),
                    ('amount', models.DecimalField(decimal_places=2, help_text='In baht.', max_digits=12, verbose_name='amount')),
                    ('state', models.CharField(choices=[('promised', 'Promised'), ('given', 'Given'), ('cancelled', 'Cancelled')], default='promised', max_length=9, verbose_name='state')),
                    ('promised_on', models.DateField(verbose_name='promised on')),
                    ('given_on', models.DateField(blank=True, null=True, verbose_name='given on')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='child')),
                    ('child_before_merge', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('family', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.family')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'verbose_name_plural': 'aid given',
                    'ordering': ['-promised_on', '-pk'],
                    'abstract': False,
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(condition=models.Q(('state__in', ('promised', 'given'))), fields=['family', 'promised_on'], name='aid_of_family')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('promised', 'given'))), fields=('child', 'kind', 'period'), name='A child gets one kind of help once in a period'), models.UniqueConstraint(condition=models.Q(('state__in', ('promised', 'given'))), fields=('subject_type', 'subject_id'), name='A record gives its help once'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='Help is worth nothing or more'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), _negated=True), ('given_on__isnull', False), _connector='OR'), name='Help is given on a day')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
            migrations.CreateModel(
                name='InsuranceCover',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('programme', models.CharField(max_length=40, verbose_name='programme')),
                    ('subject_type', models.CharField(help_text='what gave it, such as a line of a request', max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('scheme', models.CharField(choices=[('migrant_card', 'Migrant health insurance'), ('migrant_card_u7', 'Migrant health insurance, under seven'), ('sso_dependant', 'Dependant in the social security'), ('ucs_t99', 'Rights fund for people with a status problem (T.99)'), ('private', 'Private insurance'), ('other', 'Other')], max_length=16, verbose_name='scheme')),
                    ('card_number', models.CharField(blank=True, max_length=40, verbose_name='card number')),
                    ('valid_from', models.DateField(verbose_name='valid from')),
                    ('valid_to', models.DateField(verbose_name='valid until')),
                    ('premium', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='premium')),
                    ('check_up', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='check-up fee')),
                    ('state', models.CharField(choices=[('quoted', 'Price asked'), ('ordered', 'Ordered'), ('active', 'In force'), ('refused', 'Refused by the hospital'), ('expired', 'Run out'), ('cancelled', 'Cancelled'), ('refunded', 'Paid back')], default='quoted', max_length=9, verbose_name='state')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='child')),
                    ('child_before_merge', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('hospital', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.facility')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'ordering': ['-valid_from'],
                    'abstract': False,
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='A cover ends after it begins'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('ordered', 'active', 'expired'))), expressions=[('child', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='A child has one cover on a day'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'active'), models.Q(('card_number', ''), _negated=True)), expressions=[('card_number', '='), ('child', '<>')], name='A card belongs to one child')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
    ]
