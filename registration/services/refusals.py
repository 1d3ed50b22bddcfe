"""A parent refuses: written down with why, what is done about it, and how it ends (day.md 6 and 18)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.cases.services.cases import set_next_step
from casework.cases.services.records import withdraw_consent
from casework.cases.states import ConsentDecision
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal, refuse_errors
from registration.models import BirthRecord, ParentLink, ParentRefusal
from registration.refusal_states import RefusalState, RefusalWay, Refused
from registration.rules import refusals as rules
from registration.states import Block, ItemState, RequirementLevel

from .advice import ask_supervisor
from .progress import make_checklist, note, set_item

OPEN_ITEMS = (ItemState.NEEDED, ItemState.REQUESTED)


@transaction.atomic
def record_refusal(
    *, birth: BirthRecord, parent: str, what: str, because: str, words: str, heard_from: str, other_parent: str,
    refused_on: date, way: str, next_step: str, next_step_on: date | None, by: User, now: datetime, today: date,
) -> ParentRefusal:  # fmt: skip
    """Write down what a parent refuses, why, and how it goes on. Papers of that parent are not waited for any more.

    Refusing to acknowledge the child is noted on the parent; refusing that others are told ends the living consents.
    Raises Conflict (BR-REF-1) and Refusal (BR-REF-2 to -6, BR-REF-10, CAS-NEXT-1, CAS-NEXT-2).
    """
    rules.can_record_refusal(birth).insist()
    refuse_errors(
        rules.refusal_findings(
            parent=parent, what=what, because=because, words=words, way=way, refused_on=refused_on, today=today
        )
    )
    if birth.refusals.filter(parent=parent, what=what, state=RefusalState.OPEN).exists():
        raise Refusal("BR-REF-10", "what", _("This refusal is written down already. Change how it goes on there."))
    _next(birth, next_step, next_step_on, by, today)
    refusal = ParentRefusal.rows.create(
        birth=birth, parent=parent, what=what, because=because, words=words.strip(), heard_from=heard_from,
        other_parent=other_parent, refused_on=refused_on, way=way, created_by=by,
    )  # fmt: skip
    if what in rules.PARENTAGE:
        _let_papers_go(birth, parent, by, today)
    if what == Refused.PATERNITY:
        _acknowledges(birth, acknowledges=False)
        if birth.track:
            make_checklist(birth=birth, by=by, today=today)
    if what == Refused.SHARING:
        _end_consents(birth, by, today)
    note(birth, "refusal.recorded", by, reason=f"{refusal.get_parent_display()}: {refusal.get_what_display()}")
    _ask_for_advice(refusal, by=by, now=now, today=today)
    return refusal


def _next(birth: BirthRecord, step: str, on: date | None, by: User, today: date) -> None:
    if on is None:
        raise Refusal("CAS-NEXT-2", "next_step_on", _("Give today or a later day."))
    set_next_step(case=birth.case, step=step, on=on, by=by, today=today)


def _ask_for_advice(refusal: ParentRefusal, *, by: User, now: datetime, today: date) -> None:
    if refusal.way == RefusalWay.SUPERVISOR:

        def title() -> str:
            return gettext("Give advice: a parent refuses (%(what)s)") % {"what": refusal.get_what_display()}

        ask_supervisor(birth=refusal.birth, title=title, on=today, by=by, today=today, now=now)


def _acknowledges(birth: BirthRecord, *, acknowledges: bool | None) -> None:
    link = ParentLink.rows.filter(birth=birth, role="father").first()
    if link is not None:
        link.acknowledges_child = link.surname_consent = acknowledges
        link.save(update_fields=["acknowledges_child", "surname_consent"])


def _let_papers_go(birth: BirthRecord, parent: str, by: User, today: date) -> None:
    """Papers of a parent who refuses cannot be had; one that must be there shows what stops it, for a supervisor."""
    for item in birth.items.select_related("requirement").filter(state__in=OPEN_ITEMS):
        if rules.whose_paper(item.requirement) == parent:
            state = item.state if item.level == RequirementLevel.STAR else ItemState.IMPOSSIBLE
            set_item(item=item, state=state, block=Block.PARENT_REFUSED, by=by, today=today)


def _ask_for_papers_again(birth: BirthRecord, parent: str, by: User, today: date) -> None:
    for item in birth.items.select_related("requirement").filter(block=Block.PARENT_REFUSED):
        if rules.whose_paper(item.requirement) == parent:
            set_item(item=item, state=ItemState.NEEDED, by=by, today=today)


def _end_consents(birth: BirthRecord, by: User, today: date) -> None:
    for consent in birth.case.consents.filter(decision=ConsentDecision.YES, withdrawn_on__isnull=True):
        withdraw_consent(consent=consent, by=by, today=today)


@transaction.atomic
def change_way(
    *, refusal: ParentRefusal, way: str, other_parent: str, next_step: str, next_step_on: date | None, by: User,
    now: datetime, today: date,
) -> ParentRefusal:  # fmt: skip
    """Go on in another way. Raises Conflict for one that ended, and Refusal (BR-REF-6, CAS-NEXT-1, CAS-NEXT-2)."""
    rules.can_change(refusal).insist()
    refuse_errors(rules.way_findings(parent=refusal.parent, what=refusal.what, way=way))
    _next(refusal.birth, next_step, next_step_on, by, today)
    changes = changed_fields(refusal, {"way": way, "other_parent": other_parent})
    refusal.save(update_fields=["way", "other_parent"])
    note(refusal.birth, "refusal.changed", by, changes=changes)
    if "way" in changes:
        _ask_for_advice(refusal, by=by, now=now, today=today)
    return refusal


@transaction.atomic
def end_refusal(
    *, refusal: ParentRefusal, state: str, ended_on: date, ended_text: str, by: User, today: date
) -> ParentRefusal:
    """The parent agrees now, or it was solved in another way. Who agrees now is asked for their papers again.

    Raises Conflict for one that ended already, and Refusal (BR-REF-7 to -9).
    """
    rules.can_change(refusal).insist()
    refuse_errors(rules.ending_findings(refusal, state=state, text=ended_text, ended_on=ended_on, today=today))
    birth = refusal.birth
    move(refusal, state, ended_on=ended_on, ended_text=ended_text.strip())
    if state == RefusalState.WITHDRAWN:
        if refusal.what == Refused.PATERNITY:
            _acknowledges(birth, acknowledges=None)
        if refusal.parent not in rules.refusing_parents(birth):
            _ask_for_papers_again(birth, refusal.parent, by, today)
    note(birth, "refusal.ended", by, reason=f"{refusal.get_state_display()} {refusal.ended_text}".strip())
    return refusal
