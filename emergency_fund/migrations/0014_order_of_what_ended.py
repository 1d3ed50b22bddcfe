from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('emergency_fund', '0013_lists_filled_in_on_the_way'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assistancerequest',
            index=models.Index(condition=models.Q(('state__in', ['closed', 'delivered', 'expired', 'ineligible', 'referred_out', 'rejected', 'upheld', 'withdrawn'])), fields=['id'], name='fund_ended'),
        ),
    ]
