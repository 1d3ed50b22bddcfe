"""Pairs of roles that are kept apart: how far, who said so, until when; and the first of them."""

from functools import partial

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from casework.approvals.loading import load_pairs


def load(apps, schema_editor):
    load_pairs(partial(apps.get_model, "approvals"))


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='roleconflict',
            name='scope',
            field=models.CharField(choices=[('held', 'Nobody holds both'), ('request', 'Nobody signs by both on one request')], default='request', help_text='on one request only, or that nobody is given both', max_length=7, verbose_name='how far'),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='source',
            field=models.CharField(blank=True, max_length=300, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='is_fixed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='roleconflict',
            name='ended_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.RemoveConstraint(
            model_name='roleconflict',
            name='A pair of roles is written once',
        ),
        migrations.AddConstraint(
            model_name='roleconflict',
            constraint=models.UniqueConstraint(condition=Q(('ended_at__isnull', True)), fields=('role_a', 'role_b'), name='A pair of roles is written once'),
        ),
        migrations.AddConstraint(
            model_name='roleconflict',
            constraint=models.CheckConstraint(condition=Q(('is_fixed', False), ('ended_at__isnull', True), _connector='OR'), name='A fixed pair of roles does not end'),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
