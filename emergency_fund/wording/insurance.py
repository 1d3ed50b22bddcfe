"""The order of health insurance from a hospital."""

from casework.aid.states import Scheme

from .codes import Words

SCHEMES: Words = {
    Scheme.MIGRANT_CARD: {
        "en": "Migrant health insurance",
        "th": "ประกันสุขภาพแรงงานข้ามชาติ",
        "my": "ရွှေ့ပြောင်းသူ ကျန်းမာရေးအာမခံ",
    },
    Scheme.MIGRANT_CARD_U7: {
        "en": "Migrant health insurance, under seven",
        "th": "ประกันสุขภาพแรงงานข้ามชาติ เด็กอายุไม่ถึง 7 ปี",
        "my": "ရွှေ့ပြောင်းသူ ကျန်းမာရေးအာမခံ၊ ခုနစ်နှစ်အောက်",
    },
    Scheme.SSO_DEPENDANT: {
        "en": "Dependant in the social security",
        "th": "ผู้อยู่ในอุปการะของผู้ประกันตน",
        "my": "လူမှုဖူလုံရေး မှီခိုသူ",
    },
    Scheme.UCS_T99: {
        "en": "Rights fund for people with a status problem (T.99)",
        "th": "กองทุนคืนสิทธิบุคคลที่มีปัญหาสถานะและสิทธิ (ท.99)",
        "my": "အဆင့်အတန်းပြဿနာရှိသူများ၏ အခွင့်အရေးရန်ပုံငွေ (T.99)",
    },
    Scheme.PRIVATE: {"en": "Private insurance", "th": "ประกันสุขภาพเอกชน", "my": "ပုဂ္ဂလိကအာမခံ"},
    Scheme.OTHER: {"en": "Other insurance", "th": "ประกันสุขภาพอื่น", "my": "အခြား အာမခံ"},
}

ORDER = {
    "en": {
        "to": "To",
        "from": "From",
        "number": "Order",
        "on": "Date",
        "please": "Please insure these children. We pay the amounts below when you send us the cards.",
        "child": "Child",
        "born": "Born",
        "scheme": "Insurance",
        "valid": "From, until",
        "premium": "Premium (baht)",
        "check_up": "Check-up (baht)",
        "sum": "Sum (baht)",
        "total": "Total",
        "in_words": "In words",
        "signed": "Ordered by",
        "received": "Received by the hospital",
        "date_line": "Date",
        "confidential": "Confidential: for the hospital’s insurance desk",
    },
    "th": {
        "to": "ถึง",
        "from": "จาก",
        "number": "ใบสั่งซื้อเลขที่",
        "on": "วันที่",
        "please": "โปรดทำประกันสุขภาพให้เด็กตามรายชื่อนี้ เราจะจ่ายเงินตามจำนวนด้านล่างเมื่อได้รับบัตร",
        "child": "เด็ก",
        "born": "เกิดเมื่อ",
        "scheme": "ประกัน",
        "valid": "ตั้งแต่ ถึง",
        "premium": "ค่าประกัน (บาท)",
        "check_up": "ค่าตรวจสุขภาพ (บาท)",
        "sum": "รวม (บาท)",
        "total": "รวมทั้งหมด",
        "in_words": "ตัวอักษร",
        "signed": "ผู้สั่งซื้อ",
        "received": "ผู้รับของโรงพยาบาล",
        "date_line": "วันที่",
        "confidential": "ลับ เฉพาะงานประกันสุขภาพของโรงพยาบาล",
    },
}
