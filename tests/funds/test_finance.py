"""A month goes to finance, each entry once; later ones go with the next month; differences are explained."""

from __future__ import annotations

import csv
import io
import threading
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from casework.audit.models import Event
from casework.documents.store import digest
from casework.funds.models import BatchEntry, BudgetEntry, BudgetLine, FinanceBatch
from casework.funds.services.finance import Booked, answer_batch, close_batch, export_month
from casework.funds.services.ledger import reverse_entry
from casework.funds.states import EntryKind
from casework.kernel.dates import add_months
from casework.kernel.moves import TransitionNotAllowed
from casework.kernel.refusals import Conflict, Refusal
from tests.factories.cast import make_cast
from tests.factories.funds import make_line, post

pytestmark = pytest.mark.django_db
E = EntryKind
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
NOW = timezone.make_aware(datetime(2027, 1, 5, 9, 0))


@pytest.fixture
def line(cast, manager) -> BudgetLine:
    line = make_line(cast.mae_sot, manager, 10_000)
    for kind, amount in ((E.RESERVE, 9000), (E.COMMIT, 9000)):
        post(line, kind, amount, manager, on=OCTOBER)
    return line


def pay(line, by, amount: int | str, on: date, kind: EntryKind = E.DISBURSE) -> BudgetEntry:
    number = BudgetEntry.rows.count()
    return post(line, kind, amount, by, key=f"pay-{line.pk}-{number}", on=on, reference=f"R-MS-2026-{number:04d}")


def export(line, by, first: date, **facts) -> FinanceBatch:
    values = {"office": line.office, "programme": line.programme, "reason": "For the accounts", "now": NOW}
    return export_month(first=first, by=by, **values | facts)


def refused(act, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        act(*args, **more)
    return answer.value.code


def late_of(batch: FinanceBatch) -> list[tuple[date, bool]]:
    return list(batch.entries.values_list("entry__on", "is_late"))


def test_a_batch_holds_the_money_of_the_month_and_nothing_else(line, manager):
    pay(line, manager, 100, date(2026, 10, 31))
    pay(line, manager, 30, date(2026, 10, 31), E.REFUND)
    pay(line, manager, 7, NOVEMBER)
    batch = export(line, manager, OCTOBER)
    assert (batch.number, batch.paid, batch.returned, batch.total) == ("FIN-MS-2026-0001", 100, 30, 70)
    assert late_of(batch) == [(date(2026, 10, 31), False)] * 2
    assert export(line, manager, NOVEMBER).paid == 7


def test_what_was_written_down_later_goes_with_the_next_month_as_late(line, manager):
    pay(line, manager, 100, OCTOBER)
    export(line, manager, OCTOBER)
    pay(line, manager, 20, date(2026, 10, 30))
    pay(line, manager, 5, NOVEMBER)
    assert refused(export, line, manager, OCTOBER) == "E-FIN-03"
    batch = export(line, manager, NOVEMBER)
    assert (late_of(batch), batch.paid) == ([(date(2026, 10, 30), True), (NOVEMBER, False)], 25)


def test_what_was_taken_back_counts_the_other_way(line, manager):
    entry = pay(line, manager, 100, OCTOBER)
    export(line, manager, OCTOBER)
    reverse_entry(entry=entry, reason="Booked twice", by=manager, now=NOW)
    pay(line, manager, 20, NOVEMBER)
    batch = export(line, manager, NOVEMBER)
    assert (batch.paid, batch.lines.get().total) == (-80, -80)


def test_a_month_that_is_not_over_without_a_reason_or_without_money_is_refused(line, manager):
    pay(line, manager, 100, DECEMBER)
    last_day, next_day = (
        timezone.make_aware(datetime(2026, 12, 31, 12)),
        timezone.make_aware(datetime(2027, 1, 1, 12)),
    )
    assert refused(export, line, manager, DECEMBER, now=last_day) == "E-FIN-01"
    assert refused(export, line, manager, DECEMBER, reason="short") == "E-FIN-02"
    assert refused(export, line, manager, NOVEMBER) == "E-FIN-04"
    assert not FinanceBatch.rows.exists()
    assert export(line, manager, DECEMBER, now=next_day).paid == 100


def test_two_programmes_and_two_offices_are_exported_apart(cast, line, manager):
    other = make_line(cast.mae_sot, manager, 100, programme="education")
    far = make_line(cast.ranong, manager, 100)
    for each in (other, far):
        for kind in (E.RESERVE, E.COMMIT):
            post(each, kind, 50, manager, on=OCTOBER)
        pay(each, manager, 50, OCTOBER)
    pay(line, manager, 100, OCTOBER)
    assert [export(each, manager, OCTOBER).paid for each in (line, other, far)] == [100, 50, 50]


def test_the_files_carry_the_numbers_and_keep_their_hash(line, manager):
    pay(line, manager, "1234.50", OCTOBER)
    pay(line, manager, "0.50", OCTOBER, E.REFUND)
    post(line, E.DISBURSE, 6, manager, key="by-key", on=OCTOBER, reason="=Naw Paw’s hospital")
    batch = export(line, manager, OCTOBER)
    content = (settings.MEDIA_ROOT / batch.csv_file).read_bytes()
    assert digest(content) == batch.csv_sha256
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[-1] for row in rows[1:]] == ["1234.50", "-0.50", "6.00", "1240.00"]
    assert rows[1][0] == batch.number and rows[1][-3].startswith("R-MS-2026-") and rows[3][-3] == "by-key"
    assert "Naw Paw" not in content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO((settings.MEDIA_ROOT / batch.xlsx_file).read_bytes()))
    assert [row[-1] for row in book.get_sheet_by_index(0).to_python()][1:] == [1234.5, -0.5, 6, 1240]
    assert digest((settings.MEDIA_ROOT / batch.xlsx_file).read_bytes()) == batch.xlsx_sha256


def test_closed_only_when_every_difference_is_explained(line, manager):
    pay(line, manager, 100, OCTOBER)
    batch = export(line, manager, OCTOBER)
    own = batch.lines.get()

    def answer(amount: int | None, explanation: str = "") -> None:
        told = {own.pk: Booked(amount=None if amount is None else Decimal(amount), explanation=explanation)}
        answer_batch(batch=batch, answers=told, by=manager, now=NOW)

    facts = {"batch": batch, "by": manager, "now": NOW}
    assert refused(close_batch, **facts) == "E-FIN-05"
    for booked, explanation in ((90, ""), (110, "short"), (90, "  ")):
        answer(booked, explanation)
        assert refused(close_batch, **facts) == "E-FIN-05"
    answer(90, "The fee of the bank was left out")
    assert close_batch(**facts).state == "closed"
    assert refused(answer_batch, answers={}, **facts) == "E-FIN-06"
    with pytest.raises(TransitionNotAllowed):
        close_batch(**facts)


def test_a_batch_that_agrees_needs_no_word(line, manager):
    pay(line, manager, 100, OCTOBER)
    batch = export(line, manager, OCTOBER)
    answers = {batch.lines.get().pk: Booked(amount=Decimal(100), explanation="")}
    answer_batch(batch=batch, answers=answers, by=manager, now=NOW)
    assert close_batch(batch=batch, by=manager, now=NOW).closed_by == manager


def test_the_database_keeps_an_entry_in_one_batch(line, manager):
    entry = pay(line, manager, 100, OCTOBER)
    batch = export(line, manager, OCTOBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchEntry.rows.create(batch=batch, entry=entry, is_late=True)
    for act in (
        lambda: BatchEntry.rows.update(is_late=True),
        lambda: BatchEntry.rows.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    facts = FinanceBatch.rows.filter(pk=batch.pk).values().get() | {"id": None, "number": "FIN-2"}
    with pytest.raises(IntegrityError, match="A month is exported once"), transaction.atomic():
        FinanceBatch.rows.create(**facts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("months", [(OCTOBER, OCTOBER), (OCTOBER, NOVEMBER)])
def test_two_exports_at_once_put_no_entry_into_two_batches(months):
    cast = make_cast()
    manager = cast.of("FA")
    line = make_line(cast.mae_sot, manager, 10_000)
    for kind in (E.RESERVE, E.COMMIT):
        post(line, kind, 5000, manager, on=OCTOBER)
    entries = [pay(line, manager, 10, day) for day in (OCTOBER, NOVEMBER) for _number in range(5)]
    together, answers = threading.Barrier(2), []

    def send(first: date) -> None:
        together.wait()
        try:
            answers.append(export(line, manager, first).paid)
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [threading.Thread(target=send, args=[first]) for first in months]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert BatchEntry.rows.count() == sum(row.entries.count() for row in FinanceBatch.rows.all())
    told = {BatchEntry.rows.filter(entry=entry).count() for entry in entries}
    if months[0] == months[1]:
        assert sorted(map(str, answers)) == ["50.00", "E-FIN-03"] and told == {0, 1}
    else:  # whichever came first: the later month takes what the earlier one did not
        assert told == {1} and len([answer for answer in answers if answer != "E-FIN-03"]) in (1, 2)


def test_only_months_that_are_over_and_that_finance_does_not_have_are_offered(cast, client_of, line, manager):
    today, desk, page = timezone.localdate(), client_of(manager), reverse("funds:batch-new")
    make_line(cast.mae_sot, manager, 100, programme="education")

    def offered() -> dict[str, list[str]]:
        groups = desk.get(page).context["form"].fields["month"].choices
        return {str(place): [key for key, _words in months] for place, months in groups if place}

    school, fund = offered().values()
    assert desk.get(page).context["form"]["month"].value() is None
    assert '<option value="" selected>' in desk.get(page).content.decode(), "of several none is suggested"
    last = add_months(today.replace(day=1), -1)
    assert (len(fund), fund[-1]) == (12, f"{cast.mae_sot.pk}-emergency_fund-{last:%Y-%m}")
    assert fund == sorted(fund), "the oldest first"
    pay(line, manager, 100, last)
    FinanceBatch.rows.create(
        number="FIN-1", office=cast.mae_sot, programme="emergency_fund", first_on=add_months(last, -2),
        last_on=add_months(last, -1) - timedelta(days=1), paid=0, returned=0, reason="x", created_by=manager,
    )  # fmt: skip
    assert list(offered().values()) == [school, fund[-2:]]
    answers = {"month": fund[-3], "reason": "For the accounts"}
    assert desk.post(page, answers).status_code == 422
    assert desk.post(page, answers | {"month": fund[-1]}).status_code == 302
    FinanceBatch.rows.create(
        number="FIN-2", office=cast.mae_sot, programme="education", first_on=last, last_on=today, paid=0, returned=0,
        reason="x", created_by=manager,
    )  # fmt: skip
    assert "Finance has every month that is over" in desk.get(page).content.decode()


def test_exported_answered_and_closed_in_the_browser(cast, client_of, line, manager):
    today = timezone.localdate()
    first = (today.replace(day=1) - timezone.timedelta(days=1)).replace(day=1)
    pay(line, manager, "1234.50", max(first, date(2026, 10, 1)))
    desk, auditor = client_of(manager), client_of(cast.of("AUD"))
    answers = {"month": f"{cast.mae_sot.pk}-emergency_fund-{first:%Y-%m}", "reason": "For the accounts"}
    page = desk.post(reverse("funds:batch-new"), answers | {"reason": "x"})
    assert page.status_code == 422 and "what the file is for" in page.content.decode()
    assert desk.post(reverse("funds:batch-new"), answers | {"month": f"1-nothing-{first:%Y-%m}"}).status_code == 422
    assert desk.post(reverse("funds:batch-new"), answers).status_code == 302
    batch = FinanceBatch.rows.get()
    address = reverse("funds:batch", args=[batch.pk])
    page = desk.get(address)
    shown = page.content.decode()
    assert page.context["booked"] is None
    assert "฿1,234.50" in shown and batch.xlsx_sha256 in shown and "write what finance booked first" in shown
    taken = auditor.get(reverse("funds:batch-file", args=[batch.pk, "csv"]))
    assert (taken.status_code, digest(taken.content)) == (200, batch.csv_sha256)
    assert Event.objects.filter(action="funds.batch.exported", reason="For the accounts").exists()
    assert Event.objects.filter(action="funds.batch.taken", actor=cast.of("AUD")).exists()
    assert auditor.get(reverse("funds:batch-file", args=[batch.pk, "exe"])).status_code == 404
    own = batch.lines.get()
    answering = reverse("funds:batch-answer", args=[batch.pk])
    page = desk.post(answering, {f"booked_{own.pk}": "12x"})
    assert "Booked by finance: Hygiene" in page.content.decode()
    assert page.status_code == 422 and 'value="12x"' in page.content.decode()
    assert desk.post(answering, {f"booked_{own.pk}": "-๑,๒๓๔"}).status_code == 302
    own.refresh_from_db()
    assert own.booked == -1234
    assert "Explain it first" in desk.get(address).content.decode()
    desk.post(reverse("funds:batch-close", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == "open"
    desk.post(answering, {f"booked_{own.pk}": "1,234.00", f"explanation_{own.pk}": "Half a baht was rounded away"})
    desk.post(reverse("funds:batch-close", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == "closed"
    closed = desk.get(address)
    assert closed.context["booked"] == 1234 and answering not in closed.content.decode()
    assert desk.get(answering).status_code == 409
    assert "฿1,234.50" in auditor.get(reverse("funds:batches")).content.decode()


def test_a_file_that_was_changed_is_not_given_out(client_of, line, manager):
    pay(line, manager, 100, OCTOBER)
    batch = export(line, manager, OCTOBER)
    (settings.MEDIA_ROOT / batch.csv_file).write_bytes(b"other")
    desk = client_of(manager)
    assert desk.get(reverse("funds:batch-file", args=[batch.pk, "csv"])).status_code == 409
    assert desk.get(reverse("funds:batch-file", args=[batch.pk, "xlsx"])).status_code == 200


def test_the_auditor_only_reads_and_others_see_nothing(cast, client_of, line, manager):
    pay(line, manager, 100, OCTOBER)
    batch = export(line, manager, OCTOBER)
    address = reverse("funds:batch", args=[batch.pk])
    for role, office, status in [("AUD", "MS", 200), ("PM", "MS", 200), ("FA", "RN", 404), ("CSH", "MS", 404)]:
        assert client_of(cast.of(role, office)).get(address).status_code == status
    auditor = client_of(cast.of("AUD"))
    assert auditor.get(reverse("funds:batch-new")).status_code == 403
    assert auditor.post(reverse("funds:batch-close", args=[batch.pk])).status_code == 403
    assert client_of(cast.of("FO")).get(reverse("funds:batches")).status_code == 403


def test_more_entries_are_not_more_reads(client_of, line, manager, django_assert_max_num_queries):
    desk, pay_on = client_of(manager), iter([OCTOBER, NOVEMBER])
    pay(line, manager, 10, next(pay_on))
    batch = export(line, manager, OCTOBER)
    for address in (reverse("funds:batches"), reverse("funds:batch", args=[batch.pk])):
        desk.get(address)
        with django_assert_max_num_queries(40) as few:
            desk.get(address)
        for entry in [pay(line, manager, 1, OCTOBER) for _number in range(3)]:
            BatchEntry.rows.create(batch=batch, entry=entry, is_late=True)
        with django_assert_max_num_queries(len(few)):
            desk.get(address)


def test_only_a_conflict_is_told_when_it_was_closed_meanwhile(client_of, line, manager):
    pay(line, manager, 100, OCTOBER)
    batch = export(line, manager, OCTOBER)
    answers = {batch.lines.get().pk: Booked(amount=Decimal(100), explanation="")}
    answer_batch(batch=batch, answers=answers, by=manager, now=NOW)
    close_batch(batch=batch, by=manager, now=NOW)
    with pytest.raises(Conflict):
        answer_batch(batch=batch, answers=answers, by=manager, now=NOW)
    assert client_of(manager).post(reverse("funds:batch-close", args=[batch.pk])).status_code == 409
