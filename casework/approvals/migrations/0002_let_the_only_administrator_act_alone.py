
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='proposal',
            name='Who proposes does not confirm',
        ),
        migrations.AddField(
            model_name='proposal',
            name='is_alone',
            field=models.BooleanField(default=False, help_text='done by the only administrator, before there was a second one'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('is_alone', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), _connector='OR'), name='Who proposes does not confirm'),
        ),
    ]
