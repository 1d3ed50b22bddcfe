"""Single values of a request in ready words, read once for each paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.functional import Promise

from casework.documents.kinds import DocumentKind
from casework.documents.said import NOTHING, Said, amount, said, said_day
from casework.documents.wording import words_in
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.people.models import Person
from casework.people.names import SCRIPT_OF
from casework.people.states import SpokenLanguage
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, HardshipIncident
from emergency_fund.papers.family import AskedLine
from emergency_fund.queries.expiring import OPEN_LINES
from emergency_fund.queries.payees import has_receipt, is_fetched
from emergency_fund.states import PAID_TO_OTHERS, Entitlement, LineState, Modality, RequestState
from emergency_fund.wording.codes import (
    ENTITLEMENT_STATES,
    ENTITLEMENTS,
    GIVEN,
    INCIDENTS,
    KINDS,
    UNITS,
    WAYS,
    Words,
    word,
)
from emergency_fund.words import times

TO_FETCH = frozenset({RequestState.APPROVED, RequestState.IN_DELIVERY})
MONTHS_UNDER_TWO = 24
_CHILD = {"en": "Child", "th": "เด็กคนที่", "my": "ကလေး"}
_DAYS = {"en": "days", "th": "วัน", "my": "ရက်"}
_MONTHS = {"en": "months", "th": "เดือน", "my": "လ"}
_ABOUT = {"en": "about %(day)s", "th": "ประมาณ %(day)s"}
_YEARS = {"en": "years", "th": "ปี", "my": "နှစ်"}
_TOLD = ("case__family", "office", "requester", "incident", "asked_by", "appeal__noted_by")


class OfAssistanceRequest(DocumentKind):
    """Base of the kinds whose subject is a request to the fund."""

    subject_type = "emergency_fund.assistancerequest"

    def reference(self, subject: AssistanceRequest) -> str:
        return subject.number

    def spoken(self, subject: AssistanceRequest) -> SpokenLanguage | None:
        """The first language noted of who asks, else of one of the children."""
        people = chain([subject.requester], (line.child for line in subject.lines.select_related("child")))
        return next((SpokenLanguage(code) for person in people for code in person.languages), None)

    def whole(self, subject: AssistanceRequest) -> AssistanceRequest:
        """The request with its family, and its lines with children and budget."""
        lines = Prefetch("lines", AssistanceLine.rows.select_related("child", "budget_line__source"))
        told = AssistanceRequest.rows.select_related(*_TOLD)
        return told.prefetch_related(lines, "lines__child__names", "requester__names").get(pk=subject.pk)


def live_lines(request: AssistanceRequest) -> list[AssistanceLine]:
    """The lines that were not taken back when the request was mended."""
    return [line for line in request.lines.all() if line.state != LineState.CANCELLED]


def coded(words: Words, code: str, language: str) -> Said:
    """A code in the paper's language with Thai beside it."""
    return said(word(words, code, language), word(words, code, "th"), language) if code else NOTHING


def times_of(line: AssistanceLine, baht: Decimal | None, language: str) -> str:
    """An amount of a line as so many at the price of one: "3 visits × 300.00"; nothing where it is not that."""
    price = amount(line.unit_cost) if line.unit_cost else ""
    return times(baht, line.unit_cost, word(UNITS, line.unit, language), price)


def said_times(line: AssistanceLine, baht: Decimal | None, language: str) -> Said:
    """The same on a paper of the family."""
    return said(times_of(line, baht, language), times_of(line, baht, "th"), language)


def asked_line(
    request: AssistanceRequest, line: AssistanceLine, language: str, *, is_decided: bool = True, cover: Said = NOTHING
) -> AskedLine:
    """What is asked on a line of a letter, with what was approved of it once that is decided."""
    approved = (line.approved or Decimal(0)) if is_decided else line.asked
    return AskedLine(
        what=coded(KINDS, line.kind, language),
        child=child_of(request, line, language),
        asked=amount(line.asked),
        times=said_times(line, line.asked, language),
        approved=amount(approved) if is_decided else "",
        approved_times=said_times(line, approved, language) if approved < line.asked else NOTHING,
        how=_given(line, language) if is_decided and approved else NOTHING,
        cover=cover,
    )


def _given(line: AssistanceLine, language: str) -> Said:
    """How a line is given, with the shop, hospital or driver where one is named; else the family has the money."""
    to = line.provider if line.modality in PAID_TO_OTHERS else ""
    is_back = line.modality == Modality.SERVICE and not to
    how = coded(GIVEN, Modality.CASH if is_back else line.modality, language)
    return replace(how, main=f"{how.main}: {to}") if to else how


def fetching(request: AssistanceRequest, lines: Sequence[AssistanceLine], language: str) -> dict[str, Any]:
    """Until when the family fetches what is approved and not paid, or that it fetches nothing of it.

    Of what a hospital or driver is paid it may have the receipt, where it has paid there itself (decision 29).
    """
    waiting = [line for line in lines if line.state in OPEN_LINES] if request.state in TO_FETCH else []
    own = [line for line in waiting if is_fetched(line)]
    until = said_day(request.expires_on, language) if waiting else NOTHING
    return {
        "fetch": until if own else NOTHING,
        "is_paid_to_others": bool(waiting) and not own,
        "receipt": until if any(has_receipt(line) for line in waiting) else NOTHING,
        "has_voucher": any(line.modality == Modality.VOUCHER for line in own),
    }


def counted_kind(line: AssistanceLine, baht: Decimal | None, language: str) -> str:
    """What a line is for and how it is given on a paper of the staff, with how many of it an amount is."""
    told = (word(KINDS, line.kind, language), word(WAYS, line.modality, language), times_of(line, baht, language))
    return ", ".join(filter(None, told))


def name_of(person: Person, language: str) -> str:
    """A person's name in the letters of the paper's language, else as it stands on the record."""
    return person.called_in(SCRIPT_OF[language]) or person.name


def children_of(request: AssistanceRequest) -> Mapping[int, int]:
    """The id of each child a line is for → its number on papers that name no child, in the order of the lines."""
    numbers: dict[int, int] = {}
    for line in request.lines.all():
        numbers.setdefault(line.child_id, len(numbers) + 1)
    return numbers


def child_words(number: int, child: Person, today: date, language: str) -> str:
    """A child on a paper that names none: its number and its age."""
    age = age_words(child, today, language)
    first = f"{words_in(_CHILD, language)}\u00a0{number}"
    return f"{first}, {age}" if age else first


def age_words(person: Person, today: date, language: str) -> str:
    """The age in whole years, under two in months, under a month in days; nothing when the day is not known."""
    born = person.born_on
    if born is None:
        return ""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months < 1:
        return _counted(max((today - born).days, 0), _DAYS, language)
    return (
        _counted(months, _MONTHS, language) if months < MONTHS_UNDER_TWO else _counted(months // 12, _YEARS, language)
    )


def _counted(number: int, unit: Mapping[str, str], language: str) -> str:
    words = words_in(unit, language)
    return f"{number}\u00a0{words.removesuffix('s') if number == 1 else words}"


def asker_of(request: AssistanceRequest, language: str) -> str:
    """Who asks, on a paper that the fund's people may read: nobody of a sealed case (decision 17)."""
    return "" if request.case.is_sealed else name_of(request.requester, language)


def child_of(request: AssistanceRequest, line: AssistanceLine, language: str) -> str:
    """The child of a line on such a paper: by name, or of a sealed case by number and age."""
    if not request.case.is_sealed:
        return name_of(line.child, language)
    return child_words(children_of(request)[line.child_id], line.child, timezone.localdate(), language)


def happened(incident: HardshipIncident, language: str) -> str:
    """What happened and when; "about" where nobody knows the day exactly (reference 2.3)."""
    day = dates.short(incident.occurred_on, language)
    when = day if incident.is_day_known else words_in(_ABOUT, language) % {"day": day}
    return f"{word(INCIDENTS, incident.kind, language)}, {when}"


def payer_of(incident: HardshipIncident, language: str) -> str:
    """Who should pay first by law and how that stands; nobody stands nowhere."""
    first = word(ENTITLEMENTS, incident.entitlement, language)
    if incident.entitlement == Entitlement.NONE:
        return first
    return f"{first}: {word(ENTITLEMENT_STATES, incident.entitlement_status, language)}"


def decided_on(request: AssistanceRequest) -> date:
    """The day of the decision; of one that is not dated, the day of the paper."""
    return timezone.localdate(request.decided_at) if request.decided_at else timezone.localdate()


def appeal_until(on: date, days: int) -> date:
    """The last day on which the family says that it does not agree."""
    return on + timedelta(days=days)


def has_one(found: bool, code: str, sentence: str | Promise) -> Verdict:
    """Whether there is what the paper tells."""
    return YES if found else no(code, sentence)


def account_of(delivery: Delivery, language: str) -> str:
    """The account a transfer went to: its bank, and its last digits; nothing for what was handed over."""
    with translation.override(language):
        return delivery.account
