"""Which papers a family needs today."""

from __future__ import annotations

import pytest

from casework.documents.kinds import FamilyKind
from casework.documents.wording import family_language
from registration.papers.consent import NoticeAndConsentKind
from registration.rules.pack import (
    CHECKLIST,
    CONSENT,
    LETTER,
    RECEIPT,
    SLIP,
    SPELLING,
    PackFacts,
    PackLine,
    papers_today,
)
from registration.states import Status


def lines(status: str, **facts: bool) -> list[tuple[str, int]]:
    return [(line.kind, line.copies) for line in papers_today(PackFacts(status=status, **facts))]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ASSESSING, Status.GATHERING])
def test_while_gathering_the_family_is_told_and_gets_its_list(status):
    assert lines(status, has_registry_office=True) == [(CONSENT, 1), (CHECKLIST, 1)]
    assert lines(status, has_day=True, has_signed_consent=True) == [(CHECKLIST, 1), (SLIP, 1)]


def test_before_the_visit_the_office_gets_its_letter_twice():
    everything = [(CONSENT, 1), (SPELLING, 1), (LETTER, 2), (CHECKLIST, 1), (SLIP, 1)]
    assert lines(Status.READY, has_registry_office=True, has_day=True) == everything
    assert lines(Status.READY, has_signed_consent=True) == [(SPELLING, 1), (CHECKLIST, 1)]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.INQUIRY])
def test_while_the_office_decides_there_is_the_next_day(status):
    assert lines(status, has_registry_office=True, has_day=True) == [(SLIP, 1)]
    assert lines(status, has_registry_office=True) == []


def test_at_the_handover_the_receipt_comes_after_the_comparison():
    assert lines(Status.REGISTERED) == [(SPELLING, 1)]
    assert lines(Status.REGISTERED, is_certificate_compared=True) == [(RECEIPT, 1)]
    assert lines(Status.HANDED_OVER, is_certificate_compared=True) == [(RECEIPT, 1)]
    assert lines(Status.HANDED_OVER, is_certificate_compared=True, has_signed_receipt=True) == []


def test_a_closed_record_needs_no_paper():
    every = {"has_registry_office": True, "has_day": True, "is_certificate_compared": True}
    assert lines(Status.CLOSED, **every) == []


@pytest.mark.parametrize("status", Status.values)
def test_no_paper_stands_twice(status):
    for facts in ({}, {"has_day": True, "has_registry_office": True, "is_certificate_compared": True}):
        kinds = [line.kind for line in papers_today(PackFacts(status=status, **facts))]
        assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(
    ("spoken", "further", "three"),
    [("th", "th", "th"), ("km", "km", "en"), ("lo", "lo", "en"), ("ksw", "my", "my"), ("", "my", "my"),
     ("other", "en", "en")],
)  # fmt: skip
def test_a_family_reads_its_language_where_there_is_a_paper_in_it(spoken, further, three):
    assert family_language(spoken, FamilyKind.languages) == further
    assert family_language(spoken, NoticeAndConsentKind.languages) == three
    assert family_language(spoken, ("th",)) == "th"
    assert PackLine(LETTER).copies == 1
