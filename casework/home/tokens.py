"""The page on which a person makes and ends the token of their programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from casework.access.policies import SignedIn, StaleSecondFactor, is_fresh
from casework.accounts.tokens import KEPT, end_token, living_token, make_token
from casework.ui.views import ActView, PageView


@method_decorator(never_cache, name="dispatch")
class TokenPage(PageView):
    """Whether I have a token; a new one is shown once, after a fresh proof of who I am."""

    policy = SignedIn()
    template_name = "home/token.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        living = living_token(self.request.user, timezone.now())
        return super().get_context_data(living=living, until=living.created + KEPT if living else None, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        if not is_fresh(request):
            raise StaleSecondFactor
        token = make_token(user=request.user, now=timezone.now())  # type: ignore[arg-type]
        return self.render_to_response(self.get_context_data(token=token))


class EndTokenAct(ActView):
    """My token stops working."""

    policy = SignedIn()
    success_message = _("The token no longer works.")

    def act(self) -> None:
        end_token(user=self.request.user, by=self.request.user, now=timezone.now())

    def back(self) -> str:
        return reverse("home:token")
