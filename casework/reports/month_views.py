"""The months of a board: what is missing from one, closing it, and what reads differently since."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.scopes import may_on
from casework.accounts.models import Office
from casework.audit.services import record_event
from casework.ui.views import FormPage, GuardedView, PageView

from . import periods, services
from .audience import OPEN, SEE, Audience, audience_of, boards_of
from .boards import Board
from .figures import Change, Ids, Reading
from .forms import CloseForm, ReasonForm
from .missing import Gap, gap_words, missing_from
from .models import ChangeReason, MonthClose
from .months import MONTHS, changed_months, changes_since, count_month
from .periods import Period
from .present import HIDDEN, restated_text, shown_stat
from .suppression import hides_change, is_small
from .views import ROWS_PER_PAGE
from .words import said

CLOSE = "reports.month.close"


def language_now() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


class Months(PageView):
    """The last twelve months of an office: which are closed, when and by whom."""

    policy = Policy(action=SEE)
    template_name = "reports/months.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        boards = boards_of(self.user)
        if not boards:
            raise PermissionDenied(_("None of your offices and programmes has figures here."))
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
        months = periods.full_months(self.today, MONTHS)
        rows = MonthClose.objects.visible_to(self.user).filter(board=board.key, office=office)
        closes = {close.month: close for close in rows.select_related("closed_by")}
        changed = self.changed(board, office, months, closes)
        return [
            {
                "text": month.text(language_now()),
                "url": address(board, office, month),
                "close": closes.get(month.first),
                "is_changed": month.first in changed,
            }
            for month in months
        ]

    def changed(self, board: Board, office: Office, months: list[Period], closes: dict[date, MonthClose]) -> set[date]:
        """The closed months that read differently now, told by one counting of the board."""
        if not closes:
            return set()
        counted = count_month(
            board=board, office=office, month=months[-1], today=self.today, language=language_now(), now=timezone.now()
        )
        return changed_months(closes, counted.reading, months, language_now())


def address(board: Board, office: Office, month: Period, name: str = "reports:month", *more: str) -> str:
    """The address of one month of an office, or of an act on it."""
    return reverse(name, args=[board.key, office.pk, month.first.year, month.first.month, *more])


class OfMonth(GuardedView):
    """Base of pages about one month of an office, whose every row the person sees counted."""

    board: Board
    office: Office
    month: Period
    audience: Audience

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        board = next((board for board in boards_of(self.user) if board.key == kwargs["board"]), None)
        if board is None:
            raise Http404
        self.board, self.audience = board, audience_of(self.user, board)
        office = next((office for office in self.audience.offices if office.pk == kwargs["office"]), None)
        try:
            self.month = periods.parse(f"month:{kwargs['year']}-{kwargs['number']}")
        except periods.BadPeriod as fault:
            raise Http404 from fault
        if office is None or self.month.first > self.today:
            raise Http404
        self.office = office

    @cached_property
    def close(self) -> MonthClose | None:
        """The closed month; nothing while it is open."""
        rows = MonthClose.objects.visible_to(self.user).filter(board=self.board.key, office=self.office)
        return rows.filter(month=self.month.first).select_related("closed_by").prefetch_related("reasons__by").first()

    @property
    def place(self) -> MonthClose:
        """Where it would be closed, for the question who may."""
        return MonthClose(board=self.board.key, office=self.office)

    @property
    def hide_below(self) -> int:
        return self.audience.hide_below(frozenset({self.office.pk}))

    @cached_property
    def reading(self) -> Reading:
        """The figures of the month as they are now."""
        return count_month(
            board=self.board, office=self.office, month=self.month, today=self.today, language=language_now(),
            now=timezone.now(),
        ).reading  # fmt: skip

    @cached_property
    def words(self) -> dict[str, str]:
        return {**said(language_now()), **self.reading.units}

    @cached_property
    def changes(self) -> dict[str, Change]:
        """The figures that read differently since the month was closed."""
        return changes_since(self.close, self.reading, language_now()) if self.close else {}

    def change_told(self, key: str) -> str:
        """From what to what a figure changed, as this person may be told it; nothing where it did not."""
        change = self.changes.get(key)
        return restated_text(change, self.hide_below, self.words, with_reason=False) if change else ""

    def reads_why(self, key: str) -> bool:
        """Whether this person reads why a figure changed: a reason may tell the numbers that are hidden from them."""
        change = self.changes.get(key)
        is_told = change is not None and not hides_change(change.was, change.now, self.hide_below)
        return is_told or may_on(self.user, CLOSE, self.place)

    def told(self, number: int) -> str:
        """A count as this person may be told it."""
        return HIDDEN if is_small(number, self.hide_below) else f"{number:,}"

    def at(self, name: str = "reports:month", *more: str) -> str:
        return address(self.board, self.office, self.month, name, *more)


class MonthPage(OfMonth, PageView):
    """One month: what is missing while it is open, what reads differently when it is closed."""

    policy = Policy(action=SEE)
    template_name = "reports/month.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_over = not self.month.is_partial(self.today)
        may_close = may_on(self.user, CLOSE, self.place)
        kwargs.setdefault("form", CloseForm() if may_close and is_over and not self.close else None)
        office = f"&office={self.office.pk}"
        return super().get_context_data(**kwargs) | {
            "board": self.board,
            "month_text": self.month.text(language_now()),
            "office_name": self.office.name(language_now()),
            "close": self.close,
            "is_over": is_over,
            "gaps": [] if self.close else self.gaps(),
            "kept": self.kept(),
            "figures": self.figures(),
            "limit": self.hide_below,
            "may_close": may_close,
            "url": self.at(),
            "close_url": self.at("reports:month-close"),
            "months": f"{reverse('reports:months')}?board={self.board.key}{office}",
            "dashboard": f"{reverse('reports:dashboard')}?board={self.board.key}&period={self.month.key}{office}",
        }

    def gaps(self) -> list[dict[str, Any]]:
        """What is missing now, with its list where the person may open it."""
        opens = self.audience.list_kind(frozenset({self.office.pk}))
        found = missing_from(self.board, self.office, self.month, self.user)
        return [{"label": gap.label, "count": self.told(gap.count), "url": self.gap_url(gap, opens)} for gap in found]

    def gap_url(self, gap: Gap, opens: str) -> str:
        """Where the rows are listed, for who may open them."""
        if not gap.is_of_board:
            return gap.url
        return self.at("reports:month-missing", gap.key) if opens and not is_small(gap.count, self.hide_below) else ""

    def kept(self) -> list[tuple[Any, str]]:
        """What was missing when it was closed."""
        missing = self.close.missing if self.close else {}
        return [(label, self.told(missing[key])) for key, label in gap_words(self.board).items() if missing.get(key)]

    def figures(self) -> list[dict[str, Any]]:
        """The figures of the closed month as they read now, and how those read then that differ."""
        if self.close is None:
            return []
        reasons: dict[str, list[ChangeReason]] = {}
        for row in self.close.reasons.all():
            reasons.setdefault(row.key, []).append(row)
        return [
            {
                "shown": shown_stat(stat, self.hide_below, self.words),
                "change": self.change_told(stat.key),
                "reasons": reasons.get(stat.key, []) if self.reads_why(stat.key) else [],
                "why_url": self.at("reports:month-why", stat.key),
            }
            for stat in self.reading.stats
            if stat.key in self.close.figures
        ]


class ActOnMonth(OfMonth, FormPage):
    """Base of what is done to a month, by those who may close it."""

    policy = Policy(action=CLOSE)

    def admit_loaded(self) -> None:
        self.policy.admit_row(self.request, self.place)

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
        return services.close_month(
            board=self.board, office=self.office, month=self.month, remark=form.cleaned_data["remark"], by=self.user,
            now=timezone.now(),
        )  # fmt: skip


class WriteReason(ActOnMonth):
    """Why a figure of the closed month reads differently now."""

    form_class = ReasonForm
    template_name = "reports/month_why.html"
    success_message = gettext_lazy("Saved.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        if self.kwargs["key"] not in self.changes:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.kwargs["key"]
        return super().get_context_data(
            label=self.changes[key].label,
            change=self.change_told(key),
            month_text=self.month.text(language_now()),
            back=self.at(),
            **kwargs,
        )

    def save(self, form: ReasonForm) -> ChangeReason:
        return services.write_reason(
            close=self.close,  # type: ignore[arg-type]
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
        key, kind = self.kwargs["key"], self.audience.list_kind(frozenset({self.office.pk}))
        ids: Ids = self.board.gaps(self.office.pk, self.month).get(key, frozenset())
        if not kind or is_small(len(ids), self.hide_below):
            raise Http404
        is_open = kind == "open"
        rows = self.board.open_rows(self.user, ids) if is_open else self.board.masked_rows(ids)
        page = Paginator(rows, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        record_event("reports.figure.opened", actor=self.user, level=2, reason=f"{self.board.key} {key}")
        return super().get_context_data(
            heading=self.board.gap_words[key] if ids else _("Missing"),
            period_text=self.month.text(language_now()),
            is_open=is_open,
            page=page,
            children=self.board.listed(list(page)) if is_open else self.board.masked(list(page), self.today),
            total=self.board.counted_words(len(ids)),
            row_label=self.board.row_label,
            elsewhere=len(ids) - page.paginator.count,
            back=self.at(),
            **kwargs,
        )
