"""Reads of the case page, the case list and the timeline."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Prefetch, Q, QuerySet, TextField, When, expressions
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.access.scopes import may
from casework.accounts.queries import name_now_of
from casework.audit.models import Event
from casework.kernel.dates import BirthDate, short
from casework.people.models import PersonName
from casework.people.names import initials
from casework.people.queries.names import birth_shown, shown_of
from casework.people.querysets import no_call_to
from casework.people.states import SpokenLanguage
from casework.programmes.contributions import (
    ACTION_GROUPS,
    Badge,
    CaseAction,
    CaseStandings,
    EventWords,
    Standing,
    Words,
    registry,
)
from casework.reference.models import Text
from casework.reference.queries import text_for

from .consent_badges import answers_told, consent_badges
from .models import Case, CasePlan, Goal, Note, Step
from .states import CaseState, CloseReason, Readers, Risk, Stage, StepState

CONSENT_TEXT = "consent.sharing"
ASKED_IN = ("my", "th", "en")
"""Languages the text is written in, the commonest among families first."""

PRESSING = ("solid-red", "red", "amber")
"""The colours of marks that stand first in the header, so that a phone shows them."""
TIMELINE_LENGTH = 30
OPEN_STATES = (CaseState.OPEN, CaseState.ON_HOLD)


def goes_on_in(case: Case, user: Any) -> Case | None:
    """The open case in which a case that was closed as a duplicate goes on, where the reader sees it."""
    if case.close_reason != CloseReason.DUPLICATE:
        return None
    others = Case.objects.visible_to(user).filter(child=case.child_id, state__in=OPEN_STATES)
    return others.exclude(pk=case.pk).order_by("-pk").first()


@dataclass(frozen=True, kw_only=True)
class CaseHeader:
    """The header of every page of a case."""

    case: Case
    user: Any
    name: str
    other_names: Sequence[PersonName]
    initials: str
    age: str
    is_estimated: bool
    sex: str
    languages: str
    lead: str
    badges: Sequence[Badge]
    safety_note: str
    do_not_contact: bool
    no_call: bool
    """A phone of the family must not be called."""

    @cached_property
    def _may_begin(self) -> list[CaseAction]:
        offered = [action for c in sorted(registry, key=lambda c: not c.is_programme) for action in c.case_actions]
        return [action for action in offered if action.applies(self.case) and may(self.user, action.action)]

    def buttons(self) -> list[CaseAction]:
        """What the user may begin with a button of the header; asked for only where it is shown."""
        return [action for action in self._may_begin if action.button]

    def actions(self) -> list[list[CaseAction]]:
        """What the user may begin from the menu, by group, programmes first; asked for only where it is shown."""
        listed = [action for action in self._may_begin if not action.button]
        groups = ([action for action in listed if action.group == group] for group in ACTION_GROUPS)
        return [group for group in groups if group]


def case_header(case: Case, user: Any, today: date) -> CaseHeader:
    """The child header: names in all scripts, age and how sure, badges of every room and programme."""
    child = case.child
    language = (get_language() or "en")[:2]
    return CaseHeader(
        case=case,
        user=user,
        name=child.name,
        other_names=child.current_names()[1:],
        initials=initials(child.name),
        age=child.birth.age_text(child.last_day(today), language),
        is_estimated=not child.birth.is_exact and child.birth.on is not None,
        sex=sex_word(child.sex),
        languages=", ".join(str(SpokenLanguage(code).label) for code in spoken_in(case)),
        lead=case.lead.name_now if case.lead else "",
        badges=sorted(
            [
                *_own_badges(case, language),
                *(badge for c in registry for badge in c.header_badges(case, today)),
                _state_badge(case, language),
                *consent_badges(answers_told(case), today, is_open=case.is_open),
            ],
            key=lambda badge: PRESSING.index(badge.kind) if badge.kind in PRESSING else len(PRESSING),
        ),
        safety_note=case.safety_note,
        do_not_contact=case.do_not_contact,
        no_call=not case.do_not_contact and must_not_call(case),
    )


def spoken_in(case: Case) -> list[str]:
    """What is spoken with the family: the child’s languages, else the one in which the family was informed last.

    A row of for_page() knows the latter.
    """
    if case.child.languages:
        return list(case.child.languages)
    if hasattr(case, "informed_in"):
        return [case.informed_in] if case.informed_in else []
    newest = case.notices_given.order_by("-given_on", "-pk").values_list("language", flat=True)
    return list(newest[:1])


def must_not_call(case: Case) -> bool:
    """Whether the family asked not to be called on one of its phones; a row of for_page() knows it."""
    known: bool | None = getattr(case, "must_not_call", None)
    return no_call_to(case.family_id).exists() if known is None else known


def sex_word(sex: str) -> str:
    """Girl, boy, or nothing while it is not known."""
    return {"F": _("Girl"), "M": _("Boy")}.get(sex, "")


def _own_badges(case: Case, language: str) -> Iterable[Badge]:
    if case.child.died_on:
        yield Badge(kind="grey", text=_("Died on %(day)s") % {"day": short(case.child.died_on, language)})
    if case.risk == Risk.HIGH:
        review = _(", review by %(day)s") % {"day": short(case.risk_review_on, language)} if case.risk_review_on else ""
        yield Badge(kind="red", text=_("High risk") + review, icon="shield-alert")
    if case.is_sealed:
        yield Badge(kind="violet", text=_("Sealed"), icon="lock")


def _state_badge(case: Case, language: str) -> Badge:
    """Behind the others: on a phone the line of badges scrolls, and a day that ends matters more."""
    if case.state == CaseState.OPEN:
        opened = _("Open since %(day)s") % {"day": short(case.opened_on, language)}
        return Badge(kind="blue", text=opened, icon="circle-dot")
    return Badge(kind="grey", text=str(case.get_state_display()), icon="circle-dot")


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One line of the timeline; a restricted one shows that it exists, not what it says."""

    at: datetime
    words: str | Promise
    icon: str
    colour: str
    kind: str
    who: str
    body: str = ""
    reason: str = ""
    is_restricted: bool = False
    times: int = 1


def event_words() -> dict[str, EventWords]:
    """How each act reads."""
    return {words.action: words for words in registry.gather("events")}


def timeline(
    case: Case, user: Any, *, kind: str = "", before: int | None = None
) -> tuple[list[TimelineEntry], int | None]:
    """The newest thirty events of a case by when they were done, and the id to continue after (None at the end).

    Two queries whatever the length: the acts, and the notes among them that the person may read.
    """
    known = event_words()
    wanted = [action for action, words in known.items() if (not kind or words.kind == kind) and words.kind != "access"]
    rows = Event.objects.filter(case_id_of=case.pk, action__in=wanted).select_related("actor").order_by("-at", "-id")
    if before:
        at = Event.objects.filter(pk=before, case_id_of=case.pk).values("at")[:1]
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=before))
    events = list(rows[: TIMELINE_LENGTH + 1])
    more = events[TIMELINE_LENGTH - 1].pk if len(events) > TIMELINE_LENGTH else None
    events = events[:TIMELINE_LENGTH]
    note_ids = [event.subject_id for event in events if event.action == "cases.note.added"]
    notes = {note.pk: note for note in Note.objects.visible_to(user).filter(pk__in=note_ids)} if note_ids else {}
    return together([_entry(event, known[event.action], notes) for event in events]), more


def together(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The entries with runs of one act by one person on one day told once, and how often."""

    def sitting(entry: TimelineEntry) -> tuple[Any, ...]:
        return entry.at.date(), entry.words, entry.who, entry.body, entry.reason, entry.is_restricted

    runs = [list(run) for _key, run in groupby(entries, key=sitting)]
    return [replace(run[0], times=len(run)) for run in runs]


def _entry(event: Event, words: EventWords, notes: dict[int, Note]) -> TimelineEntry:
    who = event.actor.name_now if event.actor else ""
    if event.action == "cases.note.added":
        note = notes.get(event.subject_id or 0)
        if note is None:
            return TimelineEntry(
                at=timezone.localtime(event.at),
                words=_("Restricted note"),
                icon="lock",
                colour="violet",
                kind="note",
                who=who,
                is_restricted=True,
            )
        label = "" if note.readers == Readers.TEAM else str(note.get_readers_display())
        return TimelineEntry(
            at=timezone.localtime(event.at),
            words=words.words,
            icon=words.icon,
            colour=words.colour,
            kind="note",
            who=who,
            body=note.text,
            reason=label,
        )
    return TimelineEntry(
        at=timezone.localtime(event.at),
        words=words.words,
        icon=words.icon,
        colour=words.colour,
        kind=words.kind,
        who=who,
        reason=str(words.told(event.reason)) if words.told and event.reason else event.reason,
    )


@dataclass(frozen=True, kw_only=True)
class GoalRow:
    """A goal with its steps and how many are done."""

    goal: Goal
    steps: Sequence[Step]
    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def plan_rows(plan: CasePlan | None) -> list[GoalRow]:
    """The goals of a plan in order, with the steps that were not dropped; one query."""
    if plan is None:
        return []
    live = FilteredRelation("steps", condition=~Q(steps__state=StepState.DROPPED))
    goals = plan.goals.annotate(step=live).select_related("step__responsible")  # type: ignore[misc]
    in_order = goals.order_by("order", "pk", "step__order", "step__pk")
    return [_goal_row(list(same)) for _pk, same in groupby(in_order, key=lambda goal: goal.pk)]


def _goal_row(same: list[Goal]) -> GoalRow:
    steps = [goal.step for goal in same if hasattr(goal, "step")]
    done = sum(step.state == StepState.DONE for step in steps)
    return GoalRow(goal=same[0], steps=steps, done=done, total=len(steps))


def without_next_step() -> Q:
    """Open cases for which no person wrote a next step and no programme has a next act or a list."""
    condition = Q(next_step="", state=CaseState.OPEN)
    for contribution in registry:
        looked_after = contribution.cases_looked_after()
        if looked_after is not None:
            condition &= ~Q(pk__in=looked_after)
    return condition


IN_STATE = {
    "open": Q(state__in=OPEN_STATES),
    "closed": Q(state=CaseState.CLOSED),
    "on_hold": Q(state=CaseState.ON_HOLD),
    "all": ~Q(state=CaseState.VOID),
}
CASE_VIEWS: dict[str, Words] = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("Mine"),
    "high": gettext_lazy("High risk"),
    "nextless": gettext_lazy("Without a next step"),
    "held": gettext_lazy("On hold"),
    "closed": gettext_lazy("Closed"),
}


def cases_in_state(user: Any, state: str) -> QuerySet[Case]:
    """Visible cases that are open, closed or either, with what a list shows, the newest first."""
    names = Prefetch("child__names", queryset=PersonName.rows.order_by("-is_primary", "pk"))
    rows = Case.objects.visible_to(user).filter(IN_STATE[state])
    return rows.select_related("child", "lead", "office").prefetch_related(names).order_by("-pk")


def cases_in(user: Any, view: str) -> QuerySet[Case]:
    """The cases of one view of the list; an unknown view is the first one."""
    if view == "closed":
        return cases_in_state(user, "closed")
    rows = cases_in_state(user, "open")
    if view == "mine":
        return rows.filter(lead=user)
    if view == "high":
        return rows.filter(risk=Risk.HIGH)
    if view == "held":
        return cases_in_state(user, "on_hold")
    if view == "nextless":
        return rows.filter(without_next_step())
    return rows


def desk_cards(user: Any) -> QuerySet[Case]:
    """Cases of the user's offices of which the desk card is shown (day.md 1)."""
    return Case.rows.all().desk_cards_for(user).select_related("child", "lead")


def case_numbers(ids: Iterable[int | None]) -> dict[int, str]:
    """Case id → its number, which tells nothing of the child."""
    return dict(Case.rows.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "number"))


STAGES: dict[str, Words] = dict(Stage.choices)


def cases_beside(case: Case, user: Any) -> list[str]:
    """The numbers of other cases of the same family that the user sees and nobody sealed."""
    others = Case.objects.visible_to(user).filter(family=case.family_id, family__isnull=False, is_sealed=False)
    return list(
        others.exclude(pk=case.pk).exclude(state=CaseState.VOID).order_by("pk").values_list("number", flat=True)
    )


LIST_FIELDS = (
    "pk",
    "number",
    "names",
    "born_on",
    "born_precision",
    "risk",
    "state",
    "stage",
    "next_step",
    "next_step_on",
)


class CaseRow(NamedTuple):
    """A case in a list: how far it is, by itself and by the programmes, and what is due first."""

    pk: int
    number: str
    names: Sequence[str]
    birth: BirthDate
    is_high_risk: bool
    lead: str
    stages: Sequence[Words]
    step: Words
    due_on: date | None
    is_late: bool


def _standings(*, is_masked: bool = False) -> list[tuple[str, CaseStandings]]:
    told = [(entry.key, entry.case_standings) for entry in registry if entry.case_standings]
    return [(_name_of(key), standings) for key, standings in told if not (is_masked and standings.is_named_only)]


def _name_of(programme: str) -> str:
    return f"standing_{programme}"


def standings_facts(today: date, *, is_masked: bool = False) -> dict[str, Cast]:
    """What the programmes say of cases that are not closed, for case_row() to make words of.

    With `is_masked` what the list without names tells of it, for stages_of().
    """
    return {
        name: Cast(expressions.Case(When(~Q(state=CaseState.CLOSED), then=standings.facts(today))), TextField())
        for name, standings in _standings(is_masked=is_masked)
    }


def for_list(rows: QuerySet[Case], today: date) -> QuerySet[Case, Any]:
    """The facts of cases that case_row() makes words of: their own, and what programmes say of those not closed."""
    standings = standings_facts(today)
    rows = rows.annotate(**shown_of("child"), lead_name=name_now_of("lead"), **standings)
    return rows.values_list(*LIST_FIELDS, "lead_name", *standings, named=True)


def case_row(case: Any, today: date) -> CaseRow:
    """A case of for_list(today) as its list shows it."""
    stages, step, due_on = how_far(case)
    return CaseRow(
        pk=case.pk, number=case.number, names=case.names[:2], is_high_risk=case.risk == Risk.HIGH,
        birth=birth_shown(case), lead=case.lead_name or "", stages=stages, step=step, due_on=due_on,
        is_late=due_on is not None and due_on < today,
    )  # fmt: skip


def far_facts() -> list[str]:
    """The facts of for_list() that how_far() asks for."""
    return ["state", "stage", "next_step", "next_step_on", *(name for name, _standing in _standings())]


def how_far(case: Any) -> tuple[list[Words], Words, date | None]:
    """The stages of a case of for_list(), what is due first, and when."""
    standings = _told(case, _standings())
    return _stages(case, standings), *_first_step(case, standings)


def stages_of(case: Any, programmes: Collection[str]) -> list[Words]:
    """How far a case of standings_facts() is, by itself and by some of the programmes, for the list without names."""
    names = {_name_of(programme) for programme in programmes}
    return _stages(case, _told(case, [found for found in _standings(is_masked=True) if found[0] in names]))


def _told(case: Any, told: Iterable[tuple[str, CaseStandings]]) -> list[Standing]:
    """What programmes say of a case, in words; nothing of a closed one."""
    if case.state == CaseState.CLOSED:
        return []
    return [standings.words(json.loads(facts)) for name, standings in told if (facts := getattr(case, name))]


def _stages(case: Any, standings: Sequence[Standing]) -> list[Words]:
    own = STAGES[case.stage]
    if case.state == CaseState.CLOSED:
        return [own]
    stages = [standing.stage for standing in standings]
    if not stages or case.stage != Stage.IDENTIFIED:  # "identified" says nothing where a programme is at work
        stages.insert(0, own)
    return stages


def _first_step(case: Any, standings: Sequence[Standing]) -> tuple[Words, date | None]:
    if case.state == CaseState.CLOSED:
        return "", None
    steps: list[tuple[Words, date | None]] = [(case.next_step, case.next_step_on)] if case.next_step else []
    steps += [(standing.step, standing.due_on) for standing in standings if standing.step]
    return min(steps, key=lambda found: found[1] or date.max, default=("", None))


def next_steps(case: Case, today: date) -> list[tuple[str, date | None]]:
    """What happens next: what a person wrote, then the next act of every programme at work on the case."""
    written = [(case.next_step, case.next_step_on)] if case.next_step else []
    return [*written, *((str(words), on) for c in registry for words, on in c.next_steps(case, today))]


def consent_asked(case: Case, today: date) -> list[Text]:
    """What a family is asked before it answers about sharing, in its own language first."""
    notice = case.notices_given.order_by("-given_on", "-pk").first()
    spoken = notice.language if notice else ""
    found = [text_for(CONSENT_TEXT, language, today) for language in sorted(ASKED_IN, key=lambda code: code != spoken)]
    return [text for text in found if text is not None]
