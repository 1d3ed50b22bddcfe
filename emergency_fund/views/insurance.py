"""Pages on which an insurance is priced and ordered, its card is written down, or it ends early."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.documents.attachments_queries import can_add
from casework.ui.views import RowForm
from emergency_fund.forms import insurance as forms
from emergency_fund.insurance_states import ENDED_EARLY, PolicyState
from emergency_fund.models import AssistanceLine, InsurancePolicy
from emergency_fund.papers.staff import SHEET
from emergency_fund.queries import insurance as queries
from emergency_fund.queries.interests import may_work_on
from emergency_fund.queries.lists import is_name_hidden
from emergency_fund.queries.page import lines_of
from emergency_fund.querysets import SCREEN
from emergency_fund.rules import insurance as rules
from emergency_fund.services import cards, insurance

from .requests import EDIT


class InsuranceForm(RowForm):
    """A form about the insurance of one line, drawn by one template."""

    template_name = "emergency_fund/insurance_form.html"
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    verb: ClassVar[Any] = _("Save")

    @property
    def line(self) -> AssistanceLine:
        """The line that buys it."""
        return self.row

    @property
    def is_hidden(self) -> bool:
        """Whether the person works on it without names and card numbers."""
        request = self.line.request
        return is_name_hidden(self.user, is_sealed=request.case.is_sealed, office_id=request.office_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request, is_hidden = self.line.request, self.is_hidden
        lines = lines_of(request, is_hidden=is_hidden, today=self.today)
        mine = next((shown for shown in lines if shown.line.pk == self.line.pk), None)
        return super().get_context_data(
            request_=request, is_hidden=is_hidden, shown=mine, title=self.title, lead=self.lead,
            verb=self.verb, back=self.get_success_url(), **kwargs,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("emergency_fund:detail", args=[self.line.request_id])


class Quote(InsuranceForm):
    """What the insurance of a line costs."""

    policy = Policy(action=SCREEN)
    model: ClassVar[type[models.Model]] = AssistanceLine
    row_name = "line"
    form_class = forms.QuoteForm
    title = _("Price of the insurance")
    lead = _("What is asked for becomes what the insurance costs.")
    verb = _("Take this price")
    success_message = _("The insurance is priced.")

    def rows(self) -> Any:
        return super().rows().select_related("request__case", "request__office", "child")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        may_work_on(self.row.request, self.user, self.today).insist()
        has_price = queries.quote_of(self.row) is not None
        rules.can_quote(self.row.kind, self.row.state, self.row.request.state, has_price=has_price).insist()

    def get_initial(self) -> dict[str, Any]:
        made = queries.quote_of(self.row)
        if made is not None:
            cover = made.cover
            return {"scheme": cover.scheme, "hospital": cover.hospital_id, "starts_on": cover.valid_from}
        first = queries.first_day(self.row.child, self.today)
        return {"scheme": queries.fitting_scheme(self.row.child, first), "starts_on": first}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "schemes": queries.scheme_choices(self.today), "hospitals": queries.hospitals(),
        }  # fmt: skip

    def save(self, form: forms.QuoteForm) -> InsurancePolicy:
        told = form.cleaned_data
        return insurance.quote_insurance(
            line=self.row, scheme=told["scheme"], hospital=form.chosen_hospital, starts_on=told["starts_on"],
            by=self.user, now=timezone.now(),
        )  # fmt: skip


class PolicyForm(InsuranceForm):
    """A form about one insurance that is priced."""

    policy = EDIT
    model: ClassVar[type[models.Model]] = InsurancePolicy
    row_name = "insured"

    @property
    def line(self) -> AssistanceLine:
        return self.row.line

    def rows(self) -> Any:
        return (
            super()
            .rows()
            .select_related("line__request__case", "line__request__office", "line__child", "cover__hospital", "tariff")
        )


class Order(PolicyForm):
    """Order what is approved; the order is printed for who may print it."""

    form_class = forms.OrderForm
    title = _("Order the insurance")
    lead = _("From now on no other insurance can be bought for these days.")
    verb = _("Order it")
    success_message = _("The insurance is ordered.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_order(self.row.state, self.line.state).insist()

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": max(self.row.cover.valid_from, queries.first_day(self.line.child, self.today))}

    def save(self, form: forms.OrderForm) -> Any:
        """The order, and its paper where this person prints papers that name the child."""
        now, request = timezone.now(), self.line.request
        policy = cards.order_insurance(policy=self.row, starts_on=form.cleaned_data["starts_on"], by=self.user, now=now)
        office_id, programmes = request.access_place()
        is_printer = may(self.user, SHEET, office_id=office_id, programmes=programmes) is not None
        if request.case.is_sealed or not is_printer:
            return None
        return cards.print_order(policy=policy, by=self.user, now=now)

    def after(self, result: Any) -> str:
        return reverse("documents:document", args=[result.pk]) if result else self.get_success_url()


class Card(PolicyForm):
    """What stands on the card that came, also when it was written down wrongly."""

    form_class = forms.CardForm
    title = _("The card")
    lead = _("Write what stands on the card.")
    success_message = _("The child is insured.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_take_card(self.row.state, is_replaced=queries.is_replaced(self.row)).insist()

    def get_initial(self) -> dict[str, Any]:
        cover = self.row.cover
        number = "" if self.is_hidden else cover.card_number
        return {"number": number, "valid_from": cover.valid_from, "valid_to": cover.valid_to}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"may_attach": can_add(self.user, self.line.request)}

    def save(self, form: forms.CardForm) -> InsurancePolicy:
        told = form.cleaned_data
        return cards.take_card(
            policy=self.row, number=told["number"], valid_from=told["valid_from"], valid_to=told["valid_to"],
            photo=told.get("photo"), by=self.user, now=timezone.now(),
        )  # fmt: skip


class End(PolicyForm):
    """Refused by the hospital, or cancelled."""

    form_class = forms.EndForm
    title = _("End the insurance")
    lead = _("What is not paid is free again. What was paid comes back through its receipt.")
    verb = _("End it")
    success_message = _("The insurance has ended.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_end(self.row.state, PolicyState.CANCELLED).insist()

    def get_form_kwargs(self) -> dict[str, Any]:
        ends = [to for to in ENDED_EARLY if rules.can_end(self.row.state, to)]
        return super().get_form_kwargs() | {"ends": ends}

    def save(self, form: forms.EndForm) -> InsurancePolicy:
        told = form.cleaned_data
        return cards.end_insurance(
            policy=self.row, to=PolicyState(told["to"]), reason=told["reason"], by=self.user, now=timezone.now()
        )
