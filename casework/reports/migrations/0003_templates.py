"""Templates for donors, and the words of reports."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_month_close'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reportrun',
            name='donor',
            field=models.CharField(blank=True, max_length=120, verbose_name='donor'),
        ),
        migrations.AddField(
            model_name='reportrun',
            name='figures',
            field=models.JSONField(default=list, help_text='of the template, as it was then; empty for all figures'),
        ),
        migrations.AddField(
            model_name='reportrun',
            name='name',
            field=models.CharField(blank=True, help_text='of the template, as it was then', max_length=80, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='reportrun',
            name='narrative',
            field=models.JSONField(default=list, help_text='heading and text of each box that was written'),
        ),
        migrations.CreateModel(
            name='ReportTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('board', models.CharField(max_length=40, verbose_name='report')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('donor', models.CharField(max_length=120, verbose_name='donor')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('readers', models.CharField(choices=[('staff', 'Staff who may open the cases: all numbers'), ('organisation', 'Others of the organisation: no counts under 5'), ('outside', 'Donors, authorities, the public: no counts under 10')], default='outside', max_length=12, verbose_name='for whom')),
                ('year_begins', models.PositiveSmallIntegerField(null=True, verbose_name='first month of the donor’s year')),
                ('figures', models.JSONField(help_text='key and label of each figure, in the order of the donor', verbose_name='figures')),
                ('boxes', models.JSONField(default=list, help_text='heading and hint of each box for words', verbose_name='boxes')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='reportrun',
            name='template',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reporttemplate', verbose_name='template'),
        ),
        migrations.AddConstraint(
            model_name='reporttemplate',
            constraint=models.UniqueConstraint(models.F('board'), django.db.models.functions.text.Lower('name'), name='A template of a report is named once'),
        ),
        migrations.AddConstraint(
            model_name='reporttemplate',
            constraint=models.CheckConstraint(condition=models.Q(('year_begins__isnull', True), ('year_begins__range', (1, 12)), _connector='OR'), name="A donor's year begins in a month"),
        ),
    ]
