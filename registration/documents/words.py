"""Words that stand on family papers whatever the record says."""

from __future__ import annotations

Said3 = dict[str, str]

CERTIFICATE: Said3 = {"en": "Birth certificate, original", "th": "สูติบัตรฉบับจริง", "my": "မွေးစာရင်း မူရင်း"}
COPY_OF: Said3 = {"en": "Copies of it", "th": "สำเนาสูติบัตร", "my": "မွေးစာရင်း မိတ္တူ"}

WHO_COMES: tuple[Said3, ...] = (
    {"en": "The mother or who notifies", "th": "แม่หรือผู้แจ้งการเกิด", "my": "မိခင် သို့မဟုတ် အကြောင်းကြားသူ"},
    {"en": "The child, if possible", "th": "เด็ก ถ้ามาได้", "my": "ဖြစ်နိုင်ပါက ကလေး"},
)

PURPOSES: dict[str, tuple[Said3, Said3, Said3]] = {
    # purpose: what for, who receives, what is shared
    "hospital": (
        {
            "en": "Health insurance and vaccination",
            "th": "ประกันสุขภาพและวัคซีน",
            "my": "ကျန်းမာရေးအာမခံနှင့် ကာကွယ်ဆေး",
        },
        {"en": "the hospital", "th": "โรงพยาบาล", "my": "ဆေးရုံ"},
        {"en": "name, birth date, phone", "th": "ชื่อ วันเกิด โทรศัพท์", "my": "အမည်၊ မွေးနေ့၊ ဖုန်း"},
    ),
    "school": (
        {"en": "School", "th": "เข้าโรงเรียน", "my": "ကျောင်းအပ်ရန်"},
        {"en": "the school", "th": "โรงเรียน", "my": "ကျောင်း"},
        {"en": "name, birth date", "th": "ชื่อ วันเกิด", "my": "အမည်၊ မွေးနေ့"},
    ),
    "services": (
        {"en": "Other help", "th": "ความช่วยเหลืออื่น", "my": "အခြားအကူအညီ"},
        {"en": "the service we agree on", "th": "หน่วยงานที่ตกลงกัน", "my": "သဘောတူထားသော အဖွဲ့အစည်း"},
        {"en": "what the service needs", "th": "เท่าที่หน่วยงานนั้นต้องใช้", "my": "ထိုအဖွဲ့အစည်း လိုအပ်သလောက်"},
    ),
}
