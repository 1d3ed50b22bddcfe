"""P2, the checklist for the family."""

WORDS = {
    "en": {
        "child": "Child",
        "mother": "Mother",
        "due": "Go to the registry office by",
        "where": "Where",
        "have": "You have these",
        "missing": "Still missing",
        "none_missing": "Nothing is missing. Bring everything on this list.",
        "from": "Where to get it",
        "by": "By when",
        "bring_anyway": "If you cannot get a paper, come all the same. We will explain it to the office.",
        "free": "Our help is free. Do not pay anybody for it.",
        "rights": "Every child born in Thailand may be registered, whatever papers the parents have. The"
        " certificate records where the child was born and who the parents are. It does not give Thai nationality.",
        "call": "Questions? Call us",
        "read_by": "Read aloud by an interpreter in",
    },
    "th": {
        "child": "เด็ก",
        "mother": "แม่",
        "due": "ไปแจ้งการเกิดที่สำนักทะเบียนภายใน",
        "where": "สถานที่",
        "have": "เอกสารที่มีแล้ว",
        "missing": "เอกสารที่ยังขาด",
        "none_missing": "เอกสารครบแล้ว โปรดนำเอกสารทุกอย่างในรายการนี้มาด้วย",
        "from": "ขอได้ที่",
        "by": "ภายใน",
        "bring_anyway": "ถ้าหาเอกสารไม่ได้ ให้มาพบเราตามนัด เราจะช่วยอธิบายต่อสำนักทะเบียน",
        "free": "ความช่วยเหลือของเราไม่มีค่าใช้จ่าย ไม่ต้องจ่ายเงินให้ใคร",
        "rights": "เด็กทุกคนที่เกิดในประเทศไทยจดทะเบียนการเกิดได้ ไม่ว่าพ่อแม่จะมีเอกสารใด สูติบัตรแสดงว่าเด็กเกิดที่ไหน"
        "และใครเป็นพ่อแม่ แต่ไม่ได้ทำให้ได้สัญชาติไทย",
        "call": "สอบถามโทร",
        "read_by": "ล่ามอ่านให้ฟังเป็นภาษา",
    },
    "my": {
        "child": "ကလေး",
        "mother": "မိခင်",
        "due": "နောက်ဆုံးထား၍ ဤရက်တွင် မှတ်ပုံတင်ရုံးသို့ သွားပါ",
        "where": "နေရာ",
        "have": "ရှိပြီးသော စာရွက်စာတမ်းများ",
        "missing": "လိုအပ်သေးသော စာရွက်စာတမ်းများ",
        "none_missing": "စာရွက်စာတမ်း စုံလင်ပါပြီ။ ဤစာရင်းပါ အားလုံးကို ယူလာပါ။",
        "from": "ရယူရမည့်နေရာ",
        "by": "နောက်ဆုံးရက်",
        "bring_anyway": "စာရွက်စာတမ်း မရနိုင်လျှင်လည်း လာခဲ့ပါ။ ရုံးကို ကျွန်ုပ်တို့ ကူညီရှင်းပြပေးပါမည်။",
        "free": "ကျွန်ုပ်တို့၏ အကူအညီသည် အခမဲ့ဖြစ်ပါသည်။ မည်သူ့ကိုမျှ ငွေမပေးပါနှင့်။",
        "rights": "ထိုင်းနိုင်ငံတွင် မွေးဖွားသော ကလေးတိုင်းသည် မိဘများတွင် မည်သည့်စာရွက်စာတမ်း ရှိသည်ဖြစ်စေ"
        " မွေးဖွားမှု မှတ်ပုံတင်နိုင်ပါသည်။ မွေးစာရင်းသည် ကလေးမွေးဖွားရာနေရာနှင့် မိဘများကို မှတ်တမ်းတင်ခြင်း"
        " ဖြစ်ပြီး ထိုင်းနိုင်ငံသားဖြစ်ခွင့် ပေးခြင်း မဟုတ်ပါ။",
        "call": "မေးလိုပါက ဖုန်းဆက်ပါ",
        "read_by": "စကားပြန်က ဖတ်ပြသော ဘာသာစကား",
    },
}
