"""What stands against taking down, answering and closing a complaint: E-EAF-160 to 167."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error
from emergency_fund.after_states import TO_ANSWER, ComplaintState


def against_complaint(*, what: str, told_on: date, today: date, readers_left: int) -> Iterator[Finding]:
    """E-EAF-160 to 162: what happened in words, on a day that has been, with somebody left to read it."""
    if not says_why(what):
        yield error("E-EAF-160", "what", _("Write in a sentence what the family says."))
    if told_on > today:
        yield error("E-EAF-161", "told_on", _("That day is still to come. Check the date."))
    if not readers_left:
        told = _("Nobody would be left to read this. Use “Report a concern about staff” in the menu of your name.")
        yield error("E-EAF-162", "about", told)


def can_answer(user_id: int, *, involved: frozenset[int], is_sensitive: bool) -> Verdict:
    """E-EAF-163: nobody answers a complaint about what they did themselves."""
    if user_id in involved and not is_sensitive:
        return no("E-EAF-163", _("You worked on this request. Somebody else looks into the complaint."))
    return YES


def is_to_answer(state: str) -> Verdict:
    """E-EAF-164: what nobody answered yet."""
    if state in TO_ANSWER:
        return YES
    return no("E-EAF-164", _("This complaint was answered already."))


def is_to_close(state: str) -> Verdict:
    """E-EAF-165: closed when it is answered."""
    if state == ComplaintState.ANSWERED:
        return YES
    return no("E-EAF-165", _("The complaint has no answer yet, or the family was told already."))


def against_answer(answer: str) -> Iterator[Finding]:
    """E-EAF-166: an answer that the family can be told."""
    if not says_why(answer):
        yield error("E-EAF-166", "answer", _("Write in a sentence what the family is told."))


def against_telling(*, told_on: date, answered_on: date, today: date) -> Iterator[Finding]:
    """E-EAF-167: told on a day from the answer until today."""
    if not answered_on <= told_on <= today:
        yield error("E-EAF-167", "told_on", _("Write a day from the answer until today."))
