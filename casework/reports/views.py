"""The dashboard, the lists and files behind its figures, and the reports made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.audit.services import record_event
from casework.documents.compose import as_facts
from casework.documents.kinds import kind_named
from casework.documents.models import Document
from casework.documents.report import draw
from casework.kernel.digits import row_number
from casework.ui import charts
from casework.ui.spreadsheets import as_file
from casework.ui.views import FormPage, GuardedView, PageView

from . import periods, services
from .audience import NO_FIGURES, OPEN, SEE, audience_of, boards_of
from .counting import Counting, counting_for, defaults
from .figures import Ids
from .filters import ONLY, asked_of, in_words, written
from .forms import FREE, TEXT, OrderForm, refused_at_box
from .lists import ROWS_PER_PAGE, list_behind
from .measures import Rate
from .models import Readers, ReportRun, ReportTemplate
from .periods import Period
from .present import ShownCell, ShownStat, ShownTable
from .rules import against_filters
from .suppression import STAFF

MOST_BESIDE, BESIDE = 8, 7
"""Figures beside their definitions: all up to eight, of more of them the first seven; the others under them."""

APART = "more"
"""The parameter of the address that asks for the second page of a board."""


class Counted(GuardedView):
    """Base of pages about one counting."""

    def counting(self) -> Counting:
        """The counting of the address. Raises PermissionDenied when no programme of the person counts anything."""
        found = counting_for(
            self.request.user,
            self.request.GET.dict(),
            self.today,
            self.kwargs.get("board", self.request.GET.get("board", "")),
        )
        if found is None or not found.chosen:
            raise PermissionDenied(NO_FIGURES)
        return found

    def counting_of_whole(self) -> Counting:
        """The same for what has no place for a refused filter, such as a file: it is not made without it."""
        found = self.counting()
        if found.form.refused:
            raise PermissionDenied(found.form.refused[0].sentence)
        return found

    def query(self) -> str:
        """The filter, to be kept in links whose address names the board."""
        return self._asked("page", "board")

    def board_query(self, board: str, *but: str) -> str:
        """The filter with the board, without some parameters; where nothing was chosen, as the board shows it."""
        rest = self._asked("page", "board", *but) or f"?{urlencode({'period': defaults(self.today)['period']})}"
        return f"{rest}&board={board}"

    def _asked(self, *but: str) -> str:
        query = self.request.GET.copy()
        for name in but:
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else ""


class Dashboard(Counted, PageView):
    """The figures of a programme: large numbers, charts, map, each with its list, table and definition."""

    policy = Policy(action=SEE)
    template_name = "reports/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counting, query = self.counting(), self.query()
        board, is_apart = counting.board, self.is_apart(counting)
        tables = counting.tables(are_apart=is_apart)
        about = {cell.about for table in tables for line in table.cells for cell in line if cell.about}
        places = counting.board.places(self.request.user, about) if about else {}
        figures = {table.key: self.figure(counting, table, query, places) for table in tables}
        drawn = [figures[key] for key in figures if key != "map"]
        beside = len(drawn) if len(drawn) <= MOST_BESIDE else BESIDE
        return super().get_context_data(
            counting=counting,
            form=counting.form,
            is_free=counting.form["period"].value() == FREE,
            chips=self.chips(counting),
            clear_url=self._asked("page", *self.request_filters()) or "?",
            heading=board.apart_label if is_apart else board.label,
            is_apart=is_apart,
            stats=[] if is_apart else [self.stat(counting, stat, query) for stat in counting.stats()],
            figures=figures,
            main=drawn[:beside],
            under=drawn[beside:],
            is_partial=counting.period.is_partial(self.today),
            period_text=counting.period.full_text(counting.language),
            offices=[o.name(counting.language) for o in counting.audience.all_offices if o.pk in counting.chosen],
            counted_at=counting.counted.at,
            definitions=counting.reading.definitions_of(board.apart, are_apart=is_apart),
            measures_time=counting.reading.words.get("measures_time", ""),
            once=counting.reading.words.get("once", ""),
            boards=boards_of(self.request.user),
            months_url=self.months_url(counting),
            board_query=self.board_query(board.key, APART),
            **kwargs,
        )

    def is_apart(self, counting: Counting) -> bool:
        """Whether the second page of the board is asked for."""
        return bool(counting.board.apart) and APART in self.request.GET

    def request_filters(self) -> list[str]:
        """The parameters of the address that are filters."""
        return [name for name in self.request.GET if name.startswith(ONLY)]

    def chips(self, counting: Counting) -> list[dict[str, str]]:
        """Every filter at work in words, with the address without it."""
        told = zip(counting.filters, counting.filter_words, strict=True)
        return [{"label": words, "url": self._asked("page", f"{ONLY}{key}") or "?"} for (key, _value), words in told]

    @staticmethod
    def months_url(counting: Counting) -> str:
        """The months of the board, of the one office that is counted; for those who see every row of an office."""
        asked = {"board": counting.board.key}
        if len(counting.chosen) == 1:
            asked["office"] = str(*counting.chosen)
        return f"{reverse('reports:months')}?{urlencode(asked)}" if counting.audience.offices else ""

    def stat(self, counting: Counting, stat: ShownStat, query: str) -> dict[str, Any]:
        """A large number with its line and its list."""
        opens = stat.has_list and counting.list_kind
        return {
            "shown": stat,
            "url": self.list_url(counting, stat.key, 0, 0, query) if opens else "",
            "spark": charts.spark(stat.label, stat.trend),
        }

    def figure(
        self, counting: Counting, table: ShownTable, query: str, places: Mapping[str, str]
    ) -> dict[str, Any]:  # fmt: skip
        """A figure with its drawing and the address behind each number."""

        def url(cell: ShownCell) -> str:
            if cell.place and counting.list_kind:
                return self.list_url(counting, table.key, *cell.place, query)
            return places.get(cell.about, "")

        return {
            "key": table.key,
            "code": table.code,
            "part": table.part,
            "drawing": draw(as_facts(table.part), for_paper=False) if table.part.chart else SafeString(""),
            "lines": [(name, [(cell.text, url(cell)) for cell in cells]) for name, cells in table.lines],
            "csv": reverse("reports:file", args=[counting.board.key, table.key, "csv"]) + query,
            "xlsx": reverse("reports:file", args=[counting.board.key, table.key, "xlsx"]) + query,
        }

    @staticmethod
    def list_url(counting: Counting, key: str, row: int, column: int, query: str) -> str:
        return reverse("reports:children", args=[counting.board.key, key, row, column]) + query


class ChildrenBehind(Counted, PageView):
    """The list behind a figure: children for those who may open the cases, codes for those who may not."""

    policy = Policy(action=OPEN)
    template_name = "reports/children.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counting = self.counting_of_whole()
        key, row, column = self.kwargs["key"], self.kwargs["row"], self.kwargs["column"]
        found = list_behind(counting, key, row, column)
        page = Paginator(found.rows, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        record_event("reports.figure.opened", actor=self.request.user, level=2, reason=found.number)
        board = counting.board
        return super().get_context_data(
            heading=found.heading,
            figure=found.figure,
            added=found.added,
            period_text=", ".join((counting.period.text(counting.language), *counting.filter_words)),
            is_open=found.is_open,
            page=page,
            children=found.told(list(page), self.today),
            total=board.counted_words(len(found.ids)),
            row_label=board.row_label,
            elsewhere=len(found.ids) - page.paginator.count,
            views=self.views(counting, key, row),
            back=reverse("reports:dashboard") + self.board_query(board.key),
            **kwargs,
        )

    def views(self, counting: Counting, key: str, row: int) -> list[dict[str, Any]]:
        """Of a rate: all, those it was met for, those it was not."""
        stat = counting.reading.stat(key)
        if stat is None or not isinstance(stat.measure, Rate):
            return []
        measure: Any = stat.measure
        met, others = stat.split or (_("In time"), _("Not in time"))
        labels = ((0, _("All"), measure.of), (1, met, measure.met), (2, others, measure.of - measure.met))
        return [
            {
                "label": label,
                "url": Dashboard.list_url(counting, key, place, 0, self.query()),
                "count": len(ids),
                "current": place == row,
            }
            for place, label, ids in labels
        ]


class FigureFile(Counted):
    """A figure as CSV or XLSX."""

    policy = Policy(action=SEE)
    http_method_names = ["get"]

    def get(self, request: HttpRequest, board: str, key: str, ending: str) -> HttpResponse:
        counting = self.counting_of_whole()
        part = counting.exported(key).part
        notes = [[note] for note in (part.title, part.note, counting.narrowed_text) if note]
        rows = [list(part.columns), *(list(row) for row in part.rows), [], *notes]
        response = as_file(f"{board}-{key}", ending, title=part.title, rows=rows)
        told = f"{board} {key} {ending} {written(counting.filters)}"
        record_event("reports.figure.exported", actor=request.user, level=1, reason=told.strip())
        return response


class Reports(FormPage):
    """Reports made before, and the order of another."""

    policy = Policy(action=SEE)
    template_name = "reports/reports.html"
    form_class = OrderForm

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.boards = [board for board in boards_of(self.request.user) if board.report_kind]
        key = self.request.GET.get("board", "")
        self.board = next((board for board in self.boards if board.key == key), self.boards[0] if self.boards else None)

    def admit_loaded(self) -> None:
        if self.board is None:
            raise PermissionDenied(NO_FIGURES)
        self.audience = audience_of(self.request.user, self.board)
        chosen = frozenset(office.pk for office in self.audience.all_offices)
        self.sees_all = self.audience.hide_below(chosen) == STAFF
        self.languages = kind_named(self.board.report_kind).languages
        self.filters = asked_of(self.request.GET.dict())
        self.template = self.chosen_template()

    def chosen_template(self) -> ReportTemplate | None:
        """The template that the address names, or None. Raises Http404 for one of another report."""
        wanted = self.request.GET.get("template", "")
        if not wanted:
            return None
        found = self.templates().filter(pk=row_number(wanted)).first()
        if found is None:
            raise Http404
        return found

    def templates(self) -> QuerySet[ReportTemplate]:
        """The templates of this report."""
        board: Any = self.board
        return ReportTemplate.objects.visible_to(self.request.user).filter(board=board.key)

    @property
    def years(self) -> list[Period]:
        """The years of the donor of the template, where it says when they begin."""
        begins = self.template.year_begins if self.template else None
        return periods.years_from(begins, self.today) if begins else []

    def get_form_kwargs(self) -> dict[str, Any]:
        options = super().get_form_kwargs()
        board: Any = self.board
        offices = self.audience.all_offices
        return {
            **options,
            "today": self.today,
            "offices": offices,
            "sees_all": self.sees_all,
            "more": [
                *((self.template.donor, year) for year in self.years if self.template),
                *board.more_periods(frozenset(office.pk for office in offices), self.today),
            ],
            "languages": self.languages,
            "template": self.template,
            "is_narrowed": bool(self.filters),
        }

    def get_initial(self) -> dict[str, Any]:
        """The filter the person comes from; else last month, all offices. A paper is passed on: no small numbers.

        Of a donor with a year of its own it is the year in which last month lies.
        """
        last_month = periods.last_months(self.today, 2)[0]
        span = next((year for year in self.years if last_month.last in year), last_month)
        params = {**defaults(self.today), "period": span.key, **self.request.GET.dict()}
        office, here, template = params.get("office"), (get_language() or "")[:2], self.template
        is_told_all = template is not None and (self.sees_all or template.readers != Readers.STAFF)
        readers = template.readers if template and is_told_all else Readers.ORGANISATION
        return {
            "period": params["period"],
            "first": params.get("first", ""),
            "last": params.get("last", ""),
            "offices": [office] if office else [str(o.pk) for o in self.audience.all_offices],
            "language": template.language if template else here if here in self.languages else "th",
            "readers": Readers.STAFF if self.filters else readers,
        }

    def save(self, form: OrderForm) -> Document:
        wanted = set(form.cleaned_data["offices"])
        with refused_at_box("narrative", TEXT):
            return services.order_report(
                board=self.board,  # type: ignore[arg-type]
                period=form.cleaned_data["span"],
                offices=[office for office in self.audience.all_offices if str(office.pk) in wanted],
                language=form.cleaned_data["language"],
                readers=form.cleaned_data["readers"],
                by=self.request.user,
                now=timezone.now(),
                template=self.template,
                narrative=form.narrative,
                filters=self.filters,
            )

    def filters_told(self, offices: Ids) -> dict[str, Any]:
        """The filters that come with the address in words, or what speaks against them for this person."""
        board: Any = self.board
        against = against_filters(self.request.user, board, self.audience, offices, self.filters)
        told = [] if against else in_words(board.filters, self.filters, offices)
        query = self.request.GET.copy()
        for key, _value in self.filters:
            del query[f"{ONLY}{key}"]
        refused = against[0].sentence if against else ""
        return {"refused": refused, "filter_words": told, "unfiltered": f"?{query.urlencode()}"}

    def after(self, result: Document) -> str:
        return reverse("documents:document", args=[result.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = (get_language() or "en")[:2]
        rows = (
            ReportRun.objects.visible_to(self.request.user).select_related("requested_by").prefetch_related("offices")
        )
        page = Paginator(rows.order_by("-pk"), 20).get_page(self.request.GET.get("page"))
        papers = Document.objects.visible_to(self.request.user).filter(
            subject_type="reports.reportrun", subject_id__in=[run.pk for run in page]
        )
        by_run = {paper.subject_id: paper for paper in papers}
        made = [
            {
                "run": run,
                "paper": by_run.get(run.pk),
                "period": periods.parse(run.period).text(language),
                "offices": ", ".join(office.name(language) for office in run.offices.all()),
            }
            for run in page
        ]
        board: Any = self.board
        dashboard = f"{reverse('reports:dashboard')}?board={board.key}"
        asked = self.request.GET.dict().items()
        context = super().get_context_data(**kwargs)
        wanted = {row_number(pk) for pk in context["form"]["offices"].value() or ()}
        return (
            context
            | self.filters_told(frozenset(wanted))
            | {
                "made": made,
                "page": page,
                "board": board,
                "dashboard": dashboard,
                "template": self.template,
                "templates": () if self.filters else self.templates().filter(is_active=True),
                "kept": [(name, value) for name, value in asked if name not in ("template", "page")],
            }
        )
