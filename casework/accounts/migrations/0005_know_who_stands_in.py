
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_tick_the_first_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='stands_in_until',
            field=models.DateField(help_text='the last day on which the person stands in for somebody who is away', null=True),
        ),
    ]
