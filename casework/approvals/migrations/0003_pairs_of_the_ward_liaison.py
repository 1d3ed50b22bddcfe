"""The ward liaison is kept apart from the administrator and the auditor, as all who write down families are."""

from functools import partial

from django.db import migrations, models

from casework.approvals.loading import load_pairs

ROLES = [('CW', 'Caseworker'), ('SUP', 'Supervisor or legal officer'), ('PSY', 'Psychologist'), ('TRF', 'Trafficking focal point'), ('FO', 'Fund officer'), ('FA', 'Fund manager'), ('CSH', 'Cashier or store keeper'), ('PM', 'Programme manager'), ('TRN', 'Training and campaign officer'), ('ME', 'Monitoring officer'), ('DPO', 'Data protection officer'), ('SYS', 'Administrator'), ('AUD', 'Auditor'), ('EXT', 'Partner'), ('WRD', 'Ward liaison')]


def load(apps, schema_editor):
    load_pairs(partial(apps.get_model, "approvals"))


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0002_pairs_of_roles'),
    ]

    operations = [
        migrations.AlterField(
            model_name='roleconflict',
            name='role_a',
            field=models.CharField(choices=ROLES, max_length=4, verbose_name='one role'),
        ),
        migrations.AlterField(
            model_name='roleconflict',
            name='role_b',
            field=models.CharField(choices=ROLES, max_length=4, verbose_name='the other'),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
