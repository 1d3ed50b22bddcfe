"""The papers of those who decide: approval sheet and needs assessment."""

from casework.accounts.states import Role
from casework.approvals.states import Act, Quorum
from emergency_fund.states import AssessmentMode, NeedKind, Severity, Urgency

from .codes import Words

ACTS: Words = {
    Act.APPROVE: {"en": "approved", "th": "อนุมัติ"},
    Act.RETURN: {"en": "returned it", "th": "ส่งคืน"},
    Act.REJECT: {"en": "rejected it", "th": "ไม่อนุมัติ"},
    Act.RECUSE: {"en": "left it to somebody else", "th": "ขอไม่พิจารณา"},
}

ROLES: Words = {
    Role.FUND_OFFICER: {"en": "Fund officer", "th": "เจ้าหน้าที่เงินช่วยเหลือ"},
    Role.FUND_MANAGER: {"en": "Fund manager", "th": "ผู้จัดการเงินช่วยเหลือ"},
    Role.MANAGER: {"en": "Programme manager", "th": "ผู้จัดการโครงการ"},
    Role.SUPERVISOR: {"en": "Supervisor", "th": "หัวหน้างาน"},
}
"""Those who can stand in a chain; another role is printed by its name on the screen."""

URGENCIES: Words = {
    Urgency.LIFE_SAVING: {"en": "life at risk, within 24 hours", "th": "เสี่ยงต่อชีวิต ภายใน 24 ชั่วโมง"},
    Urgency.URGENT: {"en": "urgent, within 72 hours", "th": "เร่งด่วน ภายใน 72 ชั่วโมง"},
    Urgency.NORMAL: {"en": "within 14 days", "th": "ภายใน 14 วัน"},
}

QUORUMS: Words = {
    Quorum.ANY: {"en": "any one", "th": "คนใดคนหนึ่ง"},
    Quorum.COUNT: {"en": "%(count)s people", "th": "%(count)s คน"},
    Quorum.ALL: {"en": "all", "th": "ทุกคน"},
}

APPROVAL = {
    "en": {
        "confidential": "For the fund only",
        "request": "The request",
        "received": "Received",
        "happened": "What happened",
        "urgent": "How urgent",
        "first": "Who pays first by law",
        "asked_by": "Asked by",
        "recommended": "Recommended by",
        "band": "Band of the amount",
        "from": "from %(low)s baht",
        "between": "from %(low)s to under %(high)s baht",
        "steps": "Who approves",
        "appeal": "Who decides on the appeal",
        "noted": "Appeal noted by",
        "step": "Step",
        "role": "Role",
        "quorum": "How many",
        "who": "Who and when",
        "open": "not yet",
        "deputy": "for %(who)s, deputy",
        "amounts": "Amounts in baht",
        "what": "What",
        "child": "For",
        "budget": "Budget line",
        "asked": "Asked for",
        "approved": "Approved",
        "total": "Total",
        "left_now": "What is left on the budget lines today",
        "left_then": "What was left on the budget lines when it was decided, %(at)s",
        "before": "before",
        "after": "after",
        "given": "Given",
        "paid": "Paid",
        "committed": "Approved, not yet paid",
        "reserved": "Asked for",
        "left": "Left",
        "bypass": "Acted on first as an emergency by %(who)s; to be approved by %(until)s.",
    },
    "th": {
        "confidential": "ใช้เฉพาะงานกองทุน",
        "request": "คำขอ",
        "received": "วันที่รับคำขอ",
        "happened": "เหตุที่เกิด",
        "urgent": "ความเร่งด่วน",
        "first": "ผู้มีหน้าที่จ่ายก่อนตามกฎหมาย",
        "asked_by": "ผู้ยื่นคำขอแทนครอบครัว",
        "recommended": "ผู้เสนอ",
        "band": "วงเงิน",
        "from": "ตั้งแต่ %(low)s บาทขึ้นไป",
        "between": "ตั้งแต่ %(low)s บาท แต่ไม่ถึง %(high)s บาท",
        "steps": "ผู้อนุมัติ",
        "appeal": "ผู้พิจารณาอุทธรณ์",
        "noted": "ผู้รับเรื่องอุทธรณ์",
        "step": "ขั้น",
        "role": "ตำแหน่ง",
        "quorum": "จำนวนผู้อนุมัติ",
        "who": "ชื่อและเวลา",
        "open": "ยังไม่ได้พิจารณา",
        "deputy": "ทำการแทน %(who)s",
        "amounts": "จำนวนเงิน (บาท)",
        "what": "รายการ",
        "child": "สำหรับ",
        "budget": "รายการงบประมาณ",
        "asked": "ขอ",
        "approved": "อนุมัติ",
        "total": "รวม",
        "left_now": "เงินคงเหลือในรายการงบประมาณวันนี้",
        "left_then": "เงินคงเหลือในรายการงบประมาณเมื่อพิจารณา %(at)s",
        "before": "ก่อนพิจารณา",
        "after": "หลังพิจารณา",
        "given": "ได้รับ",
        "paid": "จ่ายแล้ว",
        "committed": "อนุมัติแล้ว ยังไม่จ่าย",
        "reserved": "ขออยู่",
        "left": "คงเหลือ",
        "bypass": "ดำเนินการก่อนเพราะเหตุฉุกเฉินโดย %(who)s ต้องอนุมัติภายใน %(until)s",
    },
}

NEEDS = {
    "en": {
        "confidential": "For the fund only",
        "family": "The family",
        "assessed": "Assessed on",
        "by": "By",
        "mode": "Asked",
        "children": "Children the request is for",
        "figures": "How the family lives",
        "income": "Income a month, baht",
        "expenses": "Expenses a month, baht",
        "short": "Missing each month, baht",
        "debt": "Debt, baht",
        "earners": "People who earn",
        "dependants": "People who depend on them",
        "food_days": "Days of food left",
        "lacks": "What each child lacks",
        "score": "Signs of need and their points",
        "points": "Points",
        "total": "Score",
        "none": "No sign of need was found.",
        "weights": "Weights of version %(version)s. Each sign counts its points once, a need of several children by the"
        " child who lacks most; the score is their sum. It orders requests and does not decide.",
        "sign": "Sign of need",
        "signature": "Assessed by",
    },
    "th": {
        "confidential": "ใช้เฉพาะงานกองทุน",
        "family": "ครอบครัว",
        "assessed": "วันที่ประเมิน",
        "by": "ผู้ประเมิน",
        "mode": "สอบถาม",
        "children": "เด็กที่ขอความช่วยเหลือให้",
        "figures": "ความเป็นอยู่ของครอบครัว",
        "income": "รายได้ต่อเดือน (บาท)",
        "expenses": "รายจ่ายต่อเดือน (บาท)",
        "short": "ขาดในแต่ละเดือน (บาท)",
        "debt": "หนี้สิน (บาท)",
        "earners": "จำนวนผู้มีรายได้",
        "dependants": "จำนวนผู้ที่ต้องเลี้ยงดู",
        "food_days": "อาหารเหลืออยู่ (วัน)",
        "lacks": "สิ่งที่เด็กแต่ละคนขาด",
        "score": "สัญญาณความจำเป็นและคะแนน",
        "points": "คะแนน",
        "total": "คะแนนรวม",
        "none": "ไม่พบสัญญาณความจำเป็น",
        "weights": "เกณฑ์คะแนนฉบับที่ %(version)s แต่ละข้อนับคะแนนครั้งเดียว ความจำเป็นของเด็กหลายคนนับตามคนที่ขาดมากที่สุด"
        " คะแนนรวมคือผลบวก ใช้เรียงลำดับคำขอ ไม่ใช่การตัดสิน",
        "sign": "สัญญาณความจำเป็น",
        "signature": "ผู้ประเมิน",
    },
}

LACKS: Words = {
    NeedKind.FOOD: {"en": "Food and nutrition", "th": "อาหารและโภชนาการ"},
    NeedKind.HEALTH: {"en": "Health", "th": "สุขภาพ"},
    NeedKind.HYGIENE: {"en": "Hygiene and clothes", "th": "สุขอนามัยและเสื้อผ้า"},
    NeedKind.SHELTER: {"en": "Place to live", "th": "ที่อยู่อาศัย"},
    NeedKind.SCHOOL: {"en": "School", "th": "โรงเรียน"},
}

SEVERITIES = {
    "en": {
        Severity.NONE: "No need", Severity.SOME: "Some need", Severity.SERIOUS: "Serious", Severity.URGENT: "Urgent",
    },
    "th": {
        Severity.NONE: "ไม่จำเป็น", Severity.SOME: "จำเป็นบ้าง", Severity.SERIOUS: "รุนแรง", Severity.URGENT: "เร่งด่วน",
    },
}  # fmt: skip

MODES = {
    "en": {
        AssessmentMode.HOME: "at their home",
        AssessmentMode.OFFICE: "at the office",
        AssessmentMode.PHONE: "by phone",
    },
    "th": {
        AssessmentMode.HOME: "ที่บ้านของครอบครัว",
        AssessmentMode.OFFICE: "ที่สำนักงาน",
        AssessmentMode.PHONE: "ทางโทรศัพท์",
    },
}
