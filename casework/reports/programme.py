"""What the reports room adds to shared pages, and its rows of the truth table (safety.md §1)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, NavigationItem, SubjectType, registry

from .models import ReportRun


@registry.register
class Reports(Contribution):
    """Figures, the lists behind them, and reports."""

    key = "reports"
    label = _("Reports")
    icon = "chart-column"

    rights = {
        # "own" of the table is s: only the cases assigned to the person are counted
        "reports.dashboard.see": "CW:A SUP:A PSY:s TRF:s FO:A FA:A CSH:A PM:A TRN:A ME:A DPO:A AUD:A",
        # need summaries (FO, FA) and own trainings (TRN) are lists of figures that other programmes bring
        "reports.figure.open": "CW:A SUP:A PSY:a TRF:a PM:P ME:P AUD:P",
    }
    navigation = (
        NavigationItem(
            key="reports", label=_("Reports"), icon="chart-column", url_name="reports:dashboard",
            action="reports.dashboard.see", order=70,
        ),
    )  # fmt: skip
    subject_types = (
        SubjectType(
            key="reports.reportrun",
            visible=lambda user: ReportRun.rows.all().visible_to(user),
            url=lambda run: reverse("reports:reports"),
        ),
    )
    events = (
        EventWords(action="reports.report.ordered", words=_("Report ordered"), icon="chart-column", kind="report"),
        EventWords(action="reports.figure.opened", words=_("List behind a figure opened"), icon="eye", kind="access"),
        EventWords(action="reports.figure.exported", words=_("Figure exported"), icon="download", kind="report"),
    )
