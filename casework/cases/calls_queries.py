"""Families to call today, with whom to call, what may be said and what was tried; and who a caller may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from casework.people import phones as numbers
from casework.people.models import FamilyMember, PersonName, Phone
from casework.people.states import ContactRule, FamilyRole, SpokenLanguage
from casework.programmes.contributions import CallReason, registry
from casework.reference.queries import term

from .calls_rules import Known
from .models import Case, ContactAttempt, NoticeGiven
from .queries import desk_cards
from .states import UNANSWERED, CaseState, ContactDirection, ContactResult

MOST_CALLS = 60
ATTEMPTS_SHOWN = 3
LOOK_BACK = timedelta(days=120)


@dataclass(frozen=True, kw_only=True)
class CallPhone:
    """A phone that may be called."""

    id: int
    number: str
    shown: str
    whose: str
    rule: ContactRule
    may_say: str
    best_hour: str
    language: str


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """One family to call: why, on which phones, and what was tried."""

    case: Case
    reasons: Sequence[CallReason]
    phones: Sequence[CallPhone]
    attempts: Sequence[ContactAttempt]
    may_be_lost: bool


@dataclass
class _Facts:
    """What is read for all families at once."""

    attempts: dict[int, list[ContactAttempt]] = field(default_factory=lambda: defaultdict(list))
    phones: dict[int, list[Phone]] = field(default_factory=lambda: defaultdict(list))
    languages: dict[int, str] = field(default_factory=dict)


def calls_today(user: Any, today: date, *, mine: bool) -> list[CallLine]:
    """Families to call today, the longest due first; only safe phones, never a family that must not be contacted.

    A family called today is left out until it is due again. A constant number of queries.
    """
    reasons: dict[int, list[CallReason]] = defaultdict(list)
    for contribution in registry:
        for reason in contribution.call_reasons(user, today):
            reasons[reason.case_id].append(reason)
    rows = _callable(user, mine).filter(pk__in=reasons)
    cases = list(rows)
    facts = _facts(cases, today)
    lost_after = int(term("cases.lost_contact_days", today))
    lines = []
    for case in cases:
        tried = facts.attempts[case.pk]
        if any(a.on == today and a.direction == ContactDirection.OUT for a in tried):
            continue
        usable = phones_of(case, facts.phones[case.family_id or 0], tried, facts.languages.get(case.pk, ""))
        if usable:
            lines.append(
                CallLine(
                    case=case,
                    reasons=sorted(reasons[case.pk], key=lambda r: r.due_on or date.max),
                    phones=usable,
                    attempts=tried[:ATTEMPTS_SHOWN],
                    may_be_lost=_unanswered(tried) >= lost_after,
                )
            )
    lines.sort(key=lambda line: (line.reasons[0].due_on or date.max, line.case.pk))
    return lines[:MOST_CALLS]


def _callable(user: Any, mine: bool) -> QuerySet[Case]:
    names = Prefetch("child__names", queryset=PersonName.rows.order_by("-is_primary", "pk"))
    rows: QuerySet[Case] = Case.objects.visible_to(user).filter(state=CaseState.OPEN, do_not_contact=False)
    if mine:
        rows = rows.filter(lead=user)
    return rows.filter(family__isnull=False).select_related("child", "lead").prefetch_related(names)


def _facts(cases: Sequence[Case], today: date) -> _Facts:
    facts = _Facts()
    ids = [case.pk for case in cases]
    for attempt in ContactAttempt.rows.filter(case__in=ids, on__gt=today - LOOK_BACK).select_related("by"):
        facts.attempts[attempt.case_id].append(attempt)
    families = {case.family_id for case in cases}
    for phone in Phone.rows.filter(family__in=families).select_related("person").order_by("pk"):
        facts.phones[phone.family_id].append(phone)
    for notice in NoticeGiven.rows.filter(case__in=ids).order_by("given_on", "pk"):
        facts.languages[notice.case_id] = notice.language
    return facts


def phones_of(
    case: Case, rows: Iterable[Phone], tried: Sequence[ContactAttempt], language: str
) -> tuple[CallPhone, ...]:
    """The phones that may be called: not forbidden, and not wrong when last tried."""
    last: dict[int, str] = {}
    for attempt in tried:  # newest first
        if attempt.phone_id:
            last.setdefault(attempt.phone_id, attempt.result)
    return tuple(
        _call_phone(phone, language)
        for phone in rows
        if not case.do_not_contact
        and phone.rule != ContactRule.DO_NOT
        and last.get(phone.pk) != ContactResult.WRONG_NUMBER
    )


def _call_phone(phone: Phone, language: str) -> CallPhone:
    spoken = list(phone.person.languages) if phone.person else []
    codes = spoken or ([language] if language else [])
    return CallPhone(
        id=phone.pk,
        number=phone.number,
        shown=numbers.group(phone.number),
        whose=phone.whose,
        rule=ContactRule(phone.rule),
        may_say=phone.may_say,
        best_hour=phone.best_hour,
        language=", ".join(str(SpokenLanguage(code).label) for code in codes),
    )


def case_phones(case: Case, today: date) -> tuple[CallPhone, ...]:
    """The phones of one family that may be called."""
    facts = _facts([case], today)
    return phones_of(case, facts.phones[case.family_id or 0], facts.attempts[case.pk], facts.languages.get(case.pk, ""))


def phones_for(cases: Sequence[Case], today: date) -> dict[int, tuple[CallPhone, ...]]:
    """The phones that may be called, by the id of each case; three queries however many they are."""
    facts = _facts(cases, today)
    return {
        case.pk: phones_of(
            case, facts.phones[case.family_id or 0], facts.attempts[case.pk], facts.languages.get(case.pk, "")
        )
        for case in cases
    }


def last_attempts(case: Case) -> list[ContactAttempt]:
    """What was tried last on a case."""
    return list(case.contacts.select_related("by")[:ATTEMPTS_SHOWN])


def unanswered_days(case: Case) -> int:
    """On how many days calls stayed unanswered since the family was last reached."""
    return _unanswered(case.contacts.all())


def _unanswered(tried: Iterable[ContactAttempt]) -> int:
    days = set()
    for attempt in tried:  # newest first
        if attempt.result == ContactResult.REACHED:
            break
        if attempt.result in UNANSWERED and attempt.direction == ContactDirection.OUT:
            days.add(attempt.on)
    return len(days)


def may_be_lost(case: Case, today: date) -> bool:
    """Whether enough days stayed unanswered to offer lost contact."""
    return case.state == CaseState.OPEN and unanswered_days(case) >= int(term("cases.lost_contact_days", today))


def own_call_reasons(user: Any, today: date) -> Iterable[CallReason]:
    """Of the case itself: a next step due or of tomorrow, and calls to be made again."""
    tomorrow = today + timedelta(days=1)
    rows = Case.objects.visible_to(user).filter(state=CaseState.OPEN, next_step_on__lte=tomorrow).exclude(next_step="")
    for pk, step, on in rows.values_list("pk", "next_step", "next_step_on"):
        words = _("Tomorrow: %(step)s") if on == tomorrow else _("Next step: %(step)s")
        yield CallReason(case_id=pk, words=words % {"step": step}, due_on=on)
    later = ContactAttempt.rows.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    again: Any = ContactAttempt.objects.visible_to(user).filter(call_again_on__lte=today).filter(~Exists(later))
    for case_id, on in again.values_list("case_id", "call_again_on"):
        yield CallReason(case_id=case_id, words=_("Call again"), due_on=on)


@dataclass(frozen=True, kw_only=True)
class Possible:
    """A case a caller may be asking about."""

    case: Case
    known: Known
    is_forbidden: bool


def possible_cases(user: Any, *, number: str, code: str) -> list[Possible]:
    """Cases of the reader's offices with this phone or tracking code; sealed ones only for their own people."""
    digits = numbers.national_digits(number)
    on_phone = list(Phone.rows.filter(number=digits).values_list("family_id", "rule")) if digits else []
    forbidden = {family for family, rule in on_phone if rule == ContactRule.DO_NOT}
    wanted = Q(family__in=[family for family, _rule in on_phone])
    if code:
        wanted |= Q(tracking_code=code)
    reach = Q(pk__in=Case.objects.visible_to(user).values("pk")) | Q(pk__in=desk_cards(user).values("pk"))
    cases = Case.rows.filter(wanted, reach).exclude(state=CaseState.VOID).select_related("child", "lead")
    found = []
    for case in cases.prefetch_related("child__names").order_by("-pk")[:10]:
        found.append(
            Possible(
                case=case,
                known=Known(
                    children=[name.full for name in case.child.names.all()],
                    mothers=_mothers(case),
                    birth=case.child.birth,
                    code=case.tracking_code,
                ),
                is_forbidden=case.family_id in forbidden,
            )
        )
    return found


def _mothers(case: Case) -> list[str]:
    members = FamilyMember.rows.filter(family=case.family_id, role=FamilyRole.MOTHER, until_on__isnull=True)
    return list(PersonName.rows.filter(person__in=members.values("person_id")).values_list("full", flat=True))
