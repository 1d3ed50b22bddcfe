"""Conflicts of interest: one's own are declared, those of others are seen and ended by who runs approvals."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may
from casework.approvals.forms import ConflictForm, EndConflictForm
from casework.approvals.queries import conflicts as queries
from casework.approvals.rules.conflicts import can_end
from casework.approvals.services import conflicts as services
from casework.kernel.digits import row_number
from casework.people.models import ConflictOfInterest, Person
from casework.people.models.conflicts import END_CONFLICTS, SEE_CONFLICTS
from casework.ui.views import FormPage, PageView, RowForm
from casework.ui.widgets import era_now

PAST_SHOWN = 50


class Conflicts(PageView):
    """What one declared; for who runs approvals also what the people of their offices declared."""

    policy = SignedIn()
    template_name = "approvals/conflicts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(queries.conflicts_of(self.user, self.today))
        return super().get_context_data(
            own=[row for row in found if row.user_id == self.user.pk],
            others=[row for row in found if row.user_id != self.user.pk],
            past=queries.past_conflicts_of(self.user, self.today)[:PAST_SHOWN],
            may_see=may(self.user, SEE_CONFLICTS) is not None, may_end=may(self.user, END_CONFLICTS) is not None,
            **kwargs,
        )  # fmt: skip


class DeclareConflict(FormPage):
    """Declare a conflict of one's own: with a family, or with a supplier or provider."""

    policy = SignedIn()
    form_class = ConflictForm
    template_name = "approvals/conflict.html"
    success_message = _("Declared. Somebody else decides, pays and hands over from now on.")

    @cached_property
    def person(self) -> Person | None:
        """The person from whose page this was opened."""
        found: Any = Person.objects.visible_to(self.user)
        return found.filter(pk=row_number(self.request.GET.get("person"))).first()

    def get_initial(self) -> dict[str, Any]:
        return {"from_on": {"era": era_now()}, "until_on": {"era": era_now()}}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)

    def save(self, form: ConflictForm) -> ConflictOfInterest:
        return services.declare_conflict(by=self.user, now=timezone.now(), person=self.person, **form.told())

    def after(self, result: ConflictOfInterest) -> str:
        return reverse("approvals:conflicts")


class EndConflict(RowForm):
    """Say that a conflict of somebody else is over."""

    policy = Policy(action=END_CONFLICTS)
    model: ClassVar[type[models.Model]] = ConflictOfInterest
    row_name = "conflict"
    form_class = EndConflictForm
    template_name = "approvals/conflict_end.html"
    success_message = _("Ended. The person may decide, pay and hand over there again.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_end(is_own=self.row.user_id == self.user.pk, is_over=self.row.is_over).insist()

    def save(self, form: EndConflictForm) -> ConflictOfInterest:
        reason = form.cleaned_data["reason"]
        return services.end_conflict(conflict=self.row, reason=reason, by=self.user, now=timezone.now())

    def after(self, result: ConflictOfInterest) -> str:
        return reverse("approvals:conflicts")
