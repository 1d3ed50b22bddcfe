"""What the store packs for a family, from the lots of one store of the request's office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import Choice
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Refusal
from casework.people.models import FamilyMember, Person
from casework.people.states import Sex
from casework.stock.documents import pick_list
from casework.stock.models import Store
from casework.stock.papers import PickList, PickListKind
from casework.stock.queries import kit_on
from casework.stock.rules import Member
from emergency_fund.models import AssistanceRequest
from emergency_fund.states import LineKind, LineState
from emergency_fund.wording.codes import KINDS, word

from . import values

PICK_LISTS = "emergency_fund.pick_list.print"
KIT = "hygiene"
MONTHS = 1
"""A kit lasts a month, as long as a child waits for the next."""
OPEN = (LineState.APPROVED, LineState.PARTLY)
NO_KIT_APPROVED = _("No hygiene kit is approved and still to be handed over.")
NO_KIT = _("Nobody has set what a hygiene kit holds. Ask the programme manager.")
NO_STORE = _("This office has no store. Ask the programme manager.")
CHOOSE = _("Choose one of the list.")


class PickListPaper(values.OfAssistanceRequest, PickListKind):
    """The hygiene kit of a request for the family as it is today; what is printed stays as it was."""

    key = "emergency_fund.pick_list"
    title = _("Pick list for the hygiene kit")
    action = PICK_LISTS

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        if not subject.lines.filter(kind=LineKind.HYGIENE_KIT, state__in=OPEN).exists():
            return no("E-EAF-58", NO_KIT_APPROVED)
        if kit_on(KIT, timezone.localdate()) is None:
            return no("E-EAF-59", NO_KIT)
        return YES if _stores(subject).exists() else no("E-EAF-60", NO_STORE)

    def choices(self, subject: AssistanceRequest) -> Sequence[Choice]:
        language = (get_language() or "en")[:2]
        return [
            Choice(key=str(store.pk), label=store.name(language), options={"store": store.pk})
            for store in _stores(subject)
        ]

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> PickList:
        self.can_make(subject).insist()
        today, stores = timezone.localdate(), list(_stores(subject))
        store = next((store for store in stores if store.pk == facts.get("store", stores[0].pk)), None)
        if store is None:
            raise Refusal("E-EAF-57", "choice", CHOOSE)
        kit: Any = kit_on(KIT, today)
        return pick_list(
            store=store, kit=kit, name=word(KINDS, LineKind.HYGIENE_KIT, language), number=subject.number,
            members=_members(subject, today), months=MONTHS, on=today, language=language,
        )  # fmt: skip


def _stores(request: AssistanceRequest) -> Any:
    return Store.rows.filter(office_id=request.office_id, is_active=True)


def _members(request: AssistanceRequest, today: date) -> list[Member]:
    """The family as it is today."""
    rows = FamilyMember.rows.filter(family_id=request.family_id, until_on__isnull=True).select_related("person")
    return [Member(age=_age(row.person, today), is_female=row.person.sex == Sex.FEMALE) for row in rows]


def _age(person: Person, today: date) -> int | None:
    born = person.born_on
    return None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day))
