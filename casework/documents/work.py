"""What waits for a person on paper: signatures, and pages that were sent and lie on no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import moment_day

from .kinds import kind_named
from .queries import waiting_for_signature
from .returns_queries import unsorted_returns


def work_sources(user: Any, today: date) -> Iterator[WorkSource]:
    """The papers that are out to be signed, and the scans with pages left over."""
    yield _signatures(user, today)
    yield _returns(user)


def _signatures(user: Any, today: date) -> WorkSource:
    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"signature-{row['pk']}",
            title=_("Waiting for signature: %(paper)s") % {"paper": kind_named(row["kind"]).title},
            verb=_("Open paper"), icon="file-check", due_on=None, case_id=row["case_id"],
            note=_out_for(moment_day(row["at"]), today), url=reverse("documents:document", args=[row["pk"]]),
            reference=row["reference"],
        )  # fmt: skip

    printed = Coalesce("printed_at", "made_at", "requested_at")
    facts = {"kind": "kind", "at": printed, "reference": "facts__stamp__reference"}
    return WorkSource(rows=waiting_for_signature(user), case="case_id_of", facts=facts, item=item)


def _returns(user: Any) -> WorkSource:
    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"return-{row['pk']}", title=_("Say where the scanned pages belong"), verb=_("Sort"), icon="upload",
            due_on=moment_day(row["at"]), url=reverse("documents:returned", args=[row["pk"]]), case_id=row["case_id"],
        )  # fmt: skip

    rows = unsorted_returns(user).order_by("sent_at")
    return WorkSource(rows=rows, case="case_id_of", facts={"at": "sent_at"}, item=item)


def _out_for(printed_on: date, today: date) -> str:
    """“printed 3 days ago”."""
    days = (today - printed_on).days
    if days < 1:
        return _("printed today")
    return ngettext("printed %(n)d day ago", "printed %(n)d days ago", days) % {"n": days}
