"""A role for the staff of a ward who tell the clinic of births."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        migrations.AlterField(
            model_name='grant',
            name='role',
            field=models.CharField(choices=[('CW', 'Caseworker'), ('SUP', 'Supervisor or legal officer'), ('PSY', 'Psychologist'), ('TRF', 'Trafficking focal point'), ('FO', 'Fund officer'), ('FA', 'Fund manager'), ('CSH', 'Cashier or store keeper'), ('PM', 'Programme manager'), ('TRN', 'Training and campaign officer'), ('ME', 'Monitoring officer'), ('DPO', 'Data protection officer'), ('SYS', 'Administrator'), ('AUD', 'Auditor'), ('EXT', 'Partner'), ('WRD', 'Ward liaison')], max_length=4, verbose_name='role'),
        ),
    ]
