"""Help before approval, absences with deputies, who changed the bands."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE OR REPLACE FUNCTION approvals_refuse_who_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM approvals_approvalrequest r WHERE r.id = NEW.request_id AND r.state = 'pending'
        AND r.step = NEW.step AND r.requested_by_id <> NEW.user_id AND NOT r.barred @> to_jsonb(NEW.user_id)
        AND (NEW.acted_for_id IS NULL OR NOT r.barred @> to_jsonb(NEW.acted_for_id));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who asked for it does not decide it, and what is decided stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
"""Nor for somebody who is away and may not decide it either."""

BEFORE = """
CREATE OR REPLACE FUNCTION approvals_refuse_who_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM approvals_approvalrequest r WHERE r.id = NEW.request_id AND r.state = 'pending'
        AND r.step = NEW.step AND r.requested_by_id <> NEW.user_id AND NOT r.barred @> to_jsonb(NEW.user_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who asked for it does not decide it, and what is decided stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0004_refuse_who_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='first day')),
                ('until_on', models.DateField(verbose_name='last day')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('confirmed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(help_text='when the person was back before the last day', null=True)),
            ],
            options={
                'ordering': ['-from_on', 'pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='approvalaction',
            name='acted_for',
            field=models.ForeignKey(help_text='who is away, where a deputy acts', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approvalpolicy',
            name='confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='approvalpolicy',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='approvalpolicy',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='bypass_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='the emergency'),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='bypassed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='approvalaction',
            constraint=models.UniqueConstraint(fields=('request', 'acted_for'), name='For one who is away one deputy acts'),
        ),
        migrations.AddConstraint(
            model_name='approvalaction',
            constraint=models.CheckConstraint(condition=models.Q(('acted_for__isnull', True), models.Q(('acted_for', models.F('user')), _negated=True), _connector='OR'), name='A deputy is somebody else'),
        ),
        migrations.AddField(
            model_name='absence',
            name='confirmed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='absence',
            name='deputy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who stands in'),
        ),
        migrations.AddField(
            model_name='absence',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='absence',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is away'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='An absence ends after it begins'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('deputy', models.F('user')), _negated=True), name='Nobody stands in for themselves'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('entered_by')), _negated=True), name='Who enters an absence does not confirm it'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ended_at__isnull', True)), expressions=[('user', '='), (models.Func(models.F('from_on'), models.F('until_on'), models.Value('[]'), function='daterange'), '&&')], name='One deputy on a day'),
        ),
        migrations.RunSQL(REFUSE, BEFORE),
    ]
