"""The answer to an appeal, as it goes home with the family."""

from .family import DECISION

_APPEAL = {
    "en": {
        "made": "You told us that you do not agree on",
        "granted": "Other people looked at your request again. Your appeal was granted.",
        "part": "Other people looked at your request again. A part of your appeal was granted.",
        "anew": "Other people looked at your request again. We work on it now and tell you what was decided.",
        "upheld": "Other people looked at your request again. The decision stays as it was.",
        "last": "This is the last decision of the fund on this request. If something else happens, you can ask again.",
    },
    "th": {
        "made": "ครอบครัวแจ้งว่าไม่เห็นด้วยเมื่อ",
        "granted": "คนอื่นที่ไม่ได้ตัดสินครั้งแรกได้พิจารณาคำขออีกครั้งแล้ว ผลคือให้ตามที่อุทธรณ์",
        "part": "คนอื่นที่ไม่ได้ตัดสินครั้งแรกได้พิจารณาคำขออีกครั้งแล้ว ผลคือให้บางส่วนตามที่อุทธรณ์",
        "anew": "คนอื่นที่ไม่ได้ตัดสินครั้งแรกได้พิจารณาคำขออีกครั้งแล้ว เราจะดำเนินการตามคำขอและแจ้งผลให้ทราบ",
        "upheld": "คนอื่นที่ไม่ได้ตัดสินครั้งแรกได้พิจารณาคำขออีกครั้งแล้ว ผลคือคงคำตัดสินเดิม",
        "last": "นี่คือคำตัดสินสุดท้ายของกองทุนสำหรับคำขอนี้ ถ้ามีเหตุการณ์อื่นเกิดขึ้น ครอบครัวขอความช่วยเหลือใหม่ได้",
    },
    "my": {
        "made": "သဘောမတူကြောင်း ပြောပြသည့်နေ့",
        "granted": "အခြားသူများက တောင်းဆိုချက်ကို ထပ်မံ စဉ်းစားပြီးပါပြီ။ အယူခံချက်ကို ခွင့်ပြုပါသည်။",
        "part": "အခြားသူများက တောင်းဆိုချက်ကို ထပ်မံ စဉ်းစားပြီးပါပြီ။ အယူခံချက်၏ တစ်စိတ်တစ်ပိုင်းကို ခွင့်ပြုပါသည်။",
        "anew": "အခြားသူများက တောင်းဆိုချက်ကို ထပ်မံ စဉ်းစားပြီးပါပြီ။ ယခု တောင်းဆိုချက်ကို ဆက်လုပ်ပေးပြီး ဆုံးဖြတ်ချက်ကို ပြောပြပါမည်။",
        "upheld": "အခြားသူများက တောင်းဆိုချက်ကို ထပ်မံ စဉ်းစားပြီးပါပြီ။ ယခင် ဆုံးဖြတ်ချက်အတိုင်း ဖြစ်ပါသည်။",
        "last": "ဤသည်မှာ ဤတောင်းဆိုချက်အတွက် ရန်ပုံငွေ၏ နောက်ဆုံး ဆုံးဖြတ်ချက် ဖြစ်ပါသည်။ အခြားအကြောင်း ဖြစ်ပေါ်ပါက ထပ်မံ တောင်းခံနိုင်ပါသည်။",
    },
}

APPEAL = {language: DECISION[language] | words for language, words in _APPEAL.items()}
