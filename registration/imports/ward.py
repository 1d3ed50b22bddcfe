"""The ward's weekly list as a table: the fewest columns, and what makes a row a birth to be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.imports.cells import ReadCell, as_text, date_reader, phone_reader, says_nothing
from casework.imports.columns import ColumnSpec
from casework.imports.reading import Raw
from casework.imports.specification import TableSpecification
from casework.kernel.refusals import Finding, error
from casework.people.identifiers import normalise_number
from casework.people.states import CHILD_SEX
from registration.imports import readers, words
from registration.imports.columns import looks_date, looks_name, looks_phone, looks_sex, looks_weight

NUMBERS = ("hospital_no", "hospital_no_child", "hospital_no_mother")
HOSPITAL_NO = (*words.HOSPITAL_NO, "an", "hn / an", "ဆေးရုံအမှတ်")
_EMPTY = ReadCell("")
_NONE = ReadCell(None)


def read_number(raw: Raw, today: date) -> ReadCell:
    """A hospital number as it is compared: digits 0-9, no spaces or dashes."""
    text = as_text(raw)
    if isinstance(raw, str) and says_nothing(text):
        return _EMPTY
    number = normalise_number(text)
    if len(number) > 20:
        sentence = _("The hospital number “%(written)s” is too long. Check the columns.")
        return ReadCell("", None, (error("WRD-NUMBER-1", "hospital_no", sentence % {"written": text[:30]}),))
    return ReadCell(number)


def check_row(cells: Mapping[str, ReadCell], today: date) -> tuple[dict[str, Any], Sequence[Finding]]:
    """One birth: its values, and what stands against taking it in. Nothing is guessed."""
    findings = [finding for cell in cells.values() for finding in cell.findings]
    values: dict[str, Any] = {key: cells.get(key, _EMPTY).value for key in (*NUMBERS, "mother", "sex", "phone")}
    values |= {key: cells.get(key, _NONE).value for key in ("born", "time", "weight_g")}
    if not any(values[key] for key in (*NUMBERS, "mother")):
        findings.append(
            error("WRD-WHO-1", "mother", _("Neither a hospital number nor the mother’s name. Write one of them."))
        )
    if values["born"] is None and not any(finding.field == "born" for finding in findings):
        findings.append(error("BR-DOB-1", "born", _("The date of birth is missing.")))
    if values["born"] and values["born"] > today:
        findings.append(error("BR-DOB-2", "born", _("The date of birth is in the future. Check the year and its era.")))
    return values, findings


def check_columns(found: frozenset[str]) -> Sequence[Finding]:
    """A list needs the date of birth, and something that tells whose birth it is."""
    findings = []
    if "born" not in found:
        sentence = gettext_lazy("No column is called “Date of birth” or “วันเกิด”. Add the heading and upload again.")
        findings.append(error("WRD-COLUMNS-1", "file", sentence))
    if not found & {*NUMBERS, "mother"}:
        sentence = gettext_lazy("No column names the mother or a hospital number (“HN”). Add the heading.")
        findings.append(error("WRD-COLUMNS-2", "file", sentence))
    return findings


def _number(key: str, label: Any, about: str) -> ColumnSpec:
    return ColumnSpec(key=key, label=label, headings=HOSPITAL_NO, about=frozenset({about}), read=read_number)


WARD_LIST = TableSpecification(
    key="registration.ward",
    label=gettext_lazy("Ward list"),
    check=check_row,
    check_columns=check_columns,
    dates=("born",),
    names=("mother",),
    boxes={"เพศ": words.SEX},
    units=words.UNITS,
    columns=(
        _number("hospital_no_child", gettext_lazy("Hospital number, child"), "child"),
        _number("hospital_no_mother", gettext_lazy("Hospital number, mother"), "mother"),
        _number("hospital_no", gettext_lazy("Hospital number"), ""),
        ColumnSpec(
            key="mother",
            label=gettext_lazy("Mother’s name"),
            headings=words.NAME,
            about=frozenset({"", "mother"}),
            read=readers.read_name,
            looks=looks_name,
        ),
        ColumnSpec(
            key="born",
            label=gettext_lazy("Date of birth"),
            headings=(*words.BORN, "วันคลอด", "วันที่คลอด", "คลอดวันที่", "delivery date", "date of delivery"),
            read=date_reader("born", codes={"E-DATE-1": "BR-DOB-1"}),
            looks=looks_date,
        ),
        ColumnSpec(key="time", label=gettext_lazy("Time of birth"), headings=words.TIME, read=readers.read_time),
        ColumnSpec(
            key="sex",
            label=gettext_lazy("Sex"),
            headings=words.SEX_HEADINGS,
            read=readers.read_sex_if_any,
            words=CHILD_SEX,
            looks=looks_sex,
        ),
        ColumnSpec(
            key="weight_g",
            label=gettext_lazy("Birth weight"),
            headings=words.WEIGHT,
            read=readers.read_weight,
            looks=looks_weight,
        ),
        ColumnSpec(
            key="phone",
            label=gettext_lazy("Phone"),
            headings=words.PHONE,
            about=frozenset({"", "mother", "father", "child", "guardian"}),
            read=phone_reader("phone"),
            looks=looks_phone,
        ),
    ),
)
