"""The file in which finance answers a batch is kept with its rows, once."""

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0004_bring_cash_back_to_the_bank'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FinanceAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('file_name', models.CharField(max_length=120, verbose_name='file')),
                ('file', models.CharField(help_text='name under the document store', max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('told', models.JSONField(help_text='rows as they were read: number of the row, entry, reference, booked')),
                ('state', models.CharField(choices=[('read', 'Read, not written down'), ('taken', 'Written down')], default='read', max_length=5, verbose_name='state')),
                ('taken_at', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='funds.financebatch')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'constraints': [models.UniqueConstraint(fields=('batch', 'sha256'), name='A file of finance is taken once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'read'), ('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('state', 'taken'), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='Somebody took an answer that was taken')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
    ]
