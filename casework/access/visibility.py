"""The default-deny manager: `objects` answers nothing until it is asked on behalf of a user."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from .written import seen_by, within_sight


class AccessNotDeclared(RuntimeError):  # noqa: N818  what went wrong
    """Rows with personal data were read without saying for whom."""


class GuardedManager(models.Manager):
    """Denies everything but `visible_to(user)` and `none()`. Services and Django's machinery use the plain `rows`.

    The model's queryset class gives `visible_to(user)`.
    """

    use_in_migrations = False

    def visible_to(self, user: Any) -> Any:
        """The rows this person may see."""
        return seen_by(self.model, user)

    def lookup_for(self, user: Any) -> Any:
        """The same rows, to look up single ones, or the few of one record. A list is asked by visible_to."""
        return within_sight(self.model, user)

    def none(self) -> models.QuerySet:
        return self.model.rows.none()  # type: ignore[attr-defined]

    def get_queryset(self) -> NoReturn:
        raise AccessNotDeclared(f"{self.model.__name__}.objects needs .visible_to(user); services use .rows")
