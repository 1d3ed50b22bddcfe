"""The end of cases that an import made by mistake."""

from __future__ import annotations

from django.db import transaction

from casework.cases.models import Case
from casework.cases.states import CaseState
from casework.kernel.moves import move


@transaction.atomic
def void_imported_cases(*, run_id: int) -> list[Case]:
    """Void every case an import made. Their numbers stay used."""
    return [move(case, CaseState.VOID) for case in Case.rows.filter(import_run=run_id).exclude(state=CaseState.VOID)]
