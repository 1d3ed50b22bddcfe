"""The child that died, the mother who is a child, and the numbers their rules use."""

from functools import partial
from pathlib import Path

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.reference.loading import load_terms


TERMS = Path(__file__).parents[1] / "data" / "terms_care.csv"


def forwards(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_remember_the_child_before_a_merge'),
        ('registration', '0004_let_unconfirmed_records_close'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChildDeath',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_stillbirth', models.BooleanField(default=False, verbose_name='born dead')),
                ('died_on', models.DateField(verbose_name='died on')),
                ('told_by', models.CharField(blank=True, max_length=120, verbose_name='told by')),
                ('death_due_on', models.DateField(help_text='last day to notify the death (Civil Registration Act s. 21)')),
                ('birth_notified_on', models.DateField(blank=True, null=True, verbose_name='birth notified on')),
                ('death_notified_on', models.DateField(blank=True, null=True, verbose_name='death notified on')),
                ('help_answer', models.CharField(choices=[('not_yet', 'Not yet offered'), ('wanted', 'Offered and wanted'), ('declined', 'Offered, not wanted')], default='not_yet', max_length=10, verbose_name='condolence and help with the funeral')),
                ('recorded_at', models.DateTimeField()),
                ('birth', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='death', to='registration.birthrecord')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='YoungMother',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('spoken_alone', models.BooleanField(null=True, verbose_name='spoken to alone')),
                ('spoken_on', models.DateField(blank=True, null=True, verbose_name='on')),
                ('interpreter', models.CharField(blank=True, max_length=120, verbose_name='interpreter')),
                ('consent_by', models.CharField(choices=[('herself', 'Herself, with somebody she trusts'), ('parent', 'Her parent or guardian'), ('authority', 'An authority'), ('open', 'Not settled yet')], default='open', max_length=10, verbose_name='who decides with her')),
                ('consent_note', models.CharField(blank=True, max_length=300)),
                ('report_due_on', models.DateField(help_text='dated rule registration.young_mother_report_days')),
                ('reported_on', models.DateField(blank=True, null=True, verbose_name='reported on')),
                ('reported_to', models.CharField(blank=True, max_length=120, verbose_name='reported to')),
                ('birth', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='young_mother', to='registration.birthrecord')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('own_case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('spoken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.CheckConstraint(condition=models.Q(('reported_on__isnull', True), models.Q(('reported_to', ''), _negated=True), _connector='OR'), name='A report went to somebody')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
