"""An appeal keeps what was said the first time: its request tells afterwards what came of it."""

from django.db import migrations, models


KEEP = """
UPDATE emergency_fund_appeal AS appeal SET first_code = request.told_code, first_told = request.told
FROM emergency_fund_assistancerequest AS request WHERE appeal.request_id = request.id AND appeal.state = 'open';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('emergency_fund', '0021_refuse_what_was_rejected_afterwards'),
    ]

    operations = [
        migrations.AddField(
            model_name='appeal',
            name='first_code',
            field=models.CharField(blank=True, choices=[('papers', 'A paper is missing'), ('amount', 'The amount is not explained'), ('entitlement', 'Another source pays first'), ('duplicate', 'Help was given already'), ('not_needed', 'The need is not shown'), ('outside', 'Not for this fund'), ('costs_less', 'It costs less'), ('limit', 'The fund gives no more for it'), ('other', 'Another reason')], max_length=12, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='first_told',
            field=models.CharField(blank=True, help_text='what whoever said no wrote the first time', max_length=500),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
