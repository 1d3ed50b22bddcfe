"""Code lists as they are printed: in the paper's own language, for families and for Thai offices."""

from __future__ import annotations

from casework.documents.wording import FURTHER, words_in
from casework.people.states import PaperType, Sex, SpokenLanguage
from casework.reference.codes import words as own_words
from registration import open_lists
from registration.states import (
    Block,
    InformantRelation,
    ItemState,
    LateReason,
    OfficeKind,
    RequirementLevel,
    Responsible,
    Result,
)

Words = dict[str, dict[str, str]]
"""code → language → words."""

SEXES: Words = {
    Sex.FEMALE: {"en": "girl", "th": "หญิง", "my": "မိန်းကလေး"},
    Sex.MALE: {"en": "boy", "th": "ชาย", "my": "ယောက်ျားလေး"},
    Sex.UNKNOWN: {"en": "not known yet", "th": "ยังไม่ระบุ", "my": "မသိသေးပါ"},
}

LANGUAGES: Words = {
    SpokenLanguage.THAI: {"en": "Thai", "th": "ไทย", "my": "ထိုင်း"},
    SpokenLanguage.BURMESE: {"en": "Burmese", "th": "พม่า", "my": "မြန်မာ"},
    SpokenLanguage.SGAW: {"en": "S’gaw Karen", "th": "กะเหรี่ยงสะกอ", "my": "စကောကရင်"},
    SpokenLanguage.PWO: {"en": "Pwo Karen", "th": "กะเหรี่ยงโปว์", "my": "ပိုးကရင်"},
    SpokenLanguage.MON: {"en": "Mon", "th": "มอญ", "my": "မွန်"},
    SpokenLanguage.SHAN: {"en": "Shan", "th": "ไทใหญ่", "my": "ရှမ်း"},
    SpokenLanguage.ROHINGYA: {"en": "Rohingya", "th": "โรฮิงญา", "my": "ရိုဟင်ဂျာ"},
    SpokenLanguage.ENGLISH: {"en": "English", "th": "อังกฤษ", "my": "အင်္ဂလိပ်"},
    SpokenLanguage.KHMER: {"en": "Khmer", "th": "เขมร", "my": "ခမာ"},
    SpokenLanguage.LAO: {"en": "Lao", "th": "ลาว", "my": "လာအို"},
    SpokenLanguage.OTHER: {"en": "another language", "th": "ภาษาอื่น", "my": "အခြားဘာသာစကား"},
}

RELATIONS: Words = {
    InformantRelation.MOTHER: {"en": "mother", "th": "มารดา", "my": "မိခင်"},
    InformantRelation.FATHER: {"en": "father", "th": "บิดา", "my": "ဖခင်"},
    InformantRelation.GUARDIAN: {"en": "guardian", "th": "ผู้ปกครอง", "my": "အုပ်ထိန်းသူ"},
    InformantRelation.GRANDPARENT: {"en": "grandparent", "th": "ปู่ย่าตายาย", "my": "အဘိုး/အဘွား"},
    InformantRelation.RELATIVE: {"en": "relative", "th": "ญาติ", "my": "ဆွေမျိုး"},
    InformantRelation.HOUSE_HEAD: {"en": "head of the house", "th": "เจ้าบ้าน", "my": "အိမ်ထောင်ဦးစီး"},
    InformantRelation.VILLAGE_HEAD: {"en": "village head", "th": "ผู้ใหญ่บ้านหรือกำนัน", "my": "ကျေးရွာအကြီးအကဲ"},
    InformantRelation.AGENCY_HEAD: {"en": "head of the agency", "th": "หัวหน้าหน่วยงาน", "my": "အဖွဲ့အစည်း အကြီးအကဲ"},
    InformantRelation.CLINIC: {
        "en": "the clinic, by letter of assignment",
        "th": "เจ้าหน้าที่คลินิก ตามหนังสือมอบหมาย",
        "my": "ရုံးဝန်ထမ်း (လွှဲအပ်စာဖြင့်)",
    },
    InformantRelation.OTHER: {"en": "other", "th": "อื่น ๆ", "my": "အခြား"},
}

PAPERS: Words = {
    PaperType.THAI_ID: {"en": "Thai ID card", "th": "บัตรประจำตัวประชาชน", "my": "ထိုင်းမှတ်ပုံတင်"},
    PaperType.PASSPORT: {"en": "passport", "th": "หนังสือเดินทาง", "my": "နိုင်ငံကူးလက်မှတ်"},
    PaperType.TEMP_PASSPORT: {"en": "temporary passport", "th": "หนังสือเดินทางชั่วคราว", "my": "ယာယီနိုင်ငံကူးလက်မှတ်"},
    PaperType.CERTIFICATE_OF_IDENTITY: {"en": "certificate of identity", "th": "เอกสารรับรองบุคคล (CI)", "my": "CI စာအုပ်"},
    PaperType.MM_CSC: {
        "en": "Myanmar citizenship card",
        "th": "บัตรประจำตัวประชาชนเมียนมา",
        "my": "နိုင်ငံသားစိစစ်ရေးကတ်",
    },
    PaperType.MM_HOUSEHOLD_LIST: {
        "en": "Myanmar household list",
        "th": "ทะเบียนครัวเรือนเมียนมา",
        "my": "အိမ်ထောင်စုစာရင်း",
    },
    PaperType.PINK_CARD: {
        "en": "non-Thai identity card",
        "th": "บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทย",
        "my": "ပန်းရောင်ကတ်",
    },
    PaperType.NO_STATUS_CARD: {
        "en": "card of a person without registration status",
        "th": "บัตรประจำตัวบุคคลที่ไม่มีสถานะทางทะเบียน",
        "my": "အခြေအနေမဲ့သူကတ်",
    },
    PaperType.WORK_PERMIT: {"en": "work permit", "th": "ใบอนุญาตทำงาน", "my": "အလုပ်လုပ်ခွင့်လက်မှတ်"},
    PaperType.PROFILE_38_1: {"en": "profile register 38/1", "th": "ทะเบียนประวัติ ท.ร.38/1", "my": "ထ.ရ.38/1"},
    PaperType.PROFILE_38K: {"en": "profile register 38 Kor", "th": "ทะเบียนประวัติ ท.ร.38 ก", "my": "ထ.ရ.38 ဂ"},
    PaperType.HOUSE_13: {"en": "house register 13", "th": "ทะเบียนบ้าน ท.ร.13", "my": "အိမ်စာရင်း ထ.ရ.13"},
    PaperType.HOUSE_14: {"en": "house register 14", "th": "ทะเบียนบ้าน ท.ร.14", "my": "အိမ်စာရင်း ထ.ရ.14"},
    PaperType.ALIEN_CERTIFICATE: {"en": "alien certificate", "th": "ใบสำคัญประจำตัวคนต่างด้าว", "my": "နိုင်ငံခြားသားလက်မှတ်"},
    PaperType.DISPLACED_CARD: {
        "en": "displaced person card",
        "th": "บัตรผู้หลบหนีภัยการสู้รบ",
        "my": "စစ်ပြေးဒုက္ခသည်ကတ်",
    },
    PaperType.BORDER_PASS: {"en": "border pass", "th": "บัตรผ่านแดน", "my": "နယ်စပ်ဖြတ်သန်းခွင့်"},
    PaperType.UNHCR: {"en": "UNHCR paper", "th": "เอกสาร UNHCR", "my": "UNHCR စာရွက်"},
    PaperType.CAMP_HOUSEHOLD: {"en": "camp household paper", "th": "เอกสารครัวเรือนในพื้นที่พักพิง", "my": "စခန်းအိမ်ထောင်စုစာရင်း"},
    PaperType.EMPLOYER_LETTER: {"en": "letter from the employer", "th": "หนังสือรับรองจากนายจ้าง", "my": "အလုပ်ရှင်ထောက်ခံစာ"},
    PaperType.NGO_CHILD_RECORD: {
        "en": "child record of an NGO",
        "th": "บันทึกการเกิดขององค์กรพัฒนาเอกชน",
        "my": "NGO ကလေးမှတ်တမ်း",
    },
    PaperType.G_CODE: {"en": "school G-code", "th": "รหัส G ของสถานศึกษา", "my": "ကျောင်း G နံပါတ်"},
    PaperType.HOSPITAL_CARD: {"en": "hospital card", "th": "บัตรโรงพยาบาล", "my": "ဆေးရုံကတ်"},
    PaperType.VACCINATION_BOOK: {"en": "vaccination book", "th": "สมุดบันทึกสุขภาพ", "my": "ကာကွယ်ဆေးစာအုပ်"},
    PaperType.MARRIAGE_CERTIFICATE: {"en": "marriage certificate", "th": "ทะเบียนสมรส", "my": "လက်ထပ်စာချုပ်"},
    PaperType.BIRTH_CERTIFICATE: {"en": "birth certificate", "th": "สูติบัตร", "my": "မွေးစာရင်း"},
    PaperType.CHILD_NUMBER: {"en": "13-digit number", "th": "เลขประจำตัว 13 หลัก", "my": "ဂဏန်း 13 လုံးနံပါတ်"},
    PaperType.OTHER: {"en": "other paper", "th": "เอกสารอื่น", "my": "အခြားစာရွက်စာတမ်း"},
}

LATE_REASONS: Words = {
    LateReason.UNAWARE: {"en": "the family did not know of the duty", "th": "ครอบครัวไม่ทราบว่าต้องแจ้งการเกิด"},
    LateReason.NOT_WHERE: {"en": "the family did not know where to go", "th": "ครอบครัวไม่ทราบว่าต้องแจ้งที่ใด"},
    LateReason.NO_PAPERS: {"en": "papers were missing", "th": "เอกสารไม่ครบ"},
    LateReason.FEAR: {"en": "the family was afraid", "th": "ครอบครัวเกรงกลัวการติดต่อหน่วยงาน"},
    LateReason.NO_INTERPRETER: {"en": "there was no interpreter", "th": "ไม่มีล่าม"},
    LateReason.COST: {"en": "the cost", "th": "ขาดค่าใช้จ่ายในการเดินทาง"},
    LateReason.DISTANCE: {"en": "distance or work", "th": "ที่อยู่ไกลหรือติดงาน"},
    LateReason.ILLNESS: {"en": "illness", "th": "การเจ็บป่วย"},
    LateReason.MOVED: {"en": "the family had moved", "th": "ครอบครัวย้ายที่อยู่"},
    LateReason.REFUSED: {"en": "an earlier notification was not taken", "th": "เคยแจ้งแล้วแต่ยังไม่ได้รับการรับแจ้ง"},
    LateReason.LOST_PROOF: {"en": "the delivery certificate was lost", "th": "หนังสือรับรองการเกิดสูญหาย"},
    LateReason.PARENT_ABSENT: {"en": "a parent was away", "th": "บิดาหรือมารดาไม่อยู่ในพื้นที่"},
    LateReason.OTHER: {"en": "other reasons", "th": "เหตุจำเป็นอื่น"},
}

REGISTRARS_TH = {
    OfficeKind.MUNICIPALITY: "นายทะเบียนท้องถิ่น",
    OfficeKind.AMPHOE: "นายทะเบียนอำเภอ",
    OfficeKind.BANGKOK: "นายทะเบียนท้องถิ่น",
    OfficeKind.CAMP: "นายทะเบียนอำเภอ ",
    OfficeKind.OTHER: "นายทะเบียน ",
}
"""How the registrar of a kind of office is addressed; the office's name follows."""

SOURCES: Words = {
    Responsible.FAMILY: {"en": "the family", "th": "ครอบครัวนำมา", "my": "မိသားစုထံမှ"},
    Responsible.CLINIC: {"en": "we get it for you", "th": "เราขอให้", "my": "ကျွန်ုပ်တို့ ရယူပေးပါမည်"},
    Responsible.HOSPITAL: {"en": "the hospital", "th": "ขอจากโรงพยาบาล", "my": "ဆေးရုံမှ"},
    Responsible.REGISTRY: {"en": "the registry office", "th": "ขอจากสำนักทะเบียน", "my": "မှတ်ပုံတင်ရုံးမှ"},
    Responsible.OTHER: {"en": "ask us", "th": "สอบถามเรา", "my": "ကျွန်ုပ်တို့ကို မေးပါ"},
}

HELD: Words = {
    ItemState.ORIGINAL: {"en": "bring the original", "th": "นำฉบับจริงมาด้วย", "my": "မူရင်းကို ယူလာပါ"},
    ItemState.COPY: {
        "en": "we have a copy; bring the original",
        "th": "เรามีสำเนาแล้ว โปรดนำฉบับจริงมา",
        "my": "မိတ္တူ ရှိပါပြီ။ မူရင်းကို ယူလာပါ",
    },
    ItemState.SUBMITTED: {"en": "handed in", "th": "ยื่นแล้ว", "my": "တင်ပြီး"},
}

NEED: Words = {
    RequirementLevel.HELPFUL: {
        "en": "helpful, but you can do without it",
        "th": "มีก็ดี ไม่มีก็ได้",
        "my": "ရှိလျှင် ကောင်းသည်၊ မရှိလည်း ရပါသည်",
    },
    "one_of": {
        "en": "one of these is enough",
        "th": "มีอย่างหนึ่งก็พอ",
        "my": "တစ်ခုရှိလျှင် ရပါသည်",
    },
}
"""How much a paper is needed; nothing is said of one that must be there. Those marked one_of stand for each other."""

ITEM_STATES: Words = {
    ItemState.NEEDED: {"en": "missing", "th": "ยังขาด"},
    ItemState.REQUESTED: {"en": "asked for", "th": "ขอไปแล้ว"},
    ItemState.COPY: {"en": "copy in hand", "th": "มีสำเนา"},
    ItemState.ORIGINAL: {"en": "original seen", "th": "เห็นฉบับจริงแล้ว"},
    ItemState.SUBMITTED: {"en": "handed in", "th": "ยื่นแล้ว"},
    ItemState.WAIVED: {"en": "waived", "th": "ได้รับการผ่อนผัน"},
    ItemState.IMPOSSIBLE: {"en": "cannot be had", "th": "หาไม่ได้"},
}

BLOCKS_TH = {
    Block.PARENT_NO_ID: "บิดาหรือมารดาไม่มีเอกสาร",
    Block.NO_DELIVERY_CERTIFICATE: "ไม่มีหนังสือรับรองการเกิด",
    Block.NAME_MISMATCH: "ชื่อไม่ตรงกัน",
    Block.DOB_MISMATCH: "วันเกิดไม่ตรงกัน",
    Block.WITNESS_MISSING: "ไม่มีพยาน",
    Block.POA_MISSING: "ไม่มีหนังสือมอบหมาย",
    Block.TRANSLATION_MISSING: "ไม่มีคำแปล",
    Block.DNA_COST: "ค่าตรวจสารพันธุกรรม",
    Block.FATHER_ABSENT: "บิดาไม่อยู่",
    Block.MOTHER_ABSENT: "มารดาไม่อยู่",
    Block.OFFICE_REFUSED: "สำนักทะเบียนไม่รับ",
    Block.WAITING_OFFICE: "รอสำนักทะเบียน",
    Block.UNREACHABLE: "ติดต่อครอบครัวไม่ได้",
    Block.FEAR: "ครอบครัวกลัว",
    Block.CHILD_ILL: "เด็กป่วย",
    Block.PARENT_REFUSED: "บิดาหรือมารดาไม่ยินยอม",
    Block.OTHER: "อื่น ๆ",
}

RESULTS: Words = {
    Result.PENDING: {"en": "waiting", "th": "รอผล"},
    Result.INQUIRY: {"en": "inquiry opened", "th": "อยู่ระหว่างสอบสวน"},
    Result.ACCEPTED: {"en": "accepted", "th": "รับแจ้งแล้ว"},
    Result.RETURNED: {"en": "returned", "th": "ส่งคืน"},
    Result.REFUSED: {"en": "refused", "th": "ปฏิเสธ"},
    Result.WITHDRAWN: {"en": "withdrawn", "th": "ถอนเรื่อง"},
}


def word(words: Words, code: str, language: str) -> str:
    """A code in a language, English where it is not given; nothing for no code. Raises NotTranslated."""
    said = words.get(code, {})
    if said and language in FURTHER:
        return words_in(said, language)
    return said.get(language) or said.get("en", "")


def late_reason(code: str, language: str) -> str:
    """Why a birth is late, as a letter says it."""
    return word(LATE_REASONS, code, language) or (code and own_words(open_lists.LATE_REASONS, code, language))


def block(code: str, language: str) -> str:
    """What stops a paper, as staff read it."""
    known = BLOCKS_TH.get(Block(code)) if language == "th" and code in Block.values else ""
    return known or (code and own_words(open_lists.BLOCKS, code, language))
