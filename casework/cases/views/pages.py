"""The case list and the case page."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.audit.services import record_event
from casework.cases import queries
from casework.cases.forms import NoteForm
from casework.cases.models import Case
from casework.cases.services.plans import current_plan
from casework.people.queries.families import family_panel
from casework.programmes.contributions import registry
from casework.ui.paging import LongList
from casework.ui.views import PageView, RowPage

ROWS_PER_PAGE = 25
VIEWS: tuple[tuple[str, Any, dict[str, str]], ...] = (
    ("open", gettext_lazy("Open"), {}),
    ("mine", gettext_lazy("Mine"), {"mine": "1"}),
    ("high", gettext_lazy("High risk"), {"risk": "high"}),
    ("nextless", gettext_lazy("Without a next step"), {"nextless": "1"}),
    ("closed", gettext_lazy("Closed"), {"state": "closed"}),
)


class CaseList(PageView):
    """Cases the person may see, by view."""

    policy = Policy(action="cases.case.list")
    template_name = "cases/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.user, self.today
        key = self.request.GET.get("view", "open")
        chosen = next((view for view in VIEWS if view[0] == key), VIEWS[0])
        page = LongList(queries.cases_for_list(user, chosen[2]), ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        views = [
            {"label": label, "url": f"?view={name}", "count": None, "current": name == chosen[0]}
            for name, label, _f in VIEWS
        ]
        return super().get_context_data(page=page, views=views, title=chosen[1], today=today, **kwargs)


class CaseBase(RowPage):
    """What the tabs of the case page share. Reading is recorded."""

    policy = Policy(action="cases.case.see")
    model = Case
    row_name = "case"

    def rows(self) -> Any:
        return super().rows().select_related("child", "lead", "office").prefetch_related("child__names")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.row, self.user
        record_event("cases.case.seen", actor=user, subject=case, case_id=case.pk, office_id=case.office_id)
        return super().get_context_data(
            header=queries.case_header(case, user, self.today), tabs=self.tabs(), today=self.today, **kwargs
        )

    def tabs(self) -> list[dict[str, Any]]:
        """Overview, the programmes the child is in, documents, history."""
        case, user, here = self.row, self.user, self.kwargs.get("panel", self.tab)
        tabs = [
            {
                "label": _("Overview"),
                "url": reverse("cases:detail", args=[case.pk]),
                "current": here == "overview",
                "count": 0,
            }
        ]
        for contribution in sorted(registry, key=lambda entry: not entry.is_programme):
            for panel in contribution.case_panels:
                if panel.applies(case) and may(user, panel.action):
                    tabs.append(
                        {
                            "label": panel.label,
                            "url": reverse("cases:panel", args=[case.pk, panel.key]),
                            "current": here == panel.key,
                            "count": panel.count(case) if panel.count else 0,
                        }
                    )
        return tabs

    tab = "overview"


class CaseDetail(CaseBase):
    """Plan, timeline, key facts, family, who works on it, who opened it."""

    template_name = "cases/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user, today = self.row, self.user, self.today
        kind = self.request.GET.get("show", "")
        before = self.request.GET.get("before", "")
        entries, more = queries.timeline(case, user, kind=kind, before=int(before) if before.isdigit() else None)
        plan = current_plan(case)
        tasks = list(case.tasks.filter(state="to_do").select_related("owner").order_by("due_on"))
        return super().get_context_data(
            entries=entries,
            more=more,
            show=kind,
            kinds=timeline_kinds(),
            plan=plan,
            next_steps=queries.next_steps(case, today),
            goals=queries.plan_rows(plan),
            tasks=tasks,
            facts=[fact for c in registry for fact in c.key_facts(case, today)],
            note_form=NoteForm(user=user),
            assessment=case.assessments.prefetch_related("needs").select_related("done_by").first(),
            consents=list(case.consents.filter(withdrawn_on__isnull=True)),
            opened=queries.who_opened(case),
            team=queries.people_on(case),
            **family_panel(case.child, user=user, today=today, do_not_contact=case.do_not_contact),
            **kwargs,
        )


def timeline_kinds() -> list[tuple[str, str]]:
    """The filter of the timeline."""
    return [
        ("", _("Everything")),
        ("note", _("Notes")),
        ("birth", _("Birth registration")),
        ("plan", _("Plan")),
        ("case", _("Case")),
        ("document", _("Documents")),
        ("referral", _("Referrals")),
    ]


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
        return super().get_context_data(case=self.case, name=self.case.child.name, **kwargs)
