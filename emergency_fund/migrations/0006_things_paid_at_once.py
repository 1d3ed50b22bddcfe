"""What is paid at once stands on one receipt."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('emergency_fund', '0005_accounts_of_families'),
    ]

    operations = [
        migrations.AlterField(
            model_name='delivery',
            name='number',
            field=models.CharField(db_index=True, help_text='things that are paid at once stand on one receipt', max_length=24, verbose_name='receipt'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('number', 'line'), name='A line stands once on a receipt'),
        ),
    ]
