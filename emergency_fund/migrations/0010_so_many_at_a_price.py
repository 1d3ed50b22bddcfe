"""What is asked for can be so many at the price of one; lines that stand keep their amount alone."""

from django.db import migrations, models
from django.db.models import F, Q

UNITS = [
    ("visit", "visits"), ("night", "nights"), ("trip", "trips"), ("day", "days"), ("month", "months"),
    ("tin", "tins"), ("pack", "packs"), ("bottle", "bottles"), ("kilogram", "kg"), ("person", "persons"),
]  # fmt: skip
NOT_COUNTED = Q(quantity__isnull=True, unit_cost__isnull=True, unit="")
AS_COUNTED = Q(
    quantity__isnull=False, unit_cost__isnull=False, quantity__gt=0, unit_cost__gt=0,
    kind__in=["health_cost", "nutrition", "transport_to_care"], asked=F("quantity") * F("unit_cost"),
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0009_age_of_school")]

    operations = [
        migrations.AddField(
            "assistanceline", "quantity", models.PositiveSmallIntegerField("how many", null=True, blank=True)
        ),
        migrations.AddField(
            "assistanceline", "unit", models.CharField("of what", max_length=8, choices=UNITS, blank=True)
        ),
        migrations.AddField(
            "assistanceline", "unit_cost",
            models.DecimalField("price of one", max_digits=12, decimal_places=2, null=True, blank=True),
        ),
        migrations.AddConstraint(
            "assistanceline",
            models.CheckConstraint(
                condition=NOT_COUNTED | AS_COUNTED, name="So many at the price of one are what is asked"
            ),
        ),
    ]  # fmt: skip
