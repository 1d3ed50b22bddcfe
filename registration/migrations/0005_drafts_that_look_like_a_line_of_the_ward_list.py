import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0001_tables'),
        ('registration', '0004_handed_in_copy'),
    ]

    operations = [
        migrations.AddField(
            model_name='wardbirth',
            name='likely_draft',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='drafts.draft'),
        ),
    ]
