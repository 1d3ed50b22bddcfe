
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draft',
            name='form',
            field=models.CharField(help_text='which form, by the key of its programme', max_length=60),
        ),
    ]
