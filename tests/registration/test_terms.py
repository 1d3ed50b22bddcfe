"""The days a supervisor sets are the days the rules use."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from casework.cases.models import Case
from casework.kernel.dates import BirthDate
from casework.reference.models import Term
from casework.reports.boards import Scope
from casework.reports.periods import year
from registration.models import BirthRecord
from registration.queries.counted import blocked_papers
from registration.queries.lists import births_in
from registration.queries.panel import birth_of, header_badges, papers_running_out
from registration.reports import BirthBoard
from registration.rules.deadlines import consular_due
from registration.services import office as at_office
from registration.services import progress
from tests.factories import registration as births

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CODE = [path for room in ("casework", "registration", "emergency_fund") for path in Path(room).rglob("*.py")]


def set_days(key: str, days: int) -> None:
    Term.objects.filter(key=f"registration.{key}").update(value=days)


def in_queue(queue: str) -> list[int]:
    return list(births_in(BirthRecord.rows.all(), queue, TODAY).values_list("pk", flat=True))


def blocked_on_the_board(birth: BirthRecord) -> dict:
    offices = frozenset({birth.office_id})
    return blocked_papers(Scope(period=year(TODAY.year), before=None, offices=offices, today=TODAY, language="en"))


def test_a_birth_is_due_soon_when_as_many_days_are_left_as_are_set(cast):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    BirthRecord.rows.filter(pk=birth.pk).update(notify_due_on=TODAY + dt.timedelta(days=4))
    assert in_queue("soon") == []
    set_days("due_soon_days", 4)
    assert in_queue("soon") == [birth.pk]


def test_a_stopped_paper_blocks_after_as_many_days_as_are_set(cast):
    worker = cast.of("CW")
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.get(requirement__key="father_paper")
    progress.set_item(item=item, state="needed", block="father_absent", by=worker, today=TODAY)
    birth.items.filter(pk=item.pk).update(blocked_since=TODAY - dt.timedelta(days=7))
    assert in_queue("blocked") == [] and blocked_on_the_board(birth) == {}
    set_days("blocked_after_days", 6)
    assert in_queue("blocked") == [birth.pk] and set(blocked_on_the_board(birth)) == {birth.pk}


def test_a_certificate_that_nobody_collects_is_said_to_wait(cast):
    """C5: `certificate_not_collected` after more than 14 days."""
    outcome = births.registered(cast.mae_sot, cast.of("CW"))

    def badges(days: int) -> set[str]:
        return {str(badge.text) for badge in header_badges(Case.rows.get(), births.TODAY + dt.timedelta(days=days))}

    words = "Certificate not collected for 14 days"
    assert words not in badges(14) and words in badges(15)
    handed = {"to": "Naw Paw", "relation": "mother", "sign": "signature", "on": births.TODAY}
    at_office.check_outcome(outcome=outcome, by=cast.of("CW"), today=births.TODAY)
    at_office.hand_over(birth=outcome.birth, by=cast.of("CW"), today=births.TODAY, **handed)
    assert words not in badges(15)


def test_papers_that_are_long_at_the_office_are_said_to_be(cast):
    worker = cast.of("CW")
    visit = births.visit(births.ready(cast.mae_sot, worker), worker)
    visit.birth.submissions.update(submitted_on=TODAY - dt.timedelta(days=91))
    words = [str(badge.text) for badge in header_badges(Case.rows.get(), TODAY)]
    assert "More than 90 days at the office" in words
    set_days("late_processing_watch_days", 120)
    assert not any("at the office" in str(badge.text) for badge in header_badges(Case.rows.get(), TODAY))


def test_a_parents_paper_that_runs_out_is_said_to(cast):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    mother = birth.parents.get(role="mother")
    paper = mother.person.papers.create(type="passport", number="MC1", expires_on=TODAY + dt.timedelta(days=20))
    row = birth_of(birth.case)
    assert set(papers_running_out(row, [mother], TODAY)) == {paper.pk}
    row.expiry_days = 10
    assert papers_running_out(row, [mother], TODAY) == {}


def test_the_years_of_the_embassy_are_those_that_are_set():
    set_days("consular_years", 2)
    assert consular_due(BirthDate(dt.date(2024, 2, 29))) == dt.date(2026, 2, 28)


def test_every_term_has_a_rule_that_reads_it():
    rows = csv.DictReader((settings.BASE_DIR / "registration/data/terms.csv").open(encoding="utf-8"))
    code = "\n".join((settings.BASE_DIR / path).read_text(encoding="utf-8") for path in CODE)
    keys = [row["key"] for row in rows]
    targets = {key for key in keys if key.startswith("registration.target.")}
    large = {f"registration.target.{one.key}" for one in BirthBoard().offered("en") if one.is_large}
    assert targets <= large
    read = {key for key in keys if re.search(rf'"({re.escape(key)}|{key.partition(".")[2]})"', code)}
    assert set(keys) - read - targets == set()
