"""A guard answers whether a person may do an act now, and if not, why. Page, API and service ask the same guard."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from .refusals import Conflict


@dataclass(frozen=True)
class Verdict:
    """The answer of a guard; true when allowed, else code and reason say why not."""

    allowed: bool
    code: str = ""
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def insist(self) -> None:
        """Raise Conflict with the reason when the answer is no."""
        if not self.allowed:
            raise Conflict(self.code, "", self.reason)


YES = Verdict(True)


def no(code: str, reason: str | Promise) -> Verdict:
    """Refuse with a stable code and a sentence."""
    return Verdict(False, code, reason)
