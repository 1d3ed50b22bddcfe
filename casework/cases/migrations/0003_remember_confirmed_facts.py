
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_remember_the_child_before_a_merge'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FactConfirmed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='which fact, by the key of the room or programme that asks it', max_length=60)),
                ('value_digest', models.CharField(help_text='of the words that were read out', max_length=32)),
                ('answer', models.CharField(choices=[('still_true', 'Still true'), ('changed', 'Changed')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts_confirmed', to='cases.case')),
            ],
            options={
                'verbose_name_plural': 'facts confirmed',
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
                'indexes': [models.Index(fields=['case', 'key', '-at'], name='case_fact_confirmed')],
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
    ]
