"""No child is helped twice for the same thing and time, whichever programme tries; covers never overlap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from casework.aid import services
from casework.aid.models import AidGiven, InsuranceCover
from casework.aid.states import AID_EDGES, COVER_EDGES, AidState, CoverState
from casework.kernel.moves import TransitionNotAllowed, move
from casework.kernel.refusals import Refusal
from casework.people.services.families import create_family
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)


@pytest.fixture
def child(db):
    return make_person()


def promise(child, office, **facts: object) -> AidGiven:
    values = {
        "child": child, "family": None, "kind": "hygiene_kit", "period": "2026-11", "amount": Decimal(350),
        "programme": "emergency_fund", "office": office, "subject": make_person(), "today": TODAY,
    }  # fmt: skip
    return services.promise_aid(**values | facts)


def cover(child, office, valid_from: date, valid_to: date) -> InsuranceCover:
    return services.quote_cover(
        child=child, scheme="migrant_card_u7", valid_from=valid_from, valid_to=valid_to, programme="emergency_fund",
        office=office, subject=child,
    )  # fmt: skip


def test_one_kind_of_help_once_in_a_period_over_all_programmes_and_offices(cast, child):
    first = promise(child, cast.mae_sot)
    with pytest.raises(Refusal) as twice:
        promise(child, cast.ranong, programme="detention_support")
    assert twice.value.code == "E-AID-01"
    for other in ({"period": "2026-12"}, {"kind": "nutrition"}, {"child": make_person()}):
        assert promise(**{"child": child, "office": cast.mae_sot} | other).pk
    services.give_aid(aid=first, on=TODAY)
    with pytest.raises(Refusal):
        promise(child, cast.mae_sot)
    services.cancel_aid(aid=first)
    assert promise(child, cast.mae_sot).pk


def test_help_for_a_whole_family_is_given_once_to_it(cast, child):
    family, other = (create_family(by=cast.of("CW")) for _ in range(2))
    first = promise(child, cast.mae_sot, family=family)
    with pytest.raises(Refusal) as twice:
        promise(make_person(), cast.ranong, family=family)
    assert twice.value.code == "E-AID-05"
    for twin in ({"family": other}, {"period": "2026-12"}, {"kind": "nutrition"}, {"programme": "detention_support"}):
        assert promise(**{"child": make_person(), "office": cast.mae_sot, "family": family} | twin).pk
    services.cancel_aid(aid=first)
    assert promise(make_person(), cast.ranong, family=family).pk


def test_a_record_gives_its_help_once(cast, child):
    promise(child, cast.mae_sot, subject=child)
    with pytest.raises(IntegrityError, match="A record gives its help once"), transaction.atomic():
        promise(child, cast.mae_sot, subject=child, period="2026-12")


def test_help_is_given_on_a_day_and_for_what_it_was_worth(cast, child):
    given = services.give_aid(aid=promise(child, cast.mae_sot), on=TODAY, amount=Decimal("300.50"))
    assert (given.state, given.given_on, given.amount) == (AidState.GIVEN, TODAY, Decimal("300.50"))
    with pytest.raises(IntegrityError, match="given on a day"), transaction.atomic():
        AidGiven.rows.filter(pk=given.pk).update(given_on=None)


def test_two_covers_of_a_child_never_overlap_by_a_day(cast, child):
    first = cover(child, cast.mae_sot, date(2026, 1, 1), date(2026, 12, 31))
    services.move_cover(cover=first, to=CoverState.ORDERED)
    late = cover(child, cast.ranong, date(2026, 12, 31), date(2027, 12, 30))
    with pytest.raises(Refusal) as overlap:
        services.move_cover(cover=late, to=CoverState.ORDERED)
    assert overlap.value.code == "E-AID-02"
    following = cover(child, cast.ranong, date(2027, 1, 1), date(2027, 12, 31))
    assert services.move_cover(cover=following, to=CoverState.ORDERED).state == CoverState.ORDERED
    services.move_cover(cover=first, to=CoverState.CANCELLED)
    with pytest.raises(Refusal):
        services.move_cover(cover=late, to=CoverState.ORDERED)
    services.move_cover(cover=following, to=CoverState.CANCELLED)
    assert services.move_cover(cover=late, to=CoverState.ORDERED).state == CoverState.ORDERED


def test_a_cover_ends_after_it_begins(cast, child):
    with pytest.raises(Refusal) as wrong:
        cover(child, cast.mae_sot, date(2026, 2, 1), date(2026, 1, 31))
    assert wrong.value.code == "E-AID-03"
    assert cover(child, cast.mae_sot, date(2026, 2, 1), date(2026, 2, 1)).pk


@pytest.mark.parametrize("source", AidState.values)
@pytest.mark.parametrize("target", AidState.values)
def test_every_pair_of_states_of_help(cast, child, source, target):
    aid = promise(child, cast.mae_sot)
    AidGiven.rows.filter(pk=aid.pk).update(state=source, given_on=TODAY)
    if target in AID_EDGES.get(AidState(source), ()):
        assert move(aid, target).state == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(aid, target)


@pytest.mark.parametrize("source", CoverState.values)
@pytest.mark.parametrize("target", CoverState.values)
def test_every_pair_of_states_of_a_cover(cast, child, source, target):
    row = cover(child, cast.mae_sot, TODAY, TODAY)
    InsuranceCover.rows.filter(pk=row.pk).update(state=source)
    if target in COVER_EDGES.get(CoverState(source), ()):
        assert services.move_cover(cover=row, to=CoverState(target)).state == target
    else:
        with pytest.raises(TransitionNotAllowed):
            services.move_cover(cover=row, to=CoverState(target))
