"""The filters of the list of cases."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import own_offices
from casework.accounts.models import Office, User
from casework.programmes.contributions import registry
from casework.ui.filters import ListFilter, choice, row_choice

from .models import Case, Enrolment
from .queries import cases_in, for_list
from .states import Risk, Stage


def colleagues_of(request: HttpRequest) -> QuerySet[User]:
    """Who holds a role in one of the person's offices."""
    offices = [office.pk for office in own_offices(request.user)]
    return User.objects.filter(grants__office__in=offices, grants__ended_at__isnull=True).distinct()


def offices_of_reader(request: HttpRequest) -> QuerySet[Office]:
    """The offices of the person's roles."""
    return Office.objects.filter(pk__in=[office.pk for office in own_offices(request.user)])


def programmes() -> list[tuple[str, Any]]:
    """The programmes there are."""
    return [(entry.key, entry.label) for entry in registry if entry.is_programme]


class CaseFilter(ListFilter):
    """Who leads, how far, how urgent, for which programme, where."""

    kept = ("view",)

    class Meta:
        model = Case
        fields = ()

    lead = row_choice(_("Lead"), colleagues_of)
    risk = choice(_("Risk"), Risk.choices)
    stage = choice(_("Stage"), Stage.choices)
    programme = choice(_("Programme"), programmes, method="enrolled_in")
    office = row_choice(_("Office"), offices_of_reader)

    @property
    def view_rows(self) -> QuerySet:
        return cases_in(self.request.user, self.data.get("view", ""))

    @property
    def listed(self) -> QuerySet:
        return for_list(self.qs, timezone.localdate())

    def enrolled_in(self, rows: QuerySet, _name: str, programme: str) -> QuerySet:
        """Cases on which the programme is at work now."""
        return rows.filter(
            Exists(Enrolment.rows.filter(case=OuterRef("pk"), programme=programme, until_on__isnull=True))
        )
