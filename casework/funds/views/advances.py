"""Pages of advances: given from a box, what was paid from them, settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may
from casework.approvals.models import Proposal
from casework.funds.forms import advances as forms
from casework.funds.models import BOX_SEE, Advance
from casework.funds.proposals import advances as proposals
from casework.funds.proposals.cash import CONFIRM
from casework.funds.queries import advances as queries
from casework.funds.rules import advances as rules
from casework.funds.services import advances
from casework.funds.views.cash import BoxForm, CashForm
from casework.kernel import dates
from casework.kernel.money import baht, exact_baht
from casework.ui.views import RowForm, RowPage

GIVE = "funds.advance.give"
SETTLED = _("Settled.")
WAITS = _("What came back is in the box. The rest is settled as soon as a second person confirms that it is missing.")
USUAL_DAYS = timedelta(days=7)


class AdvancePage(RowPage):
    """One advance: what was paid from it, what is left; for its holder too, who may have no other part in cash."""

    policy = SignedIn()
    model = Advance
    row_name = "advance"
    template_name = "funds/advance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        office_id = self.row.box.office_id
        return super().get_context_data(
            entries=list(self.row.entries.select_related("by", "confirmed_by")),
            waiting=queries.waiting_shortage(self.row),
            may_confirm=any(may(self.user, action, office_id=office_id) for action in (CONFIRM, GIVE)),
            is_overdue=self.row.state == "open" and self.row.until_on < self.today,
            may_settle=may(self.user, GIVE, office_id=office_id) and rules.can_settle(self.user.pk, self.row),
            may_see_box=may(self.user, BOX_SEE, office_id=office_id) is not None,
            **kwargs,
        )


class GiveAdvance(BoxForm):
    """Cash of a box for a member of staff."""

    policy = Policy(action=GIVE)
    form_class = forms.AdvanceForm
    title = _("Give an advance")
    verb = _("Give it")
    success_message = _("Given. Who holds it finds it under My work.")

    def get_initial(self) -> dict[str, Any]:
        return {"until_on": min(self.today + USUAL_DAYS, queries.limits_on(self.today).last_on), "on": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "staff": queries.staff_of(self.row.office_id, self.user, self.today)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limits = queries.limits_on(self.today)
        words = {"most": baht(limits.most), "day": dates.short(limits.last_on, (get_language() or "en")[:2])}
        lead = _("%(most)s at most, settled until %(day)s at the latest. One that is open for each person.") % words
        return super().get_context_data(**kwargs) | {"lead": lead}

    def save(self, form: django_forms.BaseForm) -> Advance:
        return advances.give_advance(box=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)

    def after(self, result: Advance) -> str:
        return reverse("funds:advance", args=[result.pk])


class SettleAdvance(CashForm, RowForm):
    """Receipts and cash are here: the advance is settled."""

    policy = Policy(action=GIVE)
    model = Advance
    row_name = "advance"
    form_class = forms.SettleForm
    title = _("Settle the advance")
    verb = _("Settle it")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        if self.request.method == "POST":
            return  # the service says it once more, holding the row
        rules.can_settle(self.user.pk, self.row).insist()

    def back(self) -> str:
        return reverse("funds:advance", args=[self.row.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = _("%(left)s of %(amount)s have no receipt yet.")
        words = {"left": exact_baht(self.row.left), "amount": exact_baht(self.row.amount)}
        return super().get_context_data(**kwargs) | {"lead": told % words}

    def save(self, form: django_forms.BaseForm) -> Advance | Proposal:
        told, facts = form.cleaned_data, {"advance": self.row, "by": self.user, "now": timezone.now()}
        if told["brought_back"] < self.row.left and told["explanation"].strip():
            return proposals.propose_shortage(**told, **facts)
        return advances.settle_advance(brought_back=told["brought_back"], on=told["on"], **facts)

    def after(self, result: Advance | Proposal) -> str:
        messages.success(self.request, str(SETTLED if isinstance(result, Advance) else WAITS))
        return self.back()
