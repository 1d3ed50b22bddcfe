"""What the steps of the intake share: fields in lines, lines that show only when an answer calls for them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

BLANK = ("", "")
YES_NO = (("yes", _("Yes")), ("no", _("No")))


@dataclass(frozen=True)
class Note:
    """A word beside a field while one goes on: what looks odd, or cannot be saved as it stands."""

    sentence: str
    preview: str = ""
    is_error: bool = False


@dataclass(frozen=True)
class Line:
    """The fields that share one line of a step, and the answer that calls for them (“name=value value”)."""

    fields: tuple[forms.BoundField, ...]
    shown_by: str = ""
    is_rare: bool = False
    legend: Any = ""
    mark: Any = ""
    """The word behind the legend."""
    marked_by: str = ""
    """The answer that makes the mark true; empty when it always is."""
    says: tuple[tuple[Note, ...], ...] = ()
    """Per field what may be said of it without refusing it."""

    @property
    def told(self) -> list[tuple[forms.BoundField, tuple[Note, ...]]]:
        """Each field with what is said of it."""
        return list(zip(self.fields, self.says, strict=True))

    @property
    def together(self) -> tuple[str, ...]:
        """What is refused of fields that are all empty; it is said at their legend, not in the first narrow box."""
        is_empty = bool(self.legend) and not any(field.value() for field in self.fields)
        return tuple(getattr(self.fields[0], "sentences", ())) if is_empty else ()

    @property
    def needs_attention(self) -> bool:
        """Whether a field was refused: then it is never hidden."""
        return any(field.errors for field in self.fields)

    @property
    def answer(self) -> str:
        """The condition under which the page shows the line; empty when it always stands there."""
        return "" if self.needs_attention else self.shown_by


class Step(forms.Form):
    """One topic of the intake."""

    key = ""
    title: Any = ""
    lead: Any = ""
    groups: tuple[tuple[str, ...], ...] = ()
    """Fields that stand side by side."""
    shown_by: Mapping[str, str] = {}
    """First field of a line → the answer that calls for it, as “name=value value”."""
    rare: ClassVar[frozenset[str]] = frozenset()
    """First fields of lines that an easy birth does not need: the one page folds them away."""
    known: Mapping[str, Any] = {}
    """Answers of other steps; a line that they rule out is left out."""
    is_in_time: bool = False
    """Whether the birth can still be notified in time: then nobody asks why it is late."""
    legends: Mapping[str, Any] = {}
    """First field of a line → what the fields of the line are together."""
    needs_one: Mapping[str, str] = {}
    """First fields of lines of which a rule requires one answer → the answer on this page that calls for it."""
    notes: Mapping[str, list[Note]] = {}
    """What is said of the answers, by field."""

    def lines(self) -> list[Line]:
        """The fields in the order of the page; fields of a group share a line."""
        grouped = {names[0]: names for names in self.groups}
        inside = {name for names in self.groups for name in names[1:]}
        return [
            self.line(grouped.get(name, (name,)))
            for name in self.fields
            if name not in inside and not self.is_ruled_out(name)
        ]

    def line(self, names: tuple[str, ...]) -> Line:
        """One line with everything that is said of it."""
        return Line(
            tuple(self[name] for name in names),
            self.condition(names[0]),
            names[0] in self.rare,
            self.legends.get(names[0], ""),
            _("(required)") if names[0] in self.needs_one else "",
            self.needs_one.get(names[0], ""),
            tuple(tuple(self.notes.get(name, ())) for name in names),
        )

    def condition(self, name: str) -> str:
        """The answer on this page that calls for the line; none where an earlier step gave it already."""
        condition = self.shown_by.get(name, "")
        return "" if condition.partition("=")[0] in self.known else condition

    def is_ruled_out(self, name: str) -> bool:
        """Whether what was told before says that this line is not needed."""
        if name == "late_reason" and self.is_in_time:
            return True
        asked, _sign, values = self.shown_by.get(name, "").partition("=")
        return asked in self.known and asked not in self.fields and str(self.known[asked]) not in values.split()

    def usual_lines(self) -> list[Line]:
        """The lines of an easy birth, and every line that was refused."""
        return [line for line in self.lines() if line.needs_attention or not line.is_rare]

    def rare_lines(self) -> list[Line]:
        """The other lines, which stand folded."""
        return [line for line in self.lines() if line.is_rare and not line.needs_attention]


def asked(sentence: Any) -> dict[str, Any]:
    """What a field says when it is left out: what to do, instead of its name."""
    return {"required": sentence}


def those(
    asked: str, choices: type[TextChoices], *, only: Set[str] | None = None, without: Set[str] = frozenset()
) -> str:
    """The condition “asked=value value” over a code list, limited as asked."""
    wanted = set(choices.values if only is None else only) - set(without)
    return f"{asked}=" + " ".join(value for value in choices.values if value in wanted)
