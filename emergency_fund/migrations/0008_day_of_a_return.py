"""What came back has its true day; of what stands already it is the day on which it was written down."""

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import TruncDate


def as_written(apps, schema_editor):
    returns = apps.get_model("emergency_fund", "DeliveryReturn")._base_manager
    returns.annotate(written=TruncDate("at")).update(on=F("written"))


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0007_who_fetches_help")]

    operations = [
        migrations.AddField("deliveryreturn", "on", models.DateField("day", null=True)),
        migrations.RunPython(as_written, migrations.RunPython.noop),
        migrations.AlterField("deliveryreturn", "on", models.DateField("day")),
    ]
