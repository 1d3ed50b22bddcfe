
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField()),
                ('office_id_of', models.BigIntegerField(help_text='office of the subject', null=True)),
                ('level', models.PositiveSmallIntegerField(default=2, help_text='1 routine, 2 confidential, 3 restricted')),
                ('kind', models.CharField(help_text='which act, such as accounts.grant', max_length=60)),
                ('programme', models.CharField(blank=True, max_length=40)),
                ('summary', models.CharField(max_length=300, verbose_name='what')),
                ('facts', models.JSONField(default=dict)),
                ('fingerprint', models.CharField(help_text='of what was proposed: an edit voids it', max_length=64)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('state', models.CharField(choices=[('open', 'Waiting for a second person'), ('confirmed', 'Confirmed'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-proposed_at'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='Who proposes does not confirm')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
    ]
