"""What somebody typed of a request that was not sent yet: kept beside the case it is about, its writer's alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet
from django.urls import reverse

from casework.cases.models import Case
from casework.drafts.models import Draft
from emergency_fund.models import InsurancePolicy

FORM = "emergency_fund.ask"
STEP = "form"
ALWAYS_SENT = ("case", "case_number", "renews", "requester", "channel", "acknowledged")
"""What the page sends without a word having been typed; the boxes of a day and the child of each line besides."""


def device_id(case: Case, user: Any, renewed: InsurancePolicy | None) -> UUID:
    """The id under which what a person types for a case is kept: the same on every device."""
    return uuid5(NAMESPACE_URL, f"{FORM}:{case.pk}:{renewed.pk if renewed else ''}:{user.pk}")


def unfinished_ask(case: Case, user: Any, renewed: InsurancePolicy | None) -> Draft | None:
    """What the person typed for the case and has not sent."""
    rows = Draft.objects.visible_to(user).filter(owner=user, form=FORM)
    return rows.filter(device_id=device_id(case, user, renewed)).first()


def typed_for(case: Case) -> QuerySet[Draft]:
    """All that is typed for a case and was not sent."""
    return Draft.rows.filter(**{"form": FORM, f"data__{STEP}__case": str(case.pk)})


def ask_url(draft: Draft) -> str:
    """The page on which it was typed."""
    typed = draft.data.get(STEP, {})
    case, renews = _number(typed, "case"), _number(typed, "renews")
    if case is None:
        return reverse("emergency_fund:list")
    return reverse("emergency_fund:ask", args=[case]) + (f"?renews={renews}" if renews else "")


def ask_title(data: Mapping[str, Mapping[str, Any]]) -> str:
    """How it is called in the tray: the case number, which tells no name."""
    return str(data.get(STEP, {}).get("case_number", ""))[:24]


def is_ask_untouched(step: str, answers: Mapping[str, Any]) -> bool:
    """Whether the page stands as it is shown, nothing typed and nothing chosen."""
    return not any(value for name, value in answers.items() if not _is_always_sent(name))


def _is_always_sent(name: str) -> bool:
    is_child_of_line = name.startswith("line-") and name.endswith("-child")
    return name in ALWAYS_SENT or is_child_of_line or name.startswith("received_on_") or name == "occurred_on_era"


def _number(typed: Mapping[str, Any], name: str) -> int | None:
    text = str(typed.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
