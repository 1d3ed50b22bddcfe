"""Two records of one child became one: what either had is the child's, and is not given again."""

from __future__ import annotations

from datetime import date

import pytest

from casework.aid.models import AidGiven, InsuranceCover
from casework.aid.queries import help_to
from casework.aid.services import move_cover
from casework.aid.states import CoverState
from casework.kernel.refusals import Refusal
from casework.people.services.families import create_family
from casework.people.services.merging import merge, unmerge
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.queries.insurance import is_card_of_another, overlapping
from emergency_fund.queries.used import had_of
from tests.factories.people import NOW, make_person

from .test_services import TODAY, cover, promise

pytestmark = pytest.mark.django_db
JANUARY, JUNE, DECEMBER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture
def records(db):
    """The record that stays and the one that goes."""
    return make_person(), make_person()


def merged(cast, records):
    kept, dropped = records
    return merge(kept=kept, dropped=dropped, choices={}, by=cast.of("CW"), confirmed_by=cast.of("SUP"), now=NOW)


def helped(person) -> list[tuple[str, str]]:
    return sorted(help_to(None, [person.pk], since=JANUARY).values_list("kind", "period"))


def ordered(child, office, first: date, last: date) -> InsuranceCover:
    return move_cover(cover=cover(child, office, first, last), to=CoverState.ORDERED)


def test_help_to_the_record_that_goes_is_not_given_again(cast, records):
    kept, dropped = records
    promise(dropped, cast.mae_sot)
    promise(kept, cast.mae_sot, kind="nutrition")
    merged(cast, records)
    dropped.refresh_from_db()
    assert helped(kept) == [("hygiene_kit", "2026-11"), ("nutrition", "2026-11")]
    request = AssistanceRequest(family=create_family(by=cast.of("CW")))
    for record in records:
        [had] = had_of([AssistanceLine(child=record, kind="hygiene_kit", request=request)]).values()
        assert [one.on for one in had] == [TODAY]
    for record in records:
        with pytest.raises(Refusal) as again:
            promise(record, cast.ranong)
        assert again.value.code == "E-AID-01"
        assert promise(record, cast.ranong, period=f"2027-{record.pk % 12}").child == kept


def test_what_both_had_at_the_same_time_stays_to_be_seen(cast, records):
    kept, _dropped = records
    for record in records:
        promise(record, cast.mae_sot)
    merged(cast, records)
    assert helped(kept) == [("hygiene_kit", "2026-11")] * 2


def test_a_merge_taken_back_gives_the_help_back(cast, records):
    kept, dropped = records
    given = promise(dropped, cast.mae_sot)
    done = merged(cast, records)
    assert AidGiven.rows.get(pk=given.pk).child == kept
    unmerge(merged=done, by=cast.of("SUP"), now=NOW, today=NOW.date(), reason="Two cousins of one name")
    assert (helped(kept), helped(dropped)) == ([], [("hygiene_kit", "2026-11")])
    assert promise(kept, cast.mae_sot).child == kept


def test_covers_go_along_unless_both_cover_the_same_days(cast, records):
    kept, dropped = records
    first = ordered(dropped, cast.mae_sot, JANUARY, JUNE)
    both = ordered(dropped, cast.mae_sot, date(2026, 7, 1), DECEMBER)
    ordered(kept, cast.mae_sot, date(2026, 11, 1), date(2026, 11, 30))
    merged(cast, records)
    assert InsuranceCover.rows.get(pk=first.pk).child == kept
    assert InsuranceCover.rows.get(pk=both.pk).child == dropped
    assert overlapping(kept, DECEMBER, DECEMBER) and overlapping(dropped, DECEMBER, DECEMBER)
    with pytest.raises(Refusal) as again:
        ordered(kept, cast.ranong, date(2026, 3, 1), date(2026, 3, 31))
    assert again.value.code == "E-AID-02"


def test_the_card_of_a_merged_child_stays_its_own(cast, records):
    kept, dropped = records
    first = ordered(dropped, cast.mae_sot, JANUARY, JUNE)
    move_cover(cover=first, to=CoverState.ACTIVE, card_number="63-000001")
    assert is_card_of_another(kept, "63-000001")
    merged(cast, records)
    dropped.refresh_from_db()
    assert not is_card_of_another(kept, "63-000001") and not is_card_of_another(dropped, "63-000001")
    assert is_card_of_another(make_person(), "63-000001")
