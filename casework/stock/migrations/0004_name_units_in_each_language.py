"""What an item is counted in has a word in each language; common units get theirs."""

from django.db import migrations, models

UNITS = {
    "g": ("กรัม", "ဂရမ်"), "kg": ("กิโลกรัม", "ကီလိုဂရမ်"), "pack": ("ห่อ", "ထုပ်"), "piece": ("ชิ้น", "ခု"),
    "bottle": ("ขวด", "ပုလင်း"), "box": ("กล่อง", "ဘူး"),
}  # fmt: skip


def name_units(apps, schema_editor):
    items = apps.get_model("stock", "Item").objects
    for unit, (thai, burmese) in UNITS.items():
        items.filter(unit__iexact=unit).update(unit_th=thai, unit_my=burmese)


class Migration(migrations.Migration):
    dependencies = [("stock", "0003_second_persons_and_minima")]

    operations = [
        migrations.AddField(
            model_name="item", name="unit_th",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="unit in Thai"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="item", name="unit_my",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="unit in Burmese"),
            preserve_default=False,
        ),
        migrations.RunPython(name_units, migrations.RunPython.noop),
    ]  # fmt: skip
