"""A row of a pick list can stand in for another item; rows that are there stand for themselves."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0010_so_many_at_a_price"), ("stock", "0003_what_stands_in")]

    operations = [
        migrations.AddField(
            "pickeditem", "stands_for",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stock.item",
                help_text="the item of the kit that it stands in for",
            ),
        ),
        migrations.AddField(
            "pickeditem", "covers",
            models.DecimalField(
                null=True, max_digits=12, decimal_places=2, help_text="so much of the item that it stands in for"
            ),
        ),
        migrations.RemoveConstraint("pickeditem", "A pick list names a lot once"),
        migrations.AddConstraint(
            "pickeditem",
            models.UniqueConstraint(
                fields=["pick_list", "item", "lot", "stands_for"], nulls_distinct=False,
                name="A pick list names a lot once for an item",
            ),
        ),
        migrations.AddConstraint(
            "pickeditem",
            models.CheckConstraint(
                condition=Q(stands_for__isnull=True, covers__isnull=True)
                | (Q(stands_for__isnull=False, covers__gte=0, lot__isnull=False) & ~Q(stands_for=F("item"))),
                name="What stands in is of a lot and covers some of another item",
            ),
        ),
    ]  # fmt: skip
