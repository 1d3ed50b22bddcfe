"""The cashier: what is to be paid of a request, one payment, its receipt, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.kernel.money import baht_in_words
from casework.ui.views import RowForm, RowPage
from emergency_fund.forms.paying import (
    AGAIN,
    FREE,
    PayForm,
    PayOthersForm,
    PayOthersTogetherForm,
    PayTogetherForm,
    ReturnForm,
)
from emergency_fund.models import AssistanceLine, Delivery, DeliveryReturn
from emergency_fund.queries import cash
from emergency_fund.queries.accounts import account_of
from emergency_fund.queries.barred import kept_from_paying
from emergency_fund.queries.collectors import collectors_of
from emergency_fund.queries.family import receivers_of
from emergency_fund.queries.insurance import is_ready_to_pay, waits_for_order
from emergency_fund.queries.interests import belongs_to, kept_from
from emergency_fund.queries.kits import goods_of
from emergency_fund.queries.lists import following_in
from emergency_fund.queries.page import lines_of, title_of
from emergency_fund.queries.payees import payee_of, payees_of
from emergency_fund.queries.paying import on_receipt, payable_by_payee, without_source
from emergency_fund.queries.paying_again import again_of
from emergency_fund.querysets import PAY
from emergency_fund.rules.cash import FIELD
from emergency_fund.rules.deliveries import against_paying_again, can_hand_over, can_pay, has_no_interest
from emergency_fund.rules.insurance import can_pay_for
from emergency_fund.rules.kits import can_pay_out, can_take_money
from emergency_fund.services import delivering
from emergency_fund.services.paying_together import Part, pay_together
from emergency_fund.states import ENDED_WITH_PAYMENTS, LineState
from emergency_fund.words import typed

from .requests import RequestMixin

CASHIER = Policy(action=PAY)


class ToPay(RequestMixin):
    """What is to be paid or handed over of one request, and what was."""

    policy = CASHIER
    template_name = "emergency_fund/pay.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lines_of(self.row, is_hidden=False, today=self.today)
        paid = (
            Delivery.objects.visible_to(self.user)
            .filter(line__request=self.row)
            .select_related("line", "by")
            .prefetch_related("returns")
        )
        verdict = can_hand_over(self.user.pk, kept_out=kept_from_paying([self.row])[self.row.pk])
        verdict = verdict and has_no_interest(
            is_related=belongs_to(self.row, self.user, self.today), is_of_provider=False
        )
        return super().get_context_data(
            lines=lines, is_open=any(shown.is_open for shown in lines), title=title_of(lines),
            not_ordered=waits_for_order(shown.line for shown in lines),
            without_source=without_source((shown.line for shown in lines), self.today),
            payees=payees_of([shown.line for shown in lines], (get_language() or "en")[:2]),
            deliveries=list(paid), verdict=verdict, today=self.today,
            kept_from=kept_from([shown.line for shown in lines], self.user, self.today),
            together=list(self._paid_at_once()) if verdict else [], **kwargs,
        )  # fmt: skip

    def _paid_at_once(self) -> Iterator[dict[str, Any]]:
        """What goes to one payee and can be paid in one act: who that is, how many things and how much."""
        for payee, lines in payable_by_payee(self.row, (get_language() or "en")[:2]).items():
            if len(lines) > 1 and not kept_from(lines, self.user, self.today):
                total = sum((line.to_pay for line in lines), Decimal(0))
                yield {"payee": payee, "first": lines[0], "n": len(lines), "total": total}


def turn_of(line: AssistanceLine) -> int:
    """How often something of a line is paid with the next time."""
    return line.deliveries.count() + 1


def key_of(line: AssistanceLine, turn: int) -> str:
    """The key of a payment of a line from these pages: the same until something of it is paid."""
    return f"line-{line.pk}-{turn}"


class PayLine(RowForm):
    """Pay one line or a part of it: to the hospital or shop that the request names, else to the family.

    With `?to=family` the family gets what it paid there itself.
    """

    policy = CASHIER
    model: ClassVar[type[models.Model]] = AssistanceLine
    row_name = "line"
    template_name = "emergency_fund/pay_line.html"

    @cached_property
    def payee(self) -> str:
        """Who is to be paid where that is not the family."""
        return payee_of(self.row, (get_language() or "en")[:2])

    @property
    def is_to_family(self) -> bool:
        """Whether the family gets it."""
        return not self.payee or self.request.GET.get("to") == "family"

    def get_form_class(self) -> type[PayForm | PayOthersForm]:
        return PayForm if self.is_to_family else PayOthersForm

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_pay(self.row.state).insist()
        can_pay_out(self.row.kind, from_store=False).insist()
        can_pay_for(is_ready_to_pay(self.row)).insist()
        delivering.may_handle(self.row, self.user, self.today).insist()

    def get_initial(self) -> dict[str, Any]:
        return {"amount": typed(self.row.to_pay), "turn": turn_of(self.row), "on": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        sources = {key: cash.named(source) for key, source in self.sources.items()}
        to_family = {
            "members": receivers_of(self.row.request.family, self.today), "payee": self.payee,
            "account": account_of(self.row.request.family_id), "collectors": collectors_of(self.row.request),
        }  # fmt: skip
        return super().get_form_kwargs() | {"sources": sources} | (to_family if self.is_to_family else {})

    @cached_property
    def sources(self) -> dict[str, Any]:
        """Where the cash can come from, by the key of the form."""
        return cash.sources_to_pay_from(self.row.request.office_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            back=self.get_success_url(), payee=self.payee, is_to_family=self.is_to_family, **kwargs
        )

    def get_success_url(self) -> str:
        return reverse("emergency_fund:pay", args=[self.row.request_id])

    def save(self, form: PayForm | PayOthersForm) -> Delivery:
        told = form.cleaned_data
        return delivering.pay(
            line=self.row, amount=told["amount"], key=key_of(self.row, told["turn"]), **self.told_by(form)
        )

    def told_by(self, form: PayForm | PayOthersForm) -> dict[str, Any]:
        """Who gets it and from where, under the names that paying gives them."""
        told = form.cleaned_data
        to_family = form.receives() if isinstance(form, PayForm) else {}
        return {
            "by": self.user, "now": timezone.now(), "provider_receipt": told.get("provider_receipt", ""),
            "on": told["on"], "acknowledged": self.request.POST.getlist("acknowledged"), **to_family,
            **cash.as_facts(self.sources.get(told.get(FIELD, ""))),
        }  # fmt: skip

    def after(self, result: Delivery) -> str:
        messages.success(self.request, str(_told_after(result)))
        return f"{reverse('emergency_fund:receipt', args=[result.pk])}?queue=pay"


def _told_after(paid: Delivery) -> Any:
    """What to do with the paper of a payment."""
    if paid.account:
        return _("Written down. Keep the bank’s slip with it.")
    if paid.is_to_family:
        return _("Written down. Let the receipt be signed.")
    return _("Written down. Keep their receipt with it.")


class PayTogether(PayLine):
    """Pay this and what else goes to the same payee in one act, with one receipt; each has its box."""

    template_name = "emergency_fund/pay_together.html"

    def get_form_class(self) -> type[PayForm | PayOthersForm]:
        return PayTogetherForm if self.is_to_family else PayOthersTogetherForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Each box says its amount as well: what is more than was seen is not paid."""
        return super().get_form_kwargs() | {"parts": {f"{part.key}-{part.amount}": part for part in self._parts()}}

    def _parts(self) -> Iterator[Part]:
        for line in payable_by_payee(self.row.request, (get_language() or "en")[:2]).get(self.payee, ()):
            yield Part(line=line, amount=line.to_pay, key=key_of(line, turn_of(line)))

    def save(self, form: Any) -> Delivery:
        return pay_together(parts=form.parts, **self.told_by(form))[0]


class Receipt(RowPage):
    """What was handed over to whom: to be printed twice, signed or thumb-printed."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = Delivery
    row_name = "delivery"
    template_name = "emergency_fund/receipt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = (get_language() or "en")[:2]
        together = list(
            on_receipt(self.row).select_related("line__child").prefetch_related("line__child__names", "returns")
        )
        total = sum((one.amount for one in together), Decimal(0))
        words = {code: baht_in_words(total, code) for code in dict.fromkeys((language, "th", "en"))}
        line = self.row.line
        return super().get_context_data(
            line=line, request_=line.request, in_words=words, language=language,
            returns=[row for one in together for row in one.returns.all()],
            goods=goods_of(self.row) if self.row.pick_list_id else [], together=together, total=total,
            following=following_in(self.user, self.request.GET.get("queue", ""), but=line.request),
            has_ended=line.request.state in ENDED_WITH_PAYMENTS,
            to_pay=sum((one.line.to_pay for one in together if one.line.state == LineState.PARTLY), Decimal(0)),
            **kwargs,
        )  # fmt: skip


class TakeReturn(RowForm):
    """A part of what was paid came back."""

    policy = CASHIER
    model: ClassVar[type[models.Model]] = Delivery
    row_name = "delivery"
    form_class = ReturnForm
    template_name = "emergency_fund/return.html"
    success_message = _("Written down.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_take_money(is_from_store=self.row.pick_list_id is not None).insist()
        delivering.may_handle(self.row.line, self.user, self.today).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.get_success_url(), **kwargs)

    @cached_property
    def sources(self) -> dict[str, Any]:
        """Where the cash can go, by the key of the form."""
        return cash.sources_to_give_back_to(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        sources = {key: cash.named(source) for key, source in self.sources.items()}
        can_pay_again = not any(against_paying_again(again_of(self.row.line)))
        return super().get_form_kwargs() | {"sources": sources, "can_pay_again": can_pay_again}

    def get_initial(self) -> dict[str, Any]:
        return {"turn": self.row.returns.count() + 1, "on": self.today}

    def save(self, form: django_forms.Form) -> DeliveryReturn:
        told = dict(form.cleaned_data)
        key, told["is_to_pay_again"] = f"{self.row.pk}-{told.pop('turn')}", told.pop("then", FREE) == AGAIN
        box = self.sources.get(told.pop(FIELD, ""))
        return delivering.take_return(delivery=self.row, key=key, box=box, by=self.user, now=timezone.now(), **told)

    def get_success_url(self) -> str:
        return reverse("emergency_fund:receipt", args=[self.row.pk])
