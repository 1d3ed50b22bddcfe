"""People and roles: who works here, as what; added, given roles by two people, kept out at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.rights import Reach
from casework.access.scopes import may, offices_of, roles_of
from casework.accounts.models import Grant, Office, User
from casework.accounts.proposals import programme_words
from casework.accounts.services import create_user, end_grant, set_user_active
from casework.approvals.models import Proposal
from casework.reference.queries import term
from casework.ui.views import ActView, FormPage, GuardedView, PageView

from .people_forms import DetailsForm, GrantForm, PersonForm, ReasonForm
from .people_services import make_one_time_password, propose_details, propose_end, propose_grant, propose_reset

SHOWN_ONCE = "one_time_password"
EVERYWHERE = {"SYS", "AUD"}


def visible_people(user: Any) -> QuerySet[User]:
    """Everybody for administrators and auditors; for others the people with a role in their offices."""
    if roles_of(user) & EVERYWHERE:
        return User.objects.all()
    return User.objects.filter(grants__office__in=offices_of(user, "accounts.user.see")).distinct()


def with_grants(people: QuerySet[User], today: Any) -> QuerySet[User]:
    """People with their roles of today, in a constant number of queries."""
    live = Grant.objects.live(today).select_related("office")
    return people.prefetch_related(Prefetch("grants", queryset=live, to_attr="grants_today"))


class PeoplePage(PageView):
    """Everybody with their roles."""

    policy = Policy(action="accounts.user.see")
    template_name = "home/users.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = with_grants(visible_people(self.request.user), self.today).order_by("-is_active", "full_name")
        return super().get_context_data(
            people=people, may_add=may(self.request.user, "accounts.user.add") is not None, **kwargs
        )


class PersonMixin(GuardedView):
    """Loads the person of the address among those this user may see."""

    person: User

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        found = visible_people(self.request.user).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.person = found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)  # type: ignore[misc]

    def person_address(self) -> str:
        return reverse("home:user", args=[self.person.pk])


class PersonPage(PersonMixin, PageView):
    """One person: roles of now and before, and what may be done."""

    policy = Policy(action="accounts.user.see")
    template_name = "home/user.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        grants = [
            {
                "row": grant,
                "programme": programme_words(grant.programme),
                "is_live": grant.ended_at is None and grant.valid_from <= self.today <= grant.valid_to,
                "may_end": may_end(user, grant),
            }
            for grant in self.person.grants.select_related("office", "given_by", "confirmed_by")
        ]
        is_other = self.person != user
        return super().get_context_data(
            grants=grants,
            may_give=is_other and may(user, "accounts.grant.propose") is not None,
            may_switch=is_other and may(user, "accounts.user.disable") is not None,
            may_change=may(user, "accounts.user.change") is not None,
            may_reset=is_other and may(user, "accounts.user.reset") is not None,
            one_time=self.request.session.pop(f"{SHOWN_ONCE}:{self.person.pk}", ""),
            one_time_days=int(term("sign-in.one_time_days", self.today)),
            **kwargs,
        )


def may_end(user: Any, grant: Grant) -> bool:
    """Whether the person may end the role, or propose to."""
    whole = offices_of(user, "accounts.grant.end", Reach.ALL)
    return bool(whole) or grant.office_id in offices_of(user, "accounts.grant.end", Reach.PROPOSE)


class AddPersonPage(FormPage):
    """A new colleague, who can do nothing until a role is given."""

    policy = Policy(action="accounts.user.add")
    template_name = "home/user_add.html"
    form_class = PersonForm
    success_message = _("The person was added. Give a role next; without one nothing opens.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": "en"}

    def save(self, form: forms.BaseForm) -> User:
        password = make_one_time_password()
        by: Any = self.request.user
        person = create_user(**form.cleaned_data, password=password, one_time_from=timezone.now(), created_by=by)
        self.request.session[f"{SHOWN_ONCE}:{person.pk}"] = password
        return person

    def after(self, result: User) -> str:
        return reverse("home:user", args=[result.pk])


class ChangePersonPage(PersonMixin, FormPage):
    """Propose other names and positions; a second person confirms them."""

    policy = Policy(action="accounts.user.change")
    template_name = "home/user_change.html"
    form_class = DetailsForm
    success_message = _("Proposed. It is done as soon as a second person confirms it.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in DetailsForm.base_fields}

    def save(self, form: forms.BaseForm) -> Proposal:
        by: Any = self.request.user
        return propose_details(user=self.person, values=form.cleaned_data, by=by, now=timezone.now())

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class GiveRolePage(PersonMixin, FormPage):
    """Propose a role; a second person confirms it."""

    policy = Policy(action="accounts.grant.propose")
    template_name = "home/grant.html"
    form_class = GrantForm
    success_message = _("Proposed. The role works as soon as a second person confirms it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        everywhere = offices_of(self.request.user, "accounts.grant.propose", Reach.ALL)
        own = offices_of(self.request.user, "accounts.grant.propose")
        offices = Office.objects.filter(is_active=True)
        return {**super().get_form_kwargs(), "offices": offices if everywhere else offices.filter(pk__in=own)}

    def save(self, form: forms.BaseForm) -> Proposal:
        by: Any = self.request.user
        return propose_grant(user=self.person, by=by, now=timezone.now(), **form.cleaned_data)

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class EndRolePage(PersonMixin, FormPage):
    """End a role: at once by an administrator, proposed by others."""

    policy = Policy(action="accounts.grant.end")
    template_name = "home/grant_end.html"
    form_class = ReasonForm
    grant: Grant

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        live = Q(ended_at__isnull=True)
        found = self.person.grants.select_related("office", "user").filter(live, pk=kwargs["grant"]).first()
        if found is None or not may_end(self.request.user, found):
            raise Http404
        self.grant = found

    @property
    def is_at_once(self) -> bool:
        """Whether this person ends roles without asking."""
        return bool(offices_of(self.request.user, "accounts.grant.end", Reach.ALL))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"grant": self.grant, "is_at_once": self.is_at_once})

    def save(self, form: forms.BaseForm) -> models.Model:
        by: Any = self.request.user
        reason = form.cleaned_data["reason"]
        if self.is_at_once:
            return end_grant(grant=self.grant, ended_by=by, now=timezone.now(), reason=reason)
        return propose_end(grant=self.grant, reason=reason, by=by, now=timezone.now())

    def after(self, result: models.Model) -> str:
        if isinstance(result, Proposal):
            return reverse("approvals:proposal", args=[result.pk])
        return self.person_address()


class SwitchPersonAct(PersonMixin, ActView):
    """Keep a person out from their next click on, or let them in again."""

    policy = Policy(action="accounts.user.disable")

    def act(self) -> User:
        by: Any = self.request.user
        is_active = not self.person.is_active
        return set_user_active(user=self.person, is_active=is_active, by=by, now=timezone.now())

    def back(self) -> str:
        return self.person_address()


class ResetPersonPage(PersonMixin, FormPage):
    """Propose a one-time password for somebody who lost theirs or the phone."""

    policy = Policy(action="accounts.user.reset")
    template_name = "home/user_reset.html"
    form_class = ReasonForm

    def save(self, form: forms.BaseForm) -> Proposal:
        password = make_one_time_password()
        by: Any = self.request.user
        proposal = propose_reset(
            user=self.person, password=password, reason=form.cleaned_data["reason"], by=by, now=timezone.now()
        )
        self.request.session[f"{SHOWN_ONCE}:{self.person.pk}"] = password
        return proposal

    def after(self, result: Proposal) -> str:
        return self.person_address()
