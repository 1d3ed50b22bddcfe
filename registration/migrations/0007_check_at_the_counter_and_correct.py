
import django.db.models.deletion
import django.db.models.manager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

from casework.reference.loading import load_terms


TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def add_new_terms(apps, schema_editor):
    """The term of the welcome back; terms that exist stay as people made them."""
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0006_keep_open_births_in_the_order_of_the_queue'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('state', models.CharField(choices=[('open', 'Being prepared'), ('asked', 'Asked for at the office'), ('appointed', 'Appointment made'), ('corrected', 'Corrected certificate is here'), ('handed_over', 'Handed over again'), ('refused', 'Refused by the office'), ('withdrawn', 'Not wanted any more')], default='open', max_length=12, verbose_name='state')),
                ('state_since', models.DateField()),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='asked on')),
                ('receipt_no', models.CharField(blank=True, max_length=60, verbose_name='receipt number')),
                ('appointment_on', models.DateField(blank=True, null=True, verbose_name='come back on')),
                ('appointment_time', models.CharField(blank=True, max_length=20, verbose_name='time')),
                ('fee_baht', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='fee, baht')),
                ('fee_paid_by', models.CharField(blank=True, choices=[('family', 'The family'), ('clinic', 'The clinic'), ('other', 'Somebody else'), ('nobody', 'Nothing to pay')], max_length=8, verbose_name='paid by')),
                ('result_on', models.DateField(blank=True, null=True, verbose_name='result on')),
                ('result_text', models.CharField(blank=True, max_length=300, verbose_name='in the office’s words')),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('handed_over_to', models.CharField(blank=True, max_length=120, verbose_name='handed over to')),
                ('handed_over_relation', models.CharField(blank=True, choices=[('mother', 'Mother'), ('father', 'Father'), ('guardian', 'Guardian'), ('grandparent', 'Grandparent'), ('relative', 'Relative'), ('house_head', 'Head of the house'), ('village_head', 'Village head'), ('agency_head', 'Head of an agency'), ('clinic_assigned', 'Clinic, with a letter'), ('other', 'Other')], max_length=16, verbose_name='relation')),
                ('handed_over_sign', models.CharField(blank=True, help_text='signature or thumb print', max_length=10, verbose_name='signed by')),
                ('handed_over_on', models.DateField(blank=True, null=True, verbose_name='handed over on')),
                ('birth', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='registration.birthrecord')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('discrepancies', models.ManyToManyField(related_name='corrections', to='registration.discrepancy')),
                ('registry_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registration.registryoffice', verbose_name='registry office')),
            ],
            options={
                'ordering': ['-id'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'asked', 'appointed', 'corrected', 'refused'])), fields=('birth',), name='One correction of a certificate at a time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'appointed'), _negated=True), ('appointment_on__isnull', False), _connector='OR'), name='An appointment has a day'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['corrected', 'handed_over', 'refused']), _negated=True), ('result_on__isnull', False), _connector='OR'), name='The answer to a correction has a day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'handed_over'), _negated=True), models.Q(('checked_on__isnull', False), ('handed_over_on__isnull', False), models.Q(('handed_over_to', ''), _negated=True)), _connector='OR'), name='A corrected certificate is checked before handover'), models.CheckConstraint(condition=models.Q(('fee_baht__isnull', True), ('fee_baht__gte', 0), _connector='OR'), name='A fee is not less than nothing')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CounterCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_at', models.DateTimeField()),
                ('birth', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counter_checks', to='registration.birthrecord')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-checked_at', '-id'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CounterLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('name_th', 'Child'), ('sex', 'Sex'), ('born_on', 'Date of birth'), ('place', 'Place of birth'), ('mother', 'Mother'), ('father', 'Father')], max_length=10)),
                ('agreed', models.CharField(blank=True, help_text='empty when it was agreed to leave it out', max_length=300)),
                ('answer', models.CharField(choices=[('same', 'Same'), ('different', 'Different')], max_length=10)),
                ('on_draft', models.CharField(blank=True, max_length=200)),
                ('check_made', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='registration.countercheck')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('check_made', 'key'), name='A line is compared once in a check'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'same'), ('on_draft', '')), models.Q(('answer', 'different'), models.Q(('on_draft', ''), _negated=True)), _connector='OR'), name='A different line says what stands on the draft')],
            },
        ),
        migrations.CreateModel(
            name='WrongNameTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(help_text='what of: referral, document or follow-up, with its number', max_length=40)),
                ('told_on', models.DateField(verbose_name='told on')),
                ('birth', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wrong_names_told', to='registration.birthrecord')),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='registration.correction')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'wrong names told',
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.UniqueConstraint(fields=('correction', 'place'), name='A place is told once')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(add_new_terms, migrations.RunPython.noop),
    ]
