"""Help that a family gets once as a whole; what was promised before counts as each child's own."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='aidgiven',
            name='is_for_family',
            field=models.BooleanField(default=False, help_text='given once to all who live with the child'),
        ),
        migrations.AddConstraint(
            model_name='aidgiven',
            constraint=models.UniqueConstraint(condition=Q(('is_for_family', True), ('state__in', ('promised', 'given'))), fields=('family', 'kind', 'period'), name='A family gets one kind of its help once in a period'),
        ),
    ]
