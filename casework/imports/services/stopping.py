"""Stop the worker in the middle of an import, and take up again what came to a stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework.audit.services import record_event
from casework.imports.models import ImportRun
from casework.imports.states import RunState
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict

UNCONFIRMED: dict[str, Any] = {"proposed_by": None, "proposed_at": None, "confirmed_by": None, "confirmed_at": None}


@transaction.atomic
def stop(*, run: ImportRun, by: Any, now: datetime) -> ImportRun:
    """Stop a check or an import that waits or runs: nothing of it stays, and what was decided before is kept.

    The worker notices within half a second. Raises Conflict E-IMP-24 when nothing is under way.
    """
    if run.state == RunState.CHECKING:
        run = move(run, RunState.UPLOADED, progress=0, failure="")
    elif run.state in (RunState.CONFIRMED, RunState.IMPORTING):
        run = move(run, RunState.CHECKED, failure="", **UNCONFIRMED)
    else:
        raise Conflict("E-IMP-24", "", _("There is nothing to stop: this import is not being worked on."))
    record_event("imports.run.stopped", actor=by, subject=run, office_id=run.office_id, at=now)
    return run


@transaction.atomic
def take_up(*, run: ImportRun, by: Any, now: datetime) -> ImportRun:
    """Go back to the checked rows of an import that came to a stop by itself; a supervisor confirms it anew.

    Raises Conflict E-IMP-12 when it did not come to a stop.
    """
    if run.state != RunState.FAILED:
        raise Conflict("E-IMP-12", "", _("This import did not come to a stop. Look at it again."))
    run = move(run, RunState.CHECKED, failure="", **UNCONFIRMED)
    record_event("imports.run.taken_up", actor=by, subject=run, office_id=run.office_id, at=now)
    return run
