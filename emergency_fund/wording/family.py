"""The papers that go home with the family: acknowledgement and decision."""

_SAME = {
    "en": {
        "number": "Number of the request",
        "asker": "Who asks",
        "child": "Child",
        "what": "What is asked",
        "asked": "Asked for (baht)",
        "total": "Total",
        "call": "Questions? Call us",
        "complain": "You may complain about us or about the staff. Call the number above and ask for the head of the"
        " office, or write to us. A complaint does not change the help you get.",
        "free": "Our help is free. Do not pay anybody for it.",
    },
    "th": {
        "number": "เลขที่คำขอ",
        "asker": "ผู้ขอ",
        "child": "เด็ก",
        "what": "สิ่งที่ขอ",
        "asked": "จำนวนที่ขอ (บาท)",
        "total": "รวม",
        "call": "สอบถามโทร",
        "complain": "ครอบครัวร้องเรียนเราหรือเจ้าหน้าที่ได้ โทรตามหมายเลขด้านบนแล้วขอพูดกับหัวหน้าสำนักงาน หรือเขียนจดหมายถึงเรา"
        " การร้องเรียนไม่มีผลต่อความช่วยเหลือที่ได้รับ",
        "free": "ความช่วยเหลือของเราไม่มีค่าใช้จ่าย ไม่ต้องจ่ายเงินให้ใคร",
    },
    "my": {
        "number": "တောင်းဆိုချက် အမှတ်",
        "asker": "တောင်းခံသူ",
        "child": "ကလေး",
        "what": "တောင်းခံသည့် အကူအညီ",
        "asked": "တောင်းခံငွေ (ဘတ်)",
        "total": "စုစုပေါင်း",
        "call": "မေးလိုပါက ဖုန်းဆက်ပါ",
        "complain": "ကျွန်ုပ်တို့နှင့် ဝန်ထမ်းများအကြောင်း တိုင်ကြားနိုင်ပါသည်။ အထက်ပါ ဖုန်းနံပါတ်သို့ ဆက်၍ ရုံးအကြီးအကဲနှင့် ပြောလိုကြောင်း"
        " ပြောပါ၊ သို့မဟုတ် စာရေးပါ။ တိုင်ကြားခြင်းကြောင့် ရရှိမည့် အကူအညီ မပြောင်းလဲပါ။",
        "free": "ကျွန်ုပ်တို့၏ အကူအညီသည် အခမဲ့ဖြစ်ပါသည်။ မည်သူ့ကိုမျှ ငွေမပေးပါနှင့်။",
    },
}

_ACKNOWLEDGEMENT = {
    "en": {
        "received": "We received your request on",
        "due": "We decide by",
        "promise": "This paper says that we received your request. It is not yet a promise of help.",
        "tell": "Tell us when you move or your phone number changes.",
    },
    "th": {
        "received": "เราได้รับคำขอเมื่อ",
        "due": "เราจะแจ้งผลภายใน",
        "promise": "เอกสารนี้แสดงว่าเราได้รับคำขอแล้ว ยังไม่ใช่คำสัญญาว่าจะได้รับความช่วยเหลือ",
        "tell": "ถ้าย้ายที่อยู่หรือเปลี่ยนหมายเลขโทรศัพท์ โปรดแจ้งเรา",
    },
    "my": {
        "received": "တောင်းဆိုချက် လက်ခံရရှိသည့်နေ့",
        "due": "နောက်ဆုံးထား၍ ဆုံးဖြတ်မည့်ရက်",
        "promise": "ဤစာရွက်သည် တောင်းဆိုချက် လက်ခံရရှိကြောင်း ပြသခြင်းသာ ဖြစ်ပါသည်။ အကူအညီပေးမည်ဟု ကတိပြုခြင်း မဟုတ်သေးပါ။",
        "tell": "နေရာပြောင်းလျှင် သို့မဟုတ် ဖုန်းနံပါတ်ပြောင်းလျှင် ပြောပြပါ။",
    },
}

_DECISION = {
    "en": {
        "on": "Decided on",
        "approved": "Approved (baht)",
        "in_words": "Approved, in words",
        "yes": "Your request was approved.",
        "part": "A part of your request was approved.",
        "no": "Your request was not approved.",
        "reason": "Why",
        "fetch": "Fetch it by",
        "where": "Where",
        "none": "You do not have to fetch anything. We pay it directly.",
        "receipt": "If you already paid the hospital, shop or driver yourself, bring the receipt by",
        "receipt_too": "If you already paid some of it yourself, bring the receipt too.",
        "voucher": "Use the voucher by the same day.",
        "bring": "Bring this paper and a paper with your name and picture. If you have none, bring somebody who"
        " knows you.",
        "appeal": "You do not agree? Tell us by",
        "appeal_how": "Come to the office or call. Other people than before then look at your request again.",
        "final": "The request was looked at again by other people. This is the last decision of the fund.",
        "lowered": "Less was approved than asked for. Ask us why.",
    },
    "th": {
        "on": "วันที่ตัดสิน",
        "approved": "จำนวนที่อนุมัติ (บาท)",
        "in_words": "จำนวนที่อนุมัติเป็นตัวอักษร",
        "yes": "คำขอได้รับอนุมัติ",
        "part": "คำขอได้รับอนุมัติบางส่วน",
        "no": "คำขอไม่ได้รับอนุมัติ",
        "reason": "เหตุผล",
        "fetch": "มารับภายใน",
        "where": "สถานที่",
        "none": "ไม่ต้องมารับอะไร เราจ่ายให้โดยตรง",
        "receipt": "ถ้าจ่ายให้โรงพยาบาล ร้านค้า หรือคนขับรถเองไปแล้ว โปรดนำใบเสร็จมาภายใน",
        "receipt_too": "ถ้าจ่ายบางส่วนเองไปแล้ว โปรดนำใบเสร็จมาด้วย",
        "voucher": "ใช้คูปองภายในวันเดียวกัน",
        "bring": "โปรดนำเอกสารนี้และเอกสารที่มีชื่อและรูปถ่ายมาด้วย ถ้าไม่มีให้พาคนที่รู้จักมาด้วย",
        "appeal": "ถ้าไม่เห็นด้วย โปรดแจ้งเราภายใน",
        "appeal_how": "มาที่สำนักงานหรือโทร แล้วคนอื่นที่ไม่ได้ตัดสินครั้งแรกจะพิจารณาคำขออีกครั้ง",
        "final": "คนอื่นที่ไม่ได้ตัดสินครั้งแรกได้พิจารณาคำขออีกครั้งแล้ว นี่คือคำตัดสินสุดท้ายของกองทุน",
        "lowered": "อนุมัติน้อยกว่าที่ขอ ถามเหตุผลจากเราได้",
    },
    "my": {
        "on": "ဆုံးဖြတ်သည့်နေ့",
        "approved": "ခွင့်ပြုငွေ (ဘတ်)",
        "in_words": "ခွင့်ပြုငွေ၊ စာဖြင့်",
        "yes": "တောင်းဆိုချက်ကို ခွင့်ပြုပါသည်။",
        "part": "တောင်းဆိုချက်၏ တစ်စိတ်တစ်ပိုင်းကို ခွင့်ပြုပါသည်။",
        "no": "တောင်းဆိုချက်ကို ခွင့်မပြုပါ။",
        "reason": "အကြောင်းရင်း",
        "fetch": "နောက်ဆုံးထား၍ လာယူရမည့်ရက်",
        "where": "နေရာ",
        "none": "ဘာမျှ လာယူရန် မလိုပါ။ ကျွန်ုပ်တို့က တိုက်ရိုက် ပေးချေပါမည်။",
        "receipt": "ဆေးရုံ၊ ဆိုင် သို့မဟုတ် ယာဉ်မောင်းကို ကိုယ်တိုင် ပေးပြီးဖြစ်ပါက ဖြတ်ပိုင်းကို နောက်ဆုံးထား၍ ယူလာရမည့်ရက်",
        "receipt_too": "ကိုယ်တိုင် ပေးပြီးသည်များ ရှိပါက ဖြတ်ပိုင်းကိုလည်း ယူလာပါ။",
        "voucher": "ဘောက်ချာကိုလည်း ထိုနေ့ နောက်ဆုံးထား၍ အသုံးပြုပါ။",
        "bring": "ဤစာရွက်နှင့် အမည်၊ ဓာတ်ပုံပါသော စာရွက်တစ်ခု ယူလာပါ။ မရှိလျှင် သင့်ကို သိသူတစ်ဦး ခေါ်လာပါ။",
        "appeal": "သဘောမတူပါက နောက်ဆုံးထား၍ ပြောရမည့်ရက်",
        "appeal_how": "ရုံးသို့ လာပါ၊ သို့မဟုတ် ဖုန်းဆက်ပါ။ ယခင်ဆုံးဖြတ်သူများ မဟုတ်သော အခြားသူများက ထပ်မံ စဉ်းစားပါမည်။",
        "final": "အခြားသူများက ထပ်မံ စဉ်းစားပြီး ဖြစ်ပါသည်။ ဤသည်မှာ ရန်ပုံငွေ၏ နောက်ဆုံး ဆုံးဖြတ်ချက် ဖြစ်ပါသည်။",
        "lowered": "တောင်းခံသည်ထက် လျှော့၍ ခွင့်ပြုထားပါသည်။ အကြောင်းရင်းကို မေးနိုင်ပါသည်။",
    },
}

ACKNOWLEDGEMENT = {language: _SAME[language] | words for language, words in _ACKNOWLEDGEMENT.items()}
DECISION = {language: _SAME[language] | words for language, words in _DECISION.items()}
