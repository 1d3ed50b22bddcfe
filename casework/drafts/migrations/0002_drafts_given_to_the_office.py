"""Drafts that their writer may not send and gives to the office, and who typed each step."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='ready_at',
            field=models.DateTimeField(help_text='when it was given to the office by somebody who may not send it; until a colleague has it', null=True),
        ),
        migrations.AddField(
            model_name='draft',
            name='step_by',
            field=models.JSONField(default=dict, help_text='step: the id of the person who changed it last'),
        ),
    ]
