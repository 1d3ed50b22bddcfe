"""The tray and the list of drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casework.access.written import written_once
from casework.kernel.statements import Text, text_of
from casework.programmes.contributions import DraftForm, DraftPapers, registry

from .models import Draft

TRAY = 10


@dataclass(frozen=True)
class DraftLine:
    """One draft as it is listed: its row, the name in it or the form's name, how far it is, where it goes on.

    `papers` says how many photos and scans lie with it, `papers_url` where they are shown.
    """

    draft: Draft
    title: str
    form_label: str | Promise
    step_label: str | Promise
    url: str
    papers: int = 0
    papers_url: str = ""


def tray(user: Any) -> list[DraftLine]:
    """The person's own drafts, newest first, at most ten; one query."""
    return described(Draft.rows.raw(*_tray(user)))


@written_once(most=100)
def _tray(user: Any) -> Text:
    """What finds the drafts of the tray: it stands on every page."""
    return text_of(_with_papers(Draft.objects.visible_to(user).filter(owner=user))[:TRAY])


def own_drafts(user: Any) -> list[DraftLine]:
    """All drafts the person has; one query."""
    own = Draft.objects.visible_to(user).filter(owner=user).select_related("owner", "started_by")
    return described(_with_papers(own))


def colleagues_drafts(user: Any) -> list[DraftLine]:
    """Drafts of colleagues that the person may take over, the hundred newest; one query."""
    others = Draft.objects.visible_to(user).exclude(owner=user).select_related("owner", "started_by")
    return described(_with_papers(others)[:100])


def papers_visible(user: Any) -> QuerySet[Draft]:
    """Drafts the person may see on which photos and scans can be put."""
    forms = [form.key for form in registry.gather("draft_forms") if form.takes_papers]
    return Draft.objects.visible_to(user).filter(form__in=forms)


def draft_url(draft: Draft) -> str:
    """Where a draft goes on; the list of drafts for one whose form is no longer part of the site."""
    lines = described([draft])
    return lines[0].url if lines else reverse("drafts:drafts")


def draft_name(draft: Draft) -> str:
    """How a draft is called: the name in it, or its form's."""
    lines = described([draft])
    return lines[0].title if lines else ""


def described(drafts: Iterable[Draft]) -> list[DraftLine]:
    """Drafts in words; one whose form is no longer part of the site is left out."""
    forms: dict[str, DraftForm] = {form.key: form for form in registry.gather("draft_forms")}
    return [_line(draft, forms[draft.form]) for draft in drafts if draft.form in forms]


def _papers() -> DraftPapers | None:
    """Where photos and scans of drafts are kept, if any room keeps them."""
    return next((room.draft_papers for room in registry if room.draft_papers), None)


def _with_papers(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """The same drafts, each with the number of its photos and scans."""
    kept = _papers()
    return drafts.annotate(papers=kept.count()) if kept else drafts


def _line(draft: Draft, form: DraftForm) -> DraftLine:
    kept, papers = _papers(), getattr(draft, "papers", 0)
    return DraftLine(
        draft=draft,
        title=draft.title or str(form.label),
        form_label=form.label,
        step_label=_step(draft, form),
        url=form.url(draft),
        papers=papers,
        papers_url=kept.url(draft) if kept and papers else "",
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
