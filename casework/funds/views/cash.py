"""Pages of those who look after cash: the boxes, one box with its movements, filled, counted, handed on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.accounts.models import Office, User
from casework.accounts.queries import offices_with
from casework.approvals.models import Proposal
from casework.funds.forms import cash as forms
from casework.funds.models import BOX_SEE, CashBox, CashCount
from casework.funds.proposals import cash as proposals
from casework.funds.queries import cash as queries
from casework.funds.queries.advances import open_advances
from casework.funds.queries.retiring import waiting_on
from casework.funds.rules.cash import can_use
from casework.funds.services import boxes
from casework.ui.paging import NewestFirst
from casework.ui.views import FormPage, PageView, RowForm, RowPage

KEEP, OPEN = "funds.box.keep", "funds.box.open"
LOOK = Policy(action=BOX_SEE)
ROWS_PER_PAGE = 50
COUNTS_SHOWN = 5


class Boxes(PageView):
    """Every box of cash the person looks after."""

    policy = LOOK
    template_name = "funds/boxes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            boxes=list(queries.boxes_of(self.user)), advances=open_advances(self.user, self.today),
            may_open=may(self.user, OPEN) is not None, **kwargs,
        )  # fmt: skip


class Box(RowPage):
    """One box: what is in it, what came and went, what was counted."""

    policy = LOOK
    model = CashBox
    row_name = "box"
    template_name = "funds/box.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        movements = self.row.movements.select_related("by", "confirmed_by").order_by("-pk")
        page = NewestFirst(movements, ROWS_PER_PAGE).get_marked_page(self.request.GET)
        waiting = list(waiting_on(self.row))
        return super().get_context_data(
            page=page,
            lines=[(movement, queries.signed(movement)) for movement in page],
            counts=list(self.row.counts.select_related("created_by", "confirmed_by")[:COUNTS_SHOWN]),
            waiting=waiting, may_confirm=self._may_confirm(),
            is_count_waiting=any(proposal.kind == proposals.COUNT for proposal in waiting),
            rights={
                name: may(self.user, action, office_id=self.row.office_id) is not None
                for name, action in (("keep", KEEP), ("count", proposals.COUNT), ("open", OPEN))
            },
            **kwargs,
        )  # fmt: skip

    def _may_confirm(self) -> bool:
        """Whether the person opens what waits for a second person about this box."""
        place = {"office_id": self.row.office_id}
        return any(may(self.user, action, **place) for action in (proposals.CONFIRM, KEEP))


class CashForm(FormPage):
    """A form about cash."""

    template_name = "funds/cash_form.html"
    title: Any = ""
    lead: Any = ""
    verb: Any = _("Save")

    def back(self) -> str:
        """Where the form came from."""
        return reverse("funds:boxes")

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, lead=self.lead, verb=self.verb, back=self.back(), **kwargs)


class NewBox(CashForm):
    """Open a box in an office where the person may; the keeper is one of its cashiers."""

    policy = Policy(action=OPEN)
    form_class = forms.BoxForm
    title = _("New cash box")
    success_message = _("The box is open. Fill it from the bank.")

    @cached_property
    def keepers(self) -> dict[str, tuple[User, Office]]:
        """Who may keep a box in one of the person's offices, and in which."""
        return {
            f"{office.pk}-{person.pk}": (person, office)
            for office in offices_with(offices_of(self.user, OPEN))
            for person in queries.keepers_of(office.pk, KEEP, self.today)
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        named = {key: f"{person.name_now}, {office.name_now}" for key, (person, office) in self.keepers.items()}
        return {**super().get_form_kwargs(), "keepers": named}

    def save(self, form: django_forms.BaseForm) -> CashBox:
        names = dict(form.cleaned_data)
        keeper, office = self.keepers[names.pop("keeper")]
        return boxes.open_box(office=office, keeper=keeper, names=names, by=self.user, now=timezone.now())

    def after(self, result: CashBox) -> str:
        return reverse("funds:box", args=[result.pk])


class BoxForm(CashForm, RowForm):
    """A form about one box."""

    model = CashBox
    row_name = "box"

    def back(self) -> str:
        return reverse("funds:box", args=[self.row.pk])


class SlipForm(BoxForm):
    """Cash went between the box and the bank; a second person confirms the slip."""

    policy = Policy(action=KEEP)
    verb = _("Ask a second person to confirm")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_use(is_active=self.row.is_active).insist()

    def get_initial(self) -> dict[str, date]:
        return {"on": self.today}


class FillBox(SlipForm):
    """Cash of the bank came into the box."""

    form_class = forms.FillForm
    title = _("Fill from the bank")
    lead = _("Put the money into the box first. It stands in the books when a second person has seen slip and cash.")
    success_message = _("Written down. It stands in the books as soon as a second person confirms it.")

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_filling(box=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)


class HandOn(BoxForm):
    """Somebody else keeps the box."""

    policy = Policy(action=OPEN)
    form_class = forms.KeeperForm
    title = _("Hand the box on")
    success_message = _("The box has a new keeper.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "keepers": queries.keepers_of(self.row.office_id, KEEP, self.today)}

    def save(self, form: django_forms.BaseForm) -> CashBox:
        return boxes.hand_box_on(box=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)


class CountBox(BoxForm):
    """Notes and coins of the box, counted by hand."""

    policy = Policy(action=proposals.COUNT)
    form_class = forms.CountForm
    template_name = "funds/count_box.html"
    title = _("Count the cash")
    lead = _("Write how many there are of each. What stands in the books is shown afterwards.")
    verb = _("Ask a second person to confirm")
    success_message = _("Counted. It holds as soon as a second person confirms it.")

    def save(self, form: forms.CountForm) -> CashCount:
        return proposals.propose_count(
            box=self.row, pieces=form.pieces, explanation=form.cleaned_data["explanation"], by=self.user,
            now=timezone.now(),
        )  # fmt: skip

    def after(self, result: CashCount) -> str:
        return reverse("funds:count", args=[result.pk])


class Count(RowPage):
    """What was counted, and whether somebody confirmed it."""

    policy = LOOK
    model = CashCount
    row_name = "count"
    template_name = "funds/count.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pieces=[piece for piece in queries.pieces_of(self.row) if piece.number], box=self.row.box, **kwargs
        )
