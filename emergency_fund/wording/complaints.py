"""The slip of a complaint, as it goes home with the family."""

from emergency_fund.after_states import ComplaintKind

from .codes import Words
from .family import DECISION

_SLIP = {
    "en": {
        "complaint": "Number of the complaint",
        "told": "You told us on",
        "about": "It is about",
        "due": "We answer by",
        "others": "People who did not work on your request look into it. Then we tell you what we found.",
        "no_harm": "Your complaint does not change the help you get. You can ask us about it at any time.",
    },
    "th": {
        "complaint": "เลขที่เรื่องร้องเรียน",
        "told": "ครอบครัวแจ้งเราเมื่อ",
        "about": "เรื่อง",
        "due": "เราจะตอบภายใน",
        "others": "คนที่ไม่ได้ทำงานกับคำขอนี้จะตรวจสอบเรื่องนี้ แล้วเราจะแจ้งผลให้ทราบ",
        "no_harm": "การร้องเรียนไม่มีผลต่อความช่วยเหลือที่ได้รับ สอบถามเราได้ทุกเมื่อ",
    },
    "my": {
        "complaint": "တိုင်ကြားချက် အမှတ်",
        "told": "ပြောပြသည့်နေ့",
        "about": "အကြောင်းအရာ",
        "due": "နောက်ဆုံးထား၍ ဖြေကြားမည့်ရက်",
        "others": "ဤတောင်းဆိုချက်တွင် မပါဝင်ခဲ့သူများက စစ်ဆေးပါမည်။ ထို့နောက် တွေ့ရှိချက်ကို ပြောပြပါမည်။",
        "no_harm": "တိုင်ကြားခြင်းကြောင့် ရရှိမည့် အကူအညီ မပြောင်းလဲပါ။ အချိန်မရွေး မေးနိုင်ပါသည်။",
    },
}

SLIP = {language: DECISION[language] | words for language, words in _SLIP.items()}

COMPLAINTS: Words = {
    ComplaintKind.DECISION: {"en": "a decision", "th": "คำตัดสิน", "my": "ဆုံးဖြတ်ချက်"},
    ComplaintKind.PAYMENT: {
        "en": "a payment or what was handed over",
        "th": "การจ่ายเงินหรือสิ่งของที่มอบให้",
        "my": "ငွေပေးခြင်း သို့မဟုတ် ပစ္စည်းပေးခြင်း",
    },
    ComplaintKind.WAITING: {"en": "the time it takes", "th": "ใช้เวลานานเกินไป", "my": "ကြာလွန်းခြင်း"},
    ComplaintKind.TREATED: {
        "en": "how you were treated",
        "th": "การปฏิบัติต่อครอบครัว",
        "my": "မိသားစုအပေါ် ဆက်ဆံပုံ",
    },
}
