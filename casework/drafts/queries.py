"""The tray and the list of drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casework.programmes.contributions import DraftForm, registry

from .models import Draft

TRAY = 10


@dataclass(frozen=True)
class DraftLine:
    """One draft as it is listed: its row, the name in it or the form's name, how far it is, where it goes on."""

    draft: Draft
    title: str
    form_label: str | Promise
    step_label: str | Promise
    url: str


def tray(user: Any) -> list[DraftLine]:
    """The person's own drafts, newest first, at most ten; one query."""
    return described(Draft.objects.visible_to(user).filter(owner=user)[:TRAY])


def own_drafts(user: Any) -> list[DraftLine]:
    """All drafts the person has; one query."""
    return described(Draft.objects.visible_to(user).filter(owner=user).select_related("owner", "started_by"))


def colleagues_drafts(user: Any) -> list[DraftLine]:
    """Drafts of colleagues that the person may take over, the hundred newest; one query."""
    others = Draft.objects.visible_to(user).exclude(owner=user).select_related("owner", "started_by")
    return described(others[:100])


def described(drafts: Iterable[Draft]) -> list[DraftLine]:
    """Drafts in words; one whose form is no longer part of the site is left out."""
    forms: dict[str, DraftForm] = {form.key: form for form in registry.gather("draft_forms")}
    return [_line(draft, forms[draft.form]) for draft in drafts if draft.form in forms]


def _line(draft: Draft, form: DraftForm) -> DraftLine:
    return DraftLine(
        draft=draft,
        title=draft.title or str(form.label),
        form_label=form.label,
        step_label=_step(draft, form),
        url=form.url(draft),
    )


def _step(draft: Draft, form: DraftForm) -> str:
    """ "Step 2 of 6: Mother", or nothing for a form of one page."""
    steps = list(form.steps)
    if draft.step not in steps:
        return ""
    return _("Step %(number)s of %(total)s: %(name)s") % {
        "number": steps.index(draft.step) + 1,
        "total": len(steps),
        "name": form.steps[draft.step],
    }
