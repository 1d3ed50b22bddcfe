"""What the reports room adds to shared pages, and its rows of the truth table (safety.md §1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import (
    Contribution,
    EventWords,
    Job,
    NavigationItem,
    SubjectType,
    Words,
    registry,
)

from .audience import has_figures
from .boards import boards
from .models import MonthClose, ReportRun, ReportTemplate
from .policies import EDIT


def board_told(kept: str) -> Words:
    """Whose figures they were; the figure itself is kept by its key."""
    return next((board.label for board in boards() if board.key == kept.split()[0]), "")


@registry.register
class Reports(Contribution):
    """Figures, the lists behind them, and reports."""

    key = "reports"
    label = _("Reports")
    icon = "chart-column"

    history_words = {
        "reports.reportrun": _("Report"),
        "reports:dashboard": _("Figures"),
        "reports:reports": _("Reports"),
        "reports:children": _("List behind a figure"),
        "reports:file": _("Figure as a file"),
        "reports.monthclose": _("Closed month"),
        "reports:months": _("Months"),
        "reports:month": _("Month"),
        "reports:month-close": _("Close the month"),
        "reports:month-why": _("Why the figure changed"),
        "reports:month-missing": _("What is missing from a month"),
        "reports.reporttemplate": _("Template"),
        "reports:templates": _("Templates for donors"),
        "reports:template": _("Template"),
        "reports:template-new": _("New template"),
        "reports:template-change": _("Change the template"),
        "reports:template-retire": _("Put the template out of use"),
        "reports:template-use-again": _("Use the template again"),
    }
    rights = {
        # "own" of the table is s: only the cases assigned to the person are counted
        "reports.dashboard.see": "CW:A SUP:A PSY:s TRF:s FO:A FA:A CSH:A PM:A TRN:A ME:A DPO:A AUD:A",
        # need summaries (FO, FA) open where the rows are such summaries; own trainings (TRN) come with their programme
        "reports.month.close": "SUP:A PM:A",
        EDIT: "PM:A",
        "reports.figure.open": "CW:A SUP:A PSY:a TRF:a FO:N FA:N PM:P ME:P AUD:P",
    }
    navigation = (
        NavigationItem(
            key="reports", label=_("Reports"), icon="chart-column", url_name="reports:dashboard",
            action="reports.dashboard.see", order=70, on_phone=True, is_there=has_figures,
        ),
    )  # fmt: skip
    schedule = (Job(key="reports.refresh", task="reports.refresh", schedule=60.0),)
    subject_types = (
        SubjectType(
            key="reports.reportrun",
            visible=lambda user: ReportRun.objects.visible_to(user),
            url=lambda run: reverse("reports:reports"),
        ),
        SubjectType(
            key="reports.monthclose",
            visible=lambda user: MonthClose.objects.visible_to(user),
            url=lambda close: reverse(
                "reports:month", args=[close.board, close.office_id, close.month.year, close.month.month]
            ),
        ),
        SubjectType(
            key="reports.reporttemplate",
            visible=lambda user: ReportTemplate.objects.visible_to(user),
            url=lambda template: reverse("reports:template", args=[template.pk]),
            named=lambda template: template.name,
        ),
    )
    events = (
        EventWords(action="reports.report.ordered", words=_("Report ordered"), icon="chart-column", kind="report"),
        EventWords(action="reports.month.closed", words=_("Month closed"), icon="lock", kind="report"),
        EventWords(
            action="reports.month.explained",
            words=_("Change of a closed month explained"),
            icon="message-square",
            kind="report",
        ),
        EventWords(
            action="reports.template.added", words=_("Template for a donor added"), icon="file-text", kind="report"
        ),
        EventWords(
            action="reports.template.changed", words=_("Template for a donor changed"), icon="pencil", kind="report"
        ),
        EventWords(
            action="reports.template.retired", words=_("Template put out of use"), icon="archive", kind="report"
        ),
        EventWords(action="reports.template.used-again", words=_("Template used again"), icon="undo-2", kind="report"),
        EventWords(
            action="reports.figure.opened",
            words=_("List behind a figure opened"),
            icon="eye",
            kind="access",
            told=board_told,
        ),
        EventWords(
            action="reports.figure.exported",
            words=_("Figure exported"),
            icon="download",
            kind="report",
            told=board_told,
        ),
    )

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.boards import Boards
        from .api.months import Months
        from .api.reports import Reports as OrderedReports
        from .template_api import ReportTemplates

        return (
            ("boards", Boards),
            ("months", Months),
            ("reports", OrderedReports),
            ("report-templates", ReportTemplates),
        )
