"""Words the reports room itself puts on pages and papers. Thai stands here because a report is a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ENGLISH = {
    "total": _("Total"),
    "offices": _("Offices: %(names)s"),
    "narrowed": _("Only: %(filters)s."),
    "narrowed_for": _(
        "Only what %(name)s may open is counted. For staff only: small numbers could be worked out from it."
    ),
    "own_only": _("Only cases assigned to %(name)s are counted."),
    "counted": _("Counted on %(day)s at %(time)s."),
    "partial": _("The period is still running: figures are up to the day of counting."),
    "hidden": _("Counts under %(limit)s, and those from which they could be worked out, are not shown (*)."),
    "against": _("%(value)s in %(period)s"),
    "up": _("up from %(value)s in %(period)s"),
    "down": _("down from %(value)s in %(period)s"),
    "same": _("same as %(period)s"),
    "target": _("Target %(value)s"),
    "target_reached": _("Target %(value)s: reached"),
    "target_missed": _("Target %(value)s: not reached"),
    "kept_back": _("not shown, so that small numbers cannot be worked out"),
    "of": _("%(met)s of %(of)s"),
    "of_children": _("of %(count)s children"),
    "nobody": _("nobody in this period"),
    "day": _("day"),
    "days": _("days"),
    "hour": _("hour"),
    "hours": pgettext_lazy("length of time", "hours"),
    "of_heads": _("%(met)s of %(of)s children"),
    "numerator": _("Counted: %(text)s."),
    "denominator": _("Out of: %(text)s."),
    "words": _("What these figures do not tell"),
    "absent": _("Nothing was there to be counted in this period for: %(names)s."),
    "no_chart": _("The numbers are too small to be drawn."),
    "restated": _("Was %(was)s when the month was closed, now %(now)s."),
    "restated_hidden": _("Has changed since the month was closed."),
    "why": _("Why: %(reason)s"),
    "closed_on": _("The month was closed on %(day)s."),
    "map_credit": _("Map: svg-maps.com, CC BY 4.0, simplified."),
}

THAI = {
    "total": "รวม",
    "offices": "สำนักงาน: %(names)s",
    "narrowed": "เฉพาะ %(filters)s",
    "narrowed_for": "นับเฉพาะรายการที่ %(name)s เปิดดูได้ สำหรับเจ้าหน้าที่เท่านั้น เพราะอาจใช้คำนวณหาจำนวนน้อยได้",
    "own_only": "นับเฉพาะกรณีที่มอบหมายให้ %(name)s",
    "counted": "นับ ณ วันที่ %(day)s เวลา %(time)s น.",
    "partial": "ช่วงเวลานี้ยังไม่สิ้นสุด ตัวเลขนับถึงวันที่นับ",
    "hidden": "ไม่แสดงจำนวนที่ต่ำกว่า %(limit)s และจำนวนที่ใช้คำนวณย้อนกลับได้ (*)",
    "against": "%(period)s: %(value)s",
    "up": "เพิ่มจาก %(value)s ใน %(period)s",
    "down": "ลดจาก %(value)s ใน %(period)s",
    "same": "เท่ากับ %(period)s",
    "target": "เป้าหมาย %(value)s",
    "target_reached": "เป้าหมาย %(value)s: บรรลุแล้ว",
    "target_missed": "เป้าหมาย %(value)s: ยังไม่บรรลุ",
    "kept_back": "ไม่แสดง เพื่อไม่ให้คำนวณย้อนหาจำนวนน้อยได้",
    "of": "%(met)s จาก %(of)s คน",
    "of_children": "จากเด็ก %(count)s คน",
    "nobody": "ไม่มีรายการในช่วงเวลานี้",
    "day": "วัน",
    "days": "วัน",
    "hour": "ชั่วโมง",
    "hours": "ชั่วโมง",
    "of_heads": "%(met)s จากเด็ก %(of)s คน",
    "numerator": "นับ: %(text)s",
    "denominator": "จาก: %(text)s",
    "words": "สิ่งที่ตัวเลขเหล่านี้ไม่ได้บอก",
    "absent": "ช่วงเวลานี้ไม่มีข้อมูลให้นับสำหรับ: %(names)s",
    "no_chart": "จำนวนน้อยเกินกว่าจะแสดงเป็นภาพ",
    "restated": "เมื่อปิดเดือน: %(was)s ปัจจุบัน: %(now)s",
    "restated_hidden": "ตัวเลขเปลี่ยนแปลงหลังจากปิดเดือน",
    "why": "สาเหตุ: %(reason)s",
    "closed_on": "ปิดเดือนเมื่อวันที่ %(day)s",
    "map_credit": "แผนที่: svg-maps.com, CC BY 4.0 ปรับให้เรียบง่าย",
}


def narrowed_text(filters: Sequence[str], reader: Any, words: Mapping[str, str]) -> str:
    """The filters at work, whose cases are counted, and who may read it; nothing without a filter."""
    if not filters:
        return ""
    told = {"filters": "; ".join(filters), "name": reader.name_now}
    return " ".join(words[key] % told for key in ("narrowed", "narrowed_for"))


def said(language: str) -> Mapping[str, str]:
    """The words of a language: Thai from here, others from the catalogues, to be asked while the language is active."""
    return THAI if language == "th" else {key: str(words) for key, words in ENGLISH.items()}
