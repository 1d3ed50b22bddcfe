"""Offices, people who sign in, their grants."""

import datetime
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from casework.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_must_choose_a_password"),
        ("accounts", "0003_saved_views_of_lists"),
        ("accounts", "0004_tick_the_first_day"),
        ("accounts", "0005_know_who_stands_in"),
        ("accounts", "0006_name_whose_role_it_is"),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='SetupToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('used_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('full_name', models.CharField(max_length=120, verbose_name='full name')),
                    ('name_th', models.CharField(blank=True, max_length=120, verbose_name='name in Thai')),
                    ('position_th', models.CharField(blank=True, help_text='Printed under the signature on letters.', max_length=120, verbose_name='position in Thai')),
                    ('language', models.CharField(choices=[('en', 'English'), ('th', 'ไทย'), ('my', 'မြန်မာ')], default='en', max_length=2, verbose_name='language')),
                    ('shortcuts_on', models.BooleanField(default=True, verbose_name='single-letter shortcuts')),
                    ('must_change_password', models.BooleanField(default=False, help_text='Signed in with a password that somebody else made.', verbose_name='must choose a password')),
                    ('stands_in_until', models.DateField(help_text='the last day on which the person stands in for somebody who is away', null=True)),
                    ('list_views', models.JSONField(default=dict, help_text="the person's saved views of lists: saved_views.py")),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                    'ordering': ['full_name'],
                    'abstract': False,
                },
                managers=[
                    ('objects', django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name='Office',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(help_text='Part of case numbers, such as MS.', max_length=4, unique=True, verbose_name='code')),
                    ('name_en', models.CharField(max_length=120, verbose_name='name in English')),
                    ('name_th', models.CharField(max_length=120, verbose_name='name in Thai')),
                    ('name_my', models.CharField(blank=True, max_length=120, verbose_name='name in Burmese')),
                    ('kind', models.CharField(choices=[('office', 'Office'), ('practice', 'Practice')], default='office', max_length=10, verbose_name='kind')),
                    ('province_code', models.CharField(blank=True, max_length=2, verbose_name='province code')),
                    ('address_th', models.TextField(blank=True, verbose_name='address in Thai')),
                    ('address_en', models.TextField(blank=True, verbose_name='address in English')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                    ('letter_prefix', models.CharField(blank=True, help_text='Comes before outgoing letter numbers (ที่ …/2569).', max_length=30, verbose_name='letter number prefix')),
                    ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ('list_views', models.JSONField(default=dict, help_text='saved views of lists for everybody here: saved_views.py')),
                ],
                options={
                    'ordering': ['code'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2,4}$')), name='An office code is two to four capital letters')],
                },
            ),
            migrations.CreateModel(
                name='FirstDayTick',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=40)),
                    ('at', models.DateTimeField()),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='A line of the first day is ticked once')],
                },
            ),
            migrations.CreateModel(
                name='Grant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('CW', 'Caseworker'), ('SUP', 'Supervisor or legal officer'), ('PSY', 'Psychologist'), ('TRF', 'Trafficking focal point'), ('FO', 'Fund officer'), ('FA', 'Fund manager'), ('CSH', 'Cashier or store keeper'), ('PM', 'Programme manager'), ('TRN', 'Training and campaign officer'), ('ME', 'Monitoring officer'), ('DPO', 'Data protection officer'), ('SYS', 'Administrator'), ('AUD', 'Auditor'), ('EXT', 'Partner')], max_length=4, verbose_name='role')),
                    ('programme', models.CharField(blank=True, help_text='Empty: all programmes of the office.', max_length=40, verbose_name='programme')),
                    ('valid_from', models.DateField(verbose_name='from')),
                    ('valid_to', models.DateField(verbose_name='until')),
                    ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.office', verbose_name='office')),
                ],
                options={
                    'ordering': ['office__code', 'role'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='A grant ends after it begins'), models.CheckConstraint(condition=models.Q(('valid_to__lte', django.db.models.expressions.CombinedExpression(models.F('valid_from'), '+', models.Value(datetime.timedelta(days=366))))), name='A grant lasts at most twelve months'), models.CheckConstraint(condition=models.Q(('given_by__isnull', True), models.Q(('given_by', models.F('user')), _negated=True), _connector='OR'), name='Nobody grants themselves a role')],
                },
            ),
        ]),
    ]
