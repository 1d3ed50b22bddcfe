"""Templates for donors: listed and shown to who orders reports, added and changed by programme managers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.access.policies import Policy, who_can
from casework.documents.kinds import kind_named
from casework.documents.wording import NAMES
from casework.kernel.dates import month_name
from casework.ui.views import FormPage, GuardedView, PageView, RowAct, RowForm, RowPage

from . import template_services as services
from .audience import NO_FIGURES, SEE, boards_of
from .boards import Board, board_named
from .forms import refused_at_box
from .models import ReportTemplate
from .policies import EDIT, OfBoard, may_of_board
from .template_forms import TemplateForm, stored


def language_now() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


class OnBoard(GuardedView):
    """Base of pages about the templates of one report: the one that the address names, else the first."""

    board: Board | None

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.boards = [board for board in boards_of(self.user) if board.report_kind]
        wanted = self.request.GET.get("board", "")
        found = [board for board in self.boards if wanted in ("", board.key)]
        if wanted and not found:
            raise Http404
        self.board = found[0] if found else None

    def admit_loaded(self) -> None:
        if self.board is None:
            raise PermissionDenied(NO_FIGURES)


class Templates(OnBoard, PageView):
    """The templates of a report, those in use first."""

    policy = Policy(action=SEE)
    template_name = "reports/templates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board: Any = self.board
        rows = ReportTemplate.objects.visible_to(self.user).filter(board=board.key)
        return super().get_context_data(
            board=board,
            boards=self.boards,
            lines=[{"row": row, "language": NAMES[row.language]} for row in rows.order_by("-is_active", "name", "pk")],
            may_edit=may_of_board(self.user, EDIT, board.key),
            editors=who_can(EDIT),
            reports=f"{reverse('reports:reports')}?board={board.key}",
            **kwargs,
        )


class ShowTemplate(RowPage):
    """What one template says."""

    policy = OfBoard(action=SEE)
    model = ReportTemplate
    row_name = "template"
    template_name = "reports/template.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board = _board_of(self.row)
        offered = {one.key: one for one in board.offered(language_now())}
        chosen = [(offered[one["key"]], one["label"]) for one in self.row.figures if one["key"] in offered]
        return super().get_context_data(
            board=board,
            language=NAMES[self.row.language],
            month=month_name(self.row.year_begins, language_now()) if self.row.year_begins else "",
            groups=[
                (words, [(one.name, label) for one, label in chosen if one.is_large == large])
                for words, large in ((_("Large numbers"), True), (_("Tables and charts"), False))
            ],
            may_edit=may_of_board(self.user, EDIT, self.row.board),
            templates=_list_url(self.row.board),
            order=f"{reverse('reports:reports')}?board={self.row.board}&template={self.row.pk}",
            **kwargs,
        )


def _board_of(template: ReportTemplate) -> Board:
    """The board of a template. Raises Http404 where its programme makes no reports any more."""
    board = board_named(template.board)
    if board is None:
        raise Http404
    return board


def _list_url(board: str) -> str:
    return f"{reverse('reports:templates')}?board={board}"


class TemplatePage(FormPage):
    """Base of the page on which a template is written."""

    form_class = TemplateForm
    template_name = "reports/template_form.html"
    success_message = gettext_lazy("Saved.")

    def write(self, told: dict[str, Any]) -> ReportTemplate:
        """Call the service."""
        raise NotImplementedError

    def save(self, form: TemplateForm) -> ReportTemplate:
        with refused_at_box("boxes", "heading_"):
            return self.write(form.told)

    def form_options(self, board: Board) -> dict[str, Any]:
        """What the form is made of."""
        return {"offered": board.offered(language_now()), "languages": kind_named(board.report_kind).languages}

    def after(self, result: ReportTemplate) -> str:
        return reverse("reports:template", args=[result.pk])


class AddTemplate(OnBoard, TemplatePage):
    """A new template."""

    policy = OfBoard(action=EDIT)

    def admit_loaded(self) -> None:
        super().admit_loaded()
        self.policy.admit_row(self.request, self.board_row)

    @property
    def board_row(self) -> ReportTemplate:
        """The template that is not there yet, for the question who may."""
        board: Any = self.board
        return ReportTemplate(board=board.key)

    def get_form_kwargs(self) -> dict[str, Any]:
        board: Any = self.board
        return super().get_form_kwargs() | self.form_options(board)

    def get_initial(self) -> dict[str, Any]:
        board: Any = self.board
        languages = kind_named(board.report_kind).languages
        return super().get_initial() | {"language": "en" if "en" in languages else languages[0]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board: Any = self.board
        return super().get_context_data(**kwargs) | {
            "title": _("New template"), "board": board, "back": _list_url(board.key), "templates": _list_url(board.key),
        }  # fmt: skip

    def write(self, told: dict[str, Any]) -> ReportTemplate:
        board: Any = self.board
        return services.add_template(board=board, by=self.user, now=timezone.now(), **told)


class ChangeTemplate(RowForm, TemplatePage):
    """Change a template."""

    policy = OfBoard(action=EDIT)
    model = ReportTemplate
    row_name = "template"
    shows_stored = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | self.form_options(_board_of(self.row))

    def get_initial(self) -> dict[str, Any]:
        return stored(self.row, _board_of(self.row).offered(language_now()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = reverse("reports:template", args=[self.row.pk])
        return super().get_context_data(**kwargs) | {
            "title": self.row.name, "board": _board_of(self.row), "back": here, "templates": _list_url(self.row.board),
        }  # fmt: skip

    def write(self, told: dict[str, Any]) -> ReportTemplate:
        return services.change_template(template=self.row, by=self.user, now=timezone.now(), **told)


class SwitchTemplate(RowAct):
    """Base of the buttons that put a template out of use and take it up again."""

    policy = OfBoard(action=EDIT)
    model = ReportTemplate

    def back(self) -> str:
        return reverse("reports:template", args=[self.row.pk])


class RetireTemplate(SwitchTemplate):
    """Offer it no longer."""

    success_message = gettext_lazy("The template is no longer offered. Reports made with it stay as they are.")

    def act(self) -> ReportTemplate:
        return services.retire_template(template=self.row, by=self.user, now=timezone.now())


class UseTemplateAgain(SwitchTemplate):
    """Offer it again."""

    success_message = gettext_lazy("The template is offered again.")

    def act(self) -> ReportTemplate:
        return services.use_template_again(template=self.row, by=self.user, now=timezone.now())
