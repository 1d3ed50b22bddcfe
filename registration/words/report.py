"""Words of the figures of birth registration. Thai stands here because the programme report is a paper."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from registration.states import Block

from . import quality

ENGLISH = {
    # large numbers
    "open": _("Open birth registrations"),
    "as_it_stands": _("%(what)s, as it stands on %(day)s"),
    "in_time": _("Notified within 15 days and registered"),
    "submitted": _("Taken to the office within 15 days"),
    "days": _("Days from birth to registration"),
    "registered": _("Births registered"),
    "ward": _("Ward coverage"),
    "ward_reported": _("months with the hospital’s own number: %(months)s"),
    "in_time_all": _("%(percent)s%% of all opened cases"),
    "measures_time": _("The 15 days measure time only: a birth registered later is registered all the same."),
    "median_note": _("median; nine in ten within %(days)s days"),
    "ever": _("%(total)s since the beginning, %(before)s of them before these records"),
    "ever_counted": _("%(total)s since the beginning of these records"),
    "still": _("nothing done for %(days)s days: %(count)s"),
    # births by month
    "births": _("Births by month of birth and result"),
    "births_found": _("%(registered)s of %(total)s children born in this period are registered today."),
    "births_none": _("No child in these records was born in this period."),
    "month": _("Month of birth"),
    "month_unknown": _("Month not known"),
    "result_registered": _("Registered"),
    "result_in_progress": _("In progress"),
    "result_blocked": _("Blocked, needs help"),
    "result_ended": _("Ended without registration"),
    # the way
    "legs": _("From birth to certificate"),
    "legs_found": _("Half of the children registered in this period had waited %(days)s days since birth."),
    "legs_none": _("No birth was registered in this period."),
    "leg": _("Stretch of the way"),
    "median": _("Median, days"),
    "ninetieth": _("Nine in ten within, days"),
    "children": _("Children"),
    "birth_opened": _("Birth to first contact"),
    "opened_ready": _("First contact to papers complete"),
    "ready_submitted": _("Papers complete to first visit to the office"),
    "submitted_registered": _("First visit to registration"),
    "registered_handed_over": _("Registration to handover"),
    "birth_registered": _("Birth to registration, in all"),
    "own_limits": _("Done within our own time"),
    "own_limit": _("What we set ourselves"),
    "limit_submit": _("T1: taken to the office within %(days)s days of first contact"),
    "limit_hand_over": _("Certificate handed over within %(days)s days of registration"),
    "limit_kept": _("Done in time"),
    "own_limits_note": _("Children whose last day for it lies in the period and is over."),
    # ages
    "ages": _("How old children were when they were registered"),
    "ages_found": _("For %(number)s of %(total)s children the day of registration itself lay within 15 days of birth."),
    "age": _("Age of the child"),
    "d15": _("0–15 days"),
    "d30": _("16–30 days"),
    "d90": _("31–90 days"),
    "d365": _("91–365 days"),
    "y4": _("1–4 years"),
    "y6": _("5–6 years"),
    "y14": _("7–14 years"),
    "y17": _("15–17 years"),
    "y18": _("18 years and older"),
    "unknown": _("Age not known"),
    # backlog
    "backlog": _("Open registrations by age of the child and status"),
    "backlog_found": _("Children waiting today: %(total)s. Nothing was done for %(days)s days for %(still)s of them."),
    "assessing": _("Assessing"),
    "gathering": _("Gathering papers"),
    "ready": _("Ready to submit"),
    "office": _("At the office"),
    "registered_status": _("Registered, to hand over or follow up"),
    # blocked
    "codes": _("What blocks registrations"),
    "codes_found": _("Children blocked today: %(total)s. A child can be blocked by more than one thing."),
    "codes_none": _("No registration is blocked today."),
    "code": _("What blocks"),
    "papers": _("Which paper is missing for blocked children"),
    "paper": _("Paper"),
    "blocked": _("Children blocked"),
    "blocked_days": _("How long they have been blocked"),
    # map
    "map": _("Open registrations by province"),
    "map_found": _("The province is where the family lives."),
    "province": _("Province"),
    "province_unknown": _("Province not known"),
    # what blocks
    **{block.value: block.label for block in Block},
    # definitions
    "m1_name": _("Notified within 15 days and registered"),
    "m1_num": _(
        "children registered on a visit to the office made by the last day of the 15 days after birth, moved "
        "to the next working day where that day was none"
    ),
    "m1_den": _(
        "children born in Thailand on a known day whose case was opened by the fifteenth day; the second "
        "figure is out of all opened cases"
    ),
    "m1_period": _("the fifteenth day after birth lies in the period and is not in the future"),
    "m2_name": _("Taken to the office within 15 days"),
    "m2_num": _("children for whom any visit to the office was made by the same last day, whatever its result"),
    "m2_den": _("the same children as for M1"),
    "m3_name": _("Days of each stretch of the way"),
    "m3_num": _("days between two dates: the median and the number of days within which nine in ten were done"),
    "m3_den": _("children who have both dates; stretches from birth only where the day of birth is known"),
    "m3_period": _("the stretch ended in the period"),
    "m4_name": _("Age at registration"),
    "m4_num": _("children registered in the period, by their age on the day of registration"),
    "m4_period": _("the day of registration lies in the period"),
    "m5_name": _("Open registrations by age"),
    "m5_num": _("registrations not closed, by the child’s age and by status on the day of counting"),
    "m5_period": _("as things stand on the day of counting, whatever the period"),
    "m6_name": _("Blocked registrations"),
    "m6_num": _(
        "open, unregistered children with a needed paper that something has stopped for more than %(days)s days, by"
        " what stops it and by paper; the median of the days since"
    ),
    "m10_num": _(
        "children on the ward list who have a case; in a month for which the hospital reported its number, all cases"
        " of children born in a hospital in that month"
    ),
    "m10_den": _(
        "non-Thai live births the hospital reported for the month, with the source noted; where it reported none, the"
        " births on the ward list without those of Thai parents, named twice or not living"
    ),
    "m10_period": _("month of birth in the period; only whole offices are counted, not one person’s cases"),
    "m15_name": _("Births registered since the beginning"),
    "m15_num": _("children registered in these records; births registered before them are told apart"),
    "m15_before": _("%(births)s until %(day)s, as told by: %(source)s"),
    "m15_period": _("since the beginning, whatever the period; those of before only where whole offices are counted"),
    "births_num": _("children born in the period by month of birth and by where the registration stands today"),
    "births_period": _(
        "the day of birth lies in the period; where only the year is known, the child is counted under “month not"
        " known”"
    ),
    "once": _(
        "Each child is counted once, also with two records. Practice offices and undone records are not "
        "counted."
    ),
}  # fmt: skip

THAI = {
    "open": "งานจดทะเบียนการเกิดที่ยังไม่ปิด",
    "as_it_stands": "%(what)s ณ วันที่ %(day)s",
    "in_time": "แจ้งเกิดภายใน 15 วันและจดทะเบียนแล้ว",
    "submitted": "ยื่นต่อสำนักทะเบียนภายใน 15 วัน",
    "days": "จำนวนวันจากวันเกิดถึงวันจดทะเบียน",
    "registered": "เด็กที่จดทะเบียนการเกิดแล้ว",
    "ward": "ความครอบคลุมของหอผู้ป่วยหลังคลอด",
    "ward_reported": "จำนวนเกิดตามที่โรงพยาบาลรายงาน %(months)s เดือน",
    "in_time_all": "เมื่อนับทุกรายที่เปิดเรื่อง %(percent)s%%",
    "measures_time": "กำหนด 15 วันวัดเวลาเท่านั้น เด็กที่แจ้งหรือจดทะเบียนช้ากว่านี้ก็ได้รับการจดทะเบียนแล้วเช่นกัน",
    "median_note": "ค่ามัธยฐาน เก้าในสิบรายเสร็จภายใน %(days)s วัน",
    "ever": "ตั้งแต่เริ่มโครงการ %(total)s คน ในจำนวนนี้ %(before)s คนอยู่ก่อนระบบบันทึกนี้",
    "ever_counted": "ตั้งแต่เริ่มบันทึกในระบบนี้ %(total)s คน",
    "still": "ไม่มีความคืบหน้าเกิน %(days)s วัน: %(count)s คน",
    "births": "เด็กเกิดรายเดือนจำแนกตามผลการจดทะเบียน",
    "births_found": "เด็กที่เกิดในช่วงเวลานี้ %(total)s คน ณ วันนี้จดทะเบียนแล้ว %(registered)s คน",
    "births_none": "ไม่มีเด็กในระบบที่เกิดในช่วงเวลานี้",
    "month": "เดือนที่เกิด",
    "month_unknown": "ไม่ทราบเดือนเกิด",
    "result_registered": "จดทะเบียนแล้ว",
    "result_in_progress": "กำลังดำเนินการ",
    "result_blocked": "ติดขัด ต้องการความช่วยเหลือ",
    "result_ended": "ยุติโดยยังไม่ได้จดทะเบียน",
    "legs": "จากวันเกิดถึงการรับสูติบัตร",
    "legs_found": "ครึ่งหนึ่งของเด็กที่จดทะเบียนในช่วงเวลานี้ใช้เวลาไม่เกิน %(days)s วันนับแต่วันเกิด",
    "legs_none": "ไม่มีการจดทะเบียนการเกิดในช่วงเวลานี้",
    "leg": "ขั้นตอน",
    "median": "มัธยฐาน (วัน)",
    "ninetieth": "เก้าในสิบรายเสร็จภายใน (วัน)",
    "children": "จำนวนเด็ก",
    "birth_opened": "วันเกิดถึงการติดต่อครั้งแรก",
    "opened_ready": "การติดต่อครั้งแรกถึงเอกสารครบ",
    "ready_submitted": "เอกสารครบถึงการยื่นครั้งแรก",
    "submitted_registered": "การยื่นครั้งแรกถึงการจดทะเบียน",
    "registered_handed_over": "การจดทะเบียนถึงการมอบสูติบัตร",
    "birth_registered": "วันเกิดถึงการจดทะเบียน ทั้งหมด",
    "own_limits": "งานที่เสร็จภายในเวลาที่เรากำหนดเอง",
    "own_limit": "เวลาที่เรากำหนดเอง",
    "limit_submit": "T1: ยื่นต่อสำนักทะเบียนภายใน %(days)s วันนับแต่การติดต่อครั้งแรก",
    "limit_hand_over": "มอบสูติบัตรภายใน %(days)s วันนับแต่วันจดทะเบียน",
    "limit_kept": "เสร็จภายในเวลา",
    "own_limits_note": "นับเด็กที่วันสุดท้ายของกำหนดอยู่ในช่วงเวลาและผ่านไปแล้ว",
    "ages": "อายุของเด็กเมื่อจดทะเบียน",
    "ages_found": "เด็ก %(number)s จาก %(total)s คนมีวันจดทะเบียนอยู่ภายใน 15 วันนับแต่วันเกิด",
    "age": "อายุของเด็ก",
    "d15": "0–15 วัน",
    "d30": "16–30 วัน",
    "d90": "31–90 วัน",
    "d365": "91–365 วัน",
    "y4": "1–4 ปี",
    "y6": "5–6 ปี",
    "y14": "7–14 ปี",
    "y17": "15–17 ปี",
    "y18": "18 ปีขึ้นไป",
    "unknown": "ไม่ทราบอายุ",
    "backlog": "งานที่ยังไม่ปิด จำแนกตามอายุของเด็กและสถานะ",
    "backlog_found": "วันนี้มีเด็กรออยู่ %(total)s คน ในจำนวนนี้ %(still)s คนไม่มีความคืบหน้าเกิน %(days)s วัน",
    "assessing": "กำลังประเมิน",
    "gathering": "กำลังรวบรวมเอกสาร",
    "ready": "พร้อมยื่น",
    "office": "อยู่ที่สำนักทะเบียน",
    "registered_status": "จดทะเบียนแล้ว รอมอบหรือติดตาม",
    "codes": "สาเหตุที่งานติดขัด",
    "codes_found": "วันนี้มีเด็กที่งานติดขัด %(total)s คน เด็กหนึ่งคนอาจติดขัดมากกว่าหนึ่งเรื่อง",
    "codes_none": "วันนี้ไม่มีงานติดขัด",
    "code": "สาเหตุ",
    "papers": "เอกสารที่ขาดของเด็กที่งานติดขัด",
    "paper": "เอกสาร",
    "blocked": "จำนวนเด็กที่ติดขัด",
    "blocked_days": "ระยะเวลาที่ติดขัด",
    "map": "งานที่ยังไม่ปิด จำแนกตามจังหวัด",
    "map_found": "จังหวัดคือที่อยู่ปัจจุบันของครอบครัว",
    "province": "จังหวัด",
    "province_unknown": "ไม่ทราบจังหวัด",
    "parent_no_id": "บิดาหรือมารดาไม่มีเอกสารแสดงตน",
    "no_delivery_certificate": "ไม่มีหนังสือรับรองการเกิด (ท.ร.1/1)",
    "name_mismatch": "ชื่อในเอกสารไม่ตรงกัน",
    "dob_mismatch": "วันเกิดในเอกสารไม่ตรงกัน",
    "witness_missing": "ไม่มีพยาน",
    "poa_missing": "ไม่มีหนังสือมอบหมาย",
    "translation_missing": "ไม่มีคำแปล",
    "dna_cost": "ค่าตรวจสารพันธุกรรม",
    "father_absent": "บิดาไม่อยู่",
    "mother_absent": "มารดาไม่อยู่",
    "office_refused": "สำนักทะเบียนปฏิเสธ",
    "waiting_office": "รอสำนักทะเบียน",
    "family_unreachable": "ติดต่อครอบครัวไม่ได้",
    "family_fear": "ครอบครัวหวาดกลัว",
    "child_ill": "เด็กป่วย",
    "parent_refused": "บิดาหรือมารดาไม่ยินยอม",
    "other": "อื่น ๆ",
    "m1_name": "แจ้งเกิดภายใน 15 วันและจดทะเบียนแล้ว",
    "m1_num": (
        "เด็กที่ได้รับการจดทะเบียนจากการยื่นภายในวันสุดท้ายของกำหนด 15 วันนับแต่วันเกิด"
        " หากวันนั้นเป็นวันหยุดราชการให้เลื่อนเป็นวันทำการถัดไป"
    ),
    "m1_den": "เด็กที่เกิดในประเทศไทย ทราบวันเกิดแน่นอน และเปิดเรื่องไม่เกินวันที่สิบห้า ตัวเลขที่สองนับจากทุกรายที่เปิดเรื่อง",
    "m1_period": "วันที่สิบห้านับแต่วันเกิดอยู่ในช่วงเวลาและไม่อยู่ในอนาคต",
    "m2_name": "ยื่นต่อสำนักทะเบียนภายใน 15 วัน",
    "m2_num": "เด็กที่มีการยื่นต่อสำนักทะเบียนภายในวันสุดท้ายเดียวกัน ไม่ว่าผลเป็นอย่างไร",
    "m2_den": "เด็กกลุ่มเดียวกับ M1",
    "m3_name": "จำนวนวันของแต่ละขั้นตอน",
    "m3_num": "จำนวนวันระหว่างสองวันที่ แสดงค่ามัธยฐานและจำนวนวันที่เก้าในสิบรายเสร็จสิ้น",
    "m3_den": "เด็กที่มีวันที่ทั้งสอง ขั้นตอนที่นับจากวันเกิดใช้เฉพาะรายที่ทราบวันเกิดแน่นอน",
    "m3_period": "ขั้นตอนสิ้นสุดในช่วงเวลา",
    "m4_name": "อายุเมื่อจดทะเบียน",
    "m4_num": "เด็กที่จดทะเบียนในช่วงเวลา จำแนกตามอายุในวันจดทะเบียน",
    "m4_period": "วันจดทะเบียนอยู่ในช่วงเวลา",
    "m5_name": "งานที่ยังไม่ปิดตามอายุ",
    "m5_num": "งานจดทะเบียนที่ยังไม่ปิด จำแนกตามอายุของเด็กและสถานะในวันที่นับ",
    "m5_period": "ตามที่เป็นอยู่ในวันที่นับ ไม่ขึ้นกับช่วงเวลา",
    "m6_name": "งานที่ติดขัด",
    "m6_num": (
        "เด็กที่งานยังไม่ปิดและยังไม่ได้จดทะเบียน ซึ่งเอกสารจำเป็นติดขัดเกิน %(days)s วัน"
        " จำแนกตามสาเหตุและตามเอกสาร พร้อมค่ามัธยฐานของจำนวนวันที่ติดขัด"
    ),
    "m10_num": "เด็กในรายชื่อของหอผู้ป่วยที่เปิดเรื่องแล้ว สำหรับเดือนที่โรงพยาบาลรายงานจำนวน นับทุกเรื่องของเด็กที่เกิดในโรงพยาบาลในเดือนนั้น",
    "m10_den": (
        "จำนวนเกิดมีชีพของผู้ไม่มีสัญชาติไทยที่โรงพยาบาลรายงานในเดือนนั้นพร้อมแหล่งที่มา"
        " หากไม่มีรายงาน ใช้จำนวนเกิดในรายชื่อของหอผู้ป่วย ไม่รวมบุตรของผู้มีสัญชาติไทย รายชื่อซ้ำ และทารกที่ไม่มีชีวิต"
    ),
    "m10_period": "เดือนเกิดอยู่ในช่วงเวลา นับเฉพาะทั้งสำนักงาน ไม่นับเฉพาะเรื่องของบุคคลเดียว",
    "m15_name": "เด็กที่จดทะเบียนการเกิดแล้วตั้งแต่เริ่มโครงการ",
    "m15_num": "เด็กที่จดทะเบียนการเกิดแล้วในระบบนี้ โดยแสดงจำนวนก่อนมีระบบนี้แยกต่างหาก",
    "m15_before": "%(births)s คน ถึงวันที่ %(day)s แหล่งที่มา: %(source)s",
    "m15_period": "ตั้งแต่เริ่มโครงการ ไม่ขึ้นกับช่วงเวลา นับจำนวนก่อนมีระบบนี้เฉพาะเมื่อนับทั้งสำนักงาน",
    "births_num": "เด็กที่เกิดในช่วงเวลา จำแนกตามเดือนเกิดและสถานะการจดทะเบียนในวันนี้",
    "births_period": "วันเกิดอยู่ในช่วงเวลา หากทราบเพียงปีเกิดจะแสดงใน “ไม่ทราบเดือนเกิด”",
    "once": "นับเด็กแต่ละคนครั้งเดียวแม้มีสองระเบียน ไม่นับสำนักงานฝึกใช้ระบบและระเบียนที่ยกเลิกแล้ว",
}  # fmt: skip


def said(language: str) -> Mapping[str, str]:
    """The words of a language: Thai from here, others from the catalogues, to be asked while the language is active."""
    if language == "th":
        return THAI | quality.THAI
    return {key: str(words) for key, words in (ENGLISH | quality.ENGLISH).items()}
