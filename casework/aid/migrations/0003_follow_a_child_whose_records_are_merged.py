"""Help and covers follow a child whose records are merged, and return when that is taken back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0002_one_child_for_a_card'),
        ('people', '0006_let_staff_declare_conflicts'),
    ]

    operations = [
        migrations.AddField(
            model_name='aidgiven',
            name='child_before_merge',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='insurancecover',
            name='child_before_merge',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
    ]
