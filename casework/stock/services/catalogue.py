"""What there is: stores, items, and kits that change by a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from casework.stock import queries, rules
from casework.stock.models import Item, Kit, KitItem, Movement, Store, Substitute


@act
def open_store(*, office: Office, facts: Mapping[str, Any], by: User, now: datetime) -> Store:
    """Open a store of an office. Raises Refusal when the office has one of this name (E-STK-23)."""
    refuse_errors(rules.against_store(is_taken=Store.rows.filter(office=office, name_en=facts["name_en"]).exists()))
    store = Store.rows.create(office=office, **facts)
    record_event("stock.store.opened", actor=by, subject=store, office_id=office.pk, level=1, at=now)
    return store


@act
def save_item(*, item: Item | None, facts: Mapping[str, Any], by: User, now: datetime) -> Item:
    """Add an item, or change one. Raises Refusal with E-STK-16 and 17."""
    others = Item.objects.filter(code=facts["code"]).exclude(pk=item.pk if item else 0)
    refuse_errors(
        rules.against_item(
            is_taken=others.exists(), unit_before=item.unit if item else "", unit=facts["unit"],
            has_moved=item is not None and Movement.rows.filter(lot__item=item).exists(),
        )
    )  # fmt: skip
    if item is None:
        saved = Item.objects.create(**facts)
    else:
        Item.objects.filter(pk=item.pk).update(**facts)
        saved = Item.objects.get(pk=item.pk)
    record_event("stock.item.saved", actor=by, subject=saved, level=1, at=now)
    return saved


@act
def add_version(
    *, key: str, valid_from: date, source: str, needs: Sequence[rules.Need], by: User, now: datetime
) -> Kit:
    """Add a version of a kit that holds from a day on; earlier versions stay as they are.

    Raises Refusal with E-STK-18 to 21 and 36 to 38.
    """
    before = queries.newest_kit(key)
    refuse_errors(
        rules.against_kit(
            needs, valid_from=valid_from, source=source, previous_from=before.valid_from if before else None
        )
    )  # fmt: skip
    version = before.version + 1 if before else 1
    kit = Kit.objects.create(key=key, version=version, valid_from=valid_from, source=source.strip()[:300])
    KitItem.objects.bulk_create(
        KitItem(
            kit=kit, item_id=need.item_id, basis=need.basis, quantity=need.quantity, min_age=need.min_age,
            max_age=need.max_age,
        )
        for need in needs
    )  # fmt: skip
    Substitute.objects.bulk_create(
        Substitute(
            kit=kit, item_id=need.item_id, other_id=other.item_id, quantity=other.quantity, counts_for=other.counts_for
        )
        for need in needs
        for other in need.stands_in
    )
    record_event("stock.kit.changed", actor=by, subject=kit, level=1, at=now)
    return kit
