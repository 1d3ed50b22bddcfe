"""A list that was filled in on the way is tried row by row, and what is right is paid as on the pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.documents import store
from casework.kernel.acts import act
from casework.kernel.refusals import Refusal, refuse_errors
from emergency_fund.imports.deliveries import Book, read_said
from emergency_fund.models import AssistanceLine, Delivery, DeliveryFile, PickList
from emergency_fund.queries import cash
from emergency_fund.queries.accounts import account_of
from emergency_fund.queries.filed import Receiver, is_handed, lines_of_requests, may_receive, numbered, packed_in
from emergency_fund.queries.kits import list_of, rows_of
from emergency_fund.queries.payees import payee_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import deliveries
from emergency_fund.rules import filed as rules
from emergency_fund.rules.cash import FROM_BANK
from emergency_fund.states import LineKind, ReceiverProof

from . import delivering
from .kits import hand_over_kit

Row = dict[str, Any]


@act
def keep_file(
    *, office: Office, content: bytes, file_name: str, book: Book, paid_from: str, by: User, now: datetime,
) -> DeliveryFile:  # fmt: skip
    """Keep the rows of a list, and try each; nothing is written down by that. The same list again is the one there."""
    file, _is_new = DeliveryFile.rows.get_or_create(
        office=office, sha256=store.digest(content),
        defaults={
            "file_name": file_name[-120:], "rows_told": [asdict(row) for row in book.filed], "empty": book.empty,
            "created_by": by,
        },
    )  # fmt: skip
    file.paid_from = paid_from
    file.save(update_fields=["paid_from"])
    record_event(f"{PROGRAMME}.file.read", actor=by, subject=file, office_id=office.pk, level=1, at=now)
    return check_file(file=file, by=by, now=now)


def check_file(*, file: DeliveryFile, by: User, now: datetime) -> DeliveryFile:
    """Try each row that is not written down as if it were, and undo it: what stands against it now is kept with it."""
    desk = _Desk(file, by, now)
    repeating = rules.against_repeating(
        {place: said for place, (_row, (said, _unread)) in desk.read.items()}, desk.rows
    )
    found = {
        place: desk.tried(row, said, [*unread, *repeating.get(place, ())])
        for place, (row, (said, unread)) in desk.read.items()
    }
    return _keep(file, found)


def write_down(*, file: DeliveryFile, chosen: Collection[str], by: User, now: datetime) -> int:
    """Pay or hand over what the chosen rows say, as they were seen (rules.seen_as); how many were written down.

    Each row is an act of its own, so that one that is refused stops no other: it keeps what stands against it. The
    warnings that were shown beside a row are acknowledged with it. Not within a transaction: each row would hold its
    request until the last is written.
    """
    desk = _Desk(file, by, now)
    found = {}
    for place, (row, (said, _unread)) in desk.read.items():
        if row.get("is_ready") and rules.seen_as(place, row, desk.file.paid_from) in chosen:
            found[place] = desk.written(row, said)
    _keep(file, found)
    return sum("delivery" in row for row in found.values())


@act
def set_aside(*, file: DeliveryFile, places: Collection[str], reason: str, by: User, now: datetime) -> DeliveryFile:
    """Rows that nobody will write down wait no longer, for a reason; they stay on the list and can be taken up again.

    Raises Refusal (E-EAF-259) without a row or a reason.
    """
    held = DeliveryFile.rows.select_for_update(of=("self",)).get(pk=file.pk)
    free = {str(place) for place, row in enumerate(held.rows_told) if not {"delivery", "aside"} & row.keys()}
    refuse_errors(rules.against_setting_aside(reason, is_any=bool(free & set(places))))
    aside = {"by": by.pk, "at": now.isoformat(), "reason": reason.strip()[:300]}
    held.rows_told = [
        row | {"aside": aside, "is_ready": False} if str(place) in free & set(places) else row
        for place, row in enumerate(held.rows_told)
    ]
    held.save(update_fields=["rows_told"])
    record_event(f"{PROGRAMME}.list.set-aside", actor=by, subject=held, office_id=held.office_id, at=now)
    return held


@act
def take_up(*, file: DeliveryFile, by: User, now: datetime) -> DeliveryFile:
    """What was set aside of a list waits again, and is tried anew."""
    held = DeliveryFile.rows.select_for_update(of=("self",)).get(pk=file.pk)
    held.rows_told = [{key: told for key, told in row.items() if key != "aside"} for row in held.rows_told]
    held.save(update_fields=["rows_told"])
    record_event(f"{PROGRAMME}.list.taken-up", actor=by, subject=held, office_id=held.office_id, at=now)
    return check_file(file=held, by=by, now=now)


def note_taken(*, file: DeliveryFile, by: User, now: datetime) -> None:
    """Write down that somebody takes away the rows that are left."""
    record_event(
        f"{PROGRAMME}.list.taken", actor=by, subject=file, office_id=file.office_id,
        changes={"rows": (None, file.left)}, at=now,
    )  # fmt: skip


def _keep(file: DeliveryFile, found: Mapping[int, Row]) -> DeliveryFile:
    """Keep what became of rows; one that somebody wrote down or set aside meanwhile stays so."""
    with transaction.atomic():
        held = DeliveryFile.rows.select_for_update(of=("self",)).get(pk=file.pk)
        held.rows_told = [
            row if {"delivery", "aside"} & row.keys() else found.get(place, row)
            for place, row in enumerate(held.rows_told)
        ]
        held.save(update_fields=["rows_told"])
    return held


@dataclass(frozen=True, kw_only=True)
class _Ready:
    """A row as it would be paid: exactly so much, or exactly these goods."""

    line: AssistanceLine
    said: rules.Said
    to: str
    who: Mapping[str, Any]
    payee: str
    amount: Decimal = Decimal(0)
    picked: PickList | None = None
    quantities: Mapping[int, Decimal]

    @property
    def key(self) -> str:
        """A paper receipt pays a line once, in whatever file it stands."""
        return f"paper-{self.line.pk}-{rules.receipt_key(self.said.receipt)}"

    @property
    def shown(self) -> Row:
        """What is kept of it until it is written down: what was seen is what is paid."""
        goods = {str(pk): str(quantity) for pk, quantity in self.quantities.items()}
        return {
            "line": self.line.pk, "to": self.to, "amount": str(self.amount), "on": _iso(self.said.on),
            "proof": self.who["proof"], "picked": self.picked.pk if self.picked else None, "quantities": goods,
        }  # fmt: skip


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


class _Desk:
    """The rows of a list that are not written down, with the lines they name and where their money comes from."""

    def __init__(self, file: DeliveryFile, by: User, now: datetime) -> None:
        self.by, self.now, self.today = by, now, timezone.localdate(now)
        self.file = DeliveryFile.rows.select_related("office").get(pk=file.pk)
        self.read = {
            place: (row, read_said(_filed(row), self.today))
            for place, row in enumerate(self.file.rows_told)
            if not {"delivery", "aside"} & row.keys()
        }
        self.rows = {place: row["row"] for place, (row, _read) in self.read.items()}
        wanted = {said.request for _row, (said, _unread) in self.read.values()}
        self.lines = numbered(lines_of_requests(by, request__number__in=wanted))
        self.source = cash.sources_to_pay_from(self.file.office_id).get(self.file.paid_from)
        self.taken: dict[int, Decimal] = {}
        self.packed: dict[int, Decimal] = {}

    def tried(self, row: Row, said: rules.Said, findings: Sequence[Any]) -> Row:
        """The row with what it would pay, and what stands against it."""
        kept = asdict(_filed(row))
        line = self.lines.get((said.request, said.line))
        if line is not None:
            kept["line"] = line.pk
        try:
            refuse_errors(findings)
            ready = self._ready(said)
            made = self._made(ready)
            if made is not None:
                return {"row": row["row"], "line": ready.line.pk, "delivery": made.pk}
            kept |= ready.shown | {"against": self._rehearsed(ready)}
        except Refusal as refusal:
            return kept | {"against": _told(refusal)}
        self.taken[ready.line.pk] = self.taken.get(ready.line.pk, Decimal(0)) + ready.amount
        for pk, quantity in ready.quantities.items():
            self.packed[pk] = self.packed.get(pk, Decimal(0)) + quantity
        return kept | {"is_ready": True}

    def _rehearsed(self, ready: _Ready) -> list[list[str]]:
        """Pay it and undo that: the warnings that are then asked about. Raises Refusal as it would be refused."""
        try:
            self._undone(ready, acknowledged=())
        except Refusal as refusal:
            if not refusal.is_warning:
                raise
            self._undone(ready, acknowledged=[finding.code for finding in refusal.findings])
            return _told(refusal)
        return []

    def _undone(self, ready: _Ready, *, acknowledged: Collection[str]) -> None:
        with transaction.atomic():
            self._give(ready, acknowledged=acknowledged)
            transaction.set_rollback(True)

    def written(self, row: Row, said: rules.Said) -> Row:
        """The row as the payment that it became, or with what stands against it."""
        seen = [code for code, _field, _sentence in row.get("against", ())]
        try:
            ready = self._ready(said, row)
            made = self._made(ready) or self._give(ready, acknowledged=seen)
        except Refusal as refusal:
            return row | {"against": _told(refusal), "is_ready": refusal.is_warning}
        return {"row": row["row"], "line": ready.line.pk, "delivery": made.pk}

    def _ready(self, said: rules.Said, shown: Row | None = None) -> _Ready:
        """What a row pays; with what was `shown` of it exactly that.

        Raises Refusal with E-EAF-17, 19, 26, 243, 244, 247 to 249, 252, 254 and 256 to 258.
        """
        line = self.lines.get((said.request, said.line))
        if line is None:
            raise rules.no_such_line()
        office = self.file.office
        rules.is_of_office(is_ours=line.request.office_id == office.pk, office=line.request.office.name_now).insist()
        payee = payee_of(line, (get_language() or "en")[:2])
        to, who = self._who(line, said, payee)
        facts: dict[str, Any] = {"line": line, "said": said, "payee": payee, "to": to, "who": who}
        if Delivery.rows.filter(line=line, key=_Ready(quantities={}, **facts).key).exists():
            return _Ready(quantities={}, **facts)
        deliveries.can_pay(line.state).insist()
        is_goods = line.kind == LineKind.HYGIENE_KIT
        refuse_errors(rules.against_words(is_parts=bool(said.parts), is_goods=is_goods))
        if is_goods:
            return _Ready(**facts, **self._goods(line, said, shown))
        is_open = said.is_sent or self.file.paid_from in ("", FROM_BANK) or self.source is not None
        rules.is_source_open(is_open=is_open).insist()
        return _Ready(**facts, amount=Decimal(shown["amount"]) if shown else self._amount(line, said), quantities={})

    def _who(self, line: AssistanceLine, said: rules.Said, payee: str) -> tuple[str, dict[str, Any]]:
        """Who has it, in words and under the names that paying gives them."""
        if not said.received_by:
            proof = said.proof or ReceiverProof.THEIR_RECEIPT
            return payee, {"received_by": None, "relation": "", "proof": proof, "witness": said.witness}
        known = may_receive([line], self.today)[line.pk]
        chosen = rules.received([one for one, _who in known], said.received_by, said.relation)
        who: Receiver = next(who for one, who in known if one.key == chosen.key)
        facts = {
            "received_by": who.person, "relation": who.relation, "collector": who.collector, "proof": said.proof,
            "witness": said.witness,
        }  # fmt: skip
        if not said.is_sent:
            return chosen.words, facts
        account = account_of(line.request.family_id)
        is_goods = line.kind == LineKind.HYGIENE_KIT
        refuse_errors(rules.against_sending(is_goods=is_goods, has_account=account is not None))
        return f"{chosen.words}, {account}", facts | {"account": account, "reference": said.receipt}

    def _amount(self, line: AssistanceLine, said: rules.Said) -> Decimal:
        """So much as the row says, or what rows above it leave."""
        taken = self.taken.get(line.pk, Decimal(0))
        if said.amount is None:
            rules.is_something_left(is_left=line.to_pay > taken).insist()
            return line.to_pay - taken
        approved: Any = line.approved
        refuse_errors(deliveries.against_amount(amount=said.amount, approved=approved, paid=line.paid + taken))
        return said.amount

    def _goods(self, line: AssistanceLine, said: rules.Said, shown: Row | None) -> dict[str, Any]:
        """What is left of the pick list or the parts of it, or the list and the goods that were shown."""
        if shown:
            goods = {int(pk): Decimal(quantity) for pk, quantity in shown["quantities"].items()}
            return {"picked": PickList.rows.get(pk=shown["picked"]), "quantities": goods}
        picked = list_of(line)
        packed = packed_in([row for row in rows_of(picked) if row.lot and row.left], self.packed)
        left = [row for row in packed if row.left]
        refuse_errors(rules.against_kit(has_list=bool(packed), is_amount=said.amount is not None))
        rules.is_something_left(is_left=bool(left)).insist()
        return {"picked": picked, "quantities": rules.shared_out(said.parts, left)}

    def _made(self, ready: _Ready) -> Delivery | None:
        """The payment of this receipt, where it was written down. Raises Refusal E-EAF-253 where it says otherwise."""
        made: Delivery | None = Delivery.rows.filter(key=ready.key).first()
        if made is not None:
            who, said = ready.who, ready.said
            is_same = (made.on, made.received_by, made.collector, made.proof) == (
                said.on, who["received_by"], who.get("collector"), who["proof"],
            )  # fmt: skip
            is_same = is_same and said.amount in (None, made.amount) and is_handed(made, said.parts)
            rules.is_as_written(made.number, is_same=is_same).insist()
        return made

    def _give(self, ready: _Ready, *, acknowledged: Collection[str]) -> Delivery:
        """Pay or hand over through the services of the pages."""
        said = ready.said
        facts: dict[str, Any] = {
            "key": ready.key, "on": said.on, "by": self.by, "now": self.now, "remark": said.remark,
            "paper_receipt": "" if ready.payee or said.is_sent else said.receipt, **ready.who,
        }  # fmt: skip
        if ready.picked is not None:
            return hand_over_kit(picked=ready.picked, quantities=ready.quantities, **facts)
        return delivering.pay(
            line=ready.line, amount=ready.amount, provider_receipt=said.receipt if ready.payee else "",
            acknowledged=acknowledged, **facts, **cash.as_facts(None if said.is_sent else self.source),
        )  # fmt: skip


def _filed(row: Row) -> rules.Filed:
    return rules.Filed(row=row["row"], typed=row["typed"], odd=row["odd"])


def _told(refusal: Refusal) -> list[list[str]]:
    return [[finding.code, finding.field, str(finding.sentence)] for finding in refusal.findings]
