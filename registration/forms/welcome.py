"""The form of the welcome-back page: one answer for each old fact, keep or drop for what is stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.models import Step, Task
from casework.cases.services.facts import FactSaid
from casework.cases.states import FactAnswer
from casework.ui.fields import NameField, PartsDateField
from registration.queries.welcome import OldFact, Stale

NOT_ASKED = "not_asked"
ANSWERS = [*FactAnswer.choices, (NOT_ASKED, _("Not asked"))]
KEEP_OR_DROP = [("keep", _("Keep")), ("drop", _("Drop"))]


class WelcomeForm(forms.Form):
    """Nothing is chosen beforehand but “not asked”. The services say what is missing."""

    next_step = NameField(label=_("What happens next?"), required=False, max_length=200)
    next_step_on = PartsDateField(label=_("When?"), required=False)
    reason = NameField(label=_("Why is the case opened again?"), required=False, max_length=300)
    supervisor = forms.ModelChoiceField(
        label=_("Whom do you ask to open it?"), queryset=User.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        facts: Sequence[OldFact],
        stale: Stale,
        supervisors: Sequence[User],
        is_closed: bool,
        may_reopen: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts, self.stale = facts, stale
        for fact in facts:
            self.fields[f"fact_{fact.key}"] = forms.ChoiceField(
                label=fact.label, choices=ANSWERS, widget=forms.RadioSelect, required=False, initial=NOT_ASKED
            )
        for name, row in self._stale_rows():
            self.fields[name] = forms.ChoiceField(
                label=row.title, choices=KEEP_OR_DROP, widget=forms.RadioSelect, required=False
            )
        chosen = self.fields["supervisor"]
        chosen.queryset = User.objects.filter(pk__in=[user.pk for user in supervisors])  # type: ignore[attr-defined]
        if len(supervisors) == 1:
            chosen.initial = supervisors[0].pk
        if not is_closed or may_reopen:
            del self.fields["supervisor"]
        if not is_closed or not may_reopen:
            del self.fields["reason"]

    def _stale_rows(self) -> Iterator[tuple[str, Task | Step]]:
        yield from ((f"task_{task.pk}", task) for task in self.stale.tasks)
        yield from ((f"step_{step.pk}", step) for step in self.stale.steps)

    def fact_lines(self) -> Iterator[dict[str, Any]]:
        """Each fact with its answer, for the page."""
        for fact in self.facts:
            name = f"fact_{fact.key}"
            yield {"fact": fact, "answer": self[name], "shown_by": f"{name}=changed"}

    def stale_lines(self) -> Iterator[dict[str, Any]]:
        """Each stale task or step with its answer, for the page."""
        for name, row in self._stale_rows():
            yield {"row": row, "answer": self[name]}

    def said(self) -> list[FactSaid]:
        """What was asked, as the services take it."""
        return [
            FactSaid(key=fact.key, value=fact.stored, answer=self.cleaned_data[f"fact_{fact.key}"])
            for fact in self.facts
        ]

    def dropped(self, kind: str) -> list[Any]:
        """The tasks or steps to drop."""
        rows = self.stale.tasks if kind == "task" else self.stale.steps
        return [row for row in rows if self.cleaned_data[f"{kind}_{row.pk}"] == "drop"]
