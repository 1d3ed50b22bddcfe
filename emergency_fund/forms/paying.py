"""Forms of the cashier: who receives how much and how we know them, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.people.models import FamilyMember, Person
from casework.ui.fields import MoneyField, NameField, ask_day, needed
from emergency_fund.models import Collector, FamilyAccount
from emergency_fund.rules.cash import FIELD
from emergency_fund.services.paying_together import Part
from emergency_fund.states import HANDED_OVER, ReceiverProof

from .cash import IN_HAND, ask_to_account, ask_where_from, key_of, with_bank

SAY_WHO = _("Say how you know who it is.")


def _ask_receipt() -> NameField:
    return NameField(
        label=_("Number of their receipt"), max_length=60,
        help_text=_(
            "As it stands on the receipt. Who asked or a fund officer puts its photo with the papers of the request."
        ),
    )  # fmt: skip


class PayOthersForm(forms.Form):
    """One payment to the hospital, shop or company that the request names."""

    what: ClassVar[str] = "amount"
    amount = MoneyField(label=_("Amount"), help_text=_("Less for a part; the rest can be paid later."))
    provider_receipt = _ask_receipt()
    on = ask_day(_("Paid on"))
    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)

    def __init__(self, *args: Any, sources: Mapping[str, str], **kwargs: Any) -> None:
        """`sources` are where cash comes from; the office's bank may pay it as well."""
        super().__init__(*args, **kwargs)
        ask_where_from(self, with_bank(sources), label=_("Paid from"), after=self.what)


class PayForm(forms.Form):
    """One payment or hand-over to the family."""

    what: ClassVar[str] = "amount"
    amount = MoneyField(label=_("Amount"), help_text=_("Less for a part; the rest can be fetched later."))
    received_by = forms.ChoiceField(label=_("Received by"))
    proof = forms.ChoiceField(
        label=_("How do you know who it is?"), choices=HANDED_OVER, widget=forms.RadioSelect,
        error_messages={"required": SAY_WHO},
    )  # fmt: skip
    witness = needed(
        NameField(
            label=_("Witness"), max_length=120, required=False,
            help_text=_(
                "For a thumb print, for somebody without a paper or a known age, and for a child of 15 or older."
            ),
        ),
        ReceiverProof.THUMB_PRINT.label, ReceiverProof.WITNESS.label,
    )  # fmt: skip
    on = ask_day(_("Paid on"))
    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)

    def __init__(
        self, *args: Any, members: Sequence[FamilyMember], sources: Mapping[str, str],
        account: FamilyAccount | None = None, payee: str = "", collectors: Sequence[Collector] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        """`sources` are where cash comes from; it may also be sent to the `account` of the family.

        Where somebody else was to be paid (`payee`), the receipt they gave the family is asked for. `collectors` fetch
        it for those who named them.
        """
        super().__init__(*args, **kwargs)
        from_hand = {IN_HAND: _("In cash")} if account else {}
        ask_where_from(self, sources or from_hand, label=_("Paid from"), after=self.what)
        self.sent_to = account
        if account is not None:
            ask_to_account(self, account)
            self.fields[FIELD].required = bool(sources)
            needed(self.fields["proof"]).required = False
        if payee:
            self.fields["provider_receipt"] = _ask_receipt()
        self.members = {str(member.person_id): member for member in members}
        named = [(key, f"{m.person.name} ({m.get_role_display()})") for key, m in self.members.items()]
        self.collectors = {f"collector-{one.pk}": one for one in collectors}
        named += [(key, _fetches(one)) for key, one in self.collectors.items()]
        self.fields["received_by"].choices = [("", ""), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if self.account is not None:
            told["proof"], told["witness"] = ReceiverProof.BANK_SLIP, ""
        elif not told.get("proof") and not {"proof", FIELD} & set(self.errors):
            self.add_error("proof", SAY_WHO)
        return told

    @property
    def account_key(self) -> str:
        """The answer with which the money is sent to the family's account; nothing where it has none."""
        return key_of(self.sent_to) if self.sent_to else ""

    @property
    def handed_over_by(self) -> str:
        """The answers with which the money is handed over, for the page: the rest is about an account."""
        asked: Any = self.fields[FIELD]
        return f"{FIELD}={' '.join(key for key, _words in asked.choices if key not in ('', self.account_key))}"

    @property
    def account(self) -> FamilyAccount | None:
        """The account it was sent to; None for what is handed over."""
        return self.sent_to if self.sent_to and self.cleaned_data.get(FIELD) == self.account_key else None

    def receives(self) -> dict[str, Any]:
        """Who receives it, how that is known, and the account it went to, under the names that paying gives them."""
        told = self.cleaned_data
        return {
            "received_by": self.receiver, "relation": self.relation, "collector": self.collector,
            "proof": told["proof"], "witness": told["witness"],
            "account": self.account, "reference": told.get("account_reference", ""),
        }  # fmt: skip

    @property
    def receiver(self) -> Person:
        """Who of the family receives it, perhaps by somebody who fetches it."""
        return self.collector.named_by if self.collector else self.members[self.cleaned_data["received_by"]].person

    @property
    def collector(self) -> Collector | None:
        """Who fetches it for them."""
        return self.collectors.get(self.cleaned_data["received_by"])

    @property
    def relation(self) -> str:
        """How they belong to the family: the code of their role, or what was written of who fetches it."""
        return self.collector.relation if self.collector else self.members[self.cleaned_data["received_by"]].role


class TogetherForm(forms.Form):
    """Base of the forms that pay several things at once: each has its box, ticked at first."""

    what: ClassVar[str] = "lines"
    lines = forms.MultipleChoiceField(label=_("Paid now"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, parts: Mapping[str, Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = parts
        self.fields["lines"].choices = [(key, str(part.line)) for key, part in parts.items()]  # type: ignore[attr-defined]

    @property
    def rows(self) -> Iterator[tuple[str, Part, bool]]:
        """What can be paid now: the value of its box, the part and whether it is ticked."""
        ticked = self["lines"].value() if self.is_bound else list(self.offered)
        return ((key, part, key in (ticked or ())) for key, part in self.offered.items())

    @property
    def parts(self) -> list[Part]:
        """What was ticked."""
        return [self.offered[key] for key in self.cleaned_data["lines"]]


class PayTogetherForm(TogetherForm, PayForm):
    """Several things that the family gets at once."""

    amount = None  # type: ignore[assignment]  # each thing has its own
    turn = None  # type: ignore[assignment]


class PayOthersTogetherForm(TogetherForm, PayOthersForm):
    """Several things that a hospital, shop or company is paid at once."""

    amount = None  # type: ignore[assignment]  # each thing has its own
    turn = None  # type: ignore[assignment]


def _fetches(one: Collector) -> str:
    words = {"who": one.name, "relation": one.relation, "paper": one.paper, "family": one.named_by.name}
    return _("%(who)s (%(relation)s, %(paper)s), for %(family)s") % words


AGAIN, FREE = "again", "free"
THEN = [
    (AGAIN, _("It is paid again: the transfer failed, or they fetch it later")),
    (FREE, _("It is not needed any more: the budget line has it back")),
]


class ReturnForm(forms.Form):
    """What came back of a payment."""

    amount = MoneyField(label=_("Amount that came back"))
    reason = needed(NameField(label=_("Why it came back"), max_length=300, required=False))
    on = ask_day(_("Came back on"))
    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)

    then = forms.ChoiceField(label=_("What happens with it?"), choices=THEN, widget=forms.RadioSelect)

    def __init__(self, *args: Any, sources: Mapping[str, str], can_pay_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_where_from(self, sources, label=_("Put into"), after="amount")
        if not can_pay_again:
            del self.fields["then"]
