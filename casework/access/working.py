"""In which office a person does a thing when nothing else says so."""

from __future__ import annotations

from typing import Any

from casework.accounts.models import Office
from casework.accounts.queries import offices_with

from .scopes import offices_of


def working_office(user: Any, action: str, programme: str = "") -> Office | None:
    """The first office in which the person may do the action; a practice office only when there is no other.

    With `programme` the grant must be for all programmes or for this one.
    """
    offices = offices_with(offices_of(user, action, programme=programme))
    return offices[0] if offices else None
