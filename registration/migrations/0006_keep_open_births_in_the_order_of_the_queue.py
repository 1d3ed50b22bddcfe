
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_must_choose_a_password'),
        ('cases', '0002_remember_the_child_before_a_merge'),
        ('reference', '0002_first_rows'),
        ("registration", "0005_deaths_and_young_mothers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='birthrecord',
            index=models.Index(models.Case(models.When(status__in=['draft', 'assessing', 'gathering', 'ready'], then=0), default=1), models.OrderBy(models.F('notify_effective_on'), nulls_last=True), models.F('status_since'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('status', 'closed'), _negated=True), name='birth_queue'),
        ),
    ]
