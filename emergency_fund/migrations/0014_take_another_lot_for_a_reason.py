"""A pick list may take another lot than the one that expires first, for a reason that stays with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('emergency_fund', '0013_keep_the_points_as_dated_rows'),
        ('stock', '0003_second_persons_and_minima'),
    ]

    operations = [
        migrations.AddField(
            model_name='pickeditem',
            name='instead_of',
            field=models.ForeignKey(help_text='the lot that would have expired first', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot'),
        ),
        migrations.AddField(
            model_name='pickeditem',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='why another lot'),
        ),
        migrations.AddConstraint(
            model_name='pickeditem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('instead_of__isnull', True), ('reason', '')), models.Q(('instead_of__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('instead_of', models.F('lot')), _negated=True)), _connector='OR'), name='Another lot is taken for a reason'),
        ),
    ]
