"""Filters of reports."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0003_templates'),
    ]

    operations = [
        migrations.AddField(
            model_name='reportrun',
            name='filters',
            field=models.CharField(blank=True, help_text='by which it is narrowed, such as sex:F,track:T1', max_length=400, verbose_name='filters'),
        ),
    ]
