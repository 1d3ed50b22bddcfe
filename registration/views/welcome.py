"""They come back after eight months: the welcome-back page (day.md 17)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import who_can
from casework.access.scopes import may
from registration.forms.welcome import WelcomeForm
from registration.models import BirthRecord
from registration.queries import welcome as queries
from registration.rules.welcome import can_welcome_back
from registration.services import welcome as services
from registration.states import Status

from .records import EDIT, BirthForm

REOPEN = "registration.birth.reopen"


class WelcomeBack(BirthForm):
    """Every old fact, still true, changed or not asked; then the case goes on."""

    policy = EDIT
    form_class = WelcomeForm
    template_name = "registration/welcome.html"
    title = gettext_lazy("Welcome back")

    @cached_property
    def facts(self) -> list[queries.OldFact]:
        """The old facts of the case."""
        return queries.old_facts(self.row, self.user, self.today)

    @cached_property
    def may_reopen(self) -> bool:
        """Whether the person opens closed cases of this office again."""
        office_id, programmes = self.row.access_place()
        return bool(may(self.user, REOPEN, office_id=office_id, programmes=programmes))

    @property
    def is_closed(self) -> bool:
        return self.row.status == Status.CLOSED

    @property
    def verb(self) -> Any:
        if not self.is_closed:
            return _("Go on with the case")
        return _("Open the case again") if self.may_reopen else _("Ask for it to be opened")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "facts": self.facts,
            "stale": queries.stale_things(self.row, self.today),
            "supervisors": queries.supervisors_of(self.row, self.today),
            "is_closed": self.is_closed,
            "may_reopen": self.may_reopen,
        }

    def get_initial(self) -> dict[str, Any]:
        return {"reason": _("The family is here again.")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = queries.welcome_context(self.row, self.user, self.today)
        return super().get_context_data(
            **shown,
            verdict=can_welcome_back(self.row, shown["away"]),
            is_closed=self.is_closed,
            may_reopen=self.may_reopen,
            who_reopens=who_can(REOPEN),
            **kwargs,
        )

    @property
    def change_url(self) -> str:
        """The page on which the fact is changed that the person goes to change now."""
        key = self.request.POST.get("then", "")
        return next((fact.change_url for fact in self.facts if fact.key == key), "")

    def save(self, form: forms.Form) -> Any:
        data, by, now = form.cleaned_data, self.user, timezone.now()
        said = form.said()  # type: ignore[attr-defined]
        if self.change_url:
            return services.confirm_old_facts(birth=self.row, said=said, by=by, now=now)
        if self.is_closed and not self.may_reopen:
            task = services.ask_to_reopen(
                birth=self.row,
                said=said,
                owner=data["supervisor"],
                next_step=data["next_step"],
                by=by,
                now=now,
                today=self.today,
            )
            words = _("%(name)s is asked to open the case again.") % {"name": task.owner.name_now}
            messages.success(self.request, words)
            return task
        birth = services.welcome_back(
            birth=self.row,
            said=said,
            dropped_tasks=form.dropped("task"),  # type: ignore[attr-defined]
            dropped_steps=form.dropped("step"),  # type: ignore[attr-defined]
            next_step=data["next_step"],
            next_step_on=data["next_step_on"],
            reason=data.get("reason", ""),
            by=by,
            now=now,
            today=self.today,
        )
        messages.success(self.request, _("The case goes on. The next step is set."))
        return birth

    def after(self, result: Any) -> str:
        if self.change_url:
            return f"{self.change_url}?{urlencode({'next': self.request.path})}"
        birth = result if isinstance(result, BirthRecord) else self.row
        is_open = birth.status in (Status.ASSESSING, Status.GATHERING)
        if isinstance(result, BirthRecord) and is_open and birth.track_proposed != birth.track:
            return reverse("registration:track", args=[birth.pk])
        return self.get_success_url()
