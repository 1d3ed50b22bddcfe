
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_remember_merges_and_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='matchkey',
            name='weight_g',
            field=models.PositiveIntegerField(help_text='grams at birth', null=True),
        ),
        migrations.AlterField(
            model_name='duplicatehit',
            name='evidence',
            field=models.JSONField(default=dict, help_text='labels (D1 to D6) and facts that agree'),
        ),
    ]
