"""The phone is the scanner: the desk shows a code, one phone sends photos under it to one record, without sign-in."""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from casework.access.policies import Public
from casework.kernel.refusals import Finding, Refusal
from casework.kernel.requests import current_address
from casework.ui.views import FormPage, RowAct, RowMixin, RowPage

from . import attachments_queries as queries
from . import codes, services
from .attachments import MOST_BYTES
from .attachments_views import ForEditors, RecordForm
from .captures_forms import PhoneForm, PhotoForm
from .draft_queries import form_url, papers_words
from .models import MOST_PHOTOS, CaptureLink
from .qr import qr_svg
from .states import CaptureState

MOST_SENT = MOST_BYTES["image"] + 64 * 1024
"""Bytes of a whole request: a photo and what the form adds."""
MOST_MISSES = 30
"""Codes that are not valid, asked from one address in MISS_SECONDS."""
MISS_SECONDS = 600
KEEPS_NOTHING = {"keeps_nothing": True}
"""For the shell of the phone's pages: htmx would note the address in the browser's store."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class ScanWithPhone(RecordForm):
    """The desk says what will be photographed; the answer is the code, which is shown once."""

    template_name = "documents/phone_form.html"
    form_class = PhoneForm
    made: tuple[CaptureLink, str] | None = None

    def save(self, form: PhoneForm) -> CaptureLink:
        self.made = services.make_link(subject=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)
        return self.made[0]

    def after(self, result: CaptureLink) -> str:
        return self.request.path

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        return self._code_page(*self.made) if self.made else answer

    def _code_page(self, link: CaptureLink, token: str) -> HttpResponse:
        """The code itself: kept nowhere, so it stands in this answer only."""
        address = settings.SITE_URL.rstrip("/") + reverse("documents:capture", args=[token])
        picture = b64encode(qr_svg(address)).decode()
        context = {
            "link": link,
            "address": settings.SITE_URL.rstrip("/") + reverse("documents:capture", args=[codes.spaced(token)]),
            "picture": f"data:image/svg+xml;base64,{picture}",
            "is_only_here": urlsplit(settings.SITE_URL).hostname in LOOPBACK,
            "back_url": queries.papers_url(self.row),
            "papers": papers_words(self.row),
            "form_url": form_url(self.row),
        }
        response = render(self.request, "documents/phone_code.html", context)
        response["Cache-Control"] = "no-store"
        return response


class LinkMixin(RowMixin):
    """A phone link of one's own."""

    model = CaptureLink
    row_name = "link"
    policy: ClassVar[Any] = ForEditors(action=queries.ADD)
    row: CaptureLink


@method_decorator(never_cache, name="dispatch")
class PhoneArrived(LinkMixin, RowPage):
    """The part of the desk's page that asks again: whether the phone is there, and the photos it sent."""

    template_name = "documents/phone_arrived.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_over = self.row.state == CaptureState.ENDED or self.row.expires_at <= timezone.now()
        photos = self.row.photos.filter(removed_at=None).order_by("-pk")
        return super().get_context_data(is_over=is_over, photos=photos, **kwargs)


class EndPhone(LinkMixin, RowAct):
    """The desk is done with the phone."""

    success_message = _("The code is no longer valid.")

    def act(self) -> CaptureLink:
        return services.end_link(link=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        subject = queries.subject_of(self.row, self.user)
        return queries.papers_url(subject) if subject else "/"


@method_decorator([login_not_required, never_cache, csrf_exempt], name="dispatch")
class Capture(FormPage):
    """Public: the page on the phone. Its address is the secret, so no other site can send anything here.

    Nothing of a request is read before the link, the phone and the size are found right. Every address that is not
    valid is answered alike.
    """

    policy = Public()
    template_name = "documents/capture.html"
    form_class = PhotoForm
    extra_context = KEEPS_NOTHING
    link: CaptureLink

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        now = timezone.now()
        if _is_guessing():
            return render(request, "429.html", KEEPS_NOTHING, status=429)
        if _is_fetched_ahead(request):
            return HttpResponse(status=503)
        device = request.COOKIES.get(cookie_name(), "")[:64] or secrets.token_urlsafe(32)
        try:
            self.link = services.open_link(token=kwargs["token"], device=device, now=now)
        except services.LinkNotValid:
            _note_miss()
            return self._gone()
        answer = self._answer(request, args, kwargs, now)
        if self.link.state == CaptureState.ENDED:
            answer.delete_cookie(cookie_name(), samesite="Strict")
        else:
            self._give_cookie(answer, device, now)
        return answer

    def _answer(self, request: HttpRequest, args: Any, kwargs: Any, now: datetime) -> HttpResponse:
        if request.method == "POST":
            services.count_try(link=self.link, now=now)
            if self.link.state == CaptureState.ENDED:
                return self._gone()
            if _sent_bytes(request) > MOST_SENT:
                return self._page("capture_large", 413, back_url=request.path)
            if "done" in request.POST:
                self.link = services.end_link(link=self.link, by=None, now=now)
                return self._page("capture_done", 200, link=self.link)
        return super().dispatch(request, *args, **kwargs)

    def _gone(self) -> HttpResponse:
        return self._page("capture_gone", 404)

    def _page(self, name: str, status: int, **context: Any) -> HttpResponse:
        return render(self.request, f"documents/{name}.html", KEEPS_NOTHING | context, status=status)

    def _give_cookie(self, answer: HttpResponse, device: str, now: datetime) -> None:
        answer.set_cookie(
            cookie_name(),
            device,
            max_age=max(1, int((self.link.expires_at - now).total_seconds())),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.link.refresh_from_db()
        return super().get_context_data(link=self.link, is_full=self.link.photo_count >= MOST_PHOTOS, **kwargs)

    def save(self, form: PhotoForm) -> Any:
        try:
            return services.take_photo(
                link=self.link,
                file=form.cleaned_data["photo"],
                corners=form.cleaned_data["corners"],
                now=timezone.now(),
            )
        except Refusal as refusal:
            raise Refusal.of([_beside_photo(finding) for finding in refusal.findings]) from refusal

    def after(self, result: Any) -> str:
        return self.request.path


def _beside_photo(finding: Finding) -> Finding:
    """The page shows one field to the eye, so whatever was wrong stands beside it."""
    return Finding(code=finding.code, field="photo", sentence=finding.sentence)


def cookie_name() -> str:
    """The name of the phone's cookie, which binds it to this host alone where the site has HTTPS."""
    return "__Host-phone" if settings.SESSION_COOKIE_SECURE else "casework_phone"


def _sent_bytes(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isdecimal() else MOST_SENT + 1


def _is_fetched_ahead(request: HttpRequest) -> bool:
    """Whether a browser only looks ahead: that is no opening, or a preview would use the code up."""
    return "prefetch" in (request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")).lower()


def _miss_key() -> str:
    return f"phone-miss-{current_address.get() or 'nowhere'}"


def _is_guessing() -> bool:
    return int(cache.get(_miss_key(), 0)) >= MOST_MISSES


def _note_miss() -> None:
    key = _miss_key()
    if not cache.add(key, 1, MISS_SECONDS):
        cache.incr(key)
