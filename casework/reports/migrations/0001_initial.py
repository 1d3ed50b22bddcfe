
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_must_choose_a_password'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.CharField(max_length=40, verbose_name='report')),
                ('period', models.CharField(help_text='the key of a period, such as fiscal:2026', max_length=40, verbose_name='period')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('readers', models.CharField(choices=[('staff', 'Staff who may open the cases: all numbers'), ('organisation', 'Others of the organisation: no counts under 5'), ('outside', 'Donors, authorities, the public: no counts under 10')], max_length=12, verbose_name='for whom')),
                ('is_own', models.BooleanField(default=False, help_text='counts only the cases of the person who ordered it')),
                ('counted_at', models.DateTimeField(verbose_name='counted')),
                ('office', models.ForeignKey(help_text='whose name it carries', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('offices', models.ManyToManyField(related_name='+', to='accounts.office', verbose_name='offices')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'base_manager_name': 'rows',
                'default_manager_name': 'rows',
            },
            managers=[
                ('rows', django.db.models.manager.Manager()),
            ],
        ),
    ]
