"""P3, information and consent: the frame only.

The legal text is a row the organisation supplies and somebody has reviewed. PLAIN is said where there is none yet,
and the paper then says that it has not been reviewed.
"""

WORDS = {
    "en": {
        "read_by": "Read aloud by an interpreter in",
        "child": "Child",
        "giver": "Who decides for the child",
        "relation": "Relation to the child",
        "notice": "What you should know",
        "told_in": "Told in",
        "told_by": "by",
        "date": "Date",
        "not_reviewed": "Plain wording. Not yet reviewed by the organisation; read aloud by an interpreter.",
        "reviewed": "Text reviewed by",
        "choices": "Sharing: you say yes or no to each",
        "to_whom": "Who receives it",
        "what": "What is shared",
        "yes": "Yes",
        "no": "No",
        "no_effect": "Helping your child to be registered does not depend on these answers.",
        "withdraw": "You can take back a yes at any time. Tell us, or call",
        "sign_giver": "Person who decides",
        "sign_interpreter": "Interpreter",
        "sign_staff": "Member of staff",
        "thumb": "Thumb print",
    },
    "th": {
        "read_by": "ล่ามอ่านให้ฟังเป็นภาษา",
        "child": "เด็ก",
        "giver": "ผู้ตัดสินใจแทนเด็ก",
        "relation": "ความสัมพันธ์กับเด็ก",
        "notice": "สิ่งที่คุณควรทราบ",
        "told_in": "ชี้แจงเป็นภาษา",
        "told_by": "โดย",
        "date": "วันที่",
        "not_reviewed": "ข้อความอย่างง่าย องค์กรยังไม่ได้ตรวจทาน ล่ามอ่านให้ฟัง",
        "reviewed": "ผู้ตรวจทานข้อความ",
        "choices": "การให้ข้อมูลแก่หน่วยงานอื่น ตอบยินยอมหรือไม่ยินยอมทีละข้อ",
        "to_whom": "ผู้รับข้อมูล",
        "what": "ข้อมูลที่ให้",
        "yes": "ยินยอม",
        "no": "ไม่ยินยอม",
        "no_effect": "การช่วยแจ้งการเกิดของเด็กไม่ขึ้นอยู่กับคำตอบเหล่านี้",
        "withdraw": "คุณถอนความยินยอมได้ทุกเมื่อ โดยบอกเจ้าหน้าที่หรือโทร",
        "sign_giver": "ผู้ตัดสินใจ",
        "sign_interpreter": "ล่าม",
        "sign_staff": "เจ้าหน้าที่",
        "thumb": "ลายพิมพ์นิ้วมือ",
    },
    "my": {
        "read_by": "စကားပြန်က ဖတ်ပြသော ဘာသာစကား",
        "child": "ကလေး",
        "giver": "ကလေးအတွက် ဆုံးဖြတ်သူ",
        "relation": "ကလေးနှင့် တော်စပ်ပုံ",
        "notice": "သင်သိထားသင့်သည်များ",
        "told_in": "ရှင်းပြသော ဘာသာစကား",
        "told_by": "ရှင်းပြသူ",
        "date": "နေ့စွဲ",
        "not_reviewed": "ရိုးရှင်းသော စာသားဖြစ်ပါသည်။ အဖွဲ့အစည်းက စိစစ်ပြီး မဟုတ်သေးပါ။ စကားပြန်က ဖတ်ပြပါသည်။",
        "reviewed": "စာသားကို စိစစ်သူ",
        "choices": "အချက်အလက် မျှဝေခြင်း – တစ်ခုချင်း သဘောတူ၊ မတူ ဖြေပါ",
        "to_whom": "လက်ခံမည့်သူ",
        "what": "မျှဝေမည့် အချက်အလက်",
        "yes": "သဘောတူပါသည်",
        "no": "သဘောမတူပါ",
        "no_effect": "ကလေး၏ မွေးဖွားမှု မှတ်ပုံတင်ရန် ကူညီခြင်းသည် ဤအဖြေများအပေါ် မမူတည်ပါ။",
        "withdraw": "သဘောတူညီချက်ကို အချိန်မရွေး ရုပ်သိမ်းနိုင်ပါသည်။ ဝန်ထမ်းကို ပြောပါ သို့မဟုတ် ဖုန်းဆက်ပါ",
        "sign_giver": "ဆုံးဖြတ်သူ",
        "sign_interpreter": "စကားပြန်",
        "sign_staff": "ဝန်ထမ်း",
        "thumb": "လက်ဗွေ",
    },
}

PLAIN = {
    "en": (
        "We help your child to be registered, so that your child has a birth certificate. Our help costs nothing.",
        "For this we write down what you tell us about your child, the birth and the parents, and keep copies of your"
        " papers.",
        "Only the staff who help you read them. We show your papers to the registry office, which registers the birth.",
        "We give nothing to anyone else unless you say yes. You may say no. A no never stops or delays the"
        " registration of your child within the 15 days.",
        "You may see what we wrote, have it corrected, or take back a yes at any time.",
        "If we treat you badly, or anybody asks you for money, tell any member of staff or call {phone}. It will not go"
        " to the person it is about. Your child is helped all the same.",
    ),
    "th": (
        "เราช่วยให้เด็กได้แจ้งการเกิดและได้สูติบัตร ความช่วยเหลือนี้ไม่มีค่าใช้จ่าย",
        "เราจดบันทึกสิ่งที่คุณบอกเกี่ยวกับเด็ก การเกิด และพ่อแม่ และเก็บสำเนาเอกสารของคุณไว้เพื่อการนี้",
        "เฉพาะเจ้าหน้าที่ที่ช่วยเหลือคุณเท่านั้นที่อ่านได้ เรานำเอกสารไปแสดงต่อสำนักทะเบียนเพื่อจดทะเบียนการเกิด",
        "เราจะไม่ให้ข้อมูลแก่ผู้อื่นถ้าคุณไม่ยินยอม คุณไม่ยินยอมก็ได้ การไม่ยินยอมไม่ทำให้การแจ้งการเกิดภายใน 15 วันหยุดหรือล่าช้า",
        "คุณขอดู ขอแก้ไข หรือถอนความยินยอมได้ทุกเมื่อ",
        "ถ้าเราดูแลคุณไม่ดี หรือมีใครขอเงินจากคุณ โปรดบอกเจ้าหน้าที่คนใดก็ได้หรือโทร {phone} เรื่องจะไม่ไปถึงผู้ที่ถูกร้องเรียน"
        " และเด็กยังได้รับความช่วยเหลือเหมือนเดิม",
    ),
    "my": (
        "ကလေး မွေးစာရင်းရရှိရန် မွေးဖွားမှု မှတ်ပုံတင်ခြင်းကို ကျွန်ုပ်တို့ ကူညီပေးပါသည်။ ငွေပေးရန် မလိုပါ။",
        "ထို့အတွက် ကလေး၊ မွေးဖွားမှုနှင့် မိဘများအကြောင်း သင်ပြောပြသည်များကို ရေးမှတ်ပြီး စာရွက်စာတမ်း မိတ္တူများကို သိမ်းထားပါသည်။",
        "သင့်ကို ကူညီသော ဝန်ထမ်းများသာ ဖတ်ရှုနိုင်ပါသည်။ မှတ်ပုံတင်ရန် စာရွက်စာတမ်းများကို မှတ်ပုံတင်ရုံးသို့ ပြပါသည်။",
        "သင် သဘောမတူလျှင် အခြားသူများကို မပေးပါ။ သဘောမတူဘဲ နေနိုင်ပါသည်။ သဘောမတူ၍ 15 ရက်အတွင်း မှတ်ပုံတင်ခြင်း ရပ်ဆိုင်းခြင်း၊ နောက်ကျခြင်း မရှိပါ။",
        "ရေးမှတ်ထားသည်များကို ကြည့်ရှုရန်၊ ပြင်ဆင်ရန်၊ သဘောတူညီချက်ကို ရုပ်သိမ်းရန် အချိန်မရွေး ပြောနိုင်ပါသည်။",
        "ကျွန်ုပ်တို့၏ ဆက်ဆံပုံ မကောင်းလျှင် သို့မဟုတ် တစ်ဦးဦးက ငွေတောင်းလျှင် မည်သည့်ဝန်ထမ်းကိုမဆို ပြောပါ သို့မဟုတ် {phone} သို့ ဖုန်းဆက်ပါ။"
        " တိုင်ကြားခံရသူထံ မရောက်ပါ။ ကလေးကို ဆက်လက် ကူညီပါမည်။",
    ),
}
"""What is recorded, why, who sees it, that a no never stops the 15 days, and whom to complain to."""
