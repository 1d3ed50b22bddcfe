"""Complaints of families: taken down, listed, looked into, answered, closed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.ui.paging import LongList
from casework.ui.views import PageView, RowAct, RowForm, RowPage
from emergency_fund.after_states import TO_ANSWER, ComplaintState
from emergency_fund.documents.family import LETTER
from emergency_fund.forms.complaining import AnswerForm, ComplaintForm, ToldForm
from emergency_fund.models import Complaint
from emergency_fund.queries import complaints as queries
from emergency_fund.queries.family import members_of, sees_family
from emergency_fund.querysets import ANSWER, COMPLAINTS, TELL
from emergency_fund.rules import complaints as rules
from emergency_fund.services import complaining

from .requests import EDIT, RequestForm

READ = Policy(action=COMPLAINTS)
ROWS_PER_PAGE = 25
VIEWS = (
    ("open", gettext_lazy("To answer"), TO_ANSWER),
    ("tell", gettext_lazy("To tell the family"), (ComplaintState.ANSWERED,)),
    ("closed", gettext_lazy("Closed"), (ComplaintState.CLOSED,)),
)


class Complain(RequestForm):
    """Take down what the family complains about."""

    policy = EDIT
    form_class = ComplaintForm
    template_name = "emergency_fund/complain.html"
    title = gettext_lazy("The family complains")
    lead = gettext_lazy("A complaint does not change the help that the family gets.")
    verb = gettext_lazy("Send the complaint")

    def get_initial(self) -> dict[str, Any]:
        return {"told_on": self.today, "told_by": self.row.requester_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        staff = queries.staff_of(self.row.office_id, self.today)
        is_named = sees_family(self.row, self.user)
        members = members_of(self.row.family)
        return super().get_form_kwargs() | {"members": members, "is_named": is_named, "staff": staff}

    def save(self, form: ComplaintForm) -> Complaint:
        told = form.cleaned_data
        return complaining.note_complaint(
            request=self.row, kind=told["kind"], told_by=form.teller, relation=form.relation, channel=told["channel"],
            told_on=told["told_on"], what=told["what"], about=told["about"], by=self.user, now=timezone.now(),
        )  # fmt: skip

    def after(self, result: Complaint) -> str:
        words = {"n": result.number}
        messages.success(self.request, _("The complaint has the number %(n)s. Tell it to the family.") % words)
        if Complaint.objects.visible_to(self.user).filter(pk=result.pk).exists():
            return reverse("emergency_fund:complaint", args=[result.pk])
        return self.get_success_url()


class ComplaintList(PageView):
    """Complaints by what is to be done, the first due first."""

    policy = READ
    template_name = "emergency_fund/complaints.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        key, label, states = next((view for view in VIEWS if view[0] == asked.get("view")), VIEWS[0])
        page = LongList(queries.complaints_in(self.user, states), ROWS_PER_PAGE).get_page(asked.get("page"))
        views = [
            {"label": name, "url": f"?view={other}", "count": None, "current": other == key}
            for other, name, _states in VIEWS
        ]
        return super().get_context_data(views=views, page=page, label=label, today=self.today, **kwargs)


class ComplaintMixin(RowPage):
    """One complaint, with the request that it is about."""

    model: ClassVar[type[models.Model]] = Complaint
    row_name = "complaint"

    def rows(self) -> Any:
        rows: Any = super().rows()
        return rows.select_related(
            "request__case", "told_by", "noted_by", "looked_by", "answered_by", "closed_by",
            "check_made__delivery__line",
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        complaint, request = self.row, self.row.request
        return super().get_context_data(
            request_=request, sees_family=sees_family(request, self.user),
            is_late=complaint.state in TO_ANSWER and complaint.due_on < self.today, back=self.back(), **kwargs,
        )  # fmt: skip

    def back(self) -> str:
        """The page of the complaint."""
        return reverse("emergency_fund:complaint", args=[self.row.pk])


class ComplaintPage(ComplaintMixin):
    """What the family says, and how it stands; reading one about the staff is written down."""

    policy = READ
    template_name = "emergency_fund/complaint.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        complaint = self.row
        complaining.note_reading(complaint=complaint, by=self.user, now=timezone.now())
        office_id, programmes = complaint.access_place()
        answers = may(self.user, ANSWER, office_id=office_id, programmes=programmes) is not None
        tells = may(self.user, TELL, office_id=office_id, programmes=programmes) is not None
        involved = queries.worked_on(complaint.request) if answers and complaint.state in TO_ANSWER else frozenset()
        verdict = rules.can_answer(self.user.pk, involved=involved, is_sensitive=complaint.is_sensitive)
        return super().get_context_data(
            verdict=verdict, may_answer=answers and complaint.state in TO_ANSWER,
            may_tell=tells and complaint.state == ComplaintState.ANSWERED,
            may_print=may(self.user, LETTER, office_id=office_id, programmes=programmes) is not None, **kwargs,
        )  # fmt: skip


class LookInto(RowAct):
    """Somebody looks into the complaint."""

    policy = Policy(action=ANSWER)
    model: ClassVar[type[models.Model]] = Complaint
    success_message = gettext_lazy("You look into it. Answer it when you know what happened.")

    def act(self) -> Complaint:
        return complaining.look_into(complaint=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("emergency_fund:complaint", args=[self.row.pk])


class ComplaintForms(ComplaintMixin, RowForm):
    """A form about one complaint."""

    template_name = "emergency_fund/complaint_form.html"
    title: ClassVar[Any] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, **kwargs)

    def get_success_url(self) -> str:
        return self.back()


class AnswerComplaint(ComplaintForms):
    """What came of it."""

    policy = Policy(action=ANSWER)
    form_class = AnswerForm
    title = gettext_lazy("Answer the complaint")
    success_message = gettext_lazy("Answered. Now the family is told.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.is_to_answer(self.row.state).insist()

    def save(self, form: django_forms.Form) -> Complaint:
        answer = form.cleaned_data["answer"]
        return complaining.answer_complaint(complaint=self.row, answer=answer, by=self.user, now=timezone.now())


class CloseComplaint(ComplaintForms):
    """The family was told the answer."""

    policy = Policy(action=TELL)
    form_class = ToldForm
    title = gettext_lazy("The family was told the answer")
    success_message = gettext_lazy("The complaint is closed.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.is_to_close(self.row.state).insist()

    def get_initial(self) -> dict[str, Any]:
        return {"told_on": self.today}

    def save(self, form: django_forms.Form) -> Complaint:
        told_on = form.cleaned_data["told_on"]
        return complaining.close_complaint(complaint=self.row, told_on=told_on, by=self.user, now=timezone.now())
