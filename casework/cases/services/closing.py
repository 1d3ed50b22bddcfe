"""Close a case and order what its family takes along."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.accounts.models import User
from casework.cases.models import Case
from casework.programmes.contributions import ClosingPaper

from .cases import close_case


@transaction.atomic
def close_with_papers(
    *, case: Case, papers: Iterable[tuple[ClosingPaper, str]], by: User, now: datetime, **closing: Any
) -> list[Any]:
    """Close a case and order its papers, each in its language; answers their rows. Raises what close_case raises."""
    close_case(case=case, by=by, **closing)
    return [paper.order(language, by, now) for paper, language in papers]
