"""What the store packs for a family: the list that was frozen, else what it would be today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import Choice
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Refusal
from casework.stock.documents import ListRow, frozen_list, pick_list
from casework.stock.papers import PickList, PickListKind
from casework.stock.queries import kit_on
from emergency_fund.models import AssistanceRequest
from emergency_fund.models import PickList as FrozenList
from emergency_fund.queries.kits import KIT, MONTHS, can_pick, members_on, rows_of, stores_for
from emergency_fund.states import LineKind, LineState
from emergency_fund.wording.codes import KINDS, word

from . import values

PICK_LISTS = "emergency_fund.pick_list.print"
OPEN = (LineState.APPROVED, LineState.PARTLY)
NO_KIT_APPROVED = _("No hygiene kit is approved and still to be handed over.")
CHOOSE = _("Choose one of the list.")


class PickListPaper(values.OfAssistanceRequest, PickListKind):
    """The hygiene kit of a request: as it was frozen, or before that for the family as it is today."""

    key = "emergency_fund.pick_list"
    title = _("Pick list for the hygiene kit")
    action = PICK_LISTS

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        return _verdict(subject, _kit_line(subject))

    def choices(self, subject: AssistanceRequest) -> Sequence[Choice]:
        language = (get_language() or "en")[:2]
        line = _kit_line(subject)
        frozen = _frozen(line)
        stores = [frozen.store] if frozen else stores_for(subject)
        return [Choice(key=str(store.pk), label=store.name(language), options={"store": store.pk}) for store in stores]

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> PickList:
        line = _kit_line(subject)
        _verdict(subject, line).insist()
        name, frozen = word(KINDS, LineKind.HYGIENE_KIT, language), _frozen(line)
        if frozen is not None:
            rows = [
                ListRow(
                    item=row.item, lot=row.lot, quantity=row.quantity, stands_for=row.stands_for,
                    covers=row.covers or Decimal(0),
                    instead=(row.instead_of.number, row.reason) if row.instead_of else None,
                )
                for row in rows_of(frozen)
            ]  # fmt: skip
            return frozen_list(
                store=frozen.store, kit=frozen.kit, name=name, number=subject.number, rows=rows, months=frozen.months,
                people=frozen.people, on=frozen.on, language=language,
            )  # fmt: skip
        today, stores = timezone.localdate(), list(stores_for(subject))
        store = next((store for store in stores if store.pk == facts.get("store", stores[0].pk)), None)
        if store is None:
            raise Refusal("E-EAF-57", "choice", CHOOSE)
        kit: Any = kit_on(KIT, today)
        return pick_list(
            store=store, kit=kit, name=name, number=subject.number, members=members_on(subject, today), months=MONTHS,
            on=today, language=language,
        )  # fmt: skip


def _kit_line(request: AssistanceRequest) -> Any:
    """The line of the kit that is still to be handed over, with the id of its list."""
    frozen = FrozenList.rows.filter(line=OuterRef("pk"), is_current=True).values("pk")
    lines = request.lines.filter(kind=LineKind.HYGIENE_KIT, state__in=OPEN)
    return lines.annotate(frozen=Subquery(frozen)).first()


def _frozen(line: Any) -> FrozenList | None:
    if line is None or line.frozen is None:
        return None
    return FrozenList.rows.select_related("store", "kit").get(pk=line.frozen)


def _verdict(request: AssistanceRequest, line: Any) -> Verdict:
    if line is None:
        return no("E-EAF-58", NO_KIT_APPROVED)
    if line.frozen is not None:
        return YES
    kit = kit_on(KIT, timezone.localdate())
    return can_pick(kit, has_store=kit is not None and stores_for(request).exists())
