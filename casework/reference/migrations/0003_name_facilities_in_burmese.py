"""Facilities get a name in Burmese; those of the border are named as the Burmese pages and signs of the area do."""

from django.db import migrations, models

NAMES = {
    "mae-sot-hospital": "မဲဆောက်ဆေးရုံ",
    "mae-ramat-hospital": "မယ်ရမတ်ဆေးရုံ",
    "tha-song-yang-hospital": "သာဆောင်ယန်းဆေးရုံ",
    "phop-phra-hospital": "ဖုတ်ဖရဆေးရုံ",
    "umphang-hospital": "အုံးဖန်ဆေးရုံ",
    "mae-tao-clinic": "မယ်တော်ဆေးခန်း",
    "ranong-hospital": "ရနောင်းဆေးရုံ",
}


def name(apps, schema_editor):
    facility = apps.get_model("reference", "Facility")
    for code, burmese in NAMES.items():
        facility.objects.filter(code=code, name_my="").update(name_my=burmese)


class Migration(migrations.Migration):
    dependencies = [("reference", "0002_first_rows")]
    operations = [
        migrations.AddField(
            model_name="facility",
            name="name_my",
            field=models.CharField(blank=True, max_length=160, verbose_name="name in Burmese"),
        ),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
