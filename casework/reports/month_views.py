"""The months of a board: what is missing from one, closing it, and what reads differently since."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.accounts.models import Office
from casework.audit.services import record_event
from casework.ui.views import FormPage, GuardedView, PageView

from . import services
from .audience import NO_FIGURES, OPEN, SEE, audience_of, boards_of
from .boards import Board
from .forms import CloseForm, ReasonForm
from .lists import ROWS_PER_PAGE
from .models import ChangeReason, MonthClose
from .months import listed_months
from .office_months import CLOSE, ClosedFigure, OfficeMonth, ToldGap, language_now, month_for
from .periods import Period


class Months(PageView):
    """The last twelve months of an office: which are closed, when and by whom."""

    policy = Policy(action=SEE)
    template_name = "reports/months.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        boards = boards_of(self.user)
        if not boards:
            raise PermissionDenied(NO_FIGURES)
        wanted = self.request.GET.get("board", boards[0].key)
        board = next((board for board in boards if board.key == wanted), None)
        if board is None:
            raise Http404
        offices = audience_of(self.user, board).offices
        asked = self.request.GET.get("office", "")
        office = next((office for office in offices if str(office.pk) == asked), offices[0] if offices else None)
        return super().get_context_data(
            board=board,
            boards=boards,
            office=office,
            office_name=office.name(language_now()) if office else "",
            offices=[(one.pk, one.name(language_now())) for one in offices],
            lines=self.lines(board, office) if office else [],
            dashboard=f"{reverse('reports:dashboard')}?board={board.key}",
            **kwargs,
        )

    def lines(self, board: Board, office: Office) -> list[dict[str, Any]]:
        """Each month with how it was closed, the newest first."""
        return [
            {
                "text": line.period.text(language_now()),
                "url": address(board, office, line.period),
                "close": line.close,
                "is_changed": line.is_changed,
            }
            for line in listed_months(self.user, board, office, self.today, language_now(), timezone.now())
        ]


def address(board: Board, office: Office, month: Period, name: str = "reports:month", *more: str) -> str:
    """The address of one month of an office, or of an act on it."""
    return reverse(name, args=[board.key, office.pk, month.first.year, month.first.month, *more])


class OfMonth(GuardedView):
    """Base of pages about one month of an office, whose every row the person sees counted."""

    month: OfficeMonth

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.month = month_for(
            self.user, board=kwargs["board"], office=kwargs["office"], month=f"{kwargs['year']}-{kwargs['number']}",
            today=self.today,
        )  # fmt: skip

    def at(self, name: str = "reports:month", *more: str) -> str:
        return address(self.month.board, self.month.office, self.month.period, name, *more)


class MonthPage(OfMonth, PageView):
    """One month: what is missing while it is open, what reads differently when it is closed."""

    policy = Policy(action=SEE)
    template_name = "reports/month.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        month = self.month
        kwargs.setdefault("form", CloseForm() if month.may_close and month.is_over and not month.close else None)
        office = f"&office={month.office.pk}"
        return super().get_context_data(**kwargs) | {
            "board": month.board,
            "month_text": month.period.text(language_now()),
            "office_name": month.office.name(language_now()),
            "close": month.close,
            "is_over": month.is_over,
            "gaps": [] if month.close else [self.gap(gap) for gap in month.missing()],
            "kept": [(gap.label, gap.count) for gap in month.missing()] if month.close else [],
            "figures": [self.figure(figure) for figure in month.figures()],
            "limit": month.hide_below,
            "may_close": month.may_close,
            "url": self.at(),
            "close_url": self.at("reports:month-close"),
            "months": f"{reverse('reports:months')}?board={month.board.key}{office}",
            "dashboard": f"{reverse('reports:dashboard')}?board={month.board.key}&period={month.period.key}{office}",
        }

    def gap(self, gap: ToldGap) -> dict[str, Any]:
        """What is missing, with its list where the person may open it."""
        url = self.at("reports:month-missing", gap.key) if gap.has_list else gap.url
        return {"label": gap.label, "count": gap.count, "url": url}

    def figure(self, figure: ClosedFigure) -> dict[str, Any]:
        """A figure of the closed month, with the page on which its change is explained."""
        return {
            "shown": figure.shown,
            "change": figure.change,
            "reasons": figure.reasons,
            "why_url": self.at("reports:month-why", figure.shown.key),
        }


class ActOnMonth(OfMonth, FormPage):
    """Base of what is done to a month, by those who may close it."""

    policy = Policy(action=CLOSE)

    def admit_loaded(self) -> None:
        self.policy.admit_row(self.request, self.month)

    def get_success_url(self) -> str:
        return self.at()


class CloseMonth(ActOnMonth, MonthPage):
    """Keep the figures of the month as they are told."""

    policy = Policy(action=CLOSE)
    form_class = CloseForm
    success_message = gettext_lazy("The month is closed. What changes later is shown beside its figures.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def save(self, form: CloseForm) -> MonthClose:
        month = self.month
        return services.close_month(
            board=month.board, office=month.office, month=month.period, remark=form.cleaned_data["remark"],
            by=self.user, now=timezone.now(),
        )  # fmt: skip


class WriteReason(ActOnMonth):
    """Why a figure of the closed month reads differently now."""

    form_class = ReasonForm
    template_name = "reports/month_why.html"
    success_message = gettext_lazy("Saved.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        if self.kwargs["key"] not in self.month.changes:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.kwargs["key"]
        return super().get_context_data(
            label=self.month.changes[key].label,
            change=self.month.change_told(key),
            month_text=self.month.period.text(language_now()),
            back=self.at(),
            **kwargs,
        )

    def save(self, form: ReasonForm) -> ChangeReason:
        return services.write_reason(
            close=self.month.close,  # type: ignore[arg-type]
            key=self.kwargs["key"],
            reason=form.cleaned_data["reason"],
            by=self.user,
            now=timezone.now(),
        )


class MissingRows(OfMonth, PageView):
    """The rows something is missing from: for those who may open them, and codes for those who may not."""

    policy = Policy(action=OPEN)
    template_name = "reports/children.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board, found = self.month.board, self.month.rows_missing(self.kwargs["key"])
        page = Paginator(found.rows, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        record_event("reports.figure.opened", actor=self.user, level=2, reason=found.number)
        return super().get_context_data(
            heading=found.heading,
            period_text=self.month.period.text(language_now()),
            is_open=found.is_open,
            page=page,
            children=found.told(list(page), self.today),
            total=board.counted_words(len(found.ids)),
            row_label=board.row_label,
            elsewhere=len(found.ids) - page.paginator.count,
            back=self.at(),
            **kwargs,
        )
