from functools import partial
from pathlib import Path

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.reference.loading import load_terms


TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def bring_terms(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_must_choose_a_password'),
        ('drafts', '0002_name_no_form_of_a_programme'),
        ('reference', '0002_first_rows'),
        ("registration", "0007_check_at_the_counter_and_correct"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WardList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('received_on', models.DateField(verbose_name='received on')),
                ('added', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0, help_text='stood on an earlier list')),
                ('met', models.PositiveIntegerField(default=0, help_text='found among the records when it was taken in')),
                ('refused', models.JSONField(default=list, help_text='[row of the sheet, sentence]; removed with the births')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.facility', verbose_name='hospital')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office')),
            ],
            options={
                'ordering': ['-id'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ReportedBirths',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('month', models.DateField(help_text='its first day', verbose_name='month')),
                ('births', models.PositiveIntegerField(verbose_name='live births of non-Thai mothers')),
                ('source', models.CharField(max_length=200, verbose_name='where the number comes from')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.facility', verbose_name='hospital')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'verbose_name_plural': 'reported births',
                'ordering': ['-month'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.UniqueConstraint(fields=('office', 'facility', 'month'), name='A hospital reports a month once'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='A reported number says where it comes from')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='WardBirth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='what tells this birth from the others of the office', max_length=120)),
                ('hospital_no', models.CharField(blank=True, help_text='of child or mother', max_length=20, verbose_name='hospital number')),
                ('hospital_no_child', models.CharField(blank=True, max_length=20, verbose_name='hospital number, child')),
                ('hospital_no_mother', models.CharField(blank=True, max_length=20, verbose_name='hospital number, mother')),
                ('mother', models.CharField(blank=True, max_length=200, verbose_name='mother')),
                ('born_on', models.DateField(verbose_name='born on')),
                ('time', models.TimeField(blank=True, null=True, verbose_name='time of birth')),
                ('sex', models.CharField(blank=True, choices=[('F', 'Female'), ('M', 'Male'), ('U', 'Not known yet')], max_length=1, verbose_name='sex')),
                ('weight_g', models.PositiveIntegerField(blank=True, help_text='grams', null=True, verbose_name='weight at birth')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('state', models.CharField(choices=[('waiting', 'Not yet met'), ('met', 'Met'), ('not_ours', 'Not ours')], default='waiting', max_length=8, verbose_name='state')),
                ('not_ours', models.CharField(blank=True, choices=[('thai', 'A parent is Thai'), ('twice', 'Stands on the list twice'), ('not_live', 'Stillborn, or died'), ('elsewhere', 'Another organisation helps'), ('left', 'Left the hospital, cannot be found'), ('other', 'Another reason')], max_length=9, verbose_name='why not')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='in a few words')),
                ('settled_at', models.DateTimeField(null=True)),
                ('birth', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ward_birth', to='registration.birthrecord')),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='drafts.draft')),
                ('likely', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registration.birthrecord')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='births', to='registration.wardlist')),
            ],
            options={
                'ordering': ['born_on', 'id'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'indexes': [models.Index(fields=['office', 'state', 'born_on'], name='ward_office_state')],
                'constraints': [models.UniqueConstraint(fields=('office', 'key'), name='A birth stands once on the ward list of an office'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_ours'), _negated=True), models.Q(('not_ours', ''), _negated=True), _connector='OR'), name='Not ours says why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('birth__isnull', True), _connector='OR'), name='A birth with a record is met')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='WardTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='its first day')),
                ('births', models.PositiveIntegerField(default=0, help_text='were to be met and were not')),
                ('met', models.PositiveIntegerField(default=0, help_text='met, and their record is no longer kept')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'verbose_name_plural': 'ward tallies',
                'constraints': [models.UniqueConstraint(fields=('office', 'month'), name='An office has one ward tally a month')],
            },
        ),
        migrations.RunPython(bring_terms, migrations.RunPython.noop),
    ]
