"""In which office a person does a thing when nothing else says so."""

from __future__ import annotations

from typing import Any

from casework.accounts.models import Office

from .scopes import offices_of, own_offices


def working_office(user: Any, action: str) -> Office | None:
    """The first office in which the person may do the action; a practice office only when there is no other."""
    among = offices_of(user, action)
    return next((office for office in own_offices(user) if office.pk in among and office.is_active), None)
