"""A family asks: a new request from its child's case, one that came back, one that is taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.cases.models import Case
from casework.cases.queries import case_header
from casework.cases.rules import can_write
from casework.cases.services.records import living_consent
from casework.drafts.models import Draft
from casework.drafts.services import finish_draft
from casework.ui.views import FormPage, RowForm
from casework.ui.widgets import era_now
from emergency_fund.forms.asking import EMPLOYED, AskForm, CaseNumberForm
from emergency_fund.forms.asking import RequestForm as Asked
from emergency_fund.forms.closing import TakeBackForm
from emergency_fund.models import AssistanceRequest, InsurancePolicy
from emergency_fund.queries.asking import asked_already, case_numbered, cases_to_ask_for, is_seen
from emergency_fund.queries.family import members_of, sees_family
from emergency_fund.queries.lists import is_name_hidden
from emergency_fund.queries.newborns import newborn_words
from emergency_fund.queries.page import called, lines_of
from emergency_fund.queries.renewals import asked_again
from emergency_fund.queries.unfinished import FORM, STEP, device_id, unfinished_ask
from emergency_fund.querysets import ASK, PROGRAMME, SCREEN
from emergency_fund.rules.requests import can_ask, can_mend
from emergency_fund.services import asking, renewing
from emergency_fund.states import Channel, LineState
from emergency_fund.words import typed

from .requests import EDIT, RequestForm

NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True)
class Asking(Policy):
    """Who asks: with a role that asks on the case, or as a fund officer of its office."""

    def admit_row(self, request: HttpRequest, row: Case) -> None:
        if may(request.user, SCREEN, office_id=row.office_id, programmes=[PROGRAMME]) is None:
            super().admit_row(request, row)


class StartAsking(FormPage):
    """A fund officer asks for the family of a case of the office, by the number of the case."""

    policy = Policy(action=SCREEN)
    form_class = CaseNumberForm
    template_name = "emergency_fund/ask_start.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"find": lambda number: case_numbered(number, self.user)}

    def save(self, form: CaseNumberForm) -> Case:
        return form.cleaned_data["number"]

    def after(self, result: Case) -> str:
        return reverse("emergency_fund:ask", args=[result.pk])


class AskForHelp(RowForm):
    """Take down what a family asks for its children, on one page. What is typed is kept while it is typed."""

    policy = Asking(action=ASK)
    model: ClassVar[type[models.Model]] = Case
    row_name = "case"
    form_class = AskForm
    template_name = "emergency_fund/ask.html"
    success_message = _("The request is with the fund.")

    def rows(self) -> models.QuerySet:
        return cases_to_ask_for(self.user)

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_write(self.row).insist()
        can_ask(self.row.is_open).insist()
        self.is_seen = is_seen(self.row, self.user)

    @cached_property
    def renewed(self) -> InsurancePolicy | None:
        """The insurance of the case that is asked for again, where the address names one."""
        wanted = self.request.GET.get("renews", "")
        rows = InsurancePolicy.objects.visible_to(self.user).filter(line__request__case=self.row)
        rows = rows.select_related("cover__hospital", "line__child", "line__request__incident")
        return rows.filter(pk=int(wanted)).first() if NUMBER.fullmatch(wanted) else None

    @cached_property
    def draft(self) -> Draft | None:
        """What the person typed for this case before, on this or another device."""
        return unfinished_ask(self.row, self.user, self.renewed)

    def get_initial(self) -> dict[str, Any]:
        plain = {"channel": Channel.WALK_IN, "received_on": self.today, "occurred_on": {"era": era_now()}}
        return plain | asked_again(self.renewed, self.today) if self.renewed else plain

    def get_form_kwargs(self) -> dict[str, Any]:
        has_consent = living_consent(self.row, PROGRAMME, self.today) is not None
        members = members_of(self.row.family)
        return super().get_form_kwargs() | {
            "members": members, "case_child": self.row.child_id, "has_consent": has_consent,
            "are_named": self.is_seen,
        }  # fmt: skip

    def get_form(self, *args: Any) -> AskForm:
        form: AskForm = super().get_form(*args)
        if not form.is_bound and self.draft is not None:
            form.go_on_from(self.draft.data.get(STEP, {}))
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        header = case_header(self.row, self.user, self.today) if self.is_seen else None
        back = reverse("cases:detail", args=[self.row.pk]) if self.is_seen else reverse("emergency_fund:list")
        return context | {
            "header": header,
            "employed": EMPLOYED,
            "rows": context["form"].shown_rows,
            "back": back,
            "renewed": self.renewed,
            "asked_already": asked_already(self.row, self.user),
            "newborns": newborn_words(context["form"].children, self.today),
            "draft": self.draft,
            "draft_form": FORM,
            "device_id": device_id(self.row, self.user, self.renewed),
            "is_kept": may(self.user, ASK, office_id=self.row.office_id, programmes=[PROGRAMME]) is not None,
        }

    def save(self, form: AskForm) -> AssistanceRequest:
        now, told = timezone.now(), form.cleaned_data
        ask = partial(renewing.ask_to_renew, policy=self.renewed) if self.renewed else asking.ask_for_help
        asked: AssistanceRequest = ask(
            case=self.row, requester=form.asker, incident=form.incident(), lines=form.asked_lines(),
            channel=told["channel"], urgency=told["urgency"], need=told["need"], old_reason=told["old_reason"],
            received_at=form.received_at(now), consent=form.agreement(),
            acknowledged=self.request.POST.getlist("acknowledged"), by=self.user, now=now,
        )  # fmt: skip
        if self.draft is not None:
            finish_draft(draft=self.draft, by=self.user)
        return asked

    def after(self, result: AssistanceRequest) -> str:
        return reverse("emergency_fund:detail", args=[result.pk])


class ChangeRequest(RequestForm):
    """Mend what was returned, and send it again; who does not see the case, for the children it is asked for."""

    policy = EDIT
    form_class = Asked
    template_name = "emergency_fund/change.html"
    title = _("Correct the request")
    verb = _("Send it again")
    success_message = _("The request is with the fund again.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_mend(self.row.state).insist()

    def get_initial(self) -> dict[str, Any]:
        request, incident = self.row, self.row.incident
        asked = [
            {
                "child": line.child_id, "kind": line.kind, "amount": typed(line.asked), "words": line.words,
                "quantity": line.quantity, "unit": line.unit, "unit_cost": line.unit_cost and typed(line.unit_cost),
            }
            for line in request.lines.filter(state=LineState.ASKED)
        ]  # fmt: skip
        return {
            "kind": incident.kind, "occurred_on": incident.occurred_on, "employer": incident.employer,
            "is_about": not incident.is_day_known,
            "earner": incident.earner_id or "",
            "old_reason": request.old_incident_reason, "need": request.need, "urgency": request.urgency,
            "asked": asked,
        }  # fmt: skip

    def get_form_kwargs(self) -> dict[str, Any]:
        request, members = self.row, members_of(self.row.family)
        is_hidden = is_name_hidden(self.user, is_sealed=request.case.is_sealed, office_id=request.office_id)
        is_known = sees_family(request, self.user) and not is_hidden
        names = None if is_known else called(lines_of(request, is_hidden=is_hidden, today=self.today))
        return super().get_form_kwargs() | {
            "members": members, "case_child": request.case.child_id, "called": names, "is_hidden": is_hidden,
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"employed": EMPLOYED, "rows": context["form"].shown_rows}

    def save(self, form: Asked) -> AssistanceRequest:
        told = form.cleaned_data
        return asking.ask_again(
            request=self.row, incident=form.incident(), lines=form.asked_lines(), urgency=told["urgency"],
            need=told["need"], old_reason=told["old_reason"],
            acknowledged=self.request.POST.getlist("acknowledged"), by=self.user, now=timezone.now(),
        )  # fmt: skip


class TakeBack(RequestForm):
    """The family no longer asks: why, before it ends."""

    policy = EDIT
    form_class = TakeBackForm
    title = _("The family no longer asks")
    lead = _("The request ends and its money is free again. That is not undone: the family can ask anew.")
    verb = _("Take the request back")
    success_message = _("The request was taken back. Money that was not paid is free again.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        asking.may_take_back(self.row).insist()

    def save(self, form: TakeBackForm) -> AssistanceRequest:
        reason = form.cleaned_data["reason"]
        return asking.take_back(request=self.row, reason=reason, by=self.user, now=timezone.now())
