"""What a second person confirms of a store: what a count found, what is written off, what a kit holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casework.accounts.models import Office, User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.kernel.acts import act
from casework.kernel.dates import short
from casework.kernel.digits import quantity_text
from casework.kernel.refusals import Refusal, refuse_errors
from casework.programmes.contributions import ProposalKind, Words

from . import queries, rules
from .models import Item, Lot, StockCount, Store
from .queries import COUNT
from .services import catalogue, counting
from .states import KitKey, WriteOffCause
from .wording import lot_words, need_words, stands_in_words

WRITE_OFF, KIT = "stock.goods.write-off", "stock.kit.change"
CONFIRM, CONFIRM_KIT = "stock.loss.confirm", "stock.kit.confirm"


@act
def count_store(
    *, store: Store, found: Mapping[int, Decimal], reasons: Mapping[int, str], by: User, now: datetime
) -> StockCount:
    """Write a count down; where it differs from the books, ask a second person. Raises Refusal as save_count does."""
    count = counting.save_count(store=store, found=found, reasons=reasons, by=by, now=now)
    differing = counting.differences(count)
    if differing:
        words = {"store": store, "n": len(differing)}
        propose(
            kind=COUNT, subject=count, facts={"lines": count.lines}, office_id=store.office_id, by=by, now=now, level=1,
            summary=lambda: ngettext(
                "Count of %(store)s: %(n)s lot differs from the books",
                "Count of %(store)s: %(n)s lots differ from the books", len(differing),
            ) % words,
        )  # fmt: skip
    return count


def propose_write_off(
    *, store: Store, lot: Lot, quantity: Decimal, cause: str, reason: str, by: User, now: datetime,
    came_by: str = "",
) -> Proposal:  # fmt: skip
    """Ask a second person to confirm that something is of no use. Raises Refusal as write_off() does.

    `came_by` names what brought it, so that as much of a lot that comes back twice is proposed twice.
    """
    refuse_errors(counting.against_write_off(store, lot, quantity, cause, reason, now))
    facts = {"lot": lot.pk, "quantity": str(quantity), "cause": str(cause)}
    return propose(
        kind=WRITE_OFF, subject=store, office_id=store.office_id, reason=reason, by=by, now=now, level=1,
        facts=facts | {"came_by": came_by} if came_by else facts,
        summary=lambda: _written_off(store, lot, quantity),
    )  # fmt: skip


def _written_off(store: Store, lot: Lot, quantity: Decimal) -> str:
    words = {
        "store": store,
        "what": lot_words(lot),
        "quantity": f"{quantity_text(quantity)} {lot.item.unit_for(quantity)}",
    }
    return _("Write off in %(store)s: %(what)s, %(quantity)s") % words


def propose_kit(
    *, key: str, valid_from: date, source: str, needs: Sequence[rules.Need], office: Office, by: User, now: datetime
) -> Proposal:
    """Ask a second person to confirm what a kit holds from a day on. Raises Refusal as add_version does."""
    before = queries.newest_kit(key)
    refuse_errors(
        rules.against_kit(
            needs, valid_from=valid_from, source=source, previous_from=before.valid_from if before else None
        )
    )  # fmt: skip
    if valid_from < timezone.localdate(now):
        raise Refusal("E-STK-20", "valid_from", _("That day is past. What was packed stays as it was: choose today."))
    rows = [_told(need) for need in needs]
    return propose(
        kind=KIT, subject=office, facts={"key": key, "valid_from": str(valid_from), "source": source, "rows": rows},
        office_id=office.pk, by=by, now=now, level=1,
        summary=lambda: _("New version of the kit: %(kit)s") % {"kit": KitKey(key).label},
    )  # fmt: skip


def _told(need: rules.Need) -> dict[str, Any]:
    """A need as a proposal keeps it: numbers as text."""
    others = [[other.item_id, str(other.quantity), str(other.counts_for)] for other in need.stands_in]
    return {**asdict(need), "quantity": str(need.quantity), "stands_in": others}


def _needs(rows: Iterable[Mapping[str, Any]]) -> list[rules.Need]:
    return [
        rules.Need(
            **{**row, "quantity": Decimal(row["quantity"]), "stands_in": tuple(_others(row.get("stands_in", ())))}
        )
        for row in rows
    ]


def _others(told: Iterable[Sequence[Any]]) -> Iterator[rules.StandsIn]:
    for item_id, quantity, counts_for in told:
        yield rules.StandsIn(item_id=item_id, quantity=Decimal(quantity), counts_for=Decimal(counts_for))


def _adjust(proposal: Any, by: User, now: datetime) -> None:
    count = StockCount.rows.select_related("store").get(pk=proposal.subject_id)
    counting.adjust(count=count, by=proposal.proposed_by, confirmed_by=by, now=now)


def _write_off(proposal: Any, by: User, now: datetime) -> None:
    facts = proposal.facts
    counting.write_off(
        store=Store.rows.get(pk=proposal.subject_id), lot=Lot.objects.select_related("item").get(pk=facts["lot"]),
        quantity=Decimal(facts["quantity"]), cause=WriteOffCause(facts["cause"]), reason=proposal.reason,
        key=f"proposal-{proposal.pk}", by=proposal.proposed_by, confirmed_by=by, now=now,
    )  # fmt: skip


def _change_kit(proposal: Any, by: User, now: datetime) -> None:
    facts = proposal.facts
    catalogue.add_version(
        key=facts["key"], valid_from=date.fromisoformat(facts["valid_from"]), source=facts["source"],
        needs=_needs(facts["rows"]), by=proposal.proposed_by, now=now,
    )  # fmt: skip


def _kit_now(_subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal rests on the version it replaces."""
    before = queries.newest_kit(facts["key"])
    return {"version": before.version if before else 0}


def _described_count(proposal: Any) -> list[tuple[Words, Words]]:
    count = StockCount.rows.select_related("store").get(pk=proposal.subject_id)
    lines = counting.differences(count)
    lots = Lot.objects.select_related("item").in_bulk([line.lot_id for line in lines])
    told: list[tuple[Words, Words]] = [(gettext_lazy("Store"), str(count.store))]
    for line in lines:
        words = {"book": quantity_text(line.book), "found": quantity_text(line.found), "why": line.reason}
        told.append((lot_words(lots[line.lot_id]), _("Books: %(book)s · counted: %(found)s · %(why)s") % words))
    return told


def _described_write_off(proposal: Any) -> list[tuple[Words, Words]]:
    facts = proposal.facts
    lot, quantity = Lot.objects.select_related("item").get(pk=facts["lot"]), Decimal(facts["quantity"])
    return [
        (gettext_lazy("Store"), str(Store.rows.get(pk=proposal.subject_id))),
        (gettext_lazy("Lot"), lot_words(lot)),
        (gettext_lazy("Quantity"), f"{quantity_text(quantity)} {lot.item.unit_for(quantity)}"),
        (gettext_lazy("Cause"), WriteOffCause(facts["cause"]).label),
        (gettext_lazy("Worth"), _("%(amount)s baht") % {"amount": f"{quantity * lot.unit_cost:,.2f}"}),
    ]


def _described_kit(proposal: Any) -> list[tuple[Words, Words]]:
    facts = proposal.facts
    needs = _needs(facts["rows"])
    items = Item.objects.in_bulk([pk for need in needs for pk in (need.item_id, *(o.item_id for o in need.stands_in))])
    held: list[tuple[Words, Words]] = []
    for need in needs:
        held.append((str(items[need.item_id]), need_words(need, items[need.item_id])))
        others = "; ".join(stands_in_words(need, items))
        held += [(_("Stands in for %(item)s") % {"item": items[need.item_id]}, others)] if others else []
    return [
        (gettext_lazy("Kit"), KitKey(facts["key"]).label),
        (gettext_lazy("From which day"), short(date.fromisoformat(facts["valid_from"]), (get_language() or "en")[:2])),
        (gettext_lazy("Source"), facts["source"]),
        *held,
    ]


def _store(proposal: Any) -> tuple[Words, str]:
    """The store of a write-off."""
    return str(Store.rows.get(pk=proposal.subject_id)), reverse("stock:store", args=[proposal.subject_id])


def _store_counted(proposal: Any) -> tuple[Words, str]:
    count = StockCount.rows.select_related("store").get(pk=proposal.subject_id)
    return str(count.store), reverse("stock:store", args=[count.store_id])


KINDS = (
    ProposalKind(
        key=COUNT, label=gettext_lazy("Bring the books in line with a count"), action=CONFIRM, execute=_adjust,
        described=_described_count, place=_store_counted,
    ),
    ProposalKind(
        key=WRITE_OFF, label=gettext_lazy("Write off goods"), action=CONFIRM, execute=_write_off,
        described=_described_write_off, place=_store,
    ),
    ProposalKind(
        key=KIT, label=gettext_lazy("Change what a kit holds"), action=CONFIRM_KIT, execute=_change_kit,
        current=_kit_now, described=_described_kit,
        place=lambda proposal: (gettext_lazy("Items and kits"), reverse("stock:items")),
    ),
)  # fmt: skip
