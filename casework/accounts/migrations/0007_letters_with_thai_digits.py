"""An office says which of its letters have Thai digits."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_position_in_english'),
    ]

    operations = [
        migrations.AddField(
            model_name='office',
            name='thai_digits',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text='kinds of letters whose Thai text has Thai digits (interface.md §12.3)', size=None, verbose_name='letters with Thai digits'),
        ),
    ]
