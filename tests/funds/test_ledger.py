"""Money on a line: asked for, approved, paid, given back; never below zero, never twice, whoever tries."""

from __future__ import annotations

import threading
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.funds.models import BudgetEntry, BudgetLine
from casework.funds.services.ledger import reverse_entry
from casework.funds.states import AMOUNTS, EFFECTS, EntryKind
from casework.kernel.refusals import Conflict, Refusal
from tests.factories.cast import make_cast
from tests.factories.funds import make_line, make_source, post

pytestmark = pytest.mark.django_db


def amounts(line: BudgetLine) -> tuple[int, ...]:
    line.refresh_from_db()
    return tuple(int(getattr(line, name)) for name in (*AMOUNTS, "left"))


def refused(line: BudgetLine, kind: EntryKind, amount: int | str, by: object, **more: object) -> str:
    before = amounts(line)
    with pytest.raises(Refusal) as answer:
        post(line, kind, amount, by, **more)
    assert amounts(line) == before
    return answer.value.code


def test_the_four_words_of_money_add_up_at_every_step(line, manager):
    told = [amounts(line)]
    for kind, amount in [
        (EntryKind.RESERVE, 60), (EntryKind.COMMIT, 40), (EntryKind.RELEASE, 20), (EntryKind.DISBURSE, 25),
        (EntryKind.CANCEL, 15), (EntryKind.REFUND, 5), (EntryKind.RAISE, 10), (EntryKind.LOWER, 30),
    ]:  # fmt: skip
        post(line, kind, amount, manager)
        told.append(amounts(line))
    assert told == [
        (100, 0, 0, 0, 100), (100, 60, 0, 0, 40), (100, 20, 40, 0, 40), (100, 0, 40, 0, 60), (100, 0, 15, 25, 60),
        (100, 0, 0, 25, 75), (100, 0, 0, 20, 80), (110, 0, 0, 20, 90), (80, 0, 0, 20, 60),
    ]  # fmt: skip


def test_more_than_is_left_is_refused_and_the_rest_is_not(line, manager):
    assert refused(line, EntryKind.RESERVE, "100.01", manager) == "E-BUD-01"
    post(line, EntryKind.RESERVE, 100, manager)
    assert amounts(line)[-1] == 0


@pytest.mark.parametrize(
    "kind", [EntryKind.RELEASE, EntryKind.COMMIT, EntryKind.CANCEL, EntryKind.DISBURSE, EntryKind.REFUND]
)
def test_nothing_is_approved_paid_or_given_back_that_was_not_there(line, manager, kind):
    assert refused(line, kind, 1, manager) == "E-BUD-01"


def test_the_ceiling_of_a_line_holds(cast, manager):
    line = make_line(cast.mae_sot, manager, ceiling=Decimal(50))
    assert refused(line, EntryKind.ALLOT, 51, manager) == "E-BUD-06"
    post(line, EntryKind.ALLOT, 50, manager)


def test_a_source_pays_on_its_days_only(cast, manager):
    source = make_source(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    line = make_line(cast.mae_sot, manager, 100, source=source)
    for day in (date(2026, 2, 28), date(2026, 4, 1)):
        assert refused(line, EntryKind.RESERVE, 10, manager, on=day) == "E-BUD-02"
    post(line, EntryKind.RESERVE, 10, manager, on=date(2026, 3, 31))
    post(line, EntryKind.RELEASE, 10, manager, on=date(2026, 4, 1))


def test_a_closed_source_takes_back_and_gives_nothing(line, manager):
    entry = post(line, EntryKind.RESERVE, 10, manager)
    type(line.source).rows.filter(pk=line.source_id).update(state="closed")
    assert refused(line, EntryKind.COMMIT, 10, manager) == "E-BUD-02"
    reverse_entry(entry=entry, reason="The family moved away", by=manager, now=timezone.now())
    assert amounts(line) == (100, 0, 0, 0, 100)


def test_a_line_pays_for_its_kinds_of_help_and_in_baht(line, manager):
    assert refused(line, EntryKind.RESERVE, 1, manager, wanted="health_cost") == "E-BUD-03"
    assert refused(line, EntryKind.RESERVE, 1, manager, currency="USD") == "E-BUD-04"
    post(line, EntryKind.RESERVE, 1, manager, wanted="hygiene_kit", currency="THB")


def test_the_same_key_pays_once_and_stands_for_nothing_else(line, manager):
    first = post(line, EntryKind.RESERVE, 10, manager, key="line-7-2026-11")
    assert post(line, EntryKind.RESERVE, 10, manager, key="line-7-2026-11") == first
    assert amounts(line)[1] == 10
    with pytest.raises(Conflict) as other:
        post(line, EntryKind.RESERVE, 11, manager, key="line-7-2026-11")
    assert other.value.code == "IDEM-USED"


def test_an_entry_is_taken_back_once_with_a_reason(line, manager):
    entry, now = post(line, EntryKind.RESERVE, 10, manager), timezone.now()
    with pytest.raises(Refusal) as silent:
        reverse_entry(entry=entry, reason=" ", by=manager, now=now)
    assert silent.value.code == "E-BUD-07"
    back = reverse_entry(entry=entry, reason="Typed twice", by=manager, now=now)
    assert amounts(line) == (100, 0, 0, 0, 100)
    for again in (entry, back):
        with pytest.raises(Conflict) as twice:
            reverse_entry(entry=again, reason="Typed twice", by=manager, now=now)
        assert twice.value.code == "E-BUD-05"


def test_money_that_is_gone_cannot_be_taken_back(line, manager):
    gift = BudgetEntry.rows.get(line=line)
    post(line, EntryKind.RESERVE, 80, manager)
    with pytest.raises(Refusal) as short:
        reverse_entry(entry=gift, reason="Sent to the wrong line", by=manager, now=timezone.now())
    assert short.value.code == "E-BUD-01"


def test_the_database_lets_nobody_write_amounts_or_change_entries(line, manager):
    post(line, EntryKind.RESERVE, 10, manager)
    for act in (
        lambda: BudgetLine.rows.filter(pk=line.pk).update(allotted=1_000_000),
        lambda: BudgetEntry.rows.filter(line=line).update(amount=1),
        lambda: BudgetEntry.rows.filter(line=line).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    BudgetLine.rows.filter(pk=line.pk).update(name_th="สุขอนามัย")


def test_the_database_refuses_what_the_service_forgot(line, manager):
    facts = {"line": line, "on": date(2026, 11, 27), "subject_type": "x", "subject_id": 1, "by": manager}
    facts["at"] = timezone.now()
    entry = post(line, EntryKind.RESERVE, 10, manager)
    for wrong, said in [
        ({"kind": "reserve", "amount": 91, "key": "a"}, "A line promises no more than it has"),
        ({"kind": "commit", "amount": 11, "key": "b"}, "No amount of a line below zero"),
        ({"kind": "allot", "amount": 2_000_000, "key": "c"}, "A line is given its ceiling at most"),
        ({"kind": "reserve", "amount": 5, "key": "d", "reverses": entry}, "exact opposite"),
        ({"kind": "reserve", "amount": 0, "key": "e"}, "An entry has an amount"),
        ({"kind": "reserve", "amount": 1, "key": entry.key}, "key"),
    ]:
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            BudgetEntry.rows.create(**facts, **wrong)
    with pytest.raises(IntegrityError, match="begins empty"), transaction.atomic():
        make_line(line.office, manager, name_en="Gift", disbursed=Decimal(5))


STEPS = st.lists(st.tuples(st.sampled_from(EntryKind), st.integers(1, 60)), min_size=5, max_size=40)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_makes_money_and_every_balance_is_the_sum_of_its_entries(line, manager, steps):
    with transaction.atomic():
        entries = list(BudgetEntry.rows.filter(line=line))
        for kind, amount in steps:
            try:
                entries.append(post(line, kind, amount, manager))
            except Refusal as refusal:
                assert refusal.code in ("E-BUD-01", "E-BUD-06")
        line.refresh_from_db()
        for name in AMOUNTS:
            folded = sum(asdict(EFFECTS[EntryKind(entry.kind)])[name] * entry.amount for entry in entries)
            assert getattr(line, name) == folded >= 0
        assert line.left == line.allotted - line.reserved - line.committed - line.disbursed >= 0
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_on_a_line_of_a_hundred_leave_three():
    cast = make_cast()
    manager = cast.of("FA")
    line = make_line(cast.mae_sot, manager, 100)
    together, answers = threading.Barrier(20), []

    def ask(number: int) -> None:
        together.wait()
        try:
            post(line, EntryKind.RESERVE, 30, manager, key=f"request-{number}")
            answers.append("reserved")
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(answers) == ["E-BUD-01"] * 17 + ["reserved"] * 3
    assert amounts(line) == (100, 90, 0, 0, 10)
