"""Code lists as they are printed: in the family's language and in Thai; English for staff."""

from __future__ import annotations

from casework.documents.wording import FURTHER, words_in
from casework.people.states import FamilyRole
from emergency_fund.states import (
    Entitlement,
    EntitlementStatus,
    IncidentKind,
    LineKind,
    LineUnit,
    Modality,
    ReceiverProof,
    ReturnReason,
)

Words = dict[str, dict[str, str]]
"""code → language → words."""

KINDS: Words = {
    LineKind.HYGIENE_KIT: {"en": "Hygiene kit", "th": "ชุดสุขอนามัย", "my": "သန့်ရှင်းရေးအစုံ"},
    LineKind.NUTRITION: {"en": "Nutrition", "th": "อาหารและโภชนาการ", "my": "အာဟာရ"},
    LineKind.HEALTH_COST: {"en": "Health cost", "th": "ค่ารักษาพยาบาล", "my": "ဆေးကုသစရိတ်"},
    LineKind.HEALTH_INSURANCE: {"en": "Health insurance", "th": "ประกันสุขภาพ", "my": "ကျန်းမာရေးအာမခံ"},
    LineKind.TRANSPORT: {"en": "Transport to care", "th": "ค่าเดินทางไปรักษา", "my": "ဆေးကုသရန် ခရီးစရိတ်"},
}

WAYS: Words = {
    Modality.CASH: {"en": "cash", "th": "เงินสด"},
    Modality.VOUCHER: {"en": "voucher", "th": "คูปอง"},
    Modality.IN_KIND: {"en": "goods", "th": "สิ่งของ"},
    Modality.SERVICE: {"en": "service paid for", "th": "จ่ายค่าบริการให้"},
    Modality.INSURANCE: {"en": "insurance bought", "th": "ซื้อประกันให้"},
}
"""For the papers of the staff."""

GIVEN: Words = {
    Modality.CASH: {"en": "given as money", "th": "ให้เป็นเงิน", "my": "ငွေဖြင့်"},
    Modality.VOUCHER: {"en": "given as a voucher", "th": "ให้เป็นคูปอง", "my": "ဘောက်ချာဖြင့်"},
    Modality.IN_KIND: {"en": "given as goods", "th": "ให้เป็นสิ่งของ", "my": "ပစ္စည်းဖြင့်"},
    Modality.SERVICE: {"en": "we pay it for you", "th": "เราจ่ายให้", "my": "ကျွန်ုပ်တို့က ပေးချေသည်"},
    Modality.INSURANCE: {"en": "we buy it for you", "th": "เราซื้อให้", "my": "ကျွန်ုပ်တို့က ဝယ်ပေးသည်"},
}
"""The same to the family; money may also go to its account."""

UNITS: Words = {
    LineUnit.VISIT: {"en": "visits", "th": "ครั้ง", "my": "ကြိမ်"},
    LineUnit.NIGHT: {"en": "nights", "th": "คืน", "my": "ည"},
    LineUnit.TRIP: {"en": "trips", "th": "เที่ยว", "my": "ခေါက်"},
    LineUnit.DAY: {"en": "days", "th": "วัน", "my": "ရက်"},
    LineUnit.MONTH: {"en": "months", "th": "เดือน", "my": "လ"},
    LineUnit.TIN: {"en": "tins", "th": "กระป๋อง", "my": "ဘူး"},
    LineUnit.PACK: {"en": "packs", "th": "ห่อ", "my": "ထုပ်"},
    LineUnit.BOTTLE: {"en": "bottles", "th": "ขวด", "my": "ပုလင်း"},
    LineUnit.KILOGRAM: {"en": "kg", "th": "กก.", "my": "ကီလို"},
    LineUnit.PERSON: {"en": "persons", "th": "คน", "my": "ဦး"},
}

INCIDENTS: Words = {
    IncidentKind.WORK_INJURY: {"en": "injury at work", "th": "บาดเจ็บจากการทำงาน"},
    IncidentKind.ROAD_ACCIDENT: {"en": "road accident", "th": "อุบัติเหตุทางถนน"},
    IncidentKind.OTHER_ACCIDENT: {"en": "another accident", "th": "อุบัติเหตุอื่น"},
    IncidentKind.JOB_TERMINATION: {"en": "lost the job", "th": "ถูกเลิกจ้าง"},
    IncidentKind.WAGE_NON_PAYMENT: {"en": "wage not paid", "th": "ไม่ได้รับค่าจ้าง"},
    IncidentKind.ILLNESS: {"en": "illness", "th": "เจ็บป่วย"},
    IncidentKind.DEATH_EARNER: {"en": "death of the earner", "th": "ผู้หารายได้เสียชีวิต"},
    IncidentKind.ARREST_DETENTION: {"en": "loss of the earner", "th": "ขาดผู้หารายได้"},
    IncidentKind.FIRE_FLOOD: {"en": "fire or flood", "th": "ไฟไหม้หรือน้ำท่วม"},
    IncidentKind.EVICTION: {"en": "put out of the home", "th": "ถูกให้ออกจากที่อยู่"},
    IncidentKind.OTHER: {"en": "something else", "th": "เหตุอื่น"},
}
"""An arrest is told as the loss of the earner: a paper does not say where somebody is held."""

ENTITLEMENTS: Words = {
    Entitlement.WCF: {"en": "the Workmen’s Compensation Fund", "th": "กองทุนเงินทดแทน", "my": "အလုပ်သမား လျော်ကြေးရန်ပုံငွေ"},
    Entitlement.SSO: {"en": "social security", "th": "ประกันสังคม", "my": "လူမှုဖူလုံရေး"},
    Entitlement.EMPLOYER: {"en": "the employer", "th": "นายจ้าง", "my": "အလုပ်ရှင်"},
    Entitlement.VEHICLE: {
        "en": "the compulsory vehicle insurance",
        "th": "พ.ร.บ. คุ้มครองผู้ประสบภัยจากรถ",
        "my": "ယာဉ်အာမခံ",
    },
    Entitlement.HEALTH_CARD: {"en": "the health insurance card", "th": "บัตรประกันสุขภาพ", "my": "ကျန်းမာရေးအာမခံကတ်"},
    Entitlement.NONE: {"en": "none", "th": "ไม่มี", "my": "မရှိ"},
}

ENTITLEMENT_STATES: Words = {
    EntitlementStatus.NOT_CHECKED: {"en": "not checked yet", "th": "ยังไม่ได้ตรวจสอบ"},
    EntitlementStatus.NOT_ELIGIBLE: {"en": "not entitled", "th": "ไม่มีสิทธิ"},
    EntitlementStatus.REFERRED: {"en": "the family was sent there to claim", "th": "แนะนำครอบครัวไปยื่นขอแล้ว"},
    EntitlementStatus.APPLIED: {"en": "applied for", "th": "ยื่นขอแล้ว"},
    EntitlementStatus.RECEIVING: {"en": "being received", "th": "กำลังได้รับ"},
    EntitlementStatus.REFUSED: {"en": "refused", "th": "ถูกปฏิเสธ"},
    EntitlementStatus.EXHAUSTED: {"en": "used up", "th": "ใช้สิทธิหมดแล้ว"},
}

REASONS: Words = {
    ReturnReason.PAPERS: {
        "en": "A paper is missing.",
        "th": "เอกสารยังไม่ครบ",
        "my": "စာရွက်စာတမ်း မစုံလင်သေးပါ။",
    },
    ReturnReason.AMOUNT: {
        "en": "We could not see what the amount is for.",
        "th": "ยังไม่ทราบว่าจำนวนเงินที่ขอเป็นค่าอะไร",
        "my": "တောင်းခံသော ငွေပမာဏသည် မည်သည့်အတွက်ဖြစ်ကြောင်း မသိရသေးပါ။",
    },
    ReturnReason.ENTITLEMENT: {
        "en": "Another source pays for this first. We help you to ask there.",
        "th": "มีหน่วยงานอื่นที่ต้องจ่ายก่อนตามกฎหมาย เราจะช่วยครอบครัวไปขอที่นั่น",
        "my": "ဥပဒေအရ အခြားနေရာက အရင်ပေးရပါမည်။ ထိုနေရာတွင် တောင်းခံရန် ကျွန်ုပ်တို့ ကူညီပါမည်။",
    },
    ReturnReason.DUPLICATE: {
        "en": "This help was given already.",
        "th": "เคยให้ความช่วยเหลือนี้แล้ว",
        "my": "ဤအကူအညီကို ပေးပြီး ဖြစ်ပါသည်။",
    },
    ReturnReason.NOT_NEEDED: {
        "en": "We could not see that this help is needed now.",
        "th": "ยังไม่เห็นว่าจำเป็นต้องได้รับความช่วยเหลือนี้ในตอนนี้",
        "my": "ယခုအချိန်တွင် ဤအကူအညီ လိုအပ်ကြောင်း မတွေ့ရသေးပါ။",
    },
    ReturnReason.OUTSIDE: {
        "en": "This fund is not for this kind of help.",
        "th": "กองทุนนี้ไม่ได้มีไว้สำหรับความช่วยเหลือแบบนี้",
        "my": "ဤရန်ပုံငွေသည် ဤအကူအညီမျိုးအတွက် မဟုတ်ပါ။",
    },
    ReturnReason.COSTS_LESS: {
        "en": "It costs less than was asked for.",
        "th": "ค่าใช้จ่ายจริงน้อยกว่าที่ขอ",
        "my": "တကယ် ကုန်ကျငွေသည် တောင်းခံသည်ထက် နည်းပါသည်။",
    },
    ReturnReason.LIMIT: {
        "en": "The fund gives no more than this for it.",
        "th": "กองทุนให้ได้ไม่เกินจำนวนนี้",
        "my": "ရန်ပုံငွေက ဤပမာဏထက် ပိုမပေးနိုင်ပါ။",
    },
    ReturnReason.OTHER: {
        "en": "We explain the reason to you. Please call us.",
        "th": "เราจะอธิบายเหตุผลให้ฟัง โปรดโทรหาเรา",
        "my": "အကြောင်းရင်းကို ရှင်းပြပါမည်။ ဖုန်းဆက်ပါ။",
    },
}

RELATIONS: Words = {
    FamilyRole.CHILD: {"en": "the child", "th": "ตัวเด็กเอง", "my": "ကလေးကိုယ်တိုင်"},
    FamilyRole.MOTHER: {"en": "mother", "th": "แม่", "my": "မိခင်"},
    FamilyRole.FATHER: {"en": "father", "th": "พ่อ", "my": "ဖခင်"},
    FamilyRole.GRANDPARENT: {"en": "grandparent", "th": "ปู่ย่าตายาย", "my": "အဘိုး/အဘွား"},
    FamilyRole.SIBLING: {"en": "brother or sister", "th": "พี่น้อง", "my": "မောင်နှမ"},
    FamilyRole.AUNT_UNCLE: {"en": "aunt or uncle", "th": "ลุงป้าน้าอา", "my": "ဦးလေး/အဒေါ်"},
    FamilyRole.GUARDIAN: {"en": "guardian", "th": "ผู้ปกครอง", "my": "အုပ်ထိန်းသူ"},
    FamilyRole.OTHER: {"en": "other", "th": "อื่น ๆ", "my": "အခြား"},
}

PROOFS: Words = {
    ReceiverProof.PAPER: {"en": "an identity paper", "th": "เอกสารแสดงตน", "my": "အထောက်အထား စာရွက်"},
    ReceiverProof.KNOWN: {"en": "known to the staff", "th": "เจ้าหน้าที่รู้จัก", "my": "ဝန်ထမ်းက သိပါသည်"},
    ReceiverProof.THUMB_PRINT: {
        "en": "thumb print before a witness",
        "th": "พิมพ์ลายนิ้วมือต่อหน้าพยาน",
        "my": "သက်သေရှေ့တွင် လက်ဗွေနှိပ်သည်",
    },
    ReceiverProof.WITNESS: {"en": "a witness knows them", "th": "พยานรู้จัก", "my": "သက်သေက သိပါသည်"},
    ReceiverProof.BANK_SLIP: {"en": "the bank’s slip", "th": "สลิปธนาคาร", "my": "ဘဏ်၏ ငွေလွှဲစလစ်"},
    ReceiverProof.THEIR_RECEIPT: {
        "en": "the receipt of who was paid",
        "th": "ใบเสร็จของผู้รับเงิน",
        "my": "ငွေလက်ခံသူ၏ ဖြတ်ပိုင်း",
    },
}


def word(words: Words, code: str, language: str) -> str:
    """A code in a language, English where there is no other. Raises NotTranslated."""
    known = words.get(code, {})
    if known and language in FURTHER:
        return words_in(known, language)
    return known.get(language) or known.get("en", "")
