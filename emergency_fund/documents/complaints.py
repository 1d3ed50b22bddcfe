"""The slip of a complaint, from the stored request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import Choice
from casework.documents.said import clinic, said_day
from casework.kernel import dates
from casework.kernel.guards import Verdict
from casework.kernel.refusals import Refusal
from emergency_fund.after_states import SENSITIVE
from emergency_fund.models import AssistanceRequest, Complaint
from emergency_fund.papers.complaints import ComplaintSlip, ComplaintSlipKind
from emergency_fund.wording.complaints import COMPLAINTS

from . import values

NONE_NOTED = _("No complaint about this request was noted. Note it first, then print the slip.")


class ComplaintSlipPaper(values.OfAssistanceRequest, ComplaintSlipKind):
    """One complaint: its number, what it is about, by when it is answered. None about the staff has a slip."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        return values.has_one(_complaints(subject).exists(), "E-EAF-168", NONE_NOTED)

    def choices(self, subject: AssistanceRequest) -> Sequence[Choice]:
        language = (translation.get_language() or "en")[:2]
        return [
            Choice(
                key=str(complaint.pk),
                label=f"{complaint.number}, {dates.short(complaint.told_on, language)}",
                options={"complaint": complaint.pk},
            )
            for complaint in _complaints(subject)
        ]

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> ComplaintSlip:
        known = list(_complaints(subject))
        values.has_one(bool(known), "E-EAF-168", NONE_NOTED).insist()
        wanted = facts.get("complaint", known[0].pk)
        complaint = next((row for row in known if row.pk == wanted), None)
        if complaint is None:
            raise Refusal("E-EAF-168", "choice", NONE_NOTED)
        return ComplaintSlip(
            number=complaint.number,
            request=subject.number,
            told=said_day(complaint.told_on, language),
            about=values.coded(COMPLAINTS, complaint.kind, language),
            due=said_day(complaint.due_on, language),
            clinic=clinic(subject.office, language),
        )


def _complaints(request: AssistanceRequest) -> Any:
    """The complaints about a request that anybody of its people may know of, the newest first."""
    return Complaint.rows.filter(request=request).exclude(kind__in=SENSITIVE).order_by("-pk")
