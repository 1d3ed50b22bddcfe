"""The words of birth registers.

Headings of columns, and what clerks write for sex, papers and certificate forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from casework.people.states import PaperType, Sex
from registration.states import CertificateForm

NO_PAPER = "none"


def _table(written: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """{code: what people write for it} as {what is written: code}."""
    return {word: str(code) for code, words in written.items() for word in words}


SEX = _table(
    {
        Sex.FEMALE: (
            "F", "female", "girl", "woman", "daughter", "G", "♀", "ญ", "หญิง", "ด.ญ.", "เด็กหญิง", "เพศหญิง",
            "ผู้หญิง", "ลูกสาว", "เพศ ญ", "น.ส.", "မ", "မိန်းကလေး", "မိန်းမ", "အမျိုးသမီး", "သမီး", "ကလေးမ", "ပိာ်မုၣ်", "ဖိမုၣ်",
        ),
        Sex.MALE: (
            "M", "male", "boy", "man", "son", "B", "♂", "ช", "ชาย", "ด.ช.", "เด็กชาย", "เพศชาย", "เพศ ช", "ผู้ชาย",
            "ลูกชาย",
            "ကျား", "ယောက်ျားလေး", "ယောက်ျား", "ယောကျ်ား", "အမျိုးသား", "သား", "ကျားကလေး", "ပိာ်ခွါ",
            "ဖိခွါ",
        ),
        Sex.UNKNOWN: (
            "undetermined", "not known", "unknown", "U", "ไม่ชัด", "ไม่ทราบเพศ", "กำกวม",
        ),
    }
)  # fmt: skip

PAPERS = _table(
    {
        NO_PAPER: (
            "none", "no", "no document", "no documents", "no id", "ไม่มี", "ไม่มีเอกสาร", "ไม่มีบัตร",
            "မရှိ",
        ),
        PaperType.PASSPORT: (
            "passport", "PP", "พาสปอร์ต", "พาสปอร์ท", "หนังสือเดินทาง", "passport book", "ပတ်စပို့",
            "နိုင်ငံကူးလက်မှတ်", "PJ",
        ),
        PaperType.TEMP_PASSPORT: (
            "temporary passport", "temp passport", "หนังสือเดินทางชั่วคราว", "พาสปอร์ตชั่วคราว",
            "พาสปอร์ตม่วง",
        ),
        PaperType.CERTIFICATE_OF_IDENTITY: (
            "CI", "C.I.", "certificate of identity", "เอกสารรับรองบุคคล", "เล่มเขียว", "สมุดเล่มเขียว",
        ),
        PaperType.PINK_CARD: (
            "pink card", "pink", "บัตรชมพู", "บัตรสีชมพู", "ชมพู", "non-thai id", "non thai id card",
            "pink id", "บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทย", "บัตรต่างด้าว", "ပန်းရောင်ကတ်",
        ),
        PaperType.WORK_PERMIT: (
            "work permit", "WP", "ใบอนุญาตทำงาน", "ใบอนุญาต", "บัตรทำงาน", "အလုပ်ပါမစ်",
        ),
        PaperType.CAMP_HOUSEHOLD: (
            "camp", "TBC", "ค่าย", "ศูนย์พักพิง", "camp household", "household list tbc",
            "ration book", "ทะเบียนค่าย", "ဒုက္ခသည်စခန်း",
        ),
        PaperType.UNHCR: (
            "UNHCR", "UNHCR card", "ยูเอ็น",
        ),
        PaperType.THAI_ID: (
            "thai id", "thai id card", "บัตรประชาชน", "บัตรประชาชนไทย", "บัตรไทย",
        ),
        PaperType.MM_CSC: (
            "NRC", "CSC", "myanmar id", "บัตรพม่า", "မှတ်ပုံတင်", "နိုင်ငံသားစိစစ်ရေးကတ်",
        ),
        PaperType.MM_HOUSEHOLD_LIST: (
            "household list", "ทะเบียนบ้านพม่า", "အိမ်ထောင်စုစာရင်း",
        ),
        PaperType.BORDER_PASS: (
            "border pass", "บัตรผ่านแดน", "ใบผ่านแดน",
        ),
        PaperType.NO_STATUS_CARD: (
            "no status card", "บัตรเลข 0", "บัตรศูนย์", "บัตรหัว 0", "บัตรบุคคลไม่มีสถานะ", "10 ปี",
            "บัตร 10 ปี",
        ),
        PaperType.PROFILE_38_1: (
            "38/1", "ทร.38/1", "ท.ร.38/1", "TR38/1", "ทะเบียนประวัติ",
        ),
        PaperType.PROFILE_38K: (
            "ทร.38ก", "ท.ร.38 ก", "TR38K",
        ),
    }
)  # fmt: skip

FORMS: dict[str, str] = {
    **{f"{prefix}1": CertificateForm.TR1.value for prefix in ("TR", "ท.ร.", "TorRor")},
    **{f"{prefix}2": CertificateForm.TR2.value for prefix in ("TR", "ท.ร.", "TorRor")},
    **{f"{prefix}3": CertificateForm.TR3.value for prefix in ("TR", "ท.ร.", "TorRor")},
    **{f"{prefix}03": CertificateForm.TR03.value for prefix in ("TR", "ท.ร.", "TorRor")},
    **{f"{prefix}031": CertificateForm.TR031.value for prefix in ("TR", "ท.ร.", "TorRor")},
    **{f"{prefix}20/1": CertificateForm.TR20_1.value for prefix in ("TR", "ท.ร.", "TorRor")},
}

# Headings leave out whose fact it is and the script; the column specification says both.
NUMBER = (
    "ลำดับ", "ลำดับที่", "ที่", "เลขที่", "no", "no.", "#", "seq", "item", "s/n", "sr no", "sl no", "serial no",
    "စဉ်", "အမှတ်စဉ်",
)  # fmt: skip
OPENED = (
    "วันที่รับเรื่อง", "วันรับเรื่อง", "วันที่เปิดเคส", "วันที่รับเคส", "วันที่มา", "วันที่รับบริการ",
    "วันที่ลงทะเบียน", "วันที่รับ", "วันที่มาติดต่อ", "วันที่ติดต่อ", "วันที่มาขอรับบริการ", "date opened", "opened",
    "opened on", "case opened", "intake", "intake date", "date of intake", "date received", "received", "first visit",
    "visit date", "date of visit", "date", "วันที่", "วดป", "ဖွင့်သည့်နေ့", "စာရင်းသွင်းသည့်ရက်",
    "စာရင်းသွင်းသည့်နေ့", "လာရောက်သည့်ရက်", "လာသည့်နေ့", "date enrolled", "enrolled", "enrolled on", "enrolment date",
    "enrollment date", "date of enrolment", "date of first contact", "first contact", "date of contact",
)  # fmt: skip
NAME = (
    "", "ชื่อ", "ชื่อสกุล", "ชื่อนามสกุล", "ชื่อและนามสกุล", "ชื่อตัว", "ชื่อจริง", "ชื่อต้น", "name", "full name",
    "name and surname", "first name", "given name", "forename", "given", "given names", "အမည်", "နာမည်",
)  # fmt: skip
SEX_HEADINGS = (
    "เพศ",
    "sex",
    "gender",
    "sex code",
    "gender code",
    "m/f",
    "f/m",
    "ช/ญ",
    "ชาย/หญิง",
    "boy/girl",
    "လိင်",
    "ကျား/မ",
)
BORN = (
    "วันเกิด", "เกิด", "เกิดวันที่", "เกิดเมื่อ", "วันที่เกิด", "วันเดือนปีเกิด", "วดปเกิด", "date of birth", "dob",
    "birth date", "birthdate", "birthday", "born", "born on", "date born", "birth", "วันที่คลอด", "วันคลอด",
    "คลอดวันที่", "คลอดเมื่อ", "วันเดือนปีคลอด", "date of delivery", "delivery date", "date time of delivery",
    "date time of birth", "bdate", "delivery date time", "birth date time", "วันเวลาเกิด", "วันเวลาคลอด",
    "วันที่และเวลาเกิด",
    "วันที่และเวลาคลอด", "date delivered", "delivered on", "မွေးနေ့", "မွေးရက်", "မွေး", "မွေးဖွား", "မွေးသက္ကရာဇ်",
    "မွေးဖွားသည့်နေ့",
)  # fmt: skip
WEIGHT = (
    "น้ำหนัก", "น้ำหนักแรกเกิด", "น้ำหนักแรกคลอด", "นน", "นน.แรกเกิด", "weight", "birth weight", "wt",
    "bw", "birth wt", "bwt", "weight g", "weight kg", "weight grams", "birth weight g", "birth weight kg",
    "น้ำหนักกรัม",
    "น้ำหนักกก", "weight lb", "weight lbs", "birth weight lb", "birth weight lbs", "น้ำหนักปอนด์",
    "ကိုယ်အလေးချိန်", "မွေးဖွားချိန်အလေးချိန်",
)  # fmt: skip
UNITS = ((re.compile(r"\blbs?\b|\bpounds?\b|ปอนด์|ပေါင်(?!း)"), "lb"),)
"""A weight in kilograms or grams shows by its size which it is; one in pounds does not."""
HOSPITAL_NO = (
    "HN", "hn no", "hn number", "hospital number", "hospital no", "เลข hn", "เลขที่โรงพยาบาล",
    "เลขที่ผู้ป่วย", "เลขที่ HN", "ဆေးရုံအမှတ်",
)  # fmt: skip
PAPER = (
    "เอกสาร", "ประเภทเอกสาร", "เอกสารประจำตัว", "บัตร", "ประเภทบัตร", "document", "documents", "doc",
    "doc type", "document type", "type of document", "id type", "id", "paper", "papers", "id document",
    "စာရွက်စာတမ်း",
)  # fmt: skip
WHOSE_NUMBER = (
    "เลข 13 หลัก", "เลขประจำตัว 13 หลัก", "เลขประจำตัวประชาชน", "เลขประจำตัว", "เลขบัตรประชาชน", "เลข ปชช", "เลขบัตร ปชช",
    "หมายเลข 13 หลัก",
    "13 digits", "13 digit number", "13-digit", "13 digit id", "13-digit id number", "id number", "id no", "id 13",
    "id card no", "id card number", "national id", "national id no", "national id number", "national number", "pin",
    "cid", "အမှတ် 13 လုံး", "ဂဏန်း 13 လုံး",
)  # fmt: skip
"""Numbers of a child as well as of its mother."""
PAPER_NUMBER = (
    *WHOSE_NUMBER, "เลขที่เอกสาร", "เลขเอกสาร", "เลขที่บัตร", "เลขบัตร", "เลขที่", "หมายเลขเอกสาร", "เลขประจำตัว",
    "เลขที่พาสปอร์ต", "document number", "document no", "doc no", "doc number", "id no", "id number", "id", "number",
    "paper number", "passport no", "passport number", "passport", "card no", "card number", "id card", "nrc",
    "nrc no", "nrc number", "csc no", "ci no", "pink card no", "work permit no", "พาสปอร์ต", "เลขพาสปอร์ต",
    "เลขหนังสือเดินทาง", "หนังสือเดินทางเลขที่", "เลขบัตรชมพู", "เลขบัตรสีชมพู", "เลขบัตรต่างด้าว", "เลขต่างด้าว",
    "စာရွက်စာတမ်းအမှတ်", "မှတ်ပုံတင်အမှတ်", "မှတ်ပုံတင်", "မှတ်ပုံတင်နံပါတ်", "ပတ်စပို့အမှတ်",
)  # fmt: skip
PHONE = (
    "โทร", "โทรศัพท์", "เบอร์โทร", "เบอร์", "เบอร์โทรศัพท์", "เบอร์ติดต่อ", "หมายเลขโทรศัพท์",
    "มือถือ", "phone", "phone no", "phone number", "ph", "ph no", "tel", "tel no", "telephone", "mobile", "contact",
    "contact number", "contact no", "ဖုန်း", "ဖုန်းနံပါတ်",
)  # fmt: skip
DELIVERY_PROOF = (
    "ท.ร.1/1", "ทร 1/1", "TR1/1", "TR 1/1 form", "tor ror 1/1", "delivery certificate", "birth notification form",
    "หนังสือรับรองการเกิด", "ใบรับรองการเกิด", "ใบรับรองการคลอด", "hospital certificate", "มี ท.ร.1/1",
    "ท.ร.1/1 เลขที่", "เลขที่ ท.ร.1/1", "TR1/1 no",
)  # fmt: skip
SUBMITTED = (
    "วันที่แจ้งเกิด", "วันแจ้งเกิด", "แจ้งเกิด", "วันที่แจ้ง", "วันที่ยื่น", "วันยื่น",
    "วันที่ยื่นเรื่อง", "วันที่ยื่นคำร้อง", "date submitted", "submitted", "submitted on",
    "submission date", "date of submission", "date notified", "notified", "notified on",
    "notification date", "date of notification", "birth notification", "birth notification date",
    "filed", "date filed", "application date", "date applied", "လျှောက်သည့်နေ့",
)  # fmt: skip
REGISTERED_OR_OPENED = (
    "date registered", "registered", "registered on", "registration", "registration date", "date of registration",
    "reg date", "date of reg", "วันที่ขึ้นทะเบียน",
)  # fmt: skip
"""The day of the certificate, or the day on which a clinic took the family into its own register."""
REGISTERED = (
    *REGISTERED_OR_OPENED, "birth registration", "birth registration date", "birth registered", "birth registered on",
    "date of birth registration", "วันที่ได้สูติบัตร", "วันที่ได้รับสูติบัตร", "วันที่รับสูติบัตร", "วันได้สูติบัตร",
    "วันที่ออกสูติบัตร", "สูติบัตร วันที่รับ", "สูติบัตร วันที่ได้รับ", "สูติบัตร วันที่ออก", "ได้สูติบัตร",
    "ได้รับสูติบัตร", "วันที่จดทะเบียน", "certificate date", "date of certificate", "certificate received",
    "certificate issued", "birth certificate date", "birth certificate received", "birth certificate issued",
    "bc date", "bc received", "bc rec'd", "bc issued", "date of bc", "วันที่ได้ใบเกิด", "วันที่รับใบเกิด",
    "วันได้ใบเกิด", "วันรับใบเกิด", "ได้ใบเกิด", "รับใบเกิด", "မွေးစာရင်းရသည့်နေ့",
)  # fmt: skip
FORM = (
    "ประเภท", "ประเภทสูติบัตร", "ชนิดสูติบัตร", "แบบสูติบัตร", "แบบ", "form", "certificate form",
    "certificate type", "type of certificate", "form of certificate", "bc type", "type",
    "birth certificate type",
)  # fmt: skip
CHILD_NUMBER = (*WHOSE_NUMBER, "thai id", "เลขในสูติบัตร", "certificate number", "registration number", "bc no",
    "bc number", "birth certificate no", "birth certificate number")  # fmt: skip
REMARKS = ("หมายเหตุ", "remark", "remarks", "note", "notes", "comment", "comments", "မှတ်ချက်")
TIME = (
    "เวลา", "เวลาเกิด", "เวลาคลอด", "time", "time of birth", "birth time", "time born", "time of delivery",
    "delivery time", "hour", "tob", "btime", "မွေးချိန်", "အချိန်", "မွေးဖွားချိန်",
)  # fmt: skip
TWIN = (
    "แฝด",
    "ครรภ์แฝด",
    "ลูกแฝด",
    "twin",
    "twins",
    "twin order",
    "multiple birth",
    "multiple",
    "single/twin",
    "singleton/twin",
    "plurality",
    "อันดับแฝด",
    "ลำดับแฝด",
    "အမွှာ",
)
ADDRESS = (
    "ที่อยู่", "ที่อยู่ปัจจุบัน", "บ้านเลขที่", "address", "current address", "village", "หมู่บ้าน",
    "လိပ်စာ", "နေရပ်လိပ်စာ", "present address",
)  # fmt: skip
PLACE = (
    "สถานที่เกิด", "สถานที่คลอด", "เกิดที่", "คลอดที่", "place of birth", "birth place", "birthplace",
    "born at", "place of delivery", "delivery place", "မွေးရပ်", "မွေးဖွားသည့်နေရာ", "မွေးရာဇာတိ",
)  # fmt: skip
