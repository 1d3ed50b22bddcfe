"""The ward's list: what waits, the most urgent first, and how much of what the hospital reported was met (M10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.drafts.models import Draft
from casework.kernel.dates import parse_parts
from casework.kernel.refusals import Refusal
from casework.people.identifiers import normalise_number
from casework.people.match_features import Features
from casework.people.models import PersonName
from casework.people.queries.candidates import candidates
from casework.reference.queries import term
from registration.models import BirthRecord, WardBirth
from registration.rules.deadlines import NOTIFY
from registration.rules.ward import NEAR_DAYS, Recorded, Reported, same_birth
from registration.states import WardState

FORM = "registration.intake"
KEEP_DAYS = "registration.ward_keep_days"
LIKELY = ("certain", "high", "medium")
MOTHER_FACTS = {"mother_name", "mother_name_alike"}


@dataclass(frozen=True)
class WardView:
    """One view of the ward's list."""

    key: str
    label: str | Promise
    condition: Q


VIEWS = (
    WardView("waiting", gettext_lazy("Not yet met"), Q(state=WardState.WAITING, draft__isnull=True)),
    WardView("begun", gettext_lazy("Intake started"), Q(state=WardState.WAITING, draft__isnull=False)),
    WardView("met", gettext_lazy("Met"), Q(state=WardState.MET)),
    WardView("not_ours", gettext_lazy("Not ours"), Q(state=WardState.NOT_OURS)),
)
VIEW_BY_KEY = {view.key: view for view in VIEWS}


@dataclass(frozen=True, kw_only=True)
class WardLine:
    """A reported birth as the page shows it."""

    row: WardBirth
    days: str
    is_late: bool
    likely: BirthRecord | None
    birth: BirthRecord | None
    given: Draft | None
    """What the ward gave to the office of the same birth, as far as the reader may see it."""


def ward_rows(user: Any, view: str) -> QuerySet[WardBirth]:
    """The reported births of one view, the oldest first: it has the fewest days left."""
    rows: QuerySet[WardBirth] = WardBirth.objects.visible_to(user).filter(VIEW_BY_KEY[view].condition)
    order = ("born_on", "pk") if view in ("waiting", "begun") else ("-settled_at", "-pk")
    return rows.select_related("list__facility", "draft").order_by(*order)


def ward_counts(user: Any) -> dict[str, int]:
    """How many stand in each view."""
    rows = WardBirth.objects.visible_to(user)
    return {view.key: rows.filter(view.condition).count() for view in VIEWS}


def ward_lines(rows: Sequence[WardBirth], user: Any, today: date) -> list[WardLine]:
    """The rows with their days left, and the records found as far as the reader may see them; five queries."""
    wanted = {pk for row in rows for pk in (row.likely_id, row.birth_id) if pk}
    names = Prefetch("case__child__names", queryset=PersonName.rows.order_by("-is_primary", "pk"))
    seen = BirthRecord.objects.visible_to(user).filter(pk__in=wanted).select_related("case__child")
    births = {birth.pk: birth for birth in seen.prefetch_related(names)}
    drafts = {pk for row in rows for pk in (row.draft_id, row.likely_draft_id) if pk}
    told = Draft.objects.visible_to(user).filter(pk__in=drafts, ready_at__isnull=False) if drafts else ()
    given = {draft.pk: draft for draft in told}
    period = int(term(NOTIFY, today))
    return [
        WardLine(
            row=row,
            days=days_words((row.born_on - today).days + period),
            is_late=row.born_on + timedelta(days=period) < today,
            likely=births.get(row.likely_id or 0),
            birth=births.get(row.birth_id or 0),
            given=given.get(row.draft_id or row.likely_draft_id or 0),
        )
        for row in rows
    ]


def days_words(left: int) -> str:
    """“4 days left” of the fifteen, or “2 days late”."""
    if left >= 0:
        return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}


def reported(row: WardBirth) -> Reported:
    """What tells a stored line from others."""
    return Reported(
        born_on=row.born_on,
        child=row.hospital_no_child,
        mother=row.hospital_no_mother,
        either=row.hospital_no,
        name=row.mother,
        sex=row.sex,
    )


def unlinked_records(office_id: int, days: Iterable[date]) -> list[Recorded]:
    """Records of the office born about these days that no line of the ward's list has; sealed ones are left out."""
    listed = sorted(days)
    if not listed:
        return []
    span = (listed[0] - timedelta(days=NEAR_DAYS), listed[-1] + timedelta(days=NEAR_DAYS))
    rows = BirthRecord.rows.filter(office_id=office_id, case__child__born_on__range=span, ward_birth__isnull=True)
    rows = rows.exclude(case__state="void").exclude(case__is_sealed=True)
    return [recorded(birth) for birth in rows.select_related("case__child").order_by("pk")]


def recorded(birth: BirthRecord) -> Recorded:
    """A record with what is compared."""
    return Recorded(
        id=birth.pk,
        born_on=birth.case.child.born_on,
        child=normalise_number(birth.hospital_no_child),
        mother=normalise_number(birth.hospital_no_mother),
        sex=birth.case.child.sex,
    )


def drafts_by_number(office_id: int) -> dict[str, Draft]:
    """Hospital number → the unfinished intake in which it was typed."""
    found: dict[str, Draft] = {}
    for draft in Draft.rows.filter(office_id=office_id, form=FORM):
        answers = draft.data.get("birth", {})
        for name in ("hospital_no_child", "hospital_no_mother"):
            number = normalise_number(str(answers.get(name) or ""))
            if number:
                found.setdefault(number, draft)
    return found


def reported_in(draft: Draft) -> list[Reported]:
    """The birth a draft tells of, once for each spelling of the mother's name; nothing without its day."""
    answers = {name: value for step in draft.data.values() for name, value in step.items()}
    day, month, year = (answers.get(f"birth_{part}") for part in ("d", "m", "y"))
    try:
        born = parse_parts(day, month, year, era=answers.get("birth_era") or "auto", today=localdate(), field="birth")
    except Refusal:
        return []
    names = [str(value) for name, value in sorted(answers.items()) if name.startswith("mother_name_") and value]
    numbers = [normalise_number(str(answers.get(f"hospital_no_{whose}") or "")) for whose in ("child", "mother")]
    sex = str(answers.get("sex") or "")
    return [
        Reported(born_on=born, child=numbers[0], mother=numbers[1], name=name, sex=sex if sex in ("F", "M") else "")
        for name in names or [""]
    ]


def given_drafts(office_id: int) -> list[tuple[Draft, list[Reported]]]:
    """What the ward gave to the office and nobody has taken over, with the births it tells of."""
    rows = Draft.rows.filter(office_id=office_id, form=FORM, ready_at__isnull=False).order_by("ready_at", "pk")
    return [(draft, reported_in(draft)) for draft in rows]


def like_a_draft(row: WardBirth, drafts: Iterable[tuple[Draft, Sequence[Reported]]]) -> Draft | None:
    """The draft that tells of the same mother and day as a line; a person looks whether it is the same birth."""
    mine = reported(row)
    return next((draft for draft, told in drafts if any(same_birth(mine, one) for one in told)), None)


def on_ward_list() -> Exists:
    """Whether a line of the ward's list goes on with a draft, or looks like it: an expression over drafts."""
    waiting = WardBirth.rows.filter(office_id=OuterRef("office_id"), state=WardState.WAITING)
    return Exists(waiting.filter(Q(draft=OuterRef("pk")) | Q(likely_draft=OuterRef("pk"))))


def likely_record(row: WardBirth) -> BirthRecord | None:
    """The record of the office that the match engine takes for this birth, by the mother's name and the date."""
    features = Features.of_names(
        child=[],
        mother=[row.mother],
        born_on=row.born_on,
        sex=row.sex or "U",
        hospital_no=row.hospital_no_child,
        phones=frozenset({row.phone} if row.phone else ()),
        weight_g=row.weight_g,
    )
    hits = [
        hit.child_id
        for hit in candidates(features, limit=5)
        if hit.key.office_id == row.office_id and _speaks_for(hit.match)
    ]
    rows = BirthRecord.rows.filter(office_id=row.office_id, case__child_id__in=hits, ward_birth__isnull=True)
    rows = rows.exclude(case__state="void").exclude(case__is_sealed=True)
    births = {birth.case.child_id: birth for birth in rows.select_related("case")}
    return next((births[child] for child in hits if child in births), None)


def _speaks_for(match: Any) -> bool:
    """Sure enough to be looked at: a likely pair, or the mother's name with the day."""
    facts = set(match.facts)
    return match.band in LIKELY or (bool(facts & MOTHER_FACTS) and bool(facts & {"born_same", "born_near"}))


def prefilled(row: WardBirth) -> dict[str, dict[str, str]]:
    """Step → answers of the intake that the ward already gave."""
    script = script_field(row.mother)
    mother = {"plurality": "1", "mother_knowledge": "known"}
    if row.mother:
        mother[f"mother_name_{script}"] = row.mother
    if row.phone:
        mother["phone"] = row.phone
    born = row.born_on
    child = {"birth_precision": "exact", "birth_era": "ce"}
    child |= {"birth_d": str(born.day), "birth_m": str(born.month), "birth_y": str(born.year)}
    if row.sex in ("F", "M"):
        child["sex"] = row.sex
    if row.time:
        child["time"] = row.time.strftime("%H:%M")
    if row.weight_g:
        child["weight_g"] = str(row.weight_g)
    birth = {"channel": "ward", "place_kind": "hospital", "facility": str(row.list.facility_id)}
    birth |= {name: getattr(row, name) for name in ("hospital_no_child", "hospital_no_mother") if getattr(row, name)}
    return {"child": child, "birth": birth, "mother": mother}


def script_field(name: str) -> str:
    """The script in which the ward wrote a name."""
    if any("\u0e00" <= letter <= "\u0e7f" for letter in name):
        return "Thai"
    return "Mymr" if any("\u1000" <= letter <= "\u109f" for letter in name) else "Latn"


def list_summary(added: int, known: int, met: int, refused: int) -> str:
    """What came of a list, in one sentence."""
    words = _("Received: %(added)d. Here already: %(known)d. Met: %(met)d.") % {
        "added": added,
        "known": known,
        "met": met,
    }
    if refused:
        rows = ngettext("%(n)d row was not received.", "%(n)d rows were not received.", refused) % {"n": refused}
        return f"{words} {rows}"
    return words
