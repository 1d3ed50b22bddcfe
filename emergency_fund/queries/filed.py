"""Lines that are paid on the way: which are taken along, which a list names, and who may receive them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.accounts.models import User
from casework.imports.columns import in_any_language
from casework.kernel.digits import quantity_text
from casework.people.models import FamilyMember, Person
from casework.people.states import FamilyRole
from casework.programmes.contributions import Words
from emergency_fund.imports.deliveries import LABELS, is_all
from emergency_fund.models import AssistanceLine, Collector, Delivery, DeliveryFile, PickedItem
from emergency_fund.querysets import PAY, PROGRAMME
from emergency_fund.rules.deliveries import may_be_offered
from emergency_fund.rules.filed import AMOUNT, RECEIPT, RECEIVED_BY, MayReceive, Packed, offered, seen_as, spelled
from emergency_fund.states import ON_THE_WAY, LineKind, ReceiverProof

from .accounts import accounts_of
from .barred import not_handled_by
from .collectors import collectors_of_each
from .family import members_of_each
from .insurance import age_on, waits_for_order
from .kits import goods_of, rows_of
from .lists import UNPAID
from .payees import payees_of

NO_LIST, NOT_ORDERED, OTHERS = (
    _("Kits without a pick list. Make it first, for the day on which you hand over."),
    _("Insurances that are not ordered yet."),
    _("Somebody else pays these: you had to do with them."),
)


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Who receives: of the family, perhaps by somebody who fetches it."""

    person: Person
    relation: str
    collector: Collector | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A line that is taken along: its number within the request, and who is paid or may receive it."""

    line: AssistanceLine
    number: str
    who: str
    goods: str
    """Of a kit, what its pick list holds."""

    @property
    def what(self) -> str:
        """What it is, with the goods."""
        kind = str(self.line.get_kind_display())
        return f"{kind}: {self.goods}" if self.goods else kind


def numbered(lines: Collection[AssistanceLine]) -> dict[tuple[str, str], AssistanceLine]:
    """Lines by the number of their request and their place in it, which stays: no line of a request goes away."""
    found: dict[tuple[str, str], AssistanceLine] = {}
    so_far: Counter[str] = Counter()
    for line in sorted(lines, key=lambda line: line.pk):
        so_far[line.request.number] += 1
        found[line.request.number, str(so_far[line.request.number])] = line
    return found


def lines_of_requests(user: Any, **which: Any) -> list[AssistanceLine]:
    """All lines of requests that the person pays, or had to pay."""
    rows = AssistanceLine.objects.visible_to(user).filter(
        request__office__in=offices_of(user, PAY, programme=PROGRAMME), **which
    )
    return list(
        rows.select_related("request__office", "request__family", "request__case", "child").prefetch_related(
            "child__names", "request__assessments"
        )
    )


def to_take(
    user: Any, requests: Sequence[int], today: date, language: str
) -> tuple[list[Taken], list[tuple[int, Words]]]:
    """What is to be paid of these requests, in their order, and how much of it is left out for which reason."""
    by_number = numbered(lines_of_requests(user, request__in=requests))
    numbers = {line.pk: number for (_request, number), line in by_number.items()}
    lines = [line for line in by_number.values() if line.state in UNPAID]
    lines.sort(key=lambda line: (requests.index(line.request_id), line.pk))
    payees, not_ordered, goods = payees_of(lines, language), waits_for_order(lines), goods_left(lines)
    of_others, receivers, accounts = not_handled_by(user, lines, today), may_receive(lines, today), accounts_of(lines)
    taken, left_out = [], Counter[Words]()
    for line in lines:
        if line.pk in not_ordered:
            left_out[NOT_ORDERED] += 1
        elif line.kind == LineKind.HYGIENE_KIT and line.pk not in goods:
            left_out[NO_LIST] += 1
        elif line.pk in of_others:
            left_out[OTHERS] += 1
        else:
            who, account = offered([one for one, _who in receivers[line.pk]]), accounts.get(line.request.family_id)
            if account and line.pk not in goods:
                who = f"{who}; {account}"
            taken.append(
                Taken(
                    line=line, number=numbers[line.pk], who=payees.get(line.pk) or who,
                    goods="; ".join(f"{row.item} {quantity_text(row.left)}" for row in goods.get(line.pk, ())),
                )
            )  # fmt: skip
    return taken, [(count, words) for words, count in left_out.items()]


def goods_left(lines: Collection[AssistanceLine]) -> dict[int, list[PickedItem]]:
    """What of the pick lists that hold is left, by the line; a line without any is left out."""
    kits = [line.pk for line in lines if line.kind == LineKind.HYGIENE_KIT]
    found: dict[int, list[PickedItem]] = {}
    rows = PickedItem.rows.filter(pick_list__line__in=kits, pick_list__is_current=True, lot__isnull=False)
    for row in rows.select_related("item", "pick_list").order_by("pk"):
        if row.left:
            found.setdefault(row.pick_list.line_id, []).append(row)
    return found


def packed_in(rows: Collection[PickedItem], taken: Mapping[int, Decimal]) -> list[Packed]:
    """The rows of a pick list by the names of their items, less what other rows of the file take."""
    return [
        Packed(
            key=row.pk, names=frozenset(spelled(row.item.name(code)) for code in ("en", "th", "my")),
            words=str(row.item), left=row.left - taken.get(row.pk, Decimal(0)),
        )
        for row in rows
    ]  # fmt: skip


def is_handed(delivery: Delivery, parts: Sequence[tuple[str, Decimal]]) -> bool:
    """Whether a receipt of goods is of these parts, where a row names any."""
    given = packed_in([row for row in rows_of(delivery.pick_list) if row.lot], {}) if parts else []
    handed = Counter[str]()
    for one in goods_of(delivery) if parts else ():
        handed[str(one.movement.lot.item)] += one.movement.quantity  # type: ignore[assignment]
    told = {next((row.words for row in given if spelled(name) in row.names), name): n for name, n in parts}
    return told == handed or not parts


def may_receive(lines: Collection[AssistanceLine], today: date) -> dict[int, list[tuple[MayReceive, Receiver]]]:
    """For each line the family and who fetches for it, by every name they have."""
    members = members_of_each({line.request.family_id for line in lines})
    fetch = collectors_of_each({line.request for line in lines})
    return {
        line.pk: [
            *(_of_family(one, today) for one in members[line.request.family_id]),
            *(_fetching(one) for one in fetch.get(line.request_id, ())),
        ]
        for line in lines
    }  # fmt: skip


def _of_family(one: FamilyMember, today: date) -> tuple[MayReceive, Receiver]:
    known = MayReceive(
        key=f"member-{one.pk}", names=frozenset(spelled(name.full) for name in one.person.names.all()),
        relations=_roles(one.role), words=f"{one.person.name} ({one.get_role_display()})",
        is_offered=may_be_offered(one.role, age_on(one.person, today)),
    )  # fmt: skip
    return known, Receiver(person=one.person, relation=one.role)


def _fetching(one: Collector) -> tuple[MayReceive, Receiver]:
    known = MayReceive(
        key=f"collector-{one.pk}", names=frozenset({spelled(one.name)}), words=f"{one.name} ({one.relation})",
        relations=frozenset({spelled(one.relation)}), is_offered=True,
    )  # fmt: skip
    return known, Receiver(person=one.named_by, relation=one.relation, collector=one)


@cache
def _roles(role: str) -> frozenset[str]:
    """A role in the family as it may be written: by its code, or in a language of the pages."""
    return frozenset(spelled(words) for words in (role, *in_any_language(FamilyRole(role).label)))


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Who set a row aside, when and why."""

    by: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A row of a list that was filled in, as its page shows it."""

    key: str
    row: int
    typed: Mapping[str, str]
    line: AssistanceLine | None
    place: int
    against: Sequence[tuple[str, Words, str]]
    """The code, the column and the sentence of what stands against it."""
    is_ready: bool
    to: str
    proof: Words
    """How somebody of the family was known, as it was read."""
    amount: Decimal
    on: date | None
    delivery: Delivery | None
    aside: Aside | None
    is_sent: bool
    """Whether it went to the account of the family, out of no box."""
    is_part: bool
    """Whether it says how many of which goods."""

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be written down as it stands."""
        return not (self.is_ready or self.delivery or self.aside)

    @property
    def in_short(self) -> str:
        """By what its paper receipt is found."""
        return " · ".join(self.typed[key] for key in (RECEIVED_BY, AMOUNT, RECEIPT) if self.typed.get(key))

    def cell(self, key: str) -> str | Decimal:
        """What stands in a column, as it was typed; what the list said of the line as it is now."""
        if self.line is not None and key in OF_LINE:
            return OF_LINE[key](self.line)
        return self.typed.get(key, "")


OF_LINE: Mapping[str, Callable[[AssistanceLine], str | Decimal]] = {
    "what": lambda line: str(line.get_kind_display()), "child": lambda line: line.child.name,
    "left": lambda line: line.to_pay,
}  # fmt: skip
KNOWN_BY = dict(ON_THE_WAY)
COLUMN_OF = {"provider_receipt": RECEIPT, "paid_from": ""}
"""Where what a service says of its own fields stands in the list."""


def shown_rows(file: DeliveryFile, user: Any) -> list[RowShown]:
    """The rows of a list with the lines and payments that they speak of."""
    lines = {
        line.pk: line
        for line in lines_of_requests(user, pk__in=[row["line"] for row in file.rows_told if row.get("line")])
    }
    by = User.objects.in_bulk([row["aside"]["by"] for row in file.rows_told if "aside" in row])
    made = Delivery.objects.visible_to(user).in_bulk([row["delivery"] for row in file.rows_told if "delivery" in row])
    return [
        RowShown(
            key=seen_as(place, row, file.paid_from), place=place, row=row["row"], typed=row.get("typed", {}),
            line=lines.get(row.get("line")), against=[
                (code, LABELS.get(COLUMN_OF.get(field, field), ""), sentence)
                for code, field, sentence in row.get("against", ())
            ],
            is_ready=row.get("is_ready", False), to=row.get("to", ""),
            proof=KNOWN_BY.get(row.get("proof"), ""), amount=Decimal(row.get("amount", 0)),
            on=date.fromisoformat(row["on"]) if row.get("on") else None, delivery=made.get(row.get("delivery")),
            aside=_aside(row["aside"], by) if "aside" in row else None,
            is_sent=row.get("proof") == ReceiverProof.BANK_SLIP,
            is_part=bool(row.get("quantities")) and not is_all(row.get("typed", {}).get(AMOUNT, "")),
        )
        for place, row in enumerate(file.rows_told)
    ]  # fmt: skip


def _aside(told: Mapping[str, Any], by: Mapping[int, User]) -> Aside:
    at = timezone.localdate(datetime.fromisoformat(told["at"]))
    return Aside(by=by[told["by"]].name_now, on=at, reason=told["reason"])
