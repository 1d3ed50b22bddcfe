"""Rules of opening a case for a child of whom no birth is registered; used alike by page and API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.kernel.refusals import Finding, error
from casework.people.states import ContactRule
from casework.programmes.contributions import Programme, registry

from .rules import told_day_findings

NEW_CASE = "cases.open"
"""The form of a new case, of which drafts are kept."""
OPEN = "cases.case.open"
"""To open a case for a child, beside the intake of a birth."""


@dataclass(frozen=True, kw_only=True)
class NewHome:
    """A family that is not known yet: who looks after the child, as whom, how they are reached, what they speak."""

    carer_names: Mapping[str, str]
    carer_role: str = ""
    languages: tuple[str, ...] = ()
    phone: str = ""
    phone_rule: str = ContactRule.NOT_ASKED
    address_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a case begins with: what it is about, how the family came, who works on it, what is next, the notice."""

    programme: str
    about: str
    came_by: str
    next_step: str
    next_step_on: date
    notice_language: str
    notice_on: date
    interpreter: str = ""
    received_on: date | None = None


def programmes_for(user: Any, office_id: int) -> list[Programme]:
    """The programmes for which the person may open a case directly in the office."""
    return [
        programme
        for programme in registry.programmes()
        if programme.first_step and may(user, OPEN, office_id=office_id, programmes=[programme.key]) is not None
    ]


def opening_findings(told: Beginning, home: NewHome | None, *, today: date) -> Iterator[Finding]:
    """CAS-OPEN-3 and 4, CAS-NEXT-1 and 2, BR-NOTICE-1 and 2, CAS-RECV-1: what a case needs when it is opened."""
    if not told.about.strip():
        yield error("CAS-OPEN-3", "about", _("Write in a few words what it is about."))
    if home is not None and home.carer_names and not home.carer_role:
        yield error("CAS-OPEN-4", "carer_role", _("Choose who this is to the child."))
    if not told.next_step.strip():
        yield error("CAS-NEXT-1", "next_step", _("Write what happens next."))
    if told.next_step_on < today:
        yield error("CAS-NEXT-2", "next_step_on", _("Give today or a later day."))
    yield from told_day_findings(notice_on=told.notice_on, received_on=told.received_on, today=today)
