"""Invented families for the papers, as ready words."""

from __future__ import annotations

from dataclasses import replace

from casework.documents.compose import Stamp
from registration.papers.appointment import AppointmentSlip
from registration.papers.checklist import ChecklistLine, FamilyChecklist
from registration.papers.consent import NoticeAndConsent, Sharing, plain_notice
from registration.papers.letter import LetterChild, LetterParent, ReferralLetter
from registration.papers.office_letter import Enclosure
from registration.papers.parts import Clinic, Names, Person, Said
from registration.papers.plan import FamilyPlan, NeedLine, PlanGoal, PlanPaper, PlanStep
from registration.papers.receipt import HandedPaper, HandoverReceipt
from registration.papers.spelling import SpelledChild, SpellingSheet
from registration.papers.summary import CaseSummary, EventLine, Line, PaperLine, SubmissionLine
from registration.papers.witness import KindOfWitness, Statement, WitnessSheet
from registration.words.witness import KINDS

STAMP = Stamp(
    code="K7PD-3MXA-9QRT",
    url="https://casework.example.org/verify/K7PD3MXA9QRT/",
    made_at="23 พ.ย. 2569 14:05 น.",
    made_by="ศิริพร คำแก้ว",
    office="คลินิกกฎหมาย โรงพยาบาลแม่สอด",
    reference="BR-7K2M9Q",
)

CLINIC = Clinic(
    name="คลินิกกฎหมายเพื่อเด็กข้ามชาติ โรงพยาบาลแม่สอด",
    address="175/16 ถนนศรีพานิช อำเภอแม่สอด จังหวัดตาก 63110",
    phone="055 000 111",
    hours="จันทร์ถึงศุกร์ 08.30–16.30 น.",
)

LETTER = ReferralLetter(
    number="คกม. 118/2569",
    date="23 พฤศจิกายน พ.ศ. 2569",
    sender=CLINIC,
    recipient="นายทะเบียนท้องถิ่นเทศบาลนครแม่สอด",
    enclosures=(
        Enclosure(name="หนังสือรับรองการเกิด (ท.ร.1/1) ของโรงพยาบาลแม่สอด", count="1 ฉบับ"),
        Enclosure(name="สำเนาบัตรประจำตัวคนซึ่งไม่มีสัญชาติไทยของมารดา", count="1 ฉบับ"),
        Enclosure(name="แบบตกลงการสะกดชื่อ", count="1 แผ่น"),
    ),
    children=(
        LetterChild(
            name="เด็กหญิงพอวา",
            name_latin="Naw Paw Wah",
            sex="หญิง",
            born="วันอังคารที่ 17 พฤศจิกายน พ.ศ. 2569 (ค.ศ. 2026)",
            time="04.35 น.",
            place="โรงพยาบาลแม่สอด ตำบลแม่สอด อำเภอแม่สอด จังหวัดตาก",
            order="",
            weight="3,100\u00a0กรัม",
        ),
    ),
    mother=LetterParent(
        name="นางสาวหน่อเอมู",
        name_latin="Naw Eh Mu",
        paper="บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทย เลขที่\u00a000-6301-000123-4",
        address="บ้านเลขที่ 12 หมู่ 3 ตำบลท่าสายลวด อำเภอแม่สอด จังหวัดตาก",
    ),
    father=LetterParent(
        name="นายซอทูวา", name_latin="Saw Htoo Wah", no_paper="ไม่มีเอกสารแสดงตน เนื่องจากหนังสือเดินทางสูญหายระหว่างเปลี่ยนที่ทำงาน"
    ),
    notifier="นางสาวหน่อเอมู มารดา แจ้งด้วยตนเอง",
    due="วันพุธที่ 2 ธันวาคม พ.ศ. 2569",
    late_reason="",
    is_late=False,
    contact=Person(name="ศิริพร คำแก้ว"),
    contact_phone="055 000 111",
    signatory=Person(name="กาญจนา วงศ์ไพร", position="หัวหน้าคลินิกกฎหมาย"),
    children_count="1 ราย",
)

TWIN = LETTER.children[0]
TWINS_LETTER = replace(
    LETTER,
    children=(
        replace(TWIN, order="แฝดคนที่ 1", weight="2,350\u00a0กรัม"),
        replace(TWIN, order="แฝดคนที่ 2", name="เด็กชายพอเซ", name_latin="Saw Paw Say", sex="ชาย", time="04.52 น."),
    ),
    children_count="2 ราย (แฝด)",
    is_late=True,
    due="",
    late_reason="มารดาพักรักษาตัวหลังคลอด",
)

LETTER_EN = replace(
    LETTER,
    number="118/2569",
    date="23 November 2026 (2569 พ.ศ.)",
    sender=Clinic(
        name="Legal Clinic for Migrant Children, Mae Sot Hospital",
        address="175/16 Sri Phanit Road, Mae Sot, Tak 63110",
        phone="055 000 111",
    ),
    recipient="The Local Registrar, Mae Sot City Municipality",
    enclosures=(
        Enclosure(name="Delivery certificate (Tor.Ror.1/1) of Mae Sot Hospital", count="1 original"),
        Enclosure(name="Copy of the mother's non-Thai identity card", count="1 copy"),
    ),
    children=(
        replace(
            TWIN,
            sex="girl",
            born="Tuesday 17 November 2026 (พ.ศ. 2569)",
            time="04:35",
            place="Mae Sot Hospital, Mae Sot, Tak",
            weight="3,100\u00a0g",
        ),
    ),
    mother=replace(
        LETTER.mother, paper="non-Thai identity card no. 00-6301-000123-4", address="12 Moo 3, Tha Sai Luat"
    ),
    father=LetterParent(name="", not_named_reason="Not named: the mother does not wish to say."),
    notifier="Naw Eh Mu, mother, in person",
    due="Wednesday 2 December 2026 (พ.ศ. 2569)",
    contact=Person(name="Siriporn Khamkaew"),
    signatory=Person(name="Kanchana Wongphrai", position="Head of the Legal Clinic"),
    children_count="1 child",
)

PAW_WAH = Names(th="เด็กหญิงพอวา", latin="Naw Paw Wah", my="နော်ဖော်ဝါး")
EH_MU = Names(th="นางสาวหน่อเอมู", latin="Naw Eh Mu", my="နော်အယ်မူ")
HTOO_WAH = Names(th="นายซอทูวา", latin="Saw Htoo Wah", my="စောထူးဝါး")
DUE = Said(
    main="ဗုဒ္ဓဟူးနေ့၊ ၂ ဒီဇင်ဘာ ၂၀၂၆ (ထိုင်းနှစ် ၂၅၆၉)",
    th="วันพุธที่ 2 ธันวาคม พ.ศ. 2569 (ค.ศ. 2026)",
)
OFFICE = Said(main="မဲဆောက်မြို့တော်စည်ပင် မှတ်ပုံတင်ရုံး", th="สำนักทะเบียนท้องถิ่นเทศบาลนครแม่สอด")
ADDRESS = Said(main="မြို့တော်ခန်းမ မြေညီထပ်၊ ကောင်တာ ၄", th="สำนักงานเทศบาลนครแม่สอด ชั้น 1 ช่อง 4")

CHECKLIST = FamilyChecklist(
    children=(PAW_WAH,),
    mother=EH_MU,
    office=OFFICE,
    office_address=ADDRESS,
    due=DUE,
    have=(
        ChecklistLine(
            name=Said(main="ဆေးရုံမှ မွေးဖွားမှုထောက်ခံစာ", th="หนังสือรับรองการเกิดจากโรงพยาบาล"),
            note=Said(main="မူရင်းကို ယူလာပါ", th="นำฉบับจริงมาด้วย"),
        ),
        ChecklistLine(name=Said(main="မိခင်၏ ပန်းရောင်ကတ်", th="บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทยของแม่")),
    ),
    missing=(
        ChecklistLine(
            name=Said(main="ဖခင်၏ အထောက်အထားစာရွက်စာတမ်း", th="เอกสารแสดงตนของพ่อ"),
            note=Said(main="မူရင်း သို့မဟုတ် မိတ္တူ", th="ฉบับจริงหรือสำเนา"),
            source=Said(main="ဖခင်၏ အလုပ်ရှင်ထံမှ", th="ขอจากนายจ้างของพ่อ"),
            by="27 พ.ย. 2569 (2026)",
        ),
        ChecklistLine(
            name=Said(main="အိမ်ထောင်စုစာရင်း မိတ္တူ", th="สำเนาทะเบียนบ้านของบ้านที่เด็กอาศัยอยู่"),
            source=Said(main="အိမ်ရှင် သို့မဟုတ် ရပ်ကွက်အကြီးအကဲထံမှ", th="ขอจากเจ้าของบ้านหรือผู้ใหญ่บ้าน"),
            by="30 พ.ย. 2569 (2026)",
        ),
    ),
    clinic=CLINIC,
    read_in=Said(main="စကောကရင်", th="กะเหรี่ยงสะกอ"),
)
CHECKLIST_TH = replace(
    CHECKLIST,
    office=Said(main=OFFICE.th),
    office_address=Said(main=ADDRESS.th),
    due=Said(main=DUE.th),
    have=tuple(ChecklistLine(name=Said(main=i.name.th), note=Said(main=i.note.th)) for i in CHECKLIST.have),
    missing=tuple(
        ChecklistLine(name=Said(main=i.name.th), note=Said(main=i.note.th), source=Said(main=i.source.th), by=i.by)
        for i in CHECKLIST.missing
    ),
    read_in=Said(main=""),
)

APPOINTMENT = AppointmentSlip(
    children=(PAW_WAH,),
    day=Said(main="တနင်္လာနေ့၊ ၃၀ နိုဝင်ဘာ ၂၀၂၆ (ထိုင်းနှစ် ၂၅၆၉)", th="วันจันทร์ที่ 30 พฤศจิกายน พ.ศ. 2569"),
    time="09:30",
    office=OFFICE,
    address=ADDRESS,
    way=Said(
        main="ဆေးရုံရှေ့မှ အပြာရောင်လိုင်းကားစီး၍ ဈေးကြီးရှေ့တွင် ဆင်းပါ။ မြို့တော်ခန်းမသည် ဈေး၏ ညာဘက်တွင် ရှိပါသည်။",
        th="ขึ้นรถสองแถวสีน้ำเงินหน้าโรงพยาบาล ลงหน้าตลาด สำนักงานอยู่ด้านขวาของตลาด",
    ),
    who=(Said(main="မိခင်", th="แม่"), Said(main="ကလေး", th="เด็ก")),
    bring=(
        Said(main="ဆေးရုံမှ မွေးဖွားမှုထောက်ခံစာ မူရင်း", th="หนังสือรับรองการเกิดฉบับจริง"),
        Said(main="မိခင်၏ ပန်းရောင်ကတ်", th="บัตรของแม่"),
    ),
    clinic=CLINIC,
)

RECEIPT = HandoverReceipt(
    child=PAW_WAH,
    papers=(
        HandedPaper(name=Said(main="မွေးစာရင်း မူရင်း", th="สูติบัตรฉบับจริง"), number="6301-2569-00418", count="1"),
        HandedPaper(name=Said(main="မွေးစာရင်း မိတ္တူ", th="สำเนาสูติบัตร"), count="2"),
    ),
    receiver="Naw Eh Mu",
    relation=Said(main="မိခင်", th="มารดา"),
    seen=Said(main="ပန်းရောင်ကတ်", th="บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทย"),
    on=Said(main="၁၄ ဒီဇင်ဘာ ၂၀၂၆", th="14 ธันวาคม พ.ศ. 2569"),
    giver=Person(name="ศิริพร คำแก้ว"),
    interpreter="Naw Mu Mu",
    clinic=CLINIC,
)

SPELLING = SpellingSheet(
    children=(
        SpelledChild(
            names=PAW_WAH,
            sex=Said(main="မိန်းကလေး", th="หญิง"),
            born=Said(main="အင်္ဂါနေ့၊ ၁၇ နိုဝင်ဘာ ၂၀၂၆", th="วันอังคารที่ 17 พฤศจิกายน พ.ศ. 2569"),
            place=Said(main="မဲဆောက်ဆေးရုံ", th="โรงพยาบาลแม่สอด"),
            order=Said(main=""),
        ),
    ),
    mother=EH_MU,
    father=HTOO_WAH,
    agreed_on=Said(main="၂၃ နိုဝင်ဘာ ၂၀၂၆"),
    clinic=CLINIC,
)

CONSENT = NoticeAndConsent(
    child=PAW_WAH,
    giver="Naw Eh Mu",
    relation=Said(main="မိခင်", th="มารดา"),
    notice=plain_notice("my", CLINIC.phone),
    sharings=(
        Sharing(
            purpose=Said(main="ကျန်းမာရေးအာမခံ လျှောက်ထားရန်", th="ขอทำประกันสุขภาพ"),
            recipient=Said(main="မဲဆောက်ဆေးရုံ အာမခံဌာန", th="ศูนย์ประกันสุขภาพ โรงพยาบาลแม่สอด"),
            shared=Said(main="အမည်၊ မွေးနေ့၊ ဖုန်းနံပါတ်", th="ชื่อ วันเกิด โทรศัพท์"),
            answer="yes",
        ),
        Sharing(
            purpose=Said(main="ကျောင်းအပ်ရန်", th="เข้าโรงเรียน"),
            recipient=Said(main="ပညာရေးဌာန", th="สำนักงานเขตพื้นที่การศึกษา"),
            shared=Said(main="အမည်နှင့် မွေးနေ့", th="ชื่อและวันเกิด"),
            answer="no",
        ),
        Sharing(
            purpose=Said(main="ကာကွယ်ဆေးထိုးရန် ချိန်းဆိုခြင်း", th="นัดฉีดวัคซีน"),
            recipient=Said(main="ကျန်းမာရေးဌာန", th="โรงพยาบาลส่งเสริมสุขภาพตำบล"),
            shared=Said(main="အမည်၊ မွေးနေ့၊ လိပ်စာ", th="ชื่อ วันเกิด ที่อยู่"),
        ),
    ),
    told_in=Said(main="စကောကရင်", th="กะเหรี่ยงสะกอ"),
    interpreter="Naw Mu Mu",
    staff=Person(name="ศิริพร คำแก้ว"),
    on=Said(main="၂၃ နိုဝင်ဘာ ၂၀၂၆", th="23 พฤศจิกายน พ.ศ. 2569"),
    clinic=CLINIC,
)

GOALS = (
    PlanGoal(
        title="เด็กมีสูติบัตร",
        by="2\u00a0ธ.ค. 2569",
        steps=(
            PlanStep(
                what="ขอหนังสือรับรองการเกิดจากหอผู้ป่วย",
                who="ศิริพร คำแก้ว",
                by="24\u00a0พ.ย. 2569",
                state="ทำแล้ว",
                is_done=True,
            ),
            PlanStep(
                what="พาแม่ไปสำนักทะเบียน", who="ศิริพร คำแก้ว และแม่", by="30\u00a0พ.ย. 2569", state="ต้องทำ", is_done=False
            ),
        ),
    ),
    PlanGoal(
        title="เด็กได้รับวัคซีนครบตามวัย",
        by="",
        steps=(PlanStep(what="นัดวัคซีนสองเดือน", who="แม่", by="17\u00a0ม.ค. 2570", state="ต้องทำ", is_done=False),),
    ),
)
PLAN = PlanPaper(
    child=PAW_WAH,
    number="1",
    review_on="23\u00a0ก.พ. 2570",
    approved="กาญจนา วงศ์ไพร, 24\u00a0พ.ย. 2569",
    needs=(
        NeedLine(domain="เอกสารและสถานะ", severity="เร่งด่วน", text="ยังไม่มีสูติบัตร ครบกำหนดแจ้งใน 9 วัน"),
        NeedLine(domain="สุขภาพ", severity="ปกติ", text="น้ำหนักตามเกณฑ์ ยังไม่มีประกันสุขภาพ"),
    ),
    strengths="แม่พูดไทยได้ดี มียายช่วยเลี้ยง",
    views=("แม่อยากให้ลูกเรียนหนังสือในโรงเรียนไทย",),
    goals=GOALS,
    worker="ศิริพร คำแก้ว",
    supervisor="กาญจนา วงศ์ไพร",
)
FAMILY_PLAN = FamilyPlan(
    child=PAW_WAH,
    goals=(
        PlanGoal(
            title="ကလေးတွင် မွေးစာရင်း ရှိရန်",
            by="2\u00a0ဒီဇင်ဘာ 2026",
            steps=(
                PlanStep(what="ဆေးရုံမှ ထောက်ခံစာ ယူရန်", who="ရုံးဝန်ထမ်း", by="24\u00a0နိုဝင်ဘာ", state="", is_done=True),
                PlanStep(what="မှတ်ပုံတင်ရုံးသို့ သွားရန်", who="မိခင်", by="30\u00a0နိုဝင်ဘာ", state="", is_done=False),
            ),
        ),
    ),
    review_on=Said(main="အင်္ဂါနေ့၊ 23 ဖေဖော်ဝါရီ 2027", th="23 กุมภาพันธ์ พ.ศ. 2570"),
    worker="ศิริพร คำแก้ว",
    clinic=CLINIC,
)
SUMMARY = CaseSummary(
    is_masked=False,
    status=(Line(label="ขั้นตอน", value="กำลังรวบรวมเอกสาร"), Line(label="ครบกำหนดแจ้งเกิด", value="2\u00a0ธ.ค. 2569")),
    facts=(
        Line(label="เด็ก", value="เด็กหญิงพอวา (Naw Paw Wah) เพศหญิง"),
        Line(label="เกิด", value="17\u00a0พ.ย. 2569 เวลา 04.35 น. โรงพยาบาลแม่สอด 3,100\u00a0กรัม"),
    ),
    people=(Line(label="มารดา", value="นางสาวหน่อเอมู (Naw Eh Mu)"), Line(label="บิดา", value="นายซอทูวา (Saw Htoo Wah)")),
    certificate=(
        Line(label="แบบและเลขที่", value="ท.ร.031 · 6301-2569-00418"),
        Line(label="มอบให้ครอบครัว", value="14\u00a0ธ.ค. 2569, Naw Eh Mu (มารดา)"),
    ),
    flags=("ใกล้ครบกำหนด", "บิดาไม่มีเอกสาร"),
    papers=(
        PaperLine(name="หนังสือรับรองการเกิด (ท.ร.1/1)", state="เห็นฉบับจริงแล้ว"),
        PaperLine(name="เอกสารแสดงตนของบิดา", state="ยังขาด", note="หนังสือเดินทางสูญหาย"),
    ),
    submissions=(SubmissionLine(date="20\u00a0พ.ย. 2569", office="เทศบาลนครแม่สอด", result="ส่งคืน: เอกสารไม่ครบ"),),
    timeline=(
        EventLine(date="18\u00a0พ.ย. 2569", what="เปิดเรื่อง", who="ศิริพร คำแก้ว"),
        EventLine(date="20\u00a0พ.ย. 2569", what="ยื่นต่อสำนักทะเบียนครั้งที่ 1", who="ศิริพร คำแก้ว"),
    ),
)
SUMMARY_EN = CaseSummary(
    is_masked=True,
    status=(Line(label="Stage", value="Gathering papers"),),
    facts=(Line(label="Child", value="N. P. W., girl"), Line(label="Born", value="Nov 2026, Mae Sot")),
    people=(Line(label="Mother", value="N. E. M."),),
    flags=(),
    papers=(),
    submissions=(),
    timeline=(EventLine(date="18\u00a0Nov 2026", what="Case opened", who="S. K."),),
)

SAID = {kind: Said(main=words["my"], th=words["th"]) for kind, words in KINDS.items()}
WITNESSES = WitnessSheet(
    child=PAW_WAH,
    sex=SPELLING.children[0].sex,
    born=SPELLING.children[0].born,
    place=SPELLING.children[0].place,
    mother=SPELLING.mother,
    father=SPELLING.father,
    statements=(
        Statement(
            name="Naw Hser Gay", relation="Grandmother", contact="081 000 2222",
            kinds=tuple(KindOfWitness(words=words, is_theirs=kind == "attendant") for kind, words in SAID.items()),
        ),
        Statement(kinds=tuple(KindOfWitness(words=words) for words in SAID.values())),
    ),
    staff="ศิริพร คำแก้ว",
    interpreter="Saw Eh Doh",
    clinic=CLINIC,
    read_in=CHECKLIST.read_in,
)  # fmt: skip
WITNESS_TH = replace(
    WITNESSES,
    sex=Said(main=WITNESSES.sex.th),
    born=Said(main=WITNESSES.born.th),
    place=Said(main=WITNESSES.place.th),
    read_in=Said(main=""),
    statements=(Statement(kinds=tuple(KindOfWitness(words=Said(main=words["th"])) for words in KINDS.values())),),
)
