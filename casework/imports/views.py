"""The pages of an import: the list, the upload, the columns, the dry run row by row, the supervisor's yes, the undo."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import Model
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.ui.spreadsheets import as_file
from casework.ui.views import FormPage, GuardedView, PageView, RowAct, RowForm, RowPage

from . import queries, services
from .forms import ColumnsForm, DecisionForm, ReasonForm, UploadForm
from .models import ImportRow, ImportRun
from .sides import sides_of
from .specification import ImportSpecification
from .states import DECIDABLE, WITHOUT_FILE, RowDecision, RunState
from .template import template_rows

PREPARE = Policy(action="imports.run.prepare")
CONFIRM = Policy(action="imports.run.confirm")
PAGE = 50
ROWS = 25


class Runs(PageView):
    """Every import of the offices one works for."""

    policy = PREPARE
    template_name = "imports/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = ImportRun.objects.visible_to(self.request.user).select_related("office", "created_by")
        page = Paginator(runs, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {"runs": page}


class Upload(FormPage):
    """Choose the file."""

    policy = PREPARE
    template_name = "imports/new.html"
    form_class = UploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "kinds": queries.specifications(),
            "offices": offices_of(self.request.user, self.policy.action),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=queries.specifications(), **kwargs)

    def save(self, form: BaseForm) -> ImportRun:
        facts = form.cleaned_data
        run, self.is_new = services.upload(
            content=facts["file"].read(),
            file_name=facts["file"].name,
            office=facts["office"],
            specification_key=facts["specification"],
            by=self.request.user,
            now=timezone.now(),
        )
        return run

    def after(self, run: ImportRun) -> str:
        if run.state == RunState.UPLOADED:
            return reverse("imports:columns", args=[run.pk])
        return reverse("imports:run", args=[run.pk]) + ("" if self.is_new else "?known=1")


class Template(GuardedView):
    """An empty table to fill in, with an invented row: of the kind named, else of the first."""

    policy = PREPARE
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("kind")
        kind = next((one for one in queries.specifications() if wanted in (None, one.key)), None)
        if kind is None:
            raise Http404
        name = kind.key.replace(".", "-")
        return as_file(name, "xlsx", title=str(kind.label), rows=template_rows(kind, self.today))


class OneRun:
    """The import of the address."""

    model: ClassVar[type[Model]] = ImportRun
    row_name: ClassVar[str] = "run"
    policy: ClassVar[Any] = PREPARE
    row: Any
    request: Any

    def rows(self) -> Any:
        related = ("office", "created_by", "proposed_by", "confirmed_by", "undone_by")
        return super().rows().select_related(*related)  # type: ignore[misc]

    def back(self) -> str:
        return reverse("imports:run", args=[self.row.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {
            "kind": queries.specification(self.row.specification),
            "facts": queries.run_facts(self.row),
            "is_waiting": self.row.state in queries.WORKING,
            "steps": queries.steps_of(self.row),
        }


class ShowRun(OneRun, RowPage):
    """Where an import stands and what comes next."""

    template_name = "imports/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, user = self.row, self.request.user
        return super().get_context_data(**kwargs) | {
            "may_confirm": bool(may(user, "imports.run.confirm", office_id=run.office_id, programmes=[run.programme]))
            and user.pk not in (run.created_by_id, run.proposed_by_id),
            "can_stop": run.state in queries.STOPPABLE,
            "may_undo": bool(may(user, "imports.run.confirm", office_id=run.office_id, programmes=[run.programme])),
            "is_known": "known" in self.request.GET,
            "reason_form": ReasonForm(),
            "hidden_rows": queries.hidden_rows(run),
            "mostly": queries.mostly(run).values(),
            "unanswered": queries.unanswered(run) if run.state == RunState.CHECKED else [],
        }


class RunProgress(OneRun, RowPage):
    """The part of the page that asks again while the worker is busy."""

    template_name = "imports/progress.html"
    extra_context = {"is_asked_again": True}


class Columns(OneRun, RowForm):
    """Which column is which: what was recognised, to be looked at and put right."""

    template_name = "imports/columns.html"
    form_class = ColumnsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kind = queries.specification(self.row.specification)
        return super().get_form_kwargs() | {"run": self.row, "kind": kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        left_out = [sheet["name"] for sheet in self.row.sheets if sheet.get("is_left_out")]
        return context | {
            "sheets": [_sheet_on_page(context["form"], number, context["kind"]) for number in context["form"].leading],
            "left_out": left_out,
            "hidden_rows": queries.hidden_rows(self.row),
            "saved": queries.saved_for(self.row).last(),
            "steps": queries.steps_of(self.row, queries.COLUMNS),
        }

    def save(self, form: BaseForm) -> ImportRun:
        by, now, chosen = self.request.user, timezone.now(), form.chosen()  # type: ignore[attr-defined]
        run = services.set_columns(run=self.row, columns=chosen, answers=form.answers(), by=by, now=now)  # type: ignore[attr-defined]
        return services.request_check(run=run, by=by, now=timezone.now())

    def after(self, run: ImportRun) -> str:
        return self.back()


def _sheet_on_page(form: ColumnsForm, number: int, kind: ImportSpecification) -> dict[str, Any]:
    """A sheet with the fields of its columns, what it asks and lacks, and the sheets that are read like it."""
    sheet = form.sheets[number]
    followers = [other for other, like in enumerate(form.read_like) if like == number != other]
    columns = [(column, form[f"s{number}-{column.index}"]) for column in queries.columns_for_page(sheet)]
    return {
        "sheet": sheet,
        "columns": columns,
        "unsure": [(column, field) for column, field in columns if column.key and not column.is_sure],
        "questions": [form[f"s{number}-{key}"] for key in form.asked[number]],
        "lacks": kind.check_columns(frozenset(sheet["columns"].values())) if sheet["columns"] else (),
        "followers": [(form.sheets[other], form[f"s{other}-like"]) for other in followers],
        "is_mixed": any(not form.sheets[other]["columns"] for other in followers),
    }


class RunAct(OneRun, RowAct):
    """A button on an import."""


class ReadAnew(RunAct):
    """Forget how the office read these headings before."""

    success_message = _("The columns are proposed anew from the headings.")

    def act(self) -> ImportRun:
        return services.read_anew(run=self.row)

    def after(self, result: Any) -> str:
        return reverse("imports:columns", args=[self.row.pk])


class Propose(RunAct):
    """Hand it to a supervisor."""

    success_message = _("A supervisor now finds this import in the list.")

    def act(self) -> ImportRun:
        return services.propose(run=self.row, by=self.request.user, now=timezone.now())


class Confirm(RunAct):
    """The second person says yes."""

    policy = CONFIRM

    def act(self) -> ImportRun:
        return services.confirm(run=self.row, by=self.request.user, now=timezone.now())


class Discard(RunAct):
    """Put the import away."""

    success_message = _("The import was put away. Nothing was imported.")

    def act(self) -> ImportRun:
        return services.discard(run=self.row, by=self.request.user, now=timezone.now())

    def after(self, result: Any) -> str:
        return reverse("imports:list")


class Stop(RunAct):
    """Stop the worker, before anything is kept."""

    success_message = _("Stopped. Nothing was imported.")

    def act(self) -> ImportRun:
        return services.stop(run=self.row, by=self.request.user, now=timezone.now())


class TakeUp(RunAct):
    """Go back to the checked rows of an import that came to a stop."""

    success_message = _("The rows are here as they were checked and decided.")

    def act(self) -> ImportRun:
        return services.take_up(run=self.row, by=self.request.user, now=timezone.now())


class ReasonAct(RunAct):
    """A button with a reason."""

    policy = CONFIRM

    def reason(self) -> str:
        return self.request.POST.get("reason", "")


class SendBack(ReasonAct):
    """The second person wants something changed."""

    def act(self) -> ImportRun:
        return services.send_back(run=self.row, by=self.request.user, reason=self.reason(), now=timezone.now())


class Undo(ReasonAct):
    """Take the whole import out again."""

    def act(self) -> ImportRun:
        return services.request_undo(run=self.row, by=self.request.user, reason=self.reason(), now=timezone.now())


class Rows(OneRun, RowPage):
    """The rows of the dry run, in words: all, refused, questioned, suspected, to import."""

    template_name = "imports/rows.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.row.state in WITHOUT_FILE:  # its rows are empty
            return HttpResponseRedirect(self.back())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = self.request.GET.get("show", "all")
        told_once = queries.mostly(self.row)
        rows = queries.filtered(ImportRow.objects.visible_to(self.request.user).filter(run=self.row), shown, told_once)
        page = Paginator(rows, ROWS).get_page(self.request.GET.get("page"))
        lines = [(row, queries.read_again(row, self.row)) for row in page]
        return context | {
            "page": page,
            "mostly": told_once.values(),
            "unanswered": queries.unanswered(self.row),
            "may_decide": self.row.state in DECIDABLE,
            "lines": [(row, checked, queries.told_by_fact(checked, context["kind"])) for row, checked in lines],
            "records": queries.records_of(page, self.request.user),
            "views": queries.views_of(self.row, context["facts"], shown),
        }


class OneRow:
    """The row of the address, with its import."""

    model: ClassVar[type[Model]] = ImportRow
    row_name: ClassVar[str] = "line"
    policy: ClassVar[Any] = PREPARE
    row: Any
    request: Any

    def rows(self) -> Any:
        return super().rows().select_related("run__office", "decided_by")  # type: ignore[misc]

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)  # type: ignore[misc]
        if not self.row.raw:
            raise Http404  # an undone import keeps no rows

    def back(self) -> str:
        return reverse("imports:row", args=[self.row.pk])


class ShowRow(OneRow, RowForm):
    """One row: what was read from what, whom it looks like, and the decision."""

    template_name = "imports/row.html"
    form_class = DecisionForm

    def get_initial(self) -> dict[str, Any]:
        return {"decision": self.row.decision or None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        checked = queries.read_again(self.row, self.row.run)
        run = self.row.run
        is_decided = self.row.decision in (RowDecision.DIFFERENT, RowDecision.TWIN)
        return super().get_context_data(**kwargs) | {
            "run": run,
            "records": queries.records_of([self.row], self.request.user),
            "cells": queries.facts_of(self.row, run, checked),
            "findings": queries.worst_findings(checked),
            "sides": sides_of(self.row, self.request.user, get_language() or "en"),
            "may_decide": run.state in DECIDABLE and not self.row.subject_id,
            "to_decide": self._undecided().count() if run.state in DECIDABLE else 0,
            "may_import": run.state == RunState.DONE and is_decided and not self.row.subject_id,
        }

    def save(self, form: BaseForm) -> ImportRow:
        decision = form.cleaned_data["decision"]
        return services.decide_duplicate(row=self.row, decision=decision, by=self.request.user, now=timezone.now())

    def after(self, row: ImportRow) -> str:
        waiting = self._undecided().first()
        if waiting:
            return reverse("imports:row", args=[waiting.pk])
        return reverse("imports:run", args=[row.run_id])

    def _undecided(self) -> Any:
        return ImportRow.objects.visible_to(self.request.user).filter(run=self.row.run_id).undecided()


class ImportOne(OneRow, RowAct):
    """Import one row that was decided after its import was done."""

    policy = CONFIRM
    success_message = _("The row is imported.")

    def act(self) -> Any:
        return services.import_row(row=self.row, by=self.request.user, now=timezone.now())
