"""What a rule says, and what a service raises when a rule says no."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise


class Level(Enum):
    """How serious a finding is: an error refuses the save, a warning asks to be acknowledged."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One result of a rule: its stable code, the field it is about ("" for the whole form), a sentence for people."""

    code: str
    field: str
    sentence: str | Promise
    level: Level = Level.ERROR
    url: str = ""
    """The page of the other record that it speaks of, for who may see it."""


def error(code: str, field: str, sentence: str | Promise) -> Finding:
    """A finding that refuses the save."""
    return Finding(code=code, field=field, sentence=sentence)


def warning(code: str, field: str, sentence: str | Promise) -> Finding:
    """A finding that a person may acknowledge."""
    return Finding(code=code, field=field, sentence=sentence, level=Level.WARNING)


class Refusal(Exception):  # noqa: N818  the word the staff use
    """A service refuses: one or more findings, each with code, field and sentence."""

    def __init__(self, code: str, field: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.findings: tuple[Finding, ...] = (error(code, field, sentence),)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Refusal:
        """Build a refusal from findings; the first is the headline."""
        listed = tuple(findings)
        refusal = cls(listed[0].code, listed[0].field, listed[0].sentence)
        refusal.findings = listed
        return refusal

    @property
    def is_warning(self) -> bool:
        """Whether a person may go on after acknowledging every finding."""
        return all(finding.level is Level.WARNING for finding in self.findings)

    @property
    def code(self) -> str:
        return self.findings[0].code

    @property
    def field(self) -> str:
        return self.findings[0].field

    @property
    def sentence(self) -> str | Promise:
        return self.findings[0].sentence


class Conflict(Refusal):
    """Separation of duties, state or version stands against the act (HTTP 409)."""


class Forbidden(Refusal):
    """The person's role lacks the act (HTTP 403); the sentence names who can."""


def refuse_errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Raise Refusal when any finding is an error; return the others (warnings and notes)."""
    listed = tuple(findings)
    errors = [f for f in listed if f.level is Level.ERROR]
    if errors:
        raise Refusal.of(errors)
    return listed


def refuse_unacknowledged(findings: Iterable[Finding], acknowledged: Collection[str] | None) -> tuple[Finding, ...]:
    """Raise for errors, and for warnings whose code was not acknowledged; answer the warnings that remain.

    With None the caller has shown the warnings by itself.
    """
    left = refuse_errors(findings)
    open_warnings = [f for f in left if f.level is Level.WARNING and acknowledged is not None]
    unseen = [f for f in open_warnings if f.code not in (acknowledged or ())]
    if unseen:
        raise Refusal.of(unseen)
    return left
