"""The letter for a correction, from the stored record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.kernel import dates
from casework.kernel.dates import BirthDate
from casework.kernel.guards import YES, Verdict, no
from registration.certificate_states import OPEN_CORRECTIONS, CounterLineKey
from registration.models import BirthRecord, Correction, Discrepancy, Outcome
from registration.papers.correction import CorrectionLetter, CorrectionLetterKind, WrongLine
from registration.papers.office_letter import Enclosure
from registration.rules.guards import can_work
from registration.states import CertificateForm, ParentRole
from registration.words.codes import SEXES, word

from . import values
from .letter import office_frame

LABELS = {
    CounterLineKey.CHILD: {"th": "ชื่อเด็ก", "en": "Name of the child"},
    CounterLineKey.SEX: {"th": "เพศ", "en": "Sex"},
    CounterLineKey.BORN: {"th": "วันเกิด", "en": "Date of birth"},
    CounterLineKey.PLACE: {"th": "สถานที่เกิด", "en": "Place of birth"},
    CounterLineKey.MOTHER: {"th": "ชื่อมารดา", "en": "Name of the mother"},
    CounterLineKey.FATHER: {"th": "ชื่อบิดา", "en": "Name of the father"},
}
_LEFT_OUT = {"th": "ไม่ระบุ", "en": "not named"}
_NAMED = {"th": "มีการระบุชื่อ", "en": "somebody is named"}
_FORMS_TH = {
    CertificateForm.TR1: "ท.ร.1",
    CertificateForm.TR2: "ท.ร.2",
    CertificateForm.TR3: "ท.ร.3",
    CertificateForm.TR03: "ท.ร.03",
    CertificateForm.TR031: "ท.ร.031",
    CertificateForm.TR20_1: "ท.ร.20/1",
}
_ENCLOSED = {
    "th": (("สูติบัตรฉบับจริง", "1 ฉบับ"), ("แบบตกลงการสะกดชื่อ", "1 แผ่น")),
    "en": (("Birth certificate, original", "1"), ("Agreed spelling of names", "1")),
}


class LetterOfCorrection(values.OfBirthRecord, CorrectionLetterKind):
    """Written while a correction is on its way."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        open_birth = can_work(subject)
        if not open_birth:
            return open_birth
        if _open_correction(subject) is None:
            return no("E-PRT-6", _("Begin the correction first; then its letter can be printed."))
        return YES

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> CorrectionLetter:
        self.can_make(subject).insist()
        correction = subject.corrections.select_related("registry_office").get(pk=_open_correction(subject))
        names = values.names(subject.case.child)
        child = names.th or names.latin or names.my
        return CorrectionLetter(
            **office_frame(subject, correction.registry_office, facts, language),
            refers=_certificate(subject.outcome, language),
            child=child,
            child_latin=names.latin if names.latin != child else "",
            enclosures=tuple(Enclosure(name=name, count=count) for name, count in _ENCLOSED[language]),
            lines=tuple(_lines(subject, correction, language)),
        )


def _open_correction(birth: BirthRecord) -> int | None:
    return birth.corrections.filter(state__in=OPEN_CORRECTIONS).values_list("pk", flat=True).first()


def _certificate(outcome: Outcome, language: str) -> str:
    """The certificate's form, number and day in one phrase."""
    day = dates.long(outcome.registered_on, language)
    form = _FORMS_TH.get(CertificateForm(outcome.form), "")
    if language == "th":
        parts = [
            "สูติบัตร",
            f"({form})" if form else "",
            f"เลขที่ {outcome.certificate_no}" if outcome.certificate_no else "",
        ]
        return " ".join([*filter(None, parts), f"ลงวันที่ {day}"])
    number = f" no. {outcome.certificate_no}" if outcome.certificate_no else ""
    return f"Birth certificate{number} of {day}"


def _lines(birth: BirthRecord, correction: Correction, language: str) -> Iterator[WrongLine]:
    order = list(CounterLineKey)
    rows = sorted(correction.discrepancies.all(), key=lambda row: order.index(CounterLineKey(row.field)))
    for row in rows:
        key = CounterLineKey(row.field)
        is_hidden = key == CounterLineKey.FATHER and values.is_child_mother(birth)
        yield WrongLine(
            label=LABELS[key][language],
            agreed=_LEFT_OUT[language] if is_hidden else _agreed(birth, key, language) or _LEFT_OUT[language],
            on_certificate=_NAMED[language] if is_hidden else _written(row, key, language),
        )


def _agreed(birth: BirthRecord, key: CounterLineKey, language: str) -> str:
    if key == CounterLineKey.SEX:
        return word(SEXES, birth.case.child.sex, language)
    if key == CounterLineKey.BORN:
        return values.birth_day(birth, language)
    if key == CounterLineKey.PLACE:
        return values.birth_place(birth, language)
    person = birth.case.child if key == CounterLineKey.CHILD else values.printed_person(birth, ParentRole(key))
    return values.one_name(person) if person else ""


def _written(row: Discrepancy, key: CounterLineKey, language: str) -> str:
    """What stands on the certificate; a day and a sex as words where they were stored as codes."""
    text = row.value_b
    if key == CounterLineKey.SEX and text in SEXES:
        return word(SEXES, text, language)
    if key == CounterLineKey.BORN:
        born = BirthDate.from_iso(text)
        return values.born_words(born, language) if born else text
    return text
