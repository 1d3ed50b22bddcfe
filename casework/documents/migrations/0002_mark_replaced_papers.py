
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='superseded_on',
            field=models.DateField(help_text='the paper it shows was replaced on this day; it is kept', null=True),
        ),
    ]
