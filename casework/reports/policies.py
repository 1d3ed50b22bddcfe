"""Who may act on what belongs to a programme and to no office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework.access.policies import Policy, who_can
from casework.access.scopes import may

EDIT = "reports.template.edit"


@dataclass(frozen=True, kw_only=True)
class OfBoard(Policy):
    """The row is of a board: who does the action for its programme in any office does it on the row."""

    def admit_row(self, request: HttpRequest, row: Any) -> None:
        if not may_of_board(request.user, self.action, row.board):
            raise PermissionDenied(_("This is done by: %(roles)s.") % {"roles": who_can(self.action)})


def may_of_board(user: Any, action: str, board: str) -> bool:
    """Whether the person does the action for the programme of a board."""
    return may(user, action, programmes=[board]) is not None
