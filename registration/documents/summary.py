"""The case on one sheet for a colleague or supervisor, from the stored record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils import timezone, translation

from casework.audit.models import Event
from casework.documents.kinds import all_kinds
from casework.documents.models import Document
from casework.kernel import dates
from casework.people.models import Person
from casework.programmes.contributions import EventWords, registry
from registration.certificate_states import OPEN_CORRECTIONS
from registration.models import BirthRecord, Outcome
from registration.papers.summary import CaseSummary, CaseSummaryKind, EventLine, Line, PaperLine, SubmissionLine
from registration.queries.panel import birth_head, flags
from registration.states import DiscrepancyState, ParentRole
from registration.words.codes import ITEM_STATES, RELATIONS, RESULTS, SEXES, block, word
from registration.words.summary import LABELS

from . import values

MOST_EVENTS = 10
ROUTINE_LEVEL = 2
ROUTINE_COLOUR = "grey"
ALWAYS_TOLD = frozenset(
    {
        "cases.notice.given",
        "cases.case.closed",
        "cases.case.reassigned",
        "registration.birth.closed",
        "registration.death.recorded",
        "registration.death.notified",
    }
)
"""Acts that matter on paper although the timeline shows them as routine; single papers stand in their own table."""
DOCUMENT_ACTS = "documents.document."


def initials(name: str) -> str:
    """A name with the first letter of each word only."""
    return " ".join(f"{part[0]}." for part in name.split() if part)


class Summary(values.OfBirthRecord, CaseSummaryKind):
    """The whole record on paper; `masked` in the options leaves initials of names."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> CaseSummary:
        is_masked = bool(facts.get("masked"))
        show: Callable[[str], str] = initials if is_masked else str
        with translation.override(language):
            return CaseSummary(
                is_masked=is_masked,
                status=tuple(_status(subject, language)),
                facts=tuple(_facts(subject, language, show)),
                people=tuple(_people(subject, language, show)),
                certificate=tuple(_certificate(subject, language, is_masked)),
                flags=tuple(_flags(subject, language)),
                papers=tuple(_papers(subject, language)),
                submissions=tuple(
                    SubmissionLine(
                        date=dates.short(visit.submitted_on, language),
                        office=visit.registry_office.name(language),
                        result=word(RESULTS, visit.result, language),
                    )
                    for visit in subject.submissions.select_related("registry_office")
                ),
                timeline=tuple(_timeline(subject, language, show)),
            )


def _status(birth: BirthRecord, language: str) -> Iterator[Line]:
    labels = LABELS[language]
    yield Line(label=labels["case"], value=birth.case.number)
    yield Line(label=labels["stage"], value=str(birth.get_status_display()))
    if birth.track:
        yield Line(label=labels["track"], value=str(birth.get_track_display()))
    if birth.notify_due_on:
        yield Line(label=labels["due"], value=dates.short(birth.notify_due_on, language))
    if birth.registry_office:
        yield Line(label=labels["office"], value=birth.registry_office.name(language))


def _facts(birth: BirthRecord, language: str, show: Callable[[str], str]) -> Iterator[Line]:
    labels, child = LABELS[language], birth.case.child
    yield Line(label=labels["child"], value=f"{_shown(child, language, show)} ({word(SEXES, child.sex, language)})")
    yield Line(label=labels["born"], value=values.birth_day(birth, language))
    yield Line(label=labels["place"], value=values.birth_place(birth, language))
    if birth.plurality > 1:
        yield Line(label=labels["order"], value=values.order_words(birth, language))


def _people(birth: BirthRecord, language: str, show: Callable[[str], str]) -> Iterator[Line]:
    for role in (ParentRole.MOTHER, ParentRole.FATHER):
        link = values.parent(birth, role)
        if link is None:
            continue
        person = values.printed_person(birth, role)
        known = _shown(person, language, show) if person else str(link.get_knowledge_display())
        yield Line(label=LABELS[language][role], value=known)


def _shown(person: Person, language: str, show: Callable[[str], str]) -> str:
    """The name in the paper's script first."""
    found = values.names(person)
    order = (found.th, found.latin, found.my) if language == "th" else (found.latin, found.th, found.my)
    written = [name for name in order if name][: 1 if found.is_called else 2]
    return show(written[0]) + (f" ({show(written[1])})" if len(written) > 1 else "")


def _certificate(birth: BirthRecord, language: str, is_masked: bool) -> Iterator[Line]:
    """What the office wrote, and in whose hands it is; nothing before the birth is registered."""
    outcome: Outcome | None = getattr(birth, "outcome", None)
    if outcome is None:
        return
    labels, show = LABELS[language], initials if is_masked else str
    yield Line(label=labels["registered_on"], value=dates.short(outcome.registered_on, language))
    number = _last_digits(outcome.certificate_no) if is_masked else outcome.certificate_no
    yield Line(label=labels["form"], value=" · ".join(filter(None, [str(outcome.get_form_display()), number])))
    if outcome.name_th:
        yield Line(label=labels["name_on_it"], value=show(outcome.name_th))
    if outcome.child_number:
        shown = _last_digits(outcome.child_number) if is_masked else outcome.child_number
        yield Line(label=labels["child_number"], value=shown)
    yield Line(label=labels["handed_over"], value=_handed_over(outcome, language, show) or labels["not_yet"])
    correction = birth.corrections.filter(state__in=OPEN_CORRECTIONS).first()
    if correction is not None:
        yield Line(label=labels["correction"], value=str(correction.get_state_display()))


def _handed_over(outcome: Outcome, language: str, show: Callable[[str], str]) -> str:
    if outcome.handed_over_on is None:
        return ""
    relation = word(RELATIONS, outcome.handed_over_relation, language)
    to = f"{show(outcome.handed_over_to)} ({relation})" if relation else show(outcome.handed_over_to)
    return f"{dates.short(outcome.handed_over_on, language)}, {to}"


def _last_digits(number: str) -> str:
    """A number of which the last three signs are shown."""
    return f"…{number[-3:]}" if number else ""


def _flags(birth: BirthRecord, language: str) -> Iterator[str]:
    """What the page of the record shows as a badge, then what stops papers and where they differ."""
    head = birth_head(birth.case)
    if head is not None:
        yield from (str(badge.text) for badge in flags(head, timezone.localdate()))
    for item in birth.items.all():
        if not item.block:
            continue
        yield f"{item.label(language)}: {block(item.block, language)}"
    for discrepancy in birth.discrepancies.filter(state=DiscrepancyState.OPEN):
        yield f"{LABELS[language]['difference']}: {discrepancy.value_a} / {discrepancy.value_b}"


def _papers(birth: BirthRecord, language: str) -> Iterator[PaperLine]:
    for item in birth.items.all():
        yield PaperLine(
            name=item.label(language),
            state=word(ITEM_STATES, item.state, language),
            note=item.waive_reason or block(item.block, language),
        )


def _timeline(birth: BirthRecord, language: str, show: Callable[[str], str]) -> Iterator[EventLine]:
    """The acts that matter, newest first, each paper by its name, without anything of a restricted level."""
    words = {event.action: event for event in registry.gather("events") if _matters(event)}
    rows = Event.objects.filter(case_id_of=birth.case_id, level__lte=ROUTINE_LEVEL, action__in=words)
    events = list(rows.select_related("actor").order_by("-at", "-pk")[: MOST_EVENTS * 4])
    titles = _titles(events)
    lines = (
        EventLine(
            date=dates.short(timezone.localdate(event.at), language),
            what=": ".join(filter(None, [str(words[event.action].words), titles.get(event.pk, "")])),
            who=show(values.staff_name(event.actor, language)),
        )
        for event in events
    )
    yield from [line for line, _again in groupby(lines)][:MOST_EVENTS]


def _matters(event: EventWords) -> bool:
    is_routine = event.colour == ROUTINE_COLOUR or event.kind == "access"
    return event.action in ALWAYS_TOLD or not is_routine


def _titles(events: Iterable[Event]) -> dict[int, str]:
    """The names of the papers that acts are about, by act."""
    about = {event.pk: event.subject_id for event in events if event.action.startswith(DOCUMENT_ACTS)}
    titles = {kind.key: str(kind.title) for kind in all_kinds()}
    rows = Document.rows.filter(pk__in=set(about.values())).values_list("pk", "kind", "title")
    named = {pk: titles.get(kind, title) for pk, kind, title in rows}
    return {event: named.get(document, "") for event, document in about.items()}
