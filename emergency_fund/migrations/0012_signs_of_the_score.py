"""From which figures the signs of need count stands in each version of the points; those that stand keep theirs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("emergency_fund", "0011_what_stands_in")]

    operations = [
        migrations.AddField(
            "needweights", "food_days",
            models.PositiveSmallIntegerField("days of food up to which it is little", default=3),
        ),
        migrations.AddField(
            "needweights", "debt_months",
            models.PositiveSmallIntegerField("months of income above which a debt is deep", default=3),
        ),
        migrations.AddField(
            "needweights", "many", models.PositiveSmallIntegerField("how many who depend on it are many", default=4)
        ),
        migrations.AlterField(
            "needweights", "little_food", models.PositiveSmallIntegerField("little food in the house")
        ),
        migrations.AlterField("needweights", "deep_debt", models.PositiveSmallIntegerField("deep debt")),
        migrations.AlterField("needweights", "many_depend", models.PositiveSmallIntegerField("many depend on it")),
    ]  # fmt: skip
