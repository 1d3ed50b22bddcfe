"""Lines that are paid on the way: which are taken along, which a list names, and who may receive them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.imports.columns import in_any_language
from casework.people.models import Person
from casework.people.states import FamilyRole
from casework.programmes.contributions import Words
from emergency_fund.imports.deliveries import LABELS
from emergency_fund.models import AssistanceLine, Collector, Delivery, DeliveryFile
from emergency_fund.querysets import PAY, PROGRAMME
from emergency_fund.rules.deliveries import may_be_offered
from emergency_fund.rules.filed import AMOUNT, RECEIPT, RECEIVED_BY, MayReceive, offered, seen_as, spelled
from emergency_fund.states import HANDED_OVER, LineKind

from .collectors import collectors_of
from .family import members_of
from .insurance import age_on, waits_for_order
from .kits import list_of, rows_of
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
    return list(rows.select_related("request__office", "request__family", "child").prefetch_related("child__names"))


def to_take(
    user: Any, requests: Sequence[int], today: date, language: str, may_handle: Any
) -> tuple[list[Taken], list[tuple[int, Words]]]:
    """What is to be paid of these requests, in their order, and how much of it is left out for which reason.

    `may_handle` says of a line whether the person may pay it.
    """
    by_number = numbered(lines_of_requests(user, request__in=requests))
    numbers = {line.pk: number for (_request, number), line in by_number.items()}
    lines = [line for line in by_number.values() if line.state in UNPAID]
    lines.sort(key=lambda line: (requests.index(line.request_id), line.pk))
    payees, not_ordered = payees_of(lines, language), waits_for_order(lines)
    taken, left_out = [], Counter[Words]()
    for line in lines:
        if line.pk in not_ordered:
            left_out[NOT_ORDERED] += 1
        elif line.kind == LineKind.HYGIENE_KIT and not any(row.lot and row.left for row in rows_of(list_of(line))):
            left_out[NO_LIST] += 1
        elif not may_handle(line):
            left_out[OTHERS] += 1
        else:
            who = payees.get(line.pk) or offered([one for one, _who in who_may_receive(line, today)])
            taken.append(Taken(line=line, number=numbers[line.pk], who=who))
    return taken, [(count, words) for words, count in left_out.items()]


def who_may_receive(line: AssistanceLine, today: date) -> list[tuple[MayReceive, Receiver]]:
    """The family and who fetches for it, by every name they have."""
    known = [
        (
            MayReceive(
                key=f"member-{one.pk}", names=frozenset(spelled(name.full) for name in one.person.names.all()),
                relations=_roles(one.role), words=f"{one.person.name} ({one.get_role_display()})",
                is_offered=may_be_offered(one.role, age_on(one.person, today)),
            ),
            Receiver(person=one.person, relation=one.role),
        )
        for one in members_of(line.request.family)
    ]  # fmt: skip
    return known + [
        (
            MayReceive(
                key=f"collector-{one.pk}", names=frozenset({spelled(one.name)}), words=f"{one.name} ({one.relation})",
                relations=frozenset({spelled(one.relation)}), is_offered=True,
            ),
            Receiver(person=one.named_by, relation=one.relation, collector=one),
        )
        for one in collectors_of(line.request)
    ]  # fmt: skip


@cache
def _roles(role: str) -> frozenset[str]:
    """A role in the family as it may be written: by its code, or in a language of the pages."""
    return frozenset(spelled(words) for words in (role, *in_any_language(FamilyRole(role).label)))


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A row of a list that was filled in, as its page shows it."""

    key: str
    row: int
    typed: Mapping[str, str]
    line: AssistanceLine | None
    against: Sequence[tuple[str, Words, str]]
    """The code, the column and the sentence of what stands against it."""
    is_ready: bool
    to: str
    proof: Words
    """How somebody of the family was known, as it was read."""
    amount: Decimal
    on: date | None
    delivery: Delivery | None

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be written down as it stands."""
        return not self.is_ready and self.delivery is None

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
KNOWN_BY = dict(HANDED_OVER)
COLUMN_OF = {"provider_receipt": RECEIPT, "paid_from": ""}
"""Where what a service says of its own fields stands in the list."""


def shown_rows(file: DeliveryFile, user: Any) -> list[RowShown]:
    """The rows of a list with the lines and payments that they speak of."""
    lines = {
        line.pk: line
        for line in lines_of_requests(user, pk__in=[row["line"] for row in file.rows_told if row.get("line")])
    }
    made = Delivery.objects.visible_to(user).in_bulk([row["delivery"] for row in file.rows_told if "delivery" in row])
    return [
        RowShown(
            key=seen_as(place, row, file.paid_from), row=row["row"], typed=row.get("typed", {}),
            line=lines.get(row.get("line")), against=[
                (code, LABELS.get(COLUMN_OF.get(field, field), ""), sentence)
                for code, field, sentence in row.get("against", ())
            ],
            is_ready=row.get("is_ready", False), to=row.get("to", ""),
            proof=KNOWN_BY.get(row.get("proof"), ""), amount=Decimal(row.get("amount", 0)),
            on=date.fromisoformat(row["on"]) if row.get("on") else None, delivery=made.get(row.get("delivery")),
        )
        for place, row in enumerate(file.rows_told)
    ]  # fmt: skip
