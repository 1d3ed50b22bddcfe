"""P9, the appointment slip."""

WORDS = {
    "en": {
        "read_by": "Read aloud by an interpreter in",
        "child": "Child",
        "when": "When",
        "where": "Where",
        "way": "How to get there",
        "bring": "Please bring",
        "who": "Who should come",
        "cannot": "If you cannot come, please call",
        "free": "There is nothing to pay for our help.",
    },
    "th": {
        "read_by": "ล่ามอ่านให้ฟังเป็นภาษา",
        "child": "เด็ก",
        "when": "วันและเวลานัด",
        "where": "สถานที่",
        "way": "การเดินทาง",
        "bring": "สิ่งที่ต้องนำมา",
        "who": "ผู้ที่ต้องมา",
        "cannot": "ถ้ามาไม่ได้ โปรดโทร",
        "free": "ความช่วยเหลือของเราไม่มีค่าใช้จ่าย",
    },
    "my": {
        "read_by": "စကားပြန်က ဖတ်ပြသော ဘာသာစကား",
        "child": "ကလေး",
        "when": "ချိန်းထားသော နေ့ရက်နှင့် အချိန်",
        "where": "နေရာ",
        "way": "သွားရမည့်လမ်း",
        "bring": "ယူလာရန်",
        "who": "လာရမည့်သူ",
        "cannot": "မလာနိုင်ပါက ဖုန်းဆက်ပါ",
        "free": "ကျွန်ုပ်တို့၏ အကူအညီသည် အခမဲ့ဖြစ်ပါသည်။",
    },
}
