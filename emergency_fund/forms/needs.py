"""What each child of a request lacks: a fieldset for each child, one press for each need that was asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.ui.fields import NameField
from emergency_fund.queries.needs import school_from
from emergency_fund.queries.page import LineShown
from emergency_fund.rules.needs import NeedSaid, needs_asked
from emergency_fund.states import NeedKind, Severity

TOLD_MORE = f"{Severity.SERIOUS.value} {Severity.URGENT.value}"
"""How serious a need is before the page asks for words."""


@dataclass(frozen=True, kw_only=True)
class ChildFields:
    """The boxes of one child: how serious each need is, and its note, which shows with the answers named."""

    legend: str
    needs: Sequence[tuple[forms.BoundField, forms.BoundField, str]]


class NeedsOfChildren(forms.Form):
    """Base of a form that asks about the needs of each child; its boxes are named after the child's first line."""

    def __init__(
        self, *args: Any, lines: Sequence[LineShown], needs: Mapping[tuple[int, str], int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.children: dict[int, LineShown] = {}
        for shown in lines:
            self.children.setdefault(shown.line.child_id, shown)
        today = timezone.localdate()
        age = school_from(today)
        self.kinds = {pk: needs_asked(shown.line.child.birth, today, age) for pk, shown in self.children.items()}
        for child_id, shown, kind in self._asked():
            key = _key(shown, kind)
            self.fields[f"need_{key}"] = forms.TypedChoiceField(
                label=kind.label, choices=Severity.choices, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect, initial=needs.get((child_id, kind)),
            )  # fmt: skip
            self.fields[f"note_{key}"] = NameField(
                label=_("Note on: %(need)s") % {"need": kind.label}, max_length=200, required=False
            )

    def _asked(self) -> Iterator[tuple[int, LineShown, NeedKind]]:
        """Each child with each need that is asked about."""
        for child_id, shown in self.children.items():
            yield from ((child_id, shown, kind) for kind in self.kinds[child_id])

    def by_child(self) -> Iterator[ChildFields]:
        """The boxes as the page shows them."""
        for child_id, shown in self.children.items():
            keys = [_key(shown, kind) for kind in self.kinds[child_id]]
            boxes = [(self[f"need_{key}"], self[f"note_{key}"]) for key in keys]
            yield ChildFields(
                legend=", ".join(filter(None, (shown.child, shown.age))),
                needs=[(need, note, "" if note.errors else f"{need.html_name}={TOLD_MORE}") for need, note in boxes],
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for _child, shown, kind in self._asked():
            key = _key(shown, kind)
            if told.get(f"note_{key}") and told.get(f"need_{key}") is None and f"need_{key}" not in self.errors:
                self.add_error(f"need_{key}", _("Say how serious this is, or take its note out."))
        return told

    def said(self) -> list[NeedSaid]:
        """What was asked about."""
        told = self.cleaned_data
        return [
            NeedSaid(
                child_id=child_id, need=kind, severity=told[f"need_{_key(shown, kind)}"],
                note=told[f"note_{_key(shown, kind)}"],
            )
            for child_id, shown, kind in self._asked()
            if told[f"need_{_key(shown, kind)}"] is not None
        ]  # fmt: skip


def _key(shown: LineShown, kind: NeedKind) -> str:
    return f"{shown.line.pk}_{kind}"
