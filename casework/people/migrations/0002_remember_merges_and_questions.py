
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choices', models.JSONField(default=dict, help_text='field: kept or dropped')),
                ('before', models.JSONField(default=dict, help_text='values of the kept record before the merge')),
                ('moved', models.JSONField(default=dict, help_text='table: ids of the rows that moved to the kept record')),
                ('merged_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AlterModelOptions(
            name='duplicatehit',
            options={'base_manager_name': 'rows', 'default_manager_name': 'rows'},
        ),
        migrations.AlterModelManagers(
            name='duplicatehit',
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='duplicatehit',
            name='asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='duplicatehit',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duplicatehit',
            name='choices',
            field=models.JSONField(blank=True, default=dict, help_text='field: kept or dropped, for the merge proposed'),
        ),
        migrations.AddField(
            model_name='duplicatehit',
            name='keep',
            field=models.ForeignKey(blank=True, help_text='the record a merge shall keep', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='duplicatehit',
            name='question',
            field=models.CharField(blank=True, max_length=300, verbose_name='question to the other office'),
        ),
        migrations.AddIndex(
            model_name='duplicatehit',
            index=models.Index(fields=['state', '-id'], name='people_hit_state'),
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(django.db.models.functions.text.Right('number', 4), name='people_phone_tail'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='confirmed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='dropped',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_dropped', to='people.person'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_kept', to='people.person'),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='personmerge',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='personmerge',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), name='Who proposes a merge does not confirm it'),
        ),
        migrations.AddConstraint(
            model_name='personmerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('dropped')), _negated=True), name='Nobody is merged with themselves'),
        ),
        migrations.AddConstraint(
            model_name='personmerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('dropped',), name='A record is merged into one other'),
        ),
    ]
