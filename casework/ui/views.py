"""The views every page is made of. They take a policy object as a class attribute and never import access."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from django.views.generic.edit import FormMixin

from casework.kernel.acts import saved_whole
from casework.kernel.models import LONGEST_ADDRESS
from casework.kernel.refusals import Conflict, Refusal

from . import company
from .sends import OPENED, STALE, answered, key_of, opened_with, refuse_stale, where_once
from .stored import put_stored


class DeclaredPolicy(Protocol):
    """What a view's policy must answer."""

    @property
    def is_public(self) -> bool: ...

    def admit(self, request: HttpRequest) -> None: ...
    def admit_row(self, request: HttpRequest, row: Any) -> None: ...


def of_ours(request: HttpRequest, address: str) -> str:
    """The address where it leads to a page of this site and an answer can hold it, else nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours and address.isprintable() and len(address) <= LONGEST_ADDRESS else ""


class GuardedView(View):
    """Asks its policy before anything else. A signed-out person is sent to sign in."""

    policy: ClassVar[DeclaredPolicy]
    request: Any  # its user is a signed-in one, unless the policy is public

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.policy.is_public and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            self.prepare(**kwargs)
            self.policy.admit(request)
            self.admit_loaded()
            return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]
        except Conflict as conflict:
            done_before = answered(request)  # the answer got lost, and what was done stands against doing it again
            if done_before:
                return HttpResponseRedirect(done_before)
            page = render(request, "errors/conflict.html", {"refusal": conflict, "back": self.way_out()}, status=409)
            if transaction.get_connection().in_atomic_block:  # the page reads the shell, so it is written first
                transaction.set_rollback(True)
            return page

    def prepare(self, **kwargs: Any) -> None:
        """Load the row the address names, through visible_to(user); raise Http404 when this person has none."""

    def admit_loaded(self) -> None:
        """Ask the policy about the loaded row."""

    def way_out(self) -> str:
        """Where the page that says "this cannot be done now" leads back: here to the page of ours one came from."""
        return of_ours(self.request, self.request.META.get("HTTP_REFERER", ""))

    @property
    def user(self) -> Any:
        """The signed-in person, for services that act on their behalf."""
        return self.request.user

    @property
    def kept_form(self) -> Any:
        """What this person typed here before they were signed out, as the form's data; None most of the time."""
        return getattr(self.request, "kept_form", None)

    @property
    def today(self) -> Any:
        """The date at the edge, Asia/Bangkok; passed into services and queries."""
        return timezone.localdate()


class PageView(GuardedView, TemplateView):
    """A page: template_name and get_context_data().

    A form or button on it with `{% include "ui/once.html" %}` in it is done once, however often it is sent.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("idempotency_key", key_of(self.request))
        return super().get_context_data(**kwargs)


class RowMixin(GuardedView):
    """Loads `self.row` from `model.objects.lookup_for(user)` by the address; 404 tells nothing else."""

    model: ClassVar[type[models.Model]]
    row_name: ClassVar[str] = "row"
    row: Any

    def rows(self) -> models.QuerySet:
        """The rows this person may see, to look one up."""
        return self.model.objects.lookup_for(self.request.user)  # type: ignore[attr-defined]

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.row = get_object_or_404(self.rows(), pk=kwargs["pk"])  # not first(): it would sort the one row

    def admit_loaded(self) -> None:
        self.policy.admit_row(self.request, self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        context[self.row_name] = self.row
        return context


class RowPage(RowMixin, PageView):
    """The page of one row."""


def came_from(request: HttpRequest) -> str:
    """The page of ours that the address names as `next`, to which a form returns; nothing without one."""
    return of_ours(request, request.GET.get("next", ""))


def put_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Show a service's refusal beside the fields it names; what was typed stays. A record it speaks of is linked."""
    told = [finding.url for finding in refusal.findings if finding.url]
    form.other_records = [*getattr(form, "other_records", ()), *told]  # type: ignore[attr-defined]
    for finding in refusal.findings:
        field = finding.field if finding.field in form.fields else None
        form.add_error(field, str(finding.sentence))


def warned(refusal: Refusal, *forms: BaseForm) -> dict[str, Any]:
    """What a page shows of warnings to be acknowledged, each with the name of the field that it is about."""
    where = {name: field.label for form in forms for name, field in form.fields.items()}
    return {"refusal": refusal, "is_warning": True, "where": where}


class FormPage(FormMixin, PageView):
    """A form: `save(form)` makes one service call; a Refusal comes back beside its fields, with status 422.

    Warnings come back as boxes to tick (components/findings.html), sent again as `acknowledged`.
    """

    success_message: ClassVar[Any] = ""
    shows_stored: ClassVar[bool] = False
    """Whether the form shows what is stored, to be changed: what somebody else saved meanwhile is not overwritten."""
    warning: Refusal | None = None
    opened: str = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """What was typed before the session ended fills the form again; nothing is saved by that."""
        kwargs = super().get_form_kwargs()
        return kwargs if self.kept_form is None else kwargs | {"data": self.kept_form}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.shows_stored:
            self._tell_company()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.shows_stored:
            self.opened = opened_with(self.get_initial())  # before anything is set that is then not saved
        form = self.get_form()
        if form.is_valid():
            try:
                with saved_whole():
                    following = where_once(request, lambda: self._saved(form))
            except Conflict:
                raise
            except Refusal as refusal:
                request.refused = [finding.code for finding in refusal.findings]  # type: ignore[attr-defined]
                if refusal.is_warning:
                    self.warning = refusal
                else:
                    put_refusal(form, refusal)
                    if refusal.code == STALE:
                        put_stored(form)
            else:
                if self.shows_stored:
                    company.leave(request)
                if self.success_message:
                    messages.success(request, str(self.success_message))
                return HttpResponseRedirect(following)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.shows_stored:
            kept = (self.kept_form or {}).get(OPENED)
            kwargs.setdefault("opened", kept or self.opened or opened_with(self.get_initial()))
        if self.warning:
            kwargs |= warned(self.warning, kwargs["form"])
        return super().get_context_data(**kwargs)

    def _tell_company(self) -> None:
        for name, since in company.enter(self.request):
            told = {"name": name, "time": f"{timezone.localtime(since):%H:%M}"}
            messages.warning(
                self.request,
                _("%(name)s has this form open too, since %(time)s. Agree who of you changes it.") % told,
            )

    def _saved(self, form: BaseForm) -> str:
        """Save, and answer where to go then."""
        if self.shows_stored:
            refuse_stale(self.request, self.get_initial())
        result = self.save(form)
        return came_from(self.request) or self.after(result)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=form, page_has_errors=True))
        response.status_code = 422
        return response

    def save(self, form: Any) -> Any:
        """Call the one service this form is for."""
        raise NotImplementedError

    def after(self, result: Any) -> str:
        """Where to go when it is saved."""
        return self.get_success_url()

    def way_out(self) -> str:
        try:
            return came_from(self.request) or self.get_success_url()
        except ImproperlyConfigured:  # it has no one page to go to
            return super().way_out()


class RowForm(RowMixin, FormPage):
    """A form about one row."""


class ActView(GuardedView):
    """A button: POST makes one service call and goes back. A refusal is shown as a message, nothing is lost."""

    http_method_names = ["post"]
    success_message: ClassVar[Any] = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with saved_whole():
                following = where_once(request, lambda: self.after(self.act()))
        except Conflict:
            raise
        except Refusal as refusal:
            messages.error(request, "\n".join(str(finding.sentence) for finding in refusal.findings))
            return HttpResponseRedirect(self.back())
        if self.success_message:
            messages.success(request, str(self.success_message))
        return HttpResponseRedirect(following)

    def act(self) -> Any:
        """Call the one service this button is for."""
        raise NotImplementedError

    def back(self) -> str:
        """Where to go when it was refused."""
        raise NotImplementedError

    def after(self, result: Any) -> str:
        return self.back()

    def way_out(self) -> str:
        return self.back()


class RowAct(RowMixin, ActView):
    """A button about one row."""
