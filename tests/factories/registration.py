"""Invented births, built through the services and taken as far along their way as a test needs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from django.utils import timezone

from casework.accounts.models import Office, User
from casework.kernel.dates import BirthDate
from casework.reference.models import Facility, Place
from registration.models import (
    BirthRecord,
    ChecklistItem,
    Correction,
    CounterCheck,
    Outcome,
    RegistryOffice,
    Submission,
)
from registration.queries.agreed import agreed_lines
from registration.rules.facts import BirthFacts, ParentFacts
from registration.services import corrections, progress
from registration.services import office as at_office
from registration.services.counter import record_counter_check
from registration.services.intake import NoticeFacts, open_birth
from registration.states import IN_HAND, FirstProof, Knowledge, PlaceKind

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)
NOTICE = NoticeFacts(language="my", given_on=TODAY)
_births = count(1)
_SOUNDS = [
    c + v for c in ("b", "ch", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "z") for v in "aeiou"
]


def make_facility(code: str = "test-hospital") -> Facility:
    """A hospital in Mae Sot."""
    place = Place.objects.filter(code__startswith="6306").first
    names = {"name_en": "Test Hospital", "name_th": "โรงพยาบาลทดสอบ"}
    return Facility.objects.get_or_create(code=code, defaults={**names, "place": place})[0]


def known(role: str, name: str = "", **more: object) -> ParentFacts:
    """A parent who is known."""
    names = {"Latn": name or ("Naw Paw" if role == "mother" else "Saw Htoo")}
    return ParentFacts(role=role, knowledge=Knowledge.KNOWN, names=names, **more)


def missing(role: str, knowledge: str = Knowledge.UNKNOWN, reason: str = "She never told") -> ParentFacts:
    """A parent of whom nothing is known, and why."""
    return ParentFacts(role=role, knowledge=knowledge, reason=reason)


def birth_facts(born: dt.date | BirthDate | None = None, **more: object) -> BirthFacts:
    """A child born in hospital three days ago with the delivery certificate at hand, changed as asked."""
    number = next(_births)
    child, mother, father = (invented_name(number, kind) for kind in ("child", "mother", "father"))
    born = TODAY - dt.timedelta(days=3) if born is None else born
    facts = BirthFacts(
        names={"Latn": child, "Thai": _thai(number)},
        birth=born if isinstance(born, BirthDate) else BirthDate(born),
        sex="F",
        weight_g=3100,
        place_kind=PlaceKind.HOSPITAL,
        proof=FirstProof.TR1_1,
        proof_number=f"MSH-{number:05d}",
        proof_seen=True,
        channel="ward",
        parents=(known("mother", mother), known("father", father)),
        informant_relation="mother",
    )
    return replace(facts, **more)


def of_today(**more: object) -> dict[str, object]:
    """For make_birth and gathering: a birth three days before the test runs, logged on its day, for pages count on."""
    today = timezone.localdate()
    facts = birth_facts(today - dt.timedelta(days=3), **more)
    return {"facts": facts, "today": today, "notice": NoticeFacts(language="my", given_on=today)}


def invented_name(number: int | str, kind: str) -> str:
    """A name unlike those of the numbers before it, so that nobody is taken for a duplicate."""
    letters = random.Random(f"{kind}{number}")
    parts = ("".join(letters.choice(_SOUNDS) for _ in range(2)).capitalize() for _ in range(3))
    return " ".join(parts)


def _thai(number: int) -> str:
    letters = random.Random(f"thai{number}")
    return "".join(letters.choice("กขคงจชดตนบปพมยรลวสหอ") + "า" for _ in range(6))


def make_birth(office: Office, by: User, facts: BirthFacts | None = None, **more: object) -> BirthRecord:
    """A birth just logged: assessing, with a way proposed."""
    facts = facts or birth_facts()
    if facts.place_kind == PlaceKind.HOSPITAL and facts.facility_id is None:
        facts = replace(facts, facility_id=make_facility().pk)
    more = {"notice": NOTICE, "now": NOW, "today": TODAY, **more}
    return open_birth(facts=facts, office=office, by=by, **more)


def make_registry(name: str = "Mae Sot City Municipality registry") -> RegistryOffice:
    """A registry office of the first rows."""
    return RegistryOffice.objects.get(name_en=name)


def gathering(
    office: Office, by: User, facts: BirthFacts | None = None, *, today: dt.date = TODAY, **more: object
) -> BirthRecord:
    """A birth whose way is confirmed as proposed, and whose checklist is there."""
    birth = make_birth(office, by, facts, today=today, **more)
    return progress.confirm_track(birth=birth, track=birth.track_proposed, reason="", by=by, now=NOW, today=today)


def settle_items(birth: BirthRecord, by: User) -> Sequence[ChecklistItem]:
    """Every paper of the checklist was seen."""
    waiting = list(birth.items.exclude(state__in=IN_HAND).select_related("requirement"))
    return progress.see_originals(birth=birth, items=waiting, by=by)


def ready(office: Office, by: User, facts: BirthFacts | None = None) -> BirthRecord:
    """A birth ready to submit at the municipality."""
    birth = gathering(office, by, facts)
    progress.choose_office(birth=birth, office=make_registry(), by=by, today=TODAY)
    settle_items(birth, by)
    return progress.declare_ready(birth=birth, by=by, now=NOW, today=TODAY)


def blocked(office: Office, by: User, *, days: int) -> BirthRecord:
    """A birth of which a needed paper is stopped for so many days."""
    birth = gathering(office, by)
    item = birth.items.filter(level="star").exclude(state="original_seen").first() or birth.items.first()
    stopped = TODAY - dt.timedelta(days=days)
    progress.set_item(item=item, state="needed", block="parent_no_id", by=by, today=stopped)
    return birth


def visit(birth: BirthRecord, by: User, **more: object) -> Submission:
    """A visit of today to the registry office of the birth, by a parent with all papers."""
    more = {"submitted_on": TODAY, "by_whom": "parent", "handed_in": list(birth.items.all()), "today": TODAY, **more}
    return at_office.record_visit(birth=birth, registry_office=birth.registry_office, by=by, **more)


def certificate(**more: object) -> dict[str, object]:
    """What the office wrote; nothing in it differs from any case."""
    return {"registered_on": TODAY, "form": "TR03", "certificate_no": "12/2569", "register": "TR38_1", **more}


def registered(office: Office, by: User, facts: BirthFacts | None = None, **values: object) -> Outcome:
    """A birth with its certificate."""
    birth = ready(office, by, facts)
    visit(birth, by)
    return at_office.record_outcome(birth=birth, values=certificate(**values), by=by, today=TODAY)


def counter_answers(birth: BirthRecord, **different: str) -> dict[str, tuple[str, str]]:
    """Every line the same, but for those of which is said what stands on the draft."""
    keys = [line.key for line in agreed_lines(birth, "th")]
    return {key: ("different", different[key]) if key in different else ("same", "") for key in keys}


def counter_check(birth: BirthRecord, by: User, **different: str) -> CounterCheck:
    """The draft was compared at the counter."""
    return record_counter_check(birth=birth, answers=counter_answers(birth, **different), by=by, now=NOW)


def correction(birth: BirthRecord, by: User, **more: object) -> Correction:
    """A correction of everything that differs, just begun."""
    more = {"registry_office": make_registry(), "discrepancies": birth.discrepancies.all(), "today": TODAY, **more}
    return corrections.start_correction(birth=birth, by=by, **more)
