"""What this room adds: its right, its words in the history, its place in the account menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import (
    AccountItem,
    Contribution,
    EventWords,
    NavigationItem,
    Words,
    WorkItem,
    WorkSource,
    registry,
)

from .models import READ, StaffConcern, number_of
from .services import report_concern
from .states import ConcernState


def _words(action: str, words: Words, icon: str, colour: str = "violet") -> EventWords:
    return EventWords(
        action=f"concerns.{action}",
        words=words,
        icon=icon,
        colour=colour,
        kind="concern",
    )


@registry.register
class Concerns(Contribution):
    """A complaint about staff that goes around the line manager."""

    key = "concerns"
    label = _("Concerns about staff")
    icon = "shield-alert"
    history_words = {
        "concerns.staffconcern": _("Concern about staff"),
        "concerns.concernreader": _("Reader of concerns"),
        "concerns:list": _("Concerns about staff"),
        "concerns:concern": _("Concern about staff"),
    }
    rights = {READ: "DPO:A"}
    navigation = (
        NavigationItem(
            key="concerns", label=_("Concerns"), icon="shield-alert", url_name="concerns:list", action=READ, order=85
        ),
    )
    account_items = (
        AccountItem(label=_("Report a concern about staff"), icon="shield-alert", url_name="concerns:report"),
    )
    events = (
        _words("concern.reported", _("A concern about staff was reported"), "shield-alert"),
        _words("concern.read", _("A concern about staff was read"), "eye"),
        _words("concern.handled", _("A concern about staff was looked into"), "circle-check"),
        _words("reader.named", _("A reader of concerns was named"), "user-plus"),
        _words("reader.ended", _("A reader of concerns was ended"), "user-x"),
    )

    def load_demo(self, world: Any) -> None:
        """One report that waits."""
        report_concern(
            office=world.offices["RN"], who="A man who says he works for us",
            what="He asks families for 500 baht to carry their papers to the district office.",
            when="In front of the fish market, on Mondays", wants_answer=True, by=world.users["mya.win"], now=world.now,
        )  # fmt: skip

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Concerns nobody has looked into."""

        def item(row: Mapping[str, Any]) -> WorkItem:
            return WorkItem(
                key=f"concern-{row['pk']}", title=_("A concern about staff waits"), verb=_("Read"), due_on=today,
                url=reverse("concerns:concern", args=[row["pk"]]), reference=number_of(row["pk"]),
                icon="shield-alert",
            )  # fmt: skip

        rows = StaffConcern.objects.visible_to(user).filter(state=ConcernState.NEW).order_by("pk")
        yield WorkSource(rows=rows, item=item)
