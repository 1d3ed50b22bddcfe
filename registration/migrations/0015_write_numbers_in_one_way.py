"""Numbers in the Burmese names of papers stand in the digits of the rest of the page, the form's number too."""

from django.db import migrations

AS_FIRST_WRITTEN = {
    "မွေးဖွားကြောင်း ဆေးရုံထောက်ခံစာ (ထ.ရ.၁/၁)": "မွေးဖွားကြောင်း ဆေးရုံထောက်ခံစာ (ထ.ရ.1/1)",
    "ကလေး၏ ဓာတ်ပုံ ၂ ပုံ (၂ လက်မ)": "ကလေး၏ ဓာတ်ပုံ 2 ပုံ (2 လက်မ)",
    "မတူညီသော သက်သေ အနည်းဆုံး ၂ ဦး": "မတူညီသော သက်သေ အနည်းဆုံး 2 ဦး",
}


def write_in_one_way(apps, schema_editor):
    """Rename what nobody has changed since."""
    for before, after in AS_FIRST_WRITTEN.items():
        apps.get_model("registration", "Requirement").objects.filter(label_my=before).update(label_my=after)


class Migration(migrations.Migration):

    dependencies = [("registration", "0014_say_why_a_paper_is_needed_all_the_same")]

    operations = [migrations.RunPython(write_in_one_way, migrations.RunPython.noop)]
