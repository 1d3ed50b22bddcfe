"""A form on one page whose typing is kept as a draft by itself, and what pages of drafts share."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.kernel.digits import row_number
from casework.ui.views import PageView

from .forms import as_sent
from .models import Draft
from .services import draft_gone, hold_draft, park_draft, refuse_older, save_draft, tell_missing

ONE_STEP = "form"
"""The step of a form on one page."""
LATER = "later"
"""The button that puts aside what is typed."""
NOTHING_TYPED = gettext_lazy("Write something first, such as a name.")


def device_id_of(request: HttpRequest) -> UUID | None:
    """The id the page made for a new draft, so that autosave and save meet in one row; None when it cannot be read."""
    try:
        return UUID(request.POST.get("device_id", ""))
    except ValueError:
        return None


def version_of(request: HttpRequest) -> int | None:
    """The version of the draft that the page was made from."""
    return row_number(request.POST.get("version")) or None


def put_aside(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The draft waits in the tray, and the person goes on with other work."""
    park_draft(draft=draft, by=cast(User, request.user))
    messages.success(request, _("Saved. You find it under “unfinished” at the top."))
    return HttpResponseRedirect(reverse("home:my-work"))


class OnePage(PageView):
    """A page with the person's draft of its form: the one it names, else the one that it was kept as."""

    draft_form: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "draft" in request.GET and self.draft is None:
            tell_missing(number=row_number(self.named), user=self.user)
            raise Http404
        return super().get(request, *args, **kwargs)

    @property
    def named(self) -> str:
        """The draft that the page or its address names."""
        return self.request.POST.get("_draft") or self.request.GET.get("draft", "")

    @cached_property
    def draft(self) -> Draft | None:
        """The person's draft of this page: the one it names, else the one that it was kept as."""
        own = Draft.objects.visible_to(self.user).filter(owner=self.user, form=self.draft_form).select_related("office")
        if self.named:
            return own.filter(pk=row_number(self.named)).first()
        device = device_id_of(self.request)
        return own.filter(device_id=device).first() if device else None

    @property
    def sent(self) -> QueryDict:
        """What is typed on the page: as it was sent, else as it was kept."""
        if self.request.method == "POST" or self.draft is None:
            return self.request.POST
        return as_sent(self.draft.data.get(ONE_STEP, {}))

    @property
    def typed(self) -> dict[str, Any]:
        """What a draft keeps of the page."""
        raise NotImplementedError

    def save_typed(self, office_id: int) -> Draft | None:
        """Keep what is typed as the draft; None when nothing was typed. Raises as save_draft does."""
        named = row_number(self.request.POST.get("_draft"))
        place: dict[str, Any] = {"draft_id": named} if named else {"device_id": device_id_of(self.request)}
        return save_draft(
            by=self.user, form=self.draft_form, step=ONE_STEP, answers=self.typed, version=version_of(self.request),
            office_id=office_id, **place,
        )  # fmt: skip

    def hold_typed(self) -> None:
        """Before the form is sent: hold its draft. Raises Conflict when it is gone or newer than the page."""
        if self.draft is None and self.named:
            raise draft_gone()
        if self.draft is not None:
            held = hold_draft(draft=self.draft, by=self.user)
            refuse_older(held, step=ONE_STEP, answers=self.typed, version=version_of(self.request))
