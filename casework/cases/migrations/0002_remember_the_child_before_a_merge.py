
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('people', '0003_compare_birth_weights'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='child_before_merge',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
    ]
