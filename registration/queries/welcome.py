"""The welcome-back page: every old fact with when it was last confirmed, what is stale, and what is new (day.md 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import may
from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.cases.facts import closed_by, confirmed_words, last_confirmed
from casework.cases.models import Consent, Step, Task
from casework.cases.services.plans import current_plan
from casework.cases.states import StepState, TaskState
from casework.kernel.dates import short
from casework.people.identifiers import mask
from casework.people.models import Person
from casework.people.queries.families import family_panel
from casework.people.states import Script, SpokenLanguage
from casework.programmes.contributions import registry
from registration.models import BirthRecord, ParentLink
from registration.rules.guards import can_edit_facts, can_edit_parent
from registration.rules.tracks import propose_track
from registration.rules.welcome import away_words, can_come_back
from registration.states import Status, Suspension, Track

from .facts import facts_of
from .panel import place_words, silence

BEFORE_OFFICE = frozenset({Status.DRAFT, Status.ASSESSING, Status.GATHERING, Status.READY, Status.CLOSED})


@dataclass(frozen=True, kw_only=True)
class OldFact:
    """One fact as it stands: in words, as it is stored, where it is changed, and when it was last confirmed."""

    key: str
    label: str
    value: str
    stored: str
    change_url: str = ""
    note: str = ""
    confirmed: str = ""


def _language() -> str:
    return (get_language() or "en")[:2]


def away(birth: BirthRecord, today: date) -> list[str]:
    """Why the family counts as away; nothing when it does not."""
    found = BirthRecord.rows.filter(pk=birth.pk).annotate(**silence(today))
    last_at, months = found.values_list("last_act_at", "welcome_back_months").get()
    return _away(birth, last_at, months, today)


def _away(birth: BirthRecord, last_at: datetime | None, months: Decimal, today: date) -> list[str]:
    last = timezone.localdate(last_at) if last_at else None
    return list(away_words(birth, last_act=last, months=int(months), today=today))


def welcome_urls(cases: Sequence[Any], today: date) -> dict[int, str]:
    """Case → its welcome-back page, where the family counts as away; one query whatever their number."""
    births = BirthRecord.rows.filter(case__in=[case.pk for case in cases]).select_related("case")
    return urls_of(births.annotate(**silence(today)), today)


def urls_of(births: Iterable[Any], today: date) -> dict[int, str]:
    """The same of births that are at hand with their cases and their silence()."""
    pages = (
        (birth.case_id, reverse("registration:welcome-back", args=[birth.pk]))
        for birth in births
        if can_come_back(birth.case, today) and _away(birth, birth.last_act_at, birth.welcome_back_months, today)
    )
    return dict(pages)


def old_facts(birth: BirthRecord, user: Any, today: date) -> list[OldFact]:
    """Every fact that may have changed meanwhile, with when and by whom it was last confirmed."""
    last = last_confirmed(birth.case)
    return [
        replace(fact, confirmed=confirmed_words(last.get(fact.key), fact.stored, today))
        for fact in _facts(birth, user, today)
    ]


def quiet_confirmations(birth: BirthRecord, user: Any, today: date) -> dict[str, str]:
    """Fact → when it was last confirmed, for the birth's own page; one query while nothing was ever confirmed."""
    if not last_confirmed(birth.case):
        return {}
    return {fact.key: fact.confirmed for fact in old_facts(birth, user, today) if fact.confirmed}


def _facts(birth: BirthRecord, user: Any, today: date) -> Iterator[OldFact]:
    child = birth.case.child
    links = list(birth.parents.select_related("person").prefetch_related("person__names"))
    yield from _names("child", _("Child"), child)
    for link in links:
        if link.person:
            yield from _names(link.role, str(link.get_role_display()), link.person)
    yield from _birth_facts(birth)
    yield from _contacts(birth, user, today)
    yield _languages(birth)
    for link in links:
        yield _whereabouts(link)
    for person in [child, *(link.person for link in links if link.person)]:
        yield from _papers(person, today)
    yield from _office_facts(birth, user)


def _names(who: str, label: str, person: Person) -> Iterator[OldFact]:
    for script in (Script.THAI, Script.LATIN, Script.MYANMAR):
        name = next((name for name in person.current_names() if name.script == script), None)
        if name is None:
            continue
        yield OldFact(
            key=f"{who}.name.{script}",
            label=_("%(who)s’s name, %(script)s") % {"who": label, "script": Script(script).label},
            value=name.full,
            stored=name.full,
            change_url=reverse("people:name-edit", args=[person.pk, name.pk]),
        )


def _birth_facts(birth: BirthRecord) -> Iterator[OldFact]:
    child = birth.case.child
    editing = reverse("registration:facts", args=[birth.pk]) if can_edit_facts(birth) else ""
    yield OldFact(
        key="child.born",
        label=_("Born"),
        value=child.birth.text(_language()),
        stored=f"{child.born_on} {child.born_precision}",
        change_url=editing or reverse("people:facts", args=[child.pk]),
    )
    yield OldFact(
        key="birth.place",
        label=_("Born at"),
        value=place_words(birth),
        stored=f"{birth.place_kind} {birth.facility_id} {birth.place_id} {birth.place_text}",
        change_url=editing,
    )


def _contacts(birth: BirthRecord, user: Any, today: date) -> Iterator[OldFact]:
    child, case = birth.case.child, birth.case
    for family in family_panel(child, user=user, today=today, do_not_contact=case.do_not_contact)["families"]:
        lines = [*family.phones, *(phone for member in family.members for phone in member.phones)]
        for phone in {line.id: line for line in lines}.values():
            yield OldFact(
                key=f"phone.{phone.id}",
                label=_("Phone"),
                value=" · ".join(part for part in (phone.number, phone.whose) if part),
                stored=f"{phone.number} {phone.rule}",
                note=str(phone.rule.label),
                change_url=reverse("people:phone-edit", args=[child.pk, phone.id]),
            )
        yield OldFact(
            key=f"family.{family.id}.address",
            label=_("Address"),
            value=family.address or _("Not asked"),
            stored=family.address,
            change_url=reverse("people:family-edit", args=[child.pk, family.id]),
        )


def _languages(birth: BirthRecord) -> OldFact:
    child = birth.case.child
    spoken = [str(SpokenLanguage(code).label) for code in child.languages]
    interpreter = birth.interpreter_language
    known = interpreter in SpokenLanguage.values
    return OldFact(
        key="child.languages",
        label=_("Language and interpreter"),
        value=", ".join(spoken) or _("Not asked"),
        stored=f"{sorted(child.languages)} {child.needs_interpreter} {interpreter}",
        note=_("Interpreter: %(language)s") % {"language": SpokenLanguage(interpreter).label} if known else "",
        change_url=reverse("people:facts", args=[child.pk]),
    )


def _whereabouts(link: ParentLink) -> OldFact:
    return OldFact(
        key=f"{link.role}.knowledge",
        label=_("%(parent)s: what is known") % {"parent": link.get_role_display()},
        value=str(link.get_knowledge_display()),
        stored=f"{link.knowledge} {link.reason}",
        note=link.reason,
        change_url=reverse("registration:parent", args=[link.pk]) if can_edit_parent(link.birth) else "",
    )


def _papers(person: Person, today: date) -> Iterator[OldFact]:
    for paper in person.papers.filter(is_current=True).order_by("pk"):
        until = short(paper.expires_on, _language()) if paper.expires_on else ""
        is_over = paper.expires_on is not None and paper.expires_on < today
        words = _("expired on %(day)s") if is_over else _("valid until %(day)s")
        yield OldFact(
            key=f"paper.{paper.pk}",
            label=f"{paper.get_type_display()}, {person.name}",
            value=mask(paper.number) if paper.number else _("number not recorded"),
            stored=f"{paper.number} {paper.expires_on}",
            note=words % {"day": until} if until else "",
            change_url=reverse("people:paper-edit", args=[person.pk, paper.pk]),
        )


def _office_facts(birth: BirthRecord, user: Any) -> Iterator[OldFact]:
    office, case = birth.registry_office, birth.case
    yield OldFact(
        key="birth.registry_office",
        label=_("Registry office"),
        value=office.name(_language()) if office else _("not chosen"),
        stored=str(birth.registry_office_id),
        change_url=reverse("registration:office", args=[birth.pk]) if can_edit_facts(birth) else "",
    )
    may_assign = may(user, "cases.case.assign", office_id=case.office_id)
    yield OldFact(
        key="case.lead",
        label=_("Lead"),
        value=case.lead.name_now if case.lead else "–",
        stored=str(case.lead_id),
        note="" if may_assign else _("A supervisor gives the case to somebody else."),
        change_url=reverse("cases:lead", args=[case.pk]) if may_assign else "",
    )


@dataclass(frozen=True, kw_only=True)
class Stale:
    """What waits since before the family was away: tasks and steps past their day, consents past theirs."""

    tasks: Sequence[Task]
    steps: Sequence[Step]
    consents: Sequence[tuple[Consent, str]]


def stale_things(birth: BirthRecord, today: date) -> Stale:
    """Tasks and plan steps whose day is over, and expired consents with what they were for."""
    case = birth.case
    plan = current_plan(case)
    steps = Step.rows.filter(goal__plan=plan, state=StepState.TO_DO, due_on__lt=today) if plan else Step.rows.none()
    labels = {purpose.key: str(purpose.label) for purpose in registry.gather("consent_purposes")}
    expired = case.consents.filter(withdrawn_on__isnull=True, decision="yes", expires_on__lt=today)
    return Stale(
        tasks=list(case.tasks.filter(state=TaskState.TO_DO, due_on__lt=today).select_related("owner")),
        steps=list(steps.select_related("goal", "responsible")),
        consents=[(row, labels.get(row.purpose, row.purpose)) for row in expired.order_by("pk")],
    )


def track_today(birth: BirthRecord, today: date) -> Track | None:
    """The way that today's facts point to; None once the papers are at the office or the child is registered."""
    if birth.status not in BEFORE_OFFICE or hasattr(birth, "outcome"):
        return None
    return propose_track(facts_of(birth), effective=birth.notify_effective_on, today=today)


def welcome_context(birth: BirthRecord, user: Any, today: date) -> Mapping[str, Any]:
    """What the page shows beside its form."""
    closing = closed_by(birth.case) if birth.status == Status.CLOSED else None
    proposed = track_today(birth, today)
    return {
        "away": away(birth, today),
        "closed_by": closing,
        "track_old": Track(birth.track).label if birth.track else "",
        "track_new": proposed.label if proposed else "",
        "is_new_way": bool(proposed and proposed != birth.track),
        "is_suspended": birth.suspension != Suspension.NONE,
    }


def supervisors_of(birth: BirthRecord, today: date) -> list[User]:
    """Who may open the case again, in its office."""
    grants = Grant.objects.live(today).filter(
        office=birth.office_id, role=Role.SUPERVISOR, programme__in=["", "registration"]
    )
    return list(User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("full_name"))
