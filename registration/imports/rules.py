"""What makes a row of a birth register an entry: its values, and what is refused or questioned (C7)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.imports.apart import BETWEEN
from casework.imports.cells import Note, ReadCell, as_text, blank_of, lost_digits, no_number, says_cancelled, thai_id
from casework.imports.reading import Raw
from casework.kernel.date_reading import Era
from casework.kernel.dates import BirthDate, ReadDate, add_years, birth_date_findings, old_year_finding
from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import Finding, Level, error, warning
from casework.people.identifiers import is_thai_id, normalise_number
from casework.people.states import THIRTEEN_DIGITS, PaperType
from registration.imports import words
from registration.imports.example import is_example
from registration.imports.life import mentions_death
from registration.imports.parents import are_two, are_two_children, parents_in
from registration.imports.twins import twin_in_name, twin_in_remark

EMPTY = ReadCell("")
NO_DATE = ReadCell(None)
CHILD_NAMES = ("child", "child_th", "child_my")
MOTHER_NAMES = ("mother", "mother_th", "mother_my")
_PAPERS = ("child_number", "delivery_proof", "form", "hospital_no", "hospital_no_mother")
_NOT_OPENED = warning(
    "BR-OPEN-2",
    "opened",
    gettext_lazy("The register has no date opened. The earliest date of the row stands in for it."),
)
_MAYBE_DIED = warning(
    "BR-DIED-7",
    "remarks",
    gettext_lazy("The remarks say that somebody died. If it was the child, write that on its record after the import."),
)
_TWO_NAMES = warning(
    "E-IMP-28",
    "mother",
    gettext_lazy(
        "More than one name stands in the mother’s cell. It is kept as written: look whether all of it is hers."
    ),
)
_TWO_CHILDREN = error(
    "E-IMP-29",
    "child",
    gettext_lazy("More than one name stands in the child’s cell. Write one, or a row for each child."),
)
_MENTIONS_CANCELLED = re.compile(r"ยกเลิก|\bcancel|ပယ်ဖျက်", re.IGNORECASE)
_MAYBE_CANCELLED = warning(
    "E-IMP-27",
    "remarks",
    gettext_lazy("The remarks say that something was cancelled. Look whether the row still holds."),
)
_EXAMPLE = error("E-IMP-25", "child", gettext_lazy("This is the example of the template. Take the row out."))
_TEXTS = (*CHILD_NAMES, *MOTHER_NAMES, *_PAPERS, "father", "phone", "address", "place", "remarks")


def check_row(cells: Mapping[str, ReadCell], today: date) -> tuple[dict[str, Any], list[Finding]]:
    """Put the read cells of one row together: the values by name, and everything wrong or odd about them.

    A cell that could not be read leaves its value empty; the finding says why.
    """
    findings = [finding for cell in cells.values() for finding in cell.findings]
    values: dict[str, Any] = {key: cells.get(key, EMPTY).value for key in _TEXTS}
    if is_example(values["child"]):
        findings.append(_EXAMPLE)
    findings += _parents_findings(values)
    values["sex"] = cells.get("sex", EMPTY).value
    for key in ("born", "opened", "submitted", "registered"):
        values[key] = cells.get(key, NO_DATE).value
    hour = cells.get("time", NO_DATE).value
    values["time"] = hour.strftime("%H:%M") if hour else None
    values["weight_g"] = cells.get("weight_g", NO_DATE).value
    values["mother_doc"] = cells.get("mother_doc", EMPTY).value or words.NO_PAPER
    number, *others = _numbers(cells.get("mother_no", EMPTY).value, values["mother_doc"])
    values["mother_no"] = number.value
    if others:
        facts = {"number": number.value, "others": ", ".join(other.value for other in others)}
        sentence = _("%(number)s was read. Also in the row: %(others)s.") % facts
        findings.append(warning("BR-PAPER-2", "mother_no", sentence))
    findings += number.findings
    if number.value and values["mother_doc"] == words.NO_PAPER:
        values["mother_doc"] = PaperType.OTHER.value
        findings.append(
            warning(
                "BR-PAPER-1",
                "mother_doc",
                _("A number without the name of its paper: kept as another paper."),
            )
        )
    told = [cells.get("twin", ReadCell(0)).value, *(twin_in_name(values[key]) for key in CHILD_NAMES)]
    told.append(twin_in_remark(values["remarks"]))
    values["twin"] = next(filter(None, told), 0)
    if values["remarks"] and mentions_death(values["remarks"]):
        findings.append(_MAYBE_DIED)
    if _MENTIONS_CANCELLED.search(values["remarks"]) and not says_cancelled(values["remarks"]):
        findings.append(_MAYBE_CANCELLED)
    values["is_twin"] = any(twin != 0 for twin in told)
    findings += _nameless_findings(values, cells)
    findings += _name_findings(values)
    findings += _date_findings(values, cells, today)
    return values, findings


def _numbers(raw: Raw, paper: str) -> list[ReadCell]:
    """The numbers of the mother's papers: one, or one for each of the columns that were put together."""
    if isinstance(raw, str) and BETWEEN in raw:
        return [mother_number(one, paper) for one in raw.split(BETWEEN)]
    return [mother_number(raw, paper)]


def mother_number(raw: Raw, paper: str) -> ReadCell:
    """The number of the mother's paper.

    13 digits with their zeros where the paper has them, else as written.
    """
    raw = raw.strip().lstrip("'‘’") if isinstance(raw, str) else raw
    text = to_ascii_digits(as_text(raw))
    if not any(letter.isdecimal() for letter in text):
        return blank_of(text, "") or ReadCell("", Note(gettext_lazy("“%(written)s” is no number."), {"written": text}))
    unread = lost_digits(raw, "mother_no") or no_number(raw)
    if unread is not None:
        return unread
    is_digits = not any(letter.isalpha() for letter in text)
    if is_digits and (paper in THIRTEEN_DIGITS or _proves_itself(raw)):
        return thai_id(raw, field="mother_no")
    return ReadCell(text.upper()[:40])


def _proves_itself(raw: Raw) -> bool:
    """Whether a number is one of 13 digits by its check digit, whatever paper is named; a cell may have lost zeros."""
    bare = normalise_number(raw)
    return (len(bare) == 13 or (not isinstance(raw, str) and len(bare) >= 10)) and is_thai_id(bare.zfill(13))


def child_name(values: Mapping[str, Any]) -> str:
    """The child's name as spoken, in whichever script the register has it."""
    return next((values[key] for key in CHILD_NAMES if values[key]), "")


def mother_name(values: Mapping[str, Any]) -> str:
    """The mother's name in whichever script the register has it."""
    return next((values[key] for key in MOTHER_NAMES if values[key]), "")


def _parents_findings(values: dict[str, Any]) -> list[Finding]:
    """Set the father beside the mother where one cell held both; two names of which nothing tells it are kept."""
    findings = []
    for key in MOTHER_NAMES:
        if parents := parents_in(values[key]):
            values[key], father = parents
            values["father"] = values["father"] or father
        elif are_two(values[key]):
            findings.append(_TWO_NAMES)
    return findings


def _nameless_findings(values: dict[str, Any], cells: Mapping[str, ReadCell]) -> list[Finding]:
    """A cell that says “no name yet” makes the child the baby of its mother; an empty one is refused.

    In a register without a column for the child's name, such as the book of a delivery room, every child is.
    """
    columns = [cells[key] for key in CHILD_NAMES if key in cells]
    is_said = not columns or any(cell.note for cell in columns)
    if child_name(values) or not is_said or not mother_name(values):
        return []
    values["child"] = f"Baby of {mother_name(values)}"
    sentence = _("The child has no name yet. It is called “%(name)s” until it has one.")
    return [warning("BR-NAME-1", "child", sentence % {"name": values["child"]})]


def _name_findings(values: Mapping[str, Any]) -> list[Finding]:
    name = child_name(values)
    if not name:
        sentence = _("The child’s name is missing. Write the name, or “Baby of …” with the mother’s name.")
        return [error("BR-NAME-1", "child", sentence)]
    findings = [_TWO_CHILDREN] if are_two_children(name) or (values["is_twin"] and are_two(name)) else []
    name = name.removeprefix("Baby of ")
    if any("ก" <= letter <= "ฮ" for letter in name) and any(letter.isascii() and letter.isalpha() for letter in name):
        findings.append(warning("BR-NAME-3", "child", _("The name mixes Thai and Latin letters.")))
    if not mother_name(values):
        findings.append(
            warning(
                "BR-PAR-2",
                "mother",
                _("No mother is named. She is entered as not known: “not in the register”."),
            )
        )
    return findings


def _date_findings(values: dict[str, Any], cells: Mapping[str, ReadCell], today: date) -> list[Finding]:
    findings = _birth_findings(values["born"], cells, today)
    born = None if any(finding.level is Level.ERROR for finding in findings) else values["born"]
    findings += _opening_findings(values, born, cells, today)
    submitted, registered = values["submitted"], values["registered"]
    if submitted and (submitted > today or (born and submitted < born)):
        sentence = _("The birth was notified before it happened, or on a day to come. Check both dates.")
        findings.append(error("BR-SUB-1", "submitted", sentence))
    first = max((on for on in (born, submitted) if on), default=None)
    if registered and (registered > today or (first and registered < first)):
        sentence = _("The certificate is dated before the birth or the notification, or on a day to come. Check them.")
        findings.append(error("BR-REG-1", "registered", sentence))
    if values["child_number"] and not registered and not cells.get("registered", NO_DATE).findings:
        sentence = _("There is a 13-digit number but no date of the certificate. The case stays open.")
        findings.append(warning("BR-REG-6", "registered", sentence))
    return findings


def _birth_findings(born: date | None, cells: Mapping[str, ReadCell], today: date) -> list[Finding]:
    if born is None:
        if cells.get("born", NO_DATE).findings:
            return []
        sentence = _("The date of birth is missing. Write it, or leave this child for the intake page.")
        return [error("BR-DOB-0", "born", sentence)]
    findings = birth_date_findings(BirthDate(born), today=today, field="born")
    if not findings and add_years(born, 18) <= today:
        findings.append(warning("BR-AGE-1", "born", _("This person is 18 or older today.")))
    era: Era = "be" if cells["born"].note else "ce"
    old = old_year_finding(ReadDate(born, era), "born")
    return [*findings, old] if old else findings


def _opening_findings(
    values: dict[str, Any], born: date | None, cells: Mapping[str, ReadCell], today: date
) -> list[Finding]:
    """The day the case was opened gives its number's year.

    It may be missing only when the register has no such column.
    """
    opened = values["opened"]
    if opened is None:
        if "opened" in cells:
            if cells["opened"].findings:
                return []
            return [
                error(
                    "BR-OPEN-1",
                    "opened",
                    _("The date opened is missing. Write the day the family first came."),
                )
            ]
        values["opened"] = min(
            (on for on in (values["submitted"], values["registered"], values["born"]) if on), default=None
        )
        if values["opened"] is None:
            return []
        return [_NOT_OPENED]
    if opened > today:
        return [error("BR-OPEN-1", "opened", _("The date opened lies in the future. Check the year."))]
    if born and opened < born:
        return [warning("BR-OPEN-3", "opened", _("The case was opened before the birth. Check both dates."))]
    return []


def check_columns(keys: frozenset[str]) -> Sequence[Finding]:
    """Which columns a register cannot do without."""
    findings = []
    if "born" not in keys:
        findings.append(error("E-IMP-9", "born", _("Choose the column that holds the date of birth.")))
    if "sex" not in keys:
        findings.append(error("E-IMP-9", "sex", _("Choose the column that holds the sex.")))
    if not keys & {*CHILD_NAMES, *MOTHER_NAMES}:
        sentence = _("Choose the column that holds the child’s name, or the mother’s where the children have none.")
        findings.append(error("E-IMP-9", "child", sentence))
    return findings
