"""What stands against naming who fetches help, and against giving it to them: E-EAF-223 to 227 (programmes 2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error
from emergency_fund.states import OPEN_STATES

from .deliveries import ADULT_AT, PERHAPS_CHILD


def can_name_collector(state: str) -> Verdict:
    """E-EAF-223: while a request is on its way."""
    if state in OPEN_STATES:
        return YES
    return no("E-EAF-223", _("This request has ended, so nobody fetches anything of it any more."))


def may_name_collector(role: str, age: int | None) -> bool:
    """Whether somebody of the family may say who fetches: an adult, or a parent whose age is not known."""
    return role not in PERHAPS_CHILD if age is None else age >= ADULT_AT


def against_collector(*, name: str, relation: str, paper: str, may_name: bool) -> Iterator[Finding]:
    """E-EAF-224 and 225: an adult of the family names them, with what the counter compares."""
    if not may_name:
        yield error("E-EAF-224", "named_by", _("An adult of the family says who fetches it."))
    words = {
        "name": (name, _("Write the name of who fetches it.")),
        "relation": (relation, _("Write how they know the family.")),
        "paper": (paper, _("Write which identity paper they bring, with its number.")),
    }
    for field, (said, told) in words.items():
        if not said.strip():
            yield error("E-EAF-225", field, told)


def against_fetching(*, is_fetched: bool, is_sent: bool) -> Iterator[Finding]:
    """E-EAF-227: what the bank sends to an account nobody fetches."""
    if is_fetched and is_sent:
        told = _("What is sent to the account nobody fetches. Choose somebody of the family.")
        yield error("E-EAF-227", "received_by", told)


def may_give_to_collector(*, is_named: bool, is_own: bool) -> Verdict:
    """E-EAF-226: who was named for this request by who it is for; who wrote that down does not pay or hand over."""
    if not is_named:
        return no("E-EAF-226", _("They were not named for this by who it is for. Choose who fetches it again."))
    if is_own:
        return no("E-EAF-226", _("You wrote down who fetches this. Somebody else pays and hands over."))
    return YES
