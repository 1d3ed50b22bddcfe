"""What a file of finance says, before anything is written down, and the act that writes it down."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.funds.models import FinanceAnswer
from casework.funds.queries.answers import compared
from casework.funds.rules.answers import against_taking
from casework.funds.rules.finance import can_answer
from casework.funds.services import answers
from casework.funds.states import AnswerState
from casework.ui.views import RowAct, RowPage

from .finance import ACT, EXPORT, LOOK

ROWS_SHOWN = 200


class Answer(RowPage):
    """The rows of the file: what agrees, differs, cannot be read or is not of the batch."""

    policy = LOOK
    model: ClassVar[type[models.Model]] = FinanceAnswer
    row_name = "answer"
    template_name = "funds/answer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = compared(self.row)
        office_id, programmes = self.row.access_place()
        is_ours = may(self.user, EXPORT, office_id=office_id, programmes=programmes) is not None
        is_open = self.row.state == AnswerState.READ and bool(can_answer(self.row.batch.state))
        against = [finding.sentence for finding in against_taking(found)]
        parts = [
            (_("Differs"), "red", found.differing), (_("No amount can be read"), "amber", found.unreadable),
            (_("Not of this batch"), "amber", found.unknown),
            (_("Agrees"), "green", found.matched),
        ]  # fmt: skip
        return super().get_context_data(
            batch=self.row.batch, found=found, against=against, may_take=is_ours and is_open and not against,
            parts=[(label, kind, len(rows), rows[:ROWS_SHOWN]) for label, kind, rows in parts if rows],
            missing=(len(found.missing), found.missing[:ROWS_SHOWN]), **kwargs,
        )  # fmt: skip


class TakeAnswer(RowAct):
    """Write down what finance booked, as the file says it."""

    policy = ACT
    model: ClassVar[type[models.Model]] = FinanceAnswer
    success_message = _("Written down. Explain what differs, and close the batch.")

    def act(self) -> FinanceAnswer:
        return answers.take_answer(answer=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("funds:answer", args=[self.row.pk])

    def after(self, result: FinanceAnswer) -> str:
        return reverse("funds:batch", args=[result.batch_id])
