"""A parent's refusal: what it means, what can be done about it, and which papers it takes off the list.

The consequences say only what the reference states: who notifies (Civil Registration Act s. 18), that the registrar
accepts the notification with the facts as far as known, and the hospital's form for the father's surname.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error
from registration.models import BirthRecord, ParentRefusal, Requirement
from registration.refusal_states import WAYS, RefusalState, RefusalWay, Refused, RefusedBecause, RefusingParent
from registration.states import Status

PARENTAGE = frozenset({Refused.REGISTRATION, Refused.PATERNITY})
"""Refusals after which the parent's own papers cannot be had."""
PAPERS_OF = {"mother_known": RefusingParent.MOTHER, "father_known": RefusingParent.FATHER}
"""Named condition of a requirement → whose paper it is."""


@dataclass(frozen=True)
class Consequence:
    """What a refusal means, in plain words, and where that is written."""

    sentence: str | Promise
    source: str | Promise = ""


CONSEQUENCES = {
    Refused.REGISTRATION: (
        Consequence(
            _(
                "The father, the mother, the legal guardian or the head of the house where the child was born may "
                "notify. One parent’s no does not stop the others."
            ),
            _("Civil Registration Act s. 18"),
        ),
        Consequence(
            _("The registrar accepts the notification and writes the facts as far as they are known."),
            _("guide of a registration office, plalo.go.th"),
        ),
        Consequence(_("The 15 days go on. Without registration the child has no birth certificate.")),
    ),
    Refused.PATERNITY: (
        Consequence(
            _("The mother can notify alone. The registrar writes the facts as far as they are known."),
            _("Civil Registration Act s. 18; guide of a registration office, plalo.go.th"),
        ),
        Consequence(
            _("For his surname unmarried parents both sign a form at the hospital. Without him it is not asked for."),
            _("hospital form seen by the clinic"),
        ),
        Consequence(_("His identity paper and his consent to the surname are not asked for any more.")),
    ),
    Refused.SHARING: (
        Consequence(_("The registration goes on as before: it does not rest on consent.")),
        Consequence(_("Consent given before ends today. Hospital, school and other services are told nothing new.")),
    ),
}  # fmt: skip
"""What each refusal means for the child; shown before it is written down and beside it."""


def can_record_refusal(birth: BirthRecord) -> Verdict:
    """A closed registration is opened first."""
    if birth.status == Status.CLOSED:
        return no("BR-REF-1", _("The registration is closed. Open it again first."))
    return YES


def can_change(refusal: ParentRefusal) -> Verdict:
    """One that ended is history."""
    if not refusal.is_open:
        return no("BR-REF-11", _("This refusal has ended. Write down a new one if it came back."))
    return can_record_refusal(refusal.birth)


def ways_for(parent: str, what: str) -> tuple[RefusalWay, ...]:
    """What can be done about a refusal; a mother who refuses leaves no mother's side."""
    ways = WAYS.get(Refused(what), ()) if what in Refused.values else ()
    return tuple(way for way in ways if way != RefusalWay.MOTHERS_SIDE or parent != RefusingParent.MOTHER)


def refusal_findings(
    *, parent: str, what: str, because: str, words: str, way: str, refused_on: date, today: date
) -> Iterator[Finding]:
    """BR-REF-2 to BR-REF-6: who refuses what, why, when, and what is done."""
    if parent not in RefusingParent.values:
        yield error("BR-REF-2", "parent", _("Choose who refuses."))
    if what not in Refused.values:
        yield error("BR-REF-2", "what", _("Choose what is refused."))
    elif what == Refused.PATERNITY and parent != RefusingParent.FATHER:
        yield error("BR-REF-3", "what", _("Only the father acknowledges a child as his. Choose another answer."))
    if because not in RefusedBecause.values:
        yield error("BR-REF-2", "because", _("Choose why."))
    elif because == RefusedBecause.OTHER and not words.strip():
        yield error("BR-REF-4", "words", _("Write the reason in a few words."))
    if refused_on > today:
        yield error("BR-REF-5", "refused_on", _("This day is in the future. Check the date."))
    yield from way_findings(parent=parent, what=what, way=way)


def way_findings(*, parent: str, what: str, way: str) -> Iterator[Finding]:
    """BR-REF-6: a way that fits what is refused."""
    if way not in ways_for(parent, what):
        yield error("BR-REF-6", "way", _("Choose how it goes on; this answer does not fit what is refused."))


def ending_findings(
    refusal: ParentRefusal, *, state: str, text: str, ended_on: date, today: date
) -> Iterator[Finding]:  # fmt: skip
    """BR-REF-7 to BR-REF-9: how a refusal ended, and when."""
    if state not in (RefusalState.WITHDRAWN, RefusalState.SOLVED):
        yield error("BR-REF-7", "state", _("Choose how it ended."))
    if state == RefusalState.SOLVED and not text.strip():
        yield error("BR-REF-8", "ended_text", _("Write how it was solved."))
    if ended_on > today:
        yield error("BR-REF-9", "ended_on", _("This day is in the future. Check the date."))
    elif ended_on < refusal.refused_on:
        yield error("BR-REF-9", "ended_on", _("It cannot end before it began. Check the days."))


def refusing_parents(birth: BirthRecord) -> set[str]:
    """Parents who refuse the registration or to acknowledge the child: their papers cannot be had.

    A refusal that was solved in another way still stands between the parent and the papers; one taken back does not.
    """
    rows = birth.refusals.exclude(state=RefusalState.WITHDRAWN).filter(what__in=PARENTAGE)
    return set(rows.values_list("parent", flat=True))


def whose_paper(requirement: Requirement) -> str:
    """The parent whose own paper a requirement asks for; nothing for any other paper."""
    return PAPERS_OF.get(requirement.condition, "")


def notifier_findings(birth: BirthRecord) -> Iterator[Finding]:
    """BR-READY-7: who was to notify does not refuse the registration."""
    refuses = birth.refusals.filter(
        state=RefusalState.OPEN, what=Refused.REGISTRATION, parent=birth.informant_relation
    )  # fmt: skip
    if birth.informant_relation and refuses.exists():
        yield error(
            "BR-READY-7",
            "informant_relation",
            _("Who was to notify refuses. Choose somebody else who may notify: parent, guardian or head of the house."),
        )
