from functools import partial
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from casework.reference.loading import load_terms

TERMS = Path(__file__).parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    load_terms(partial(apps.get_model, "reference"), TERMS)


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0001_tables'),
        ('accounts', '0005_first_passwords_end'),
        ('registration', '0005_drafts_that_look_like_a_line_of_the_ward_list'),
    ]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name='openingbalance',
            options={'ordering': ['office__code', '-valid_from']},
        ),
        migrations.AlterField(
            model_name='openingbalance',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office', verbose_name='office'),
        ),
        migrations.AddConstraint(
            model_name='openingbalance',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('office',), name='An office has one opening balance at a time', violation_error_message='This office has an opening balance. Change that one.'),
        ),
    ]
