"""The case list and the case page."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from casework.access.lists import FilteredList, ListRows
from casework.access.policies import Policy
from casework.access.scopes import may, may_on
from casework.audit.services import record_event
from casework.cases import queries
from casework.cases.beside import beside
from casework.cases.filters import CaseFilter
from casework.cases.forms import NoteForm
from casework.cases.models import Case
from casework.cases.rules import can_approve_plan
from casework.cases.tabs import OVERVIEW, case_tabs
from casework.cases.team import ASSIGN, team_names
from casework.kernel.digits import row_number
from casework.people.queries.families import family_panel
from casework.programmes.contributions import registry
from casework.ui.drawing import drawn_rows
from casework.ui.paging import NewestFirst
from casework.ui.views import PageView, RowPage

ROWS_PER_PAGE = 25
CASE_ACTS = ("assign", "close", "reopen", "seal", "propose_seal")


class CaseList(FilteredList):
    """Cases the person may see, by view and filters."""

    policy = Policy(action="cases.case.list")
    template_name = "cases/list.html"
    filter_class = CaseFilter
    list_key = "cases:list"
    file_action = "cases.case.export"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        chosen = found.data.get("view") if found.data.get("view") in queries.CASE_VIEWS else "open"
        views = [
            {"label": label, "url": f"?view={name}", "count": None, "current": name == chosen}
            for name, label in queries.CASE_VIEWS.items()
        ]
        listed = NewestFirst(ListRows(found), ROWS_PER_PAGE, length=self.length)
        page = listed.get_marked_page(self.request.GET)
        title = queries.CASE_VIEWS[chosen]
        may_assign = may(self.user, ASSIGN) is not None and chosen != "closed"
        if may_assign:
            kwargs["colleagues"] = team_names(self.user)
        rows = drawn_rows("cases/_line.html", page, self.today, told=queries.case_row, may_assign=may_assign)
        return super().get_context_data(page=page, rows=rows, views=views, title=title, may_assign=may_assign, **kwargs)


class CaseBase(RowPage):
    """What the tabs of the case page share. Reading is recorded."""

    policy = Policy(action="cases.case.see")
    model = Case
    row_name = "case"

    def rows(self) -> Any:
        rows: Any = super().rows()
        return rows.for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.row, self.user
        record_event("cases.case.seen", actor=user, subject=case, case_id=case.pk, office_id=case.office_id)
        tabs = case_tabs(case, user, self.kwargs.get("panel", OVERVIEW))
        return super().get_context_data(
            header=queries.case_header(case, user, self.today), tabs=tabs, today=self.today, **kwargs
        )


class CaseDetail(CaseBase):
    """Plan, timeline, key facts, family, who works on it, who opened it."""

    template_name = "cases/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user, today = self.row, self.user, self.today
        kind = self.request.GET.get("show", "")
        before = row_number(self.request.GET.get("before")) or None
        entries, more = queries.timeline(case, user, kind=kind, before=before)
        plan = getattr(case, "plan", None)  # the row has it only where there is one
        family = family_panel(case.child, user=user, today=today, do_not_contact=case.do_not_contact)
        return super().get_context_data(
            entries=entries,
            more=more,
            show=kind,
            kinds=timeline_kinds(),
            plan=plan,
            may_approve=plan and may_on(user, "cases.plan.approve", case) and bool(can_approve_plan(plan, user)),
            next_steps=queries.next_steps(case, today),
            goals=queries.plan_rows(plan),
            facts=[fact for c in registry for fact in c.key_facts(case, today)],
            note_form=NoteForm(user=user),
            beside=beside(case),
            goes_on_in=queries.goes_on_in(case, user),
            may_do={act: may(user, f"cases.case.{act}", office_id=case.office_id) for act in CASE_ACTS},
            **family,
            **kwargs,
        )


def timeline_kinds() -> list[tuple[str, Any]]:
    """The filter of the timeline: what rooms write, then every programme that has words for its acts."""
    rooms = [("", _("Everything")), ("note", _("Notes")), ("plan", _("Plan")), ("case", _("Case"))]
    rooms += [("document", _("Documents")), ("contact", _("Calls")), ("referral", _("Referrals"))]
    return rooms + [(entry.key, entry.label) for entry in registry if entry.is_programme and entry.events]


class CasePanelPage(CaseBase):
    """The tab of one programme."""

    template_name = "cases/panel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.row, self.user
        for contribution in registry:
            for panel in contribution.case_panels:
                if panel.key == self.kwargs["panel"] and panel.applies(case) and may(user, panel.action):
                    return super().get_context_data(
                        panel_template=panel.template, **dict(panel.context(case, user, self.today)) | kwargs
                    )
        raise Http404


class DeskCards(PageView):
    """The desk card of cases of one's office that one does not work on (day.md 1)."""

    policy = Policy(action="cases.desk_card.see")
    template_name = "cases/desk_card.html"

    def prepare(self, **kwargs: Any) -> None:
        case = queries.desk_cards(self.user).filter(pk=kwargs["pk"]).first()
        if case is None:
            raise Http404
        self.case = case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_away = any(programme.welcome_back([self.case], self.today) for programme in registry)
        return super().get_context_data(case=self.case, name=self.case.child.name, is_away=is_away, **kwargs)
