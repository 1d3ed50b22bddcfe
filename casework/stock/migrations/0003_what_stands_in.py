"""What stands in for an item of a kit where a store has too little; kits that stand name nothing."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_days_to_use_first")]

    operations = [
        migrations.CreateModel(
            name="Substitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField("so much of it", max_digits=10, decimal_places=2)),
                ("counts_for", models.DecimalField("stands in for so much", max_digits=10, decimal_places=2)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stock.item"
                    ),
                ),
                (
                    "kit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="substitutes", to="stock.kit"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stock.item",
                        verbose_name="what stands in",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["kit", "item", "other"], name="An item stands in for another once"),
                    models.CheckConstraint(condition=~Q(other=F("item")), name="No item stands in for itself"),
                    models.CheckConstraint(
                        condition=Q(quantity__gt=0) & Q(counts_for__gt=0),
                        name="Some of it stands in for some of the item",
                    ),
                ],
            },
        ),
    ]  # fmt: skip
