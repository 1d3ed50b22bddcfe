"""The history viewer: one's own acts, one's team's, a case's, security events, and everything for those who check."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.access.rights import Reach
from casework.access.scopes import may, offices_of
from casework.audit import queries
from casework.audit.models import Event
from casework.cases.models import Case
from casework.ui.paging import NewestFirst
from casework.ui.views import GuardedView, PageView, RowPage

from .history_words import read_lines

PER_PAGE = 50
RESTRICTED = 3
"""The level of what is restricted."""
VIEWS = (
    ("home:history-own", "audit.own.see", _("My acts")),
    ("home:history-team", "audit.team.see", _("My team")),
    ("home:history-security", "audit.security.see", _("Sign-ins, people and roles")),
    ("home:history-all", "audit.all.see", _("Everything")),
    ("home:history-counts", "audit.counts.see", _("In numbers")),
)


def history_views(user: Any) -> list[tuple[str, Any]]:
    """The history pages this person may open: address name and label."""
    return [(name, label) for name, action, label in VIEWS if may(user, action)]


class HistoryPage(PageView):
    """A list of acts, the newest first, fifty on a page."""

    template_name = "home/history.html"
    address: str
    title: Any
    with_values: ClassVar[bool] = False
    """Whether what changed is told with its values."""

    def events(self) -> QuerySet[Event]:
        """The acts this page shows."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = NewestFirst(self.events(), PER_PAGE).get_marked_page(self.request.GET)
        lines = read_lines(queries.as_lines(page.object_list, with_values=self.with_values), self.user)
        return super().get_context_data(
            title=self.title, page=page, lines=lines, views=view_items(self.request.user, self.address), **kwargs
        )


def view_items(user: Any, current: str) -> list[dict[str, Any]]:
    """The bar of history pages."""
    return [{"label": label, "url": reverse(n), "current": n == current} for n, label in history_views(user)]


class HistoryStart(GuardedView):
    """Goes to the first history page this person may open."""

    policy = SignedIn()
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pages = history_views(request.user)
        if not pages:
            raise PermissionDenied(_("Your role has no history page."))
        return HttpResponseRedirect(reverse(pages[0][0]))


class OwnActsPage(HistoryPage):
    """What I did."""

    policy = Policy(action="audit.own.see")
    address, title = "home:history-own", _("What I did")

    def events(self) -> QuerySet[Event]:
        return queries.own_acts(self.request.user)


class TeamActsPage(HistoryPage):
    """What was done in the offices I supervise: of a case I do not see nothing restricted, of a sealed one nothing."""

    policy = Policy(action="audit.team.see")
    address, title = "home:history-team", _("What my team did")

    def events(self) -> QuerySet[Event]:
        acts = queries.acts_in_offices(offices_of(self.request.user, "audit.team.see", Reach.ALL))
        of_the_act = {"pk": OuterRef("case_id_of")}
        seen = Exists(Case.objects.visible_to(self.request.user).filter(**of_the_act))
        sealed = Exists(Case.rows.filter(**of_the_act, is_sealed=True))
        return acts.filter(Q(case_id_of__isnull=True) | seen | (Q(level__lt=RESTRICTED) & ~sealed))


class SecurityPage(HistoryPage):
    """Sign-ins, people, roles and refusals; nothing of any case."""

    policy = Policy(action="audit.security.see")
    address, title = "home:history-security", _("Sign-ins, people and roles")
    with_values = True

    def events(self) -> QuerySet[Event]:
        return queries.security_events()


class AllActsPage(HistoryPage):
    """Everything, without names of families and without values."""

    policy = Policy(action="audit.all.see")
    address, title = "home:history-all", _("Everything that was done")

    def events(self) -> QuerySet[Event]:
        return queries.all_acts()


class CountsPage(PageView):
    """How often each act was done in the manager's offices."""

    policy = Policy(action="audit.counts.see")
    template_name = "home/history_counts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offices = offices_of(self.request.user, "audit.counts.see")
        return super().get_context_data(
            counts=queries.counts_in_offices(offices), views=view_items(self.request.user, "home:history-counts"),
            **kwargs,
        )  # fmt: skip


class CaseHistoryPage(RowPage):
    """Who opened and changed one case, field by field."""

    policy = Policy(action="audit.case.see")
    model = Case
    row_name = "case"
    template_name = "home/history_case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = NewestFirst(queries.acts_on_case(self.row.pk), PER_PAGE).get_marked_page(self.request.GET)
        lines = read_lines(queries.as_lines(page.object_list, with_values=True), self.user)
        sees = may(self.user, "cases.case.see") is not None
        return super().get_context_data(page=page, lines=lines, sees_case=sees, **kwargs)
