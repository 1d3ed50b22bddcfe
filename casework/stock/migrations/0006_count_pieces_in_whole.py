"""Of pieces, packs and sets there is no half; what is counted so now is marked."""

from django.db import migrations, models

WHOLE = r"^(piece|pack|set|pair|kit|bottle|box)(s|es)?$"


def mark(apps, schema_editor):
    apps.get_model("stock", "Item").objects.filter(unit__iregex=WHOLE).update(is_whole=True)


class Migration(migrations.Migration):
    dependencies = [("stock", "0005_movements_by_day")]

    operations = [
        migrations.AddField(
            model_name="item", name="is_whole",
            field=models.BooleanField(
                default=False, help_text="Such as pieces, packs or sets: there is no half of one.",
                verbose_name="counted in whole",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]  # fmt: skip
