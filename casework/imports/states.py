"""States of an import and what can become of a row."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """From the upload to records, always by two people."""

    UPLOADED = "uploaded", _("Columns to look at")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing imported yet")
    PROPOSED = "proposed", _("Waiting for a supervisor")
    CONFIRMED = "confirmed", _("Confirmed, about to start")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Stopped, nothing was imported")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Put away, nothing was imported")


RUN_EDGES = {
    RunState.UPLOADED: {RunState.CHECKING, RunState.DISCARDED},
    RunState.CHECKING: {RunState.CHECKED, RunState.UPLOADED},
    RunState.CHECKED: {RunState.UPLOADED, RunState.PROPOSED, RunState.DISCARDED},
    RunState.PROPOSED: {RunState.CONFIRMED, RunState.CHECKED, RunState.DISCARDED},
    RunState.CONFIRMED: {RunState.IMPORTING, RunState.CHECKED},
    RunState.IMPORTING: {RunState.DONE, RunState.FAILED, RunState.CHECKED},
    RunState.FAILED: {RunState.CHECKED, RunState.DISCARDED},
    RunState.DONE: {RunState.UNDOING},
    RunState.UNDOING: {RunState.UNDONE, RunState.DONE},
}
WITHOUT_FILE = (RunState.UNDONE, RunState.DISCARDED)  # the same file may be brought in again
DECIDABLE = (RunState.CHECKED, RunState.DONE)  # a suspected duplicate may be decided


class Outcome(TextChoices):
    """What the dry run says of a row. A suspected duplicate waits for a person."""

    IMPORT = "import", _("Can be imported")
    ERROR = "error", _("Refused")
    DUPLICATE = "duplicate", _("Suspected duplicate")


class RowDecision(TextChoices):
    """What a person decided about a suspected duplicate."""

    OPEN = "", _("Not decided")
    SAME = "same", _("Same child: leave the row out")
    DIFFERENT = "different", _("Another child: import it")
    TWIN = "twin", _("Twin or sibling: import it")
