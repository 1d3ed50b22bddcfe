"""“My papers”, the folder a family carries, with the rights the reference states and their sources."""

WORDS = {
    "en": {
        "read_by": "Read aloud by an interpreter in",
        "child": "Child",
        "mother": "Mother",
        "father": "Father",
        "registered": "The registration",
        "not_registered": "The birth is not registered yet.",
        "papers": "Papers of the child",
        "paper": "Paper",
        "number": "Number",
        "where_original": "Where the original is",
        "no_papers": "We know of no paper yet.",
        "todo": "What remains to be done",
        "what": "What",
        "where": "Where",
        "by": "Until",
        "nothing_left": "Nothing remains to be done.",
        "rights": "What you may ask for, also after you moved",
        "contacts": "Whom to call",
        "call": "Our clinic",
        "say_code": "Say this code; you need not say a name",
        "keep": "Keep this paper dry and safe with the originals. Show it only to people you trust.",
        "free": "Our help is free. Do not pay anybody for it.",
    },
    "th": {
        "read_by": "ล่ามอ่านให้ฟังเป็นภาษา",
        "child": "เด็ก",
        "mother": "แม่",
        "father": "พ่อ",
        "registered": "การจดทะเบียนการเกิด",
        "not_registered": "ยังไม่ได้จดทะเบียนการเกิด",
        "papers": "เอกสารของเด็ก",
        "paper": "เอกสาร",
        "number": "เลขที่",
        "where_original": "ฉบับจริงอยู่ที่",
        "no_papers": "ยังไม่มีเอกสารที่เราทราบ",
        "todo": "สิ่งที่ยังต้องทำ",
        "what": "ทำอะไร",
        "where": "ที่ไหน",
        "by": "ภายใน",
        "nothing_left": "ไม่มีสิ่งใดที่ต้องทำแล้ว",
        "rights": "สิ่งที่ท่านขอได้ แม้ย้ายที่อยู่",
        "contacts": "โทรหาใครได้บ้าง",
        "call": "คลินิกของเรา",
        "say_code": "แจ้งรหัสนี้ ไม่ต้องบอกชื่อ",
        "keep": "โปรดเก็บเอกสารนี้ไว้ในที่แห้งและปลอดภัยพร้อมกับเอกสารฉบับจริง ให้ดูเฉพาะคนที่ไว้ใจ",
        "free": "ความช่วยเหลือของเราไม่มีค่าใช้จ่าย ไม่ต้องจ่ายเงินให้ใคร",
    },
    "my": {
        "read_by": "စကားပြန်က ဖတ်ပြသော ဘာသာစကား",
        "child": "ကလေး",
        "mother": "မိခင်",
        "father": "ဖခင်",
        "registered": "မွေးစာရင်းသွင်းခြင်း",
        "not_registered": "မွေးစာရင်း မသွင်းရသေးပါ။",
        "papers": "ကလေး၏ စာရွက်စာတမ်းများ",
        "paper": "စာရွက်စာတမ်း",
        "number": "အမှတ်",
        "where_original": "မူရင်း ရှိသည့်နေရာ",
        "no_papers": "ကျွန်ုပ်တို့ သိရှိသော စာရွက်စာတမ်း မရှိသေးပါ။",
        "todo": "ဆောင်ရွက်ရန် ကျန်ရှိသည်များ",
        "what": "ဆောင်ရွက်ရန်",
        "where": "နေရာ",
        "by": "နောက်ဆုံးရက်",
        "nothing_left": "ဆောင်ရွက်ရန် မကျန်တော့ပါ။",
        "rights": "ပြောင်းရွှေ့ပြီးနောက်လည်း တောင်းခံနိုင်သည်များ",
        "contacts": "ဖုန်းဆက်နိုင်သည့် နေရာများ",
        "call": "ကျွန်ုပ်တို့၏ ရုံး",
        "say_code": "ဤကုဒ်ကို ပြောပါ။ အမည် ပြောရန် မလိုပါ",
        "keep": "ဤစာရွက်ကို မူရင်းစာရွက်များနှင့်အတူ ခြောက်သွေ့၍ လုံခြုံသော နေရာတွင် သိမ်းထားပါ။ ယုံကြည်ရသူကိုသာ ပြပါ။",
        "free": "ကျွန်ုပ်တို့၏ အကူအညီသည် အခမဲ့ဖြစ်ပါသည်။ မည်သူ့ကိုမျှ ငွေမပေးပါနှင့်။",
    },
}

LABELS = {
    "sex": {"en": "Girl or boy", "th": "เพศ", "my": "ကျား/မ"},
    "born": {"en": "Born on", "th": "วันเกิด", "my": "မွေးသည့်နေ့"},
    "place": {"en": "Born at", "th": "สถานที่เกิด", "my": "မွေးသည့်နေရာ"},
    "order": {"en": "Born together", "th": "แฝด", "my": "အမြွှာ"},
    "registered_on": {"en": "Registered on", "th": "จดทะเบียนวันที่", "my": "မွေးစာရင်းသွင်းသည့်နေ့"},
    "office": {"en": "Registry office", "th": "สำนักทะเบียน", "my": "မှတ်ပုံတင်ရုံး"},
    "certificate": {"en": "Birth certificate", "th": "สูติบัตร", "my": "မွေးစာရင်း"},
    "child_number": {"en": "13-digit number", "th": "เลขประจำตัว 13 หลัก", "my": "ဂဏန်း 13 လုံး နံပါတ်"},
    "register": {"en": "Entered in", "th": "ชื่ออยู่ใน", "my": "စာရင်းဝင်ထားသည့်နေရာ"},
}
"""Labels of the facts."""

WHERE = {
    "family": {"en": "with you", "th": "อยู่กับท่าน", "my": "သင့်ထံတွင်"},
    "clinic": {"en": "at our clinic: come and get it", "th": "อยู่ที่คลินิกของเรา มารับได้", "my": "ကျွန်ုပ်တို့ရုံးတွင်၊ လာယူပါ"},
    "clinic_copy_only": {
        "en": "not known; our clinic has a copy",
        "th": "ไม่ทราบ คลินิกของเรามีสำเนา",
        "my": "မသိပါ၊ ကျွန်ုပ်တို့ရုံးတွင် မိတ္တူ ရှိပါသည်",
    },
    "hospital": {"en": "at the hospital", "th": "อยู่ที่โรงพยาบาล", "my": "ဆေးရုံတွင်"},
    "registry": {"en": "at the registry office", "th": "อยู่ที่สำนักทะเบียน", "my": "မှတ်ပုံတင်ရုံးတွင်"},
    "lost": {"en": "lost", "th": "สูญหาย", "my": "ပျောက်ဆုံးသွားပါသည်"},
    "ask": {"en": "ask us", "th": "สอบถามเรา", "my": "ကျွန်ုပ်တို့ကို မေးပါ"},
}
"""Where an original is, and where something is done."""

TO_DO = {
    "notify": {"en": "Have the birth registered", "th": "แจ้งการเกิด", "my": "မွေးစာရင်း သွင်းရန်"},
    "get": {"en": "Get: %s", "th": "ขอ: %s", "my": "ရယူရန် − %s"},
    "result": {"en": "Ask for the result", "th": "สอบถามผล", "my": "ရလဒ်ကို မေးမြန်းရန်"},
    "collect": {"en": "Collect the birth certificate", "th": "รับสูติบัตร", "my": "မွေးစာရင်း လာယူရန်"},
    "correct": {"en": "Correction of the certificate", "th": "แก้ไขสูติบัตร", "my": "မွေးစာရင်း ပြင်ဆင်ရန်"},
    "insurance": {"en": "Health insurance", "th": "ทำประกันสุขภาพ", "my": "ကျန်းမာရေးအာမခံ ပြုလုပ်ရန်"},
    "vaccination": {"en": "Vaccination", "th": "รับวัคซีน", "my": "ကာကွယ်ဆေး ထိုးရန်"},
    "nationality": {"en": "Advice on nationality", "th": "ขอคำแนะนำเรื่องสัญชาติ", "my": "နိုင်ငံသားဖြစ်မှု အကြံဉာဏ် ရယူရန်"},
    "school": {"en": "School", "th": "เข้าโรงเรียน", "my": "ကျောင်းအပ်ရန်"},
}
"""What may remain."""

REGISTRY_OF_BIRTH = {
    "en": "registry office of the place of birth, or of where you live",
    "th": "สำนักทะเบียนที่เด็กเกิด หรือที่ท่านอาศัยอยู่",
    "my": "ကလေးမွေးရာ သို့မဟုတ် သင်နေထိုင်ရာ မှတ်ပုံတင်ရုံး",
}

RIGHTS = (
    (
        {
            "en": "Every child born in Thailand can be registered, whatever papers the parents have. It costs nothing.",
            "th": "เด็กทุกคนที่เกิดในประเทศไทยแจ้งเกิดได้ ไม่ว่าพ่อแม่จะมีเอกสารใด และไม่มีค่าธรรมเนียม",
            "my": "ထိုင်းနိုင်ငံတွင် မွေးဖွားသော ကလေးတိုင်းသည် မိဘများတွင် မည်သည့်စာရွက်စာတမ်း ရှိသည်ဖြစ်စေ"
            " မွေးစာရင်းသွင်းနိုင်ပါသည်။ အခကြေးငွေ မပေးရပါ။",
        },
        "พ.ร.บ. การทะเบียนราษฎร พ.ศ. 2534 แก้ไขเพิ่มเติม พ.ศ. 2551; คู่มือสำหรับประชาชน กรมการปกครอง 216–221",
    ),
    (
        {
            "en": "It can be done late, and at another registry office than that of the place of birth.",
            "th": "แจ้งเกินกำหนดได้ และแจ้งต่อสำนักทะเบียนอื่นที่ไม่ใช่ที่เกิดได้",
            "my": "နောက်ကျမှလည်း သွင်းနိုင်ပြီး မွေးဖွားရာ မဟုတ်သော အခြားမှတ်ပုံတင်ရုံးတွင်လည်း သွင်းနိုင်ပါသည်။",
        },
        "พ.ร.บ. การทะเบียนราษฎร แก้ไขเพิ่มเติม พ.ศ. 2551; คู่มือสำหรับประชาชน กรมการปกครอง 219",
    ),
    (
        {
            "en": "The certificate shows where the child was born and who the parents are."
            " It does not give Thai nationality.",
            "th": "สูติบัตรแสดงว่าเด็กเกิดที่ไหนและใครเป็นพ่อแม่ แต่ไม่ได้ทำให้ได้สัญชาติไทย",
            "my": "မွေးစာရင်းသည် ကလေးမွေးဖွားရာနေရာနှင့် မိဘများကို ပြပါသည်။ ထိုင်းနိုင်ငံသားဖြစ်ခွင့် ပေးခြင်း မဟုတ်ပါ။",
        },
        "UNHCR 24 กันยายน 2555",
    ),
    (
        {
            "en": "Schools in Thailand take every child, also one without papers.",
            "th": "โรงเรียนในประเทศไทยต้องรับเด็กทุกคน แม้ไม่มีเอกสาร",
            "my": "ထိုင်းနိုင်ငံရှိ ကျောင်းများသည် စာရွက်စာတမ်း မရှိသော ကလေး အပါအဝင် ကလေးတိုင်းကို လက်ခံရပါသည်။",
        },
        "มติคณะรัฐมนตรี 5 กรกฎาคม 2548; ประกาศกระทรวงศึกษาธิการ 30 มกราคม 2569",
    ),
)  # fmt: skip
"""Plain words and where they are written, the source in Thai: who reads the law reads Thai.

Used until the organisation's own reviewed text is among the texts.
"""
