
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_must_choose_a_password'),
    ]

    operations = [
        migrations.AddField(
            model_name='office',
            name='list_views',
            field=models.JSONField(default=dict, help_text='saved views of lists for everybody here: saved_views.py'),
        ),
        migrations.AddField(
            model_name='user',
            name='list_views',
            field=models.JSONField(default=dict, help_text="the person's saved views of lists: saved_views.py"),
        ),
    ]
