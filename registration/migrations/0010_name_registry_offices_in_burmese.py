"""Registry offices get a name in Burmese; the two districts of the border that were missing are added."""

from django.db import migrations, models

NAMES = {
    "Mae Sot City Municipality registry": "မဲဆောက် မြူနီစပယ် မှတ်ပုံတင်ရုံး",
    "Mae Sot District registry": "မဲဆောက် မြို့နယ်ရုံး",
    "Phop Phra District registry": "ဖုတ်ဖရ မြို့နယ်ရုံး",
    "Mae Ramat District registry": "မယ်ရမတ် မြို့နယ်ရုံး",
    "Tha Song Yang District registry": "သာဆောင်ယန်း မြို့နယ်ရုံး",
    "Umphang District registry": "အုံးဖန် မြို့နယ်ရုံး",
}
ADDED = [
    ("สำนักทะเบียนอำเภอท่าสองยาง", "Tha Song Yang District registry", "6305"),
    ("สำนักทะเบียนอำเภออุ้มผาง", "Umphang District registry", "6308"),
]


def name(apps, schema_editor):
    office = apps.get_model("registration", "RegistryOffice")
    place = apps.get_model("reference", "Place")
    for thai, english, code in ADDED:
        known = place.objects.filter(code=code).first()
        office.objects.get_or_create(name_en=english, defaults={"name_th": thai, "kind": "amphoe", "place": known})
    for english, burmese in NAMES.items():
        office.objects.filter(name_en=english, name_my="").update(name_my=burmese)


class Migration(migrations.Migration):
    dependencies = [("registration", "0009_write_down_refusals_and_collectors")]
    operations = [
        migrations.AddField(
            model_name="registryoffice",
            name="name_my",
            field=models.CharField(blank=True, max_length=160, verbose_name="name in Burmese"),
        ),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
