"""Two people fill a box from the bank, with a slip that fills it once, on a day on which there was the box.

What was filled before by one person stays as it was: nobody is named who did not see it.
"""

from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Upper

OPENED = "UPDATE funds_cashbox SET opened_on = (created_at AT TIME ZONE 'Asia/Bangkok')::date"


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0005_take_in_the_file_of_finance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="cashbox", name="opened_on", field=models.DateField(null=True, verbose_name="opened on")
        ),
        migrations.RunSQL(OPENED, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="cashbox", name="opened_on", field=models.DateField(verbose_name="opened on")
        ),
        migrations.RemoveConstraint(model_name="cashmovement", name="Two people bring cash back to the bank"),
        AddConstraintNotValid(
            model_name="cashmovement",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=["fill", "to_bank"]) | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="Two people move cash from and to the bank",
            ),
        ),
        migrations.AddConstraint(
            model_name="cashmovement",
            constraint=models.UniqueConstraint(
                Upper("reference"), condition=Q(kind="fill", confirmed_by__isnull=False),
                name="A bank slip fills a box once",
            ),
        ),
    ]  # fmt: skip
