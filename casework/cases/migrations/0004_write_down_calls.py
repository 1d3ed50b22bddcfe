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
        ("cases", "0003_remember_confirmed_facts"),
        ('people', '0004_say_what_may_be_said'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('reference', '0002_first_rows'),
    ]

    operations = [
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
        migrations.RunPython(bring_terms, migrations.RunPython.noop),
    ]
