"""Referrals to other services."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("referrals", "0001_initial"),
        ("referrals", "0002_waiting_first"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('cases', '0001_tables'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('insurance', 'Health insurance'), ('vaccination', 'Vaccination'), ('school', 'School'), ('health', 'Health care'), ('legal', 'Legal help'), ('protection', 'Child protection'), ('other', 'Other')], max_length=12, verbose_name='kind')),
                    ('name_en', models.CharField(max_length=160, verbose_name='name in English')),
                    ('name_th', models.CharField(max_length=160, verbose_name='name in Thai')),
                    ('area', models.CharField(blank=True, max_length=120, verbose_name='area')),
                    ('contact', models.CharField(blank=True, max_length=200, verbose_name='contact')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('languages', models.CharField(blank=True, max_length=120, verbose_name='languages')),
                    ('cost', models.CharField(blank=True, max_length=120, verbose_name='cost')),
                    ('hours', models.CharField(blank=True, max_length=120, verbose_name='hours')),
                    ('verified_on', models.DateField(blank=True, null=True, verbose_name='last verified')),
                    ('source', models.CharField(max_length=200, verbose_name='source')),
                    ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ],
                options={
                    'ordering': ['kind', 'name_en'],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('programme', models.CharField(blank=True, max_length=40, verbose_name='to programme')),
                    ('kind', models.CharField(choices=[('insurance', 'Health insurance'), ('vaccination', 'Vaccination'), ('school', 'School'), ('health', 'Health care'), ('legal', 'Legal help'), ('protection', 'Child protection'), ('other', 'Other')], max_length=12, verbose_name='for')),
                    ('urgency', models.CharField(choices=[('24h', 'Within 24 hours'), ('72h', 'Within 72 hours'), ('14d', 'Within two weeks')], default='14d', max_length=3, verbose_name='how urgent')),
                    ('reason', models.CharField(max_length=300, verbose_name='why')),
                    ('shared_fields', models.JSONField(default=list, verbose_name='what is shared')),
                    ('override_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for sharing without consent')),
                    ('state', models.CharField(choices=[('pending', 'Sent, waiting'), ('accepted', 'Accepted'), ('completed', 'Completed'), ('declined', 'Declined'), ('no_response', 'No answer'), ('cancelled', 'Cancelled')], default='pending', max_length=12)),
                    ('sent_at', models.DateTimeField()),
                    ('answer_due_at', models.DateTimeField()),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('answer_text', models.CharField(blank=True, max_length=300)),
                    ('outcome', models.CharField(blank=True, max_length=300)),
                    ('record_type', models.CharField(blank=True, max_length=60)),
                    ('record_id', models.BigIntegerField(null=True)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='cases.case')),
                    ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.consent')),
                    ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('override_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referrals.service', verbose_name='to service')),
                ],
                options={
                    'ordering': ['-sent_at'],
                    'base_manager_name': 'rows',
                    'default_manager_name': 'rows',
                    'indexes': [models.Index(models.OrderBy(models.Case(models.When(state='pending', then=models.F('answer_due_at'))), nulls_last=True), models.OrderBy(models.F('sent_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='referral_waiting_first')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('programme', ''), ('service__isnull', False)), models.Q(models.Q(('programme', ''), _negated=True), ('service__isnull', True)), _connector='OR'), name='A referral goes to a programme or to a service'), models.CheckConstraint(condition=models.Q(('consent__isnull', False), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='A referral rests on consent or a recorded reason'), models.UniqueConstraint(condition=models.Q(('service__isnull', False), ('state__in', ['pending', 'accepted'])), fields=('case', 'service', 'kind'), name='A service is asked once at a time')],
                },
                managers=[
                    ('rows', django.db.models.manager.Manager()),
                ],
            ),
        ]),
    ]
