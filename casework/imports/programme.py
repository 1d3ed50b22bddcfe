"""What this room adds: its rights, its words in the history, its place in the navigation, its sweep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.imports import booked, services
from casework.programmes.contributions import (
    Contribution,
    EventWords,
    Job,
    NavigationItem,
    WorkItem,
    WorkSource,
    registry,
)


def _words(action: str, words: object, icon: str) -> EventWords:
    return EventWords(action=f"imports.{action}", words=words, icon=icon, kind="import")  # type: ignore[arg-type]


def _to_confirm(row: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"import-{row['pk']}", title=_("An import waits for you"), verb=_("Decide"), icon="upload", due_on=None,
        url=reverse("imports:run", args=[row["pk"]]), reference=row["name"], group="decide",
    )  # fmt: skip


def _sent_back(row: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"import-{row['pk']}", title=_("An import was sent back"), verb=_("Put right"), icon="upload", due_on=None,
        url=reverse("imports:run", args=[row["pk"]]), reference=row["name"], note=row["reason"], group="returned",
    )  # fmt: skip


@registry.register
class Imports(Contribution):
    """Spreadsheets in."""

    key = "imports"
    label = _("Imports")
    icon = "upload"
    history_words = {
        "imports.importrun": _("Import"),
        "imports:list": _("Imports"),
        "imports:new": _("New import"),
        "imports:booked": _("Bring in the file of finance"),
        "imports:run": _("Import"),
        "imports:confirm": _("Confirm an import"),
        "imports:stop": _("Stop an import"),
        "imports:undo": _("Undo an import"),
    }
    navigation = (
        NavigationItem(
            key="imports.runs",
            label=_("Imports"),
            icon="upload",
            url_name="imports:list",
            action="imports.run.prepare",
            order=80,
        ),
    )
    rights = {
        "imports.run.see": "CW:A SUP:A",
        "imports.run.prepare": "CW:A SUP:A",
        "imports.run.confirm": "SUP:A",
    }
    events = (
        _words("run.uploaded", _("A file was brought in to be imported"), "upload"),
        _words("run.proposed", _("An import was handed to a supervisor"), "send"),
        _words("run.returned", _("An import was sent back"), "undo-2"),
        _words("run.confirmed", _("An import was confirmed"), "check"),
        _words("run.imported", _("An import became records"), "circle-check"),
        _words("run.discarded", _("An import was put away"), "x"),
        _words("run.stopped", _("An import was stopped"), "x"),
        _words("run.taken_up", _("An import that stopped was taken up again"), "undo-2"),
        _words("run.undo_requested", _("The undoing of an import was asked for"), "undo-2"),
        _words("run.undone", _("An import was undone"), "undo-2"),
        _words("row.imported", _("One row of an import became a record"), "circle-check"),
        _words("case.imported", _("The case was imported from a register"), "upload"),
    )
    row_links = (booked.LINK,)
    schedule = (Job(key="imports.sweep", task="imports.sweep", schedule=300.0),)

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Imports of others that wait for this person's confirmation, and own ones that were sent back."""
        from .models import ImportRun

        rows = ImportRun.objects.visible_to(user)
        facts = {"name": "file_name", "reason": "failure"}
        yield WorkSource(rows=rows.to_confirm(user).order_by("proposed_at"), facts=facts, item=_to_confirm)
        yield WorkSource(rows=rows.sent_back_to(user).order_by("pk"), facts=facts, item=_sent_back)

    def case_sealed(self, case: Any, by: Any) -> None:
        services.name_sealed(case=case)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.rows import Rows
        from .api.runs import Runs

        return (("imports", Runs), ("import-rows", Rows))
