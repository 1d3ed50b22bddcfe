"""In which office a person does a thing when nothing else says so."""

from __future__ import annotations

from typing import Any

from casework.accounts.models import Office

from .scopes import offices_of, own_offices


def working_office(user: Any, action: str, programme: str = "") -> Office | None:
    """The first office in which the person may do the action; a practice office only when there is no other.

    With `programme` the grant must be for all programmes or for this one.
    """
    among = offices_of(user, action, programme=programme)
    return next((office for office in own_offices(user) if office.pk in among and office.is_active), None)
