"""T13: the letter and the summary of a case, made warm, and a long report in a process of its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator

from django.utils import timezone

from casework.accounts.models import User
from casework.documents.compose import Stamp, as_facts, compose
from casework.documents.kinds import kind_named
from casework.documents.report import Part, ReportPaper
from casework.documents.services.making import render_document
from casework.documents.services.ordering import request_document
from registration.models import BirthRecord

from .fresh import in_fresh_processes
from .measure import Figure, middle, milliseconds

READER = "somchai.k"
REPORT = "registration.report"
LONG = 2_000
KINDS = (
    ("registration.referral_letter", "th", "letter to the registry office", 150),
    ("registration.case_summary", "en", "summary of a case", 600),
)


def figures(times: int) -> Iterator[Figure]:
    """How long each paper takes from its order to its bytes."""
    user = User.objects.get(username=READER)
    birth = BirthRecord.objects.visible_to(user).filter(status="ready").order_by("-pk")[0]
    for kind, language, name, most in KINDS:

        def make(kind: str = kind, language: str = language) -> None:
            now = timezone.now()
            paper = request_document(kind=kind, subject=birth, language=language, requested_by=user, now=now)
            made = render_document(document_id=paper.pk, now=now)
            if not made.file:
                raise RuntimeError(f"{kind} could not be made: {made.failure}")

        yield Figure(row="T13", what=f"{name}, warm", value=middle(milliseconds(make, times)), unit="ms", most=most)
    [((seconds, of_a_part), memory)] = in_fresh_processes(make_long_report, [()])
    yield Figure(row="T13", what=f"report with {LONG:,} rows", value=seconds, unit="s", most=10)
    yield Figure(row="T13", what="  memory of its largest process", value=max(memory, of_a_part), unit="MB", most=200)


def make_long_report(all_ready: Callable[[], object]) -> tuple[float, float]:
    """Seconds for one table of so many lines, in a process that made a short one before, and megabytes of a part."""
    _make_report(1)
    all_ready()
    began = time.perf_counter()
    _make_report(LONG)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _make_report(lines: int) -> None:
    rows = tuple(
        (f"MS-2026-{at:04d}", "Naw Paw Wah", "12 Jul 2026", "Mae Sot", str(at), "Registered") for at in range(lines)
    )
    part = Part(title="Births", columns=("Case", "Child", "Born", "Office", "Days", "Result"), rows=rows)
    stamp = Stamp(code="", url="", made_at="1 Jan 2026", made_by="Somchai Kaewta", office="Mae Sot")
    compose(kind_named(REPORT), as_facts(ReportPaper(period="2026", parts=(part,))), language="en", stamp=stamp)
