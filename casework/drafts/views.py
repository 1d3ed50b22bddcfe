"""The autosave address, the list of drafts and its buttons."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.kernel.acts import saved_whole
from casework.kernel.refusals import Conflict, Forbidden, Refusal
from casework.ui.views import GuardedView, PageView, RowAct, came_from

from . import queries, rules, services
from .forms import read_sent
from .models import Draft


class Save(GuardedView):
    """Keep what was typed: answers {id, version, saved_at, url}, 204 when nothing was typed, 409 with both values."""

    policy = SignedIn()
    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with saved_whole():
                sent = read_sent(request)
                draft = services.save_draft(
                    by=request.user, form=sent.form, step=sent.step, answers=sent.answers, draft_id=sent.draft_id,
                    device_id=sent.device_id, version=sent.version, office_id=sent.office_id,
                    done_steps=sent.done_steps,
                )  # fmt: skip
        except Refusal as refusal:
            return refused(refusal)
        return HttpResponse(status=204) if draft is None else JsonResponse(saved(draft))


def saved(draft: Draft) -> dict[str, Any]:
    """What the page needs to know: the row, its version, the time on the clock of the office, and its own address."""
    saved_at = f"{timezone.localtime(draft.saved_at):%H:%M}"
    return {
        "id": draft.pk,
        "version": draft.version,
        "saved_at": saved_at,
        "url": rules.draft_form(draft.form).url(draft),
    }


def refused(refusal: Refusal) -> JsonResponse:
    """A refusal as code, message and field; a conflict also tells the stored version and both values."""
    body: dict[str, Any] = {"code": refusal.code, "message": str(refusal.sentence), "field": refusal.field}
    if isinstance(refusal, services.DraftConflict):
        body |= saved(refusal.draft) | {"fields": refusal.fields}
    status = 403 if isinstance(refusal, Forbidden) else 409 if isinstance(refusal, Conflict) else 422
    return JsonResponse(body, status=status)


class Drafts(PageView):
    """My unfinished forms, and those of colleagues that I can finish."""

    policy = SignedIn()
    template_name = "drafts/drafts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        others = queries.colleagues_drafts(user, self.today)
        return super().get_context_data(**kwargs) | {
            "own": queries.own_drafts(user, self.today),
            "ready": [line for line in others if line.handed_in],
            "others": [line for line in others if not line.handed_in],
        }


class OwnDraftAct(RowAct):
    """A button on one of my drafts."""

    model = Draft
    policy = SignedIn()

    def rows(self) -> models.QuerySet:
        return super().rows().filter(owner=self.request.user)

    def back(self) -> str:
        return reverse("drafts:drafts")


class Park(OwnDraftAct):
    """Put a draft aside."""

    success_message = _("The draft waits in the tray.")

    def act(self) -> Draft:
        return services.park_draft(draft=self.row, by=self.request.user)

    def back(self) -> str:
        return reverse("home:my-work")


class ThrowAway(OwnDraftAct):
    """Remove a draft."""

    success_message = _("The draft was thrown away.")

    def act(self) -> None:
        services.throw_away_draft(draft=self.row, by=self.request.user)

    def after(self, result: None) -> str:
        return came_from(self.request) or self.back()


class TakeOver(RowAct):
    """Go on with a colleague's draft."""

    model = Draft
    policy = Policy(action="drafts.draft.take")

    def act(self) -> Draft:
        return services.take_over_draft(draft=self.row, by=self.request.user)

    def back(self) -> str:
        return reverse("drafts:drafts")

    def after(self, result: Draft) -> str:
        lines = queries.described([result])
        return lines[0].url if lines else self.back()
