"""What stands against a row of a list that was filled in on the way: E-EAF-243 to 259 (reference programmes 2.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.imports.columns import plain, squash
from casework.kernel.digits import quantity_text, to_ascii_digits
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.idempotency import fingerprint
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, Refusal, error
from emergency_fund.states import ReceiverProof

ON, AMOUNT, RECEIVED_BY, RELATION, PROOF = "on", "amount", "received_by", "relation", "proof"
WITNESS, RECEIPT, REMARK = "witness", "receipt", "remark"
LONGEST = {RECEIVED_BY: 120, RELATION: 60, WITNESS: 120, RECEIPT: 30, REMARK: 200}


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A row as it is written: its number in the sheet, its cells by column, and which of them hold a formula."""

    row: int
    typed: Mapping[str, str]
    odd: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a row says; without an amount all that is left."""

    request: str
    line: str
    on: date | None
    amount: Decimal | None
    parts: Sequence[tuple[str, Decimal]]
    """Of goods so much of what, where it is not all."""
    received_by: str
    relation: str
    proof: str
    witness: str
    receipt: str
    remark: str

    @property
    def key(self) -> tuple[str, str, str]:
        """A paper receipt proves a line once: what makes two rows the same payment."""
        return self.request, self.line, receipt_key(self.receipt)

    @property
    def answers(self) -> tuple[object, ...]:
        """What two rows of one payment agree on."""
        return self.on, self.amount, tuple(self.parts), spelled(self.received_by), self.proof

    @property
    def is_sent(self) -> bool:
        """Whether it went to the account of the family, by the bank’s slip."""
        return self.proof == ReceiverProof.BANK_SLIP


@dataclass(frozen=True, kw_only=True)
class MayReceive:
    """Somebody of the family, or who fetches it: how they may be written, how they belong to it, and as we show it."""

    key: str
    names: frozenset[str]
    relations: frozenset[str]
    words: str
    is_offered: bool
    """Whether they stand among those who can receive."""


def offered(known: Sequence[MayReceive]) -> str:
    """Who of these may receive, as we show them."""
    return _named(one for one in known if one.is_offered)


def _named(known: Iterable[MayReceive]) -> str:
    return "; ".join(one.words for one in known)


def seen_as(place: int, row: Mapping[str, Any], paid_from: str) -> str:
    """The box of a row on its page: what it would pay from where, as it was seen, and no other."""
    shown = [paid_from, *(row.get(name) for name in ("line", "to", "amount", "on", "proof", "picked", "quantities"))]
    return f"{place}-{fingerprint('', '', shown)[:16]}"


def spelled(text: str) -> str:
    """Words without capitals, spaces and signs."""
    return squash(plain(text))


def receipt_key(number: str) -> str:
    """The number of a receipt in one way of writing."""
    return "".join(to_ascii_digits(number).upper().split())


def against_said(filed: Filed, said: Said, unread: Collection[str]) -> Iterator[Finding]:
    """E-EAF-245 to 247, 250, 251 and 255: no formulas, a day, an amount, a proof and a receipt, and words that fit."""
    for field in filed.odd:
        told = _("This is a formula. Write the value itself, so that it says what the receipt says.")
        yield error("E-EAF-245", field, told)
    missing = {*unread, *filed.odd}
    if said.on is None and ON not in missing:
        yield error("E-EAF-246", ON, _("Write the day that is on the paper receipt."))
    if not filed.typed.get(AMOUNT) and AMOUNT not in missing:
        yield error("E-EAF-247", AMOUNT, _("Write the amount that is on the paper receipt, or “all”."))
    if not receipt_key(said.receipt) and RECEIPT not in missing:
        told = _("Write the number of the paper receipt. By it the same payment is known when the list comes again.")
        yield error("E-EAF-251", RECEIPT, told)
    if said.received_by and not said.proof and PROOF not in missing:
        yield error("E-EAF-250", PROOF, _("Say how you know who it is."))
    for field, longest in LONGEST.items():
        if len(filed.typed.get(field, "")) > longest:
            yield error("E-EAF-255", field, _("Write at most %(count)d characters here.") % {"count": longest})


def no_such_line() -> Refusal:
    """E-EAF-243: a row names a line that the cashier has to pay, or had."""
    told = _("There is no such line to pay in your office. Compare the request and the line with the list.")
    return Refusal("E-EAF-243", "line", told)


def is_of_office(*, is_ours: bool, office: str) -> Verdict:
    """E-EAF-244: the list is of one office, as the cash is."""
    if is_ours:
        return YES
    told = _("This request is of %(office)s. Bring it in with a list of that office.")
    return no("E-EAF-244", told % {"office": office})


def received(known: Sequence[MayReceive], name: str, relation: str) -> MayReceive:
    """Who of these is meant. Raises Refusal E-EAF-248 where nobody is, or two are; 249 where the relation differs.

    A name that was copied with its relation in brackets, as the list shows it, is read as both.
    """
    bare, _bracket, inside = name.partition("(")
    called = [one for one in known if spelled(name) in one.names]
    if not called and inside:
        called, relation = [one for one in known if spelled(bare) in one.names], relation or inside.partition(",")[0]
    if not called:
        told = _("“%(name)s” is not among who may receive it: %(known)s. Who else fetches it is named on the request.")
        raise Refusal("E-EAF-248", RECEIVED_BY, told % {"name": name, "known": offered(known) or "–"})
    fitting = [one for one in called if not relation or spelled(relation) in one.relations]
    if not fitting:
        differs = _("By the record it is %(known)s. Correct the relation, or leave it empty.")
        raise Refusal("E-EAF-249", RELATION, differs % {"known": _named(called)})
    if len(fitting) > 1:
        several = _("Several are called that: %(known)s. Write the relation as well, or pay it on its page.")
        raise Refusal("E-EAF-248", RECEIVED_BY, several % {"known": _named(fitting)})
    return fitting[0]


def against_repeating(said: Mapping[int, Said], rows: Mapping[int, int]) -> dict[int, list[Finding]]:
    """E-EAF-252 and 253 by the place of a row: the second of two that say the same, and all that differ of one receipt.

    `rows` gives the place its number in the sheet.
    """
    by_key: dict[tuple[str, str, str], list[int]] = {}
    for place, one in said.items():
        if all(one.key):
            by_key.setdefault(one.key, []).append(place)
    found: dict[int, list[Finding]] = {}
    for places in by_key.values():
        if len({said[place].answers for place in places}) == 1:
            told = _("This is row %(row)s once more. It is written down once.") % {"row": rows[places[0]]}
            found |= {place: [error("E-EAF-252", "", told)] for place in places[1:]}
        else:
            differ = _("Rows %(rows)s say different things of one receipt. Leave the one that is right.")
            words = {"rows": ", ".join(str(rows[place]) for place in places)}
            found |= {place: [error("E-EAF-253", RECEIPT, differ % words)] for place in places}
    return found


def is_as_written(number: str, *, is_same: bool) -> Verdict:
    """E-EAF-253: what a receipt says is written down once, and stays."""
    if is_same:
        return YES
    told = _(
        "This receipt was written down already, as %(number)s, and otherwise. Compare them; what is written stays."
    )
    return no("E-EAF-253", told % {"number": number})


def against_kit(*, has_list: bool, is_amount: bool) -> Iterator[Finding]:
    """E-EAF-254 and 247: a kit goes by its pick list, all of it or so much of what."""
    if not has_list:
        told = _("There is no pick list with anything left. Make it for that day on the page of the request.")
        yield error("E-EAF-254", "", told)
    elif is_amount:
        told = _("Of goods write “all” for what the pick list holds, or how many of what: Bathing soap 2; Bucket 1.")
        yield error("E-EAF-247", AMOUNT, told)


def against_words(*, is_parts: bool, is_goods: bool) -> Iterator[Finding]:
    """E-EAF-247: what is not packed from a store has an amount."""
    if is_parts and not is_goods:
        yield error("E-EAF-247", AMOUNT, _("Write the amount that is on the paper receipt, or “all”."))


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A row of a pick list: what its item is called in any language, as we show it, and how much is left."""

    key: int
    names: frozenset[str]
    words: str
    left: Decimal


def shared_out(parts: Sequence[tuple[str, Decimal]], packed: Sequence[Packed]) -> dict[int, Decimal]:
    """So much of each row of a pick list as the parts say, the first lots first; all of it without parts.

    Raises Refusal E-EAF-258 for what is not on the list, or more of it than is left.
    """
    if not parts:
        return {row.key: row.left for row in packed}
    given: dict[int, Decimal] = {}
    for name, quantity in parts:
        rest = quantity
        for row in packed:
            if spelled(name) in row.names:
                taken = min(rest, row.left - given.get(row.key, Decimal(0)))
                given[row.key] = given.get(row.key, Decimal(0)) + taken
                rest -= taken
        if rest:
            told = _("“%(name)s %(quantity)s” cannot be handed over. On the pick list are left: %(left)s.")
            left = "; ".join(f"{row.words} {quantity_text(row.left)}" for row in packed) or "–"
            words = {"name": name, "quantity": quantity_text(quantity), "left": left}
            raise Refusal("E-EAF-258", AMOUNT, told % words)
    return {key: quantity for key, quantity in given.items() if quantity}


def against_sending(*, is_goods: bool, has_account: bool) -> Iterator[Finding]:
    """E-EAF-257: money is sent, to an account of the family that two people have confirmed."""
    if is_goods:
        yield error("E-EAF-257", PROOF, _("Goods are not sent to an account. Say how you know who received them."))
    elif not has_account:
        told = _("This family has no confirmed account. A fund officer writes it down on the request first.")
        yield error("E-EAF-257", PROOF, told)


def against_setting_aside(reason: str, *, is_any: bool) -> Iterator[Finding]:
    """E-EAF-259: rows that nobody will write down are set aside with the reason."""
    if not is_any:
        yield error("E-EAF-259", "", _("Tick the rows that are to be set aside."))
    if not says_why(reason):
        yield error("E-EAF-259", "reason", _("Say in a sentence why these rows are not written down."))


def is_something_left(*, is_left: bool) -> Verdict:
    """E-EAF-252: other rows of the file have not taken all of it."""
    return YES if is_left else no("E-EAF-252", _("Rows above this one take all that is left of it."))


def is_source_open(*, is_open: bool) -> Verdict:
    """E-EAF-256: the box or advance that was chosen for the list is still there."""
    if is_open:
        return YES
    return no("E-EAF-256", _("The box or advance that was chosen is closed. Bring the list in again with another."))
