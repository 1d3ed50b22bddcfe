"""The papers that registry offices ask for (checklist rules), and the first registry offices. Dated rows, editable by staff."""

from datetime import date

from django.db import migrations

LAW = "Civil Registration Act B.E. 2534 s. 18; DOPA service guides 216, 219, 221"
LIST = "DOPA service guide 216 (in time), 219 (late); practice recorded by the clinic [U]"
STAR, OPEN, HELP = "star", "open_star", "helpful"
TIMELY, LATE = ["T1", "T2"], ["T3", "T4"]

# key, English, Thai, Burmese, level, tracks, condition, alternative group, who, order, source
REQUIREMENTS = [
    ("first_proof", "Delivery certificate (Tor.Ror.1/1)", "หนังสือรับรองการเกิด (ท.ร.1/1)", "မွေးဖွားကြောင်း ဆေးရုံထောက်ခံစာ (ထ.ရ.၁/၁)", STAR, ["T1", "T3"], "", "", "hospital", 10, LAW),
    ("home_proof", "Village head’s receipt, notice by the house head, or the facility’s paper", "ใบรับแจ้งการเกิด (ท.ร.1 ตอนหน้า) หรือหลักฐานจากเจ้าบ้านหรือสถานพยาบาล", "ရွာသူကြီး၏ လက်ခံစာ သို့မဟုတ် အိမ်ရှင်/ဆေးခန်း စာရွက်", STAR, ["T2"], "", "", "family", 10, LAW),
    ("notifier_id", "Identity paper of the person who notifies", "บัตรประจำตัวของผู้แจ้ง", "အကြောင်းကြားသူ၏ သက်သေခံစာရွက်", OPEN, [*TIMELY, *LATE], "", "", "family", 20, LIST),
    ("mother_paper", "The mother’s identity paper", "เอกสารประจำตัวของมารดา", "မိခင်၏ သက်သေခံစာရွက်", OPEN, [*TIMELY, *LATE], "mother_known", "", "family", 30, LIST),
    ("father_paper", "The father’s identity paper", "เอกสารประจำตัวของบิดา", "ဖခင်၏ သက်သေခံစာရွက်", OPEN, [*TIMELY, *LATE], "father_known", "", "family", 40, LIST),
    ("house_book", "House register of the house where the family lives", "ทะเบียนบ้านที่ครอบครัวอาศัยอยู่", "နေထိုင်သောအိမ်၏ အိမ်မှတ်တမ်းစာအုပ်", HELP, TIMELY + LATE, "", "", "family", 90, LIST),
    ("photos", "Two photos of the child (2 inch)", "รูปถ่ายเด็ก 2 นิ้ว 2 รูป", "ကလေး၏ ဓာတ်ပုံ ၂ ပုံ (၂ လက်မ)", STAR, [*LATE, "T6"], "", "", "family", 50, "DOPA service guides 219, 221"),
    ("witnesses", "At least two witnesses of different kinds", "พยานอย่างน้อย 2 คน ต่างประเภทกัน", "မတူညီသော သက်သေ အနည်းဆုံး ၂ ဦး", STAR, ["T4", "T7"], "", "evidence", "family", 60, "NHRC e-book E09167 p. 23; DOPA service guide 219"),
    ("dna", "DNA result from a state or credible laboratory", "ผลตรวจดีเอ็นเอจากหน่วยงานของรัฐหรือสถาบันที่น่าเชื่อถือ", "DNA စစ်ဆေးချက်အဖြေ", STAR, ["T4"], "", "evidence", "clinic", 61, "DOPA service guides 217, 219"),
    ("care_evidence", "Evidence of receiving the child", "หลักฐานการรับตัวเด็ก", "ကလေးကို လက်ခံထားကြောင်း အထောက်အထား", STAR, ["T6"], "", "", "other", 20, "DOPA service guide 221"),
    ("agency_id", "The agency notifier’s authority and identity paper", "หนังสือมอบอำนาจและบัตรของผู้แทนหน่วยงาน", "အဖွဲ့အစည်း ကိုယ်စားလှယ်၏ စာရွက်စာတမ်း", STAR, ["T6"], "", "", "other", 30, "DOPA service guide 221"),
    ("birth_paper", "Any paper about the birth", "เอกสารใด ๆ เกี่ยวกับการเกิด", "မွေးဖွားမှုနှင့် ဆိုင်သော စာရွက်တစ်ခုခု", HELP, ["T7", "T9"], "", "", "family", 70, "NHRC e-book E09167 p. 23"),
    ("assignment", "Letter of assignment", "หนังสือมอบหมาย", "ကိုယ်စားလွှဲအပ်စာ", STAR, [], "by_letter", "", "clinic", 25, "DOPA service guide 216"),
    ("giver_id", "Copy of the paper of who assigned", "สำเนาบัตรของผู้มอบหมาย", "လွှဲအပ်သူ၏ စာရွက်မိတ္တူ", OPEN, [], "by_letter", "", "family", 26, "DOPA service guide 216"),
    ("parent_register", "A parent’s house or profile register at this office", "ทะเบียนบ้านหรือทะเบียนประวัติของบิดาหรือมารดาในสำนักทะเบียนนี้", "ဤရုံးရှိ မိဘ၏ အိမ်/ကိုယ်ရေးမှတ်တမ်း", STAR, [], "other_registry", "", "family", 45, "DOPA service guide 217"),
    ("surname_consent", "Consent to the father’s surname", "หนังสือยินยอมให้ใช้ชื่อสกุลบิดา", "ဖခင်မျိုးရိုးအမည် သုံးရန် သဘောတူစာ", STAR, [], "fathers_surname", "", "family", 55, "hospital form seen by the clinic [V]; required where parents are not married"),
    ("spelling", "Agreed spelling sheet, signed", "ใบตรวจตัวสะกดชื่อที่ตกลงกันแล้ว", "သဘောတူထားသော အမည်စာလုံးပေါင်းစာရွက်", STAR, ["T1", "T2", "T3", "T4", "T6", "T7"], "", "", "clinic", 80, "own rule: names are agreed before the certificate is written"),
]

OFFICES = [
    ("สำนักทะเบียนท้องถิ่นเทศบาลนครแม่สอด", "Mae Sot City Municipality registry", "municipality", "6306"),
    ("สำนักทะเบียนอำเภอแม่สอด", "Mae Sot District registry", "amphoe", "6306"),
    ("สำนักทะเบียนอำเภอพบพระ", "Phop Phra District registry", "amphoe", "6307"),
    ("สำนักทะเบียนอำเภอแม่ระมาด", "Mae Ramat District registry", "amphoe", "6304"),
]


def seed(apps, schema_editor):
    requirement = apps.get_model("registration", "Requirement")
    office = apps.get_model("registration", "RegistryOffice")
    place = apps.get_model("reference", "Place")
    checked = date(2026, 11, 1)
    for key, en, th, my, level, tracks, condition, group, who, order, source in REQUIREMENTS:
        requirement.objects.get_or_create(
            key=key, registry_office=None,
            defaults={
                "label_en": en, "label_th": th, "label_my": my, "level": level, "tracks": tracks, "condition": condition,
                "alternative": group, "responsible": who, "order": order, "source": source, "valid_from": date(2016, 1, 1), "checked_on": checked,
            },
        )
    for th, en, kind, code in OFFICES:
        known = place.objects.filter(code=code).first()
        office.objects.get_or_create(name_en=en, defaults={"name_th": th, "kind": kind, "place": known})


class Migration(migrations.Migration):
    dependencies = [("registration", "0002_terms")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
