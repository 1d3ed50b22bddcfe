"""The invented cast of the demo: offices, people, their roles and the one password they share."""

from __future__ import annotations

from dataclasses import dataclass

from casework.accounts.states import OfficeKind, Role

DEMO_PASSWORD = "casework-demo-2026"  # noqa: S105  printed at start-up; demo accounts cannot exist on a real site


@dataclass(frozen=True, kw_only=True)
class DemoOffice:
    """An office of the demo."""

    code: str
    name_en: str
    name_th: str
    name_my: str
    province_code: str
    phone: str
    address_en: str
    address_th: str
    letter_prefix: str
    kind: str = OfficeKind.OFFICE


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """A person of the demo: (role, office code, programme) triples are the grants; an empty programme means all."""

    username: str
    full_name: str
    name_th: str
    language: str
    grants: tuple[tuple[str, str, str], ...]
    position_th: str = ""
    position_en: str = ""


OFFICES = (
    DemoOffice(
        code="MS", name_en="Legal clinic, Mae Sot Hospital", name_th="คลินิกกฎหมาย โรงพยาบาลแม่สอด",
        name_my="ဥပဒေဆေးခန်း၊ မဲဆောက်ဆေးရုံ", province_code="63", phone="055 000 101",
        address_en="175/16 Si Phanit Road, Mae Sot, Tak 63110",
        address_th="๑๗๕/๑๖ ถนนศรีพานิช ตำบลแม่สอด อำเภอแม่สอด จังหวัดตาก ๖๓๑๑๐", letter_prefix="คก",
    ),
    DemoOffice(
        code="RN", name_en="Ranong office", name_th="สำนักงานระนอง", name_my="ရနောင်းရုံး", province_code="85",
        phone="077 000 102", address_en="12 Tha Mueang Road, Mueang Ranong, Ranong 85000",
        address_th="๑๒ ถนนท่าเมือง ตำบลเขานิเวศน์ อำเภอเมืองระนอง จังหวัดระนอง ๘๕๐๐๐", letter_prefix="รน",
    ),
    DemoOffice(
        code="PN", name_en="Phang Nga office", name_th="สำนักงานพังงา", name_my="ဖန်ငရုံး", province_code="82",
        phone="076 000 103", address_en="48 Phetkasem Road, Takua Pa, Phang Nga 82110",
        address_th="๔๘ ถนนเพชรเกษม ตำบลตะกั่วป่า อำเภอตะกั่วป่า จังหวัดพังงา ๘๒๑๑๐", letter_prefix="พง",
    ),
    DemoOffice(
        code="BK", name_en="Bangkok office", name_th="สำนักงานกรุงเทพ", name_my="ဘန်ကောက်ရုံး", province_code="10",
        phone="02 000 0104", address_en="9 Soi Ari, Phaya Thai, Bangkok 10400",
        address_th="๙ ซอยอารีย์ แขวงพญาไท เขตพญาไท กรุงเทพมหานคร ๑๐๔๐๐", letter_prefix="กท",
    ),
    DemoOffice(
        code="PR", name_en="Practice office", name_th="สำนักงานฝึกหัด", name_my="လေ့ကျင့်ရေးရုံး", province_code="63",
        phone="", address_en="", address_th="", letter_prefix="ฝห", kind=OfficeKind.PRACTICE,
    ),
)  # fmt: skip


def _everywhere(role: str) -> tuple[tuple[str, str, str], ...]:
    """A role in the three offices that one team of the fund works for."""
    return tuple((role, code, "") for code in ("MS", "RN", "PN"))


ACCOUNTS = (
    DemoAccount(
        username="naw.kham", full_name="Naw Kham", name_th="หน่อ คำ", language="en",
        position_th="เจ้าหน้าที่ดูแลรายกรณี", grants=((Role.CASEWORKER, "MS", ""),),
    ),
    DemoAccount(
        username="thida.oo", full_name="Thida Oo", name_th="ธิดา อู", language="my",
        position_th="เจ้าหน้าที่ดูแลรายกรณี", grants=((Role.CASEWORKER, "MS", ""),),
    ),
    DemoAccount(
        username="somchai.k", full_name="Somchai Kaewta", name_th="สมชาย แก้วตา", language="th",
        position_th="หัวหน้าคลินิกกฎหมาย", position_en="Head of the legal clinic",
        grants=((Role.SUPERVISOR, "MS", ""),),
    ),
    DemoAccount(
        username="preecha.w", full_name="Preecha Wongsa", name_th="ปรีชา วงษา", language="th",
        position_th="นักกฎหมาย", position_en="Lawyer", grants=((Role.SUPERVISOR, "MS", ""),),
    ),
    DemoAccount(
        username="mya.win", full_name="Mya Win", name_th="เมียะ วิน", language="my",
        position_th="เจ้าหน้าที่ดูแลรายกรณี", grants=((Role.CASEWORKER, "RN", ""),),
    ),
    DemoAccount(
        username="kanya.s", full_name="Kanya Srisuk", name_th="กัญญา ศรีสุข", language="th",
        position_th="หัวหน้าสำนักงานระนอง", position_en="Head of the Ranong office",
        grants=((Role.SUPERVISOR, "RN", ""),),
    ),
    DemoAccount(
        username="suda.p", full_name="Suda Phromma", name_th="สุดา พรหมมา", language="th",
        position_th="เจ้าหน้าที่ดูแลรายกรณี", grants=((Role.CASEWORKER, "PN", ""),),
    ),
    DemoAccount(
        username="nan.su", full_name="Nan Su Lwin", name_th="นาน ซู ลวิน", language="en",
        position_th="เจ้าหน้าที่ฝึกหัด", grants=((Role.CASEWORKER, "PR", ""), (Role.SUPERVISOR, "PR", "")),
    ),
    DemoAccount(
        username="ploy.m", full_name="Ploy Meechai", name_th="พลอย มีชัย", language="en",
        position_th="เจ้าหน้าที่กองทุน", grants=_everywhere(Role.FUND_OFFICER),
    ),
    DemoAccount(
        username="nok.s", full_name="Nok Saelim", name_th="นก แซ่ลิ้ม", language="th",
        position_th="เจ้าหน้าที่กองทุน", grants=_everywhere(Role.FUND_OFFICER),
    ),
    DemoAccount(
        username="malee.c", full_name="Malee Chaiyo", name_th="มาลี ไชโย", language="en",
        position_th="ผู้จัดการกองทุน", grants=_everywhere(Role.FUND_MANAGER),
    ),
    DemoAccount(
        username="anan.j", full_name="Anan Jaidee", name_th="อนันต์ ใจดี", language="en",
        position_th="เจ้าหน้าที่การเงินและคลัง", grants=_everywhere(Role.CASHIER),
    ),
    DemoAccount(
        username="daniel.r", full_name="Daniel Ruiz", name_th="แดเนียล รูอิซ", language="en",
        position_th="ผู้จัดการโครงการ",
        grants=((Role.MANAGER, "MS", ""), (Role.MANAGER, "RN", ""), (Role.MANAGER, "PN", ""), (Role.MANAGER, "BK", "")),
    ),
    DemoAccount(
        username="lin.aye", full_name="Lin Aye", name_th="ลิน เอ", language="en", position_th="เจ้าหน้าที่ติดตามผล",
        grants=((Role.MONITORING, "MS", ""), (Role.MONITORING, "RN", ""), (Role.MONITORING, "PN", "")),
    ),
    DemoAccount(
        username="wanida.t", full_name="Wanida Thongdee", name_th="วนิดา ทองดี", language="th",
        position_th="เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล", grants=((Role.DATA_PROTECTION, "BK", ""),),
    ),
    DemoAccount(
        username="admin", full_name="Anong Rattana", name_th="อนงค์ รัตนา", language="en",
        position_th="ผู้ดูแลระบบ", grants=((Role.ADMINISTRATOR, "BK", ""),),
    ),
    DemoAccount(
        username="admin.two", full_name="Wichai Boonmee", name_th="วิชัย บุญมี", language="th",
        position_th="ผู้ดูแลระบบ", grants=((Role.ADMINISTRATOR, "BK", ""),),
    ),
    DemoAccount(
        username="auditor", full_name="Helen Marsh", name_th="เฮเลน มาร์ช", language="en", position_th="ผู้ตรวจสอบ",
        grants=((Role.AUDITOR, "MS", ""), (Role.AUDITOR, "RN", "")),
    ),
    DemoAccount(
        username="partner", full_name="Saw Htoo", name_th="ซอ ทู", language="en", position_th="ผู้ประสานงานโรงเรียน",
        grants=((Role.PARTNER, "MS", ""),),
    ),
    DemoAccount(
        username="sunisa.p", full_name="Sunisa Pongpan", name_th="สุนิสา พงษ์พันธ์", language="th",
        position_th="พยาบาลหอผู้ป่วยหลังคลอด", grants=((Role.WARD, "MS", ""),),
    ),
)  # fmt: skip
