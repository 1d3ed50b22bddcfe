"""The file of finance: what agrees, differs or is unknown is shown, rows of one entry summed, then taken, once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.funds.models import BatchLine, FinanceAnswer, FinanceBatch
from casework.funds.queries.answers import compared
from casework.funds.queries.finance import entries_of_batch
from casework.funds.rules.answers import Ours, Told, compare
from casework.funds.services.answers import keep_answer, take_answer
from casework.funds.services.finance import Booked, answer_batch, close_batch, export_month
from casework.funds.states import EntryKind as E
from casework.imports.booked import read_answer
from casework.kernel.dates import add_months
from casework.kernel.refusals import Refusal
from tests.factories.funds import make_line, post

from .sheets import workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["Entry", "Reference", "Baht", "Booked"]


@pytest.fixture
def batch(cast) -> FinanceBatch:
    """Three payments of a line, and one that came back in part."""
    manager = cast.of("FA")
    line, first = make_line(cast.mae_sot, manager, 9000), add_months(timezone.localdate().replace(day=1), -1)
    for kind in (E.RESERVE, E.COMMIT):
        post(line, kind, 6000, manager, on=first)
    for number, (kind, amount) in enumerate([(E.DISBURSE, 500), (E.DISBURSE, 1200), (E.DISBURSE, 300), (E.REFUND, 50)]):
        post(line, kind, amount, manager, on=first, key=f"k{number}", reference=f"R-MS-{min(number, 2)}")
    return export_month(
        office=line.office, programme=line.programme, first=first, reason="For the accounts", by=manager,
        now=timezone.now(),
    )  # fmt: skip


def numbers(batch) -> list[str]:
    return [f"E{row.entry_id:07d}" for row in entries_of_batch(batch)]


def sheet(batch, *booked: object, headings=HEADINGS) -> bytes:
    rows = [[number, "", 1.0, value] for number, value in zip(numbers(batch), booked, strict=False)]
    return workbook(("Booked", [["Finance, October"], list(headings), *rows, ["Total", "", 1.0, 99.0]]))


def kept(batch, content: bytes, by, name: str = "booked.xlsx") -> FinanceAnswer:
    told = read_answer(content, name)
    return keep_answer(batch=batch, content=content, file_name=name, told=told, by=by, now=timezone.now())


def taken(answer, by) -> FinanceAnswer:
    return take_answer(answer=answer, by=by, now=timezone.now())


def refusal(call, *args, **facts) -> str:
    with pytest.raises(Refusal) as answer:
        call(*args, **facts)
    return answer.value.code


def test_each_row_says_what_it_is_and_nothing_is_written_before(cast, batch):
    first, second, third, _back = numbers(batch)
    rows = [
        HEADINGS, [first, "", 500.0, 500.0], [second, "", 1200.0, "1,200.50"], [second, "", 1200.0, 7.0],
        [third, "", 300.0, "three hundred"], ["E9999999", "", 1.0, 5.0],
    ]  # fmt: skip
    answer = kept(batch, workbook(("Booked", rows)), cast.of("FA"))
    found = compared(answer)
    assert [one.told.entry for one in found.matched] == [first]
    assert [(one.row_numbers, one.difference) for one in found.differing] == [("3, 4", Decimal("7.50"))]
    assert [str(one.why) for one in found.unreadable] == ["This is no amount."]
    assert [one.told.entry for one in found.unknown] == ["E9999999"]
    assert [one.amount for one in found.missing] == [Decimal(-50)]
    assert BatchLine.rows.get(batch=batch).booked is None
    taken(answer, cast.of("FA"))
    assert BatchLine.rows.get(batch=batch).booked == Decimal("1707.50")


SPLIT = ["Entry", "Booked", "Date", "GL account"]


def test_a_booking_in_parts_is_no_difference_when_its_sum_is_right(cast, client_of, batch):
    first, second, third, back = numbers(batch)
    rows = [
        SPLIT, [first, 300.0, "3/11/2569", "5010"], [second, 1000.0, "2026-11-03", "5010"], [first, 200.0, "5 Nov 2026",
        "5020"], [second, 200.0, "3/11/2026", "5010"], [third, "", "", ""], [third, 300.0, "", "5010"],
        [back, -50.0, "", ""],
    ]  # fmt: skip
    answer = kept(batch, workbook(("Booked", rows)), cast.of("FA"))
    found = compared(answer)
    assert {one.row_numbers for one in found.matched} == {"2, 4", "3, 5", "7", "8"} and not found.differing
    told = {one.row_numbers: list(one.parts) for one in found.matched}
    assert told["2, 4"] == [
        "Booked in 2 rows: 300.00 + 200.00.", "The rows are of different days: 3\u00a0Nov 2026, 5\u00a0Nov 2026.",
        "The rows are of different accounts: 5010, 5020.",
    ]  # fmt: skip
    assert told["3, 5"] == ["Booked in 2 rows: 1,000.00 + 200.00."] and not told["7"]
    page = client_of(cast.of("FA")).get(reverse("funds:answer", args=[answer.pk])).content.decode()
    assert "different accounts: 5010, 5020" in page and page.count("different days") == 1
    taken(answer, cast.of("FA"))
    assert BatchLine.rows.get(batch=batch).booked == 1950


def test_parts_of_which_one_cannot_be_read_are_not_written_down(cast, batch):
    first, second, *_more = numbers(batch)
    rows = [SPLIT, [first, 300.0, "", ""], [first, "two hundred", "soon", ""], [second, 1200.0, "", ""]]
    answer = kept(batch, workbook(("Booked", rows)), cast.of("FA"))
    found = compared(answer)
    assert [(one.row_numbers, one.told.booked) for one in found.unreadable] == [("2, 3", "two hundred")]
    taken(answer, cast.of("FA"))
    assert BatchLine.rows.get(batch=batch).booked == 1200


def test_what_was_read_before_days_and_accounts_were_kept_is_still_compared(cast, batch):
    answer = kept(batch, sheet(batch, 500.0, 1200.0), cast.of("FA"))
    old = [{key: row[key] for key in ("row", "entry", "reference", "booked")} for row in answer.told]
    FinanceAnswer.rows.filter(pk=answer.pk).update(told=old)
    answer.refresh_from_db()
    assert len(compared(answer).matched) == 2


def test_what_agrees_closes_the_batch_and_the_same_file_twice_changes_nothing(cast, batch):
    manager, content = cast.of("FA"), sheet(batch, 500.0, 1200.0, 300.0, -50.0)
    answer = taken(kept(batch, content, manager), manager)
    line = BatchLine.rows.get(batch=batch)
    assert (line.booked, line.difference, answer.taken_by) == (1950, 0, manager)
    answer_batch(batch=batch, answers={line.pk: Booked(amount=Decimal(1), explanation="A slip")}, by=manager,
                 now=timezone.now())  # fmt: skip
    again = kept(batch, content, manager, "again.xlsx")
    assert taken(again, manager) == answer and FinanceAnswer.rows.count() == 1
    assert BatchLine.rows.get(batch=batch).booked == 1
    taken(kept(batch, sheet(batch, 500.0, 1200.0, 300.0, "(50.00)"), manager), manager)
    close_batch(batch=batch, by=manager, now=timezone.now())
    assert refusal(kept, batch, sheet(batch, 1.0), manager) == "E-FIN-06"


def test_by_reference_where_it_is_of_one_entry():
    ours = [
        Ours(pk=pk, line_id=1, reference=name, amount=Decimal(5)) for pk, name in [(1, "R-1"), (2, "R-2"), (3, "R-2")]
    ]
    found = compare([Told(row=n, entry="", reference=name, booked="5") for n, name in [(2, "r-1 "), (3, "R-2")]], ours)
    assert [one.ours.pk for one in found.matched] == [1] and [one.told.row for one in found.unknown] == [3]


@pytest.mark.parametrize(
    ("encoding", "headings", "separator"),
    [
        ("utf-8-sig", "Entry,Reference,Baht,Booked", ","),
        ("cp874", "รายการ;เลขอ้างอิง;บาท;ฝ่ายการเงินลงบัญชี", ";"),
        ("utf-16", "မှတ်တမ်း\tရည်ညွှန်းအမှတ်\tဘတ်\tစာရင်းသွင်းသည်", "\t"),
    ],
)
def test_columns_are_known_in_the_three_languages_and_any_encoding(batch, encoding, headings, separator):
    rows = [
        headings,
        *(
            separator.join([number, "", "1", "๕๐๐.๒๕" if encoding == "cp874" else "500.25"])
            for number in numbers(batch)
        ),
    ]
    told = read_answer("\r\n".join(rows).encode(encoding), "answer.csv")
    assert [row.entry for row in told] == numbers(batch)
    found = compare(told, [Ours(pk=int(numbers(batch)[0][1:]), line_id=1, reference="", amount=Decimal("500.25"))])
    assert len(found.matched) == 1


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "E-IMP-1"), (b"x" * (50 * 1024 * 1024), "a.csv", "E-IMP-1"),
        (b"MZ\x90\x00\x03" + b"\x00" * 80, "booked.xlsx", "E-IMP-2"), (b"PK\x03\x04broken", "a.xlsx", "E-IMP-2"),
        (b"Entry,Reference,Baht\nE0000001,R-1,5\n", "a.csv", "E-FIN-09"),
        (b"Animal,Colour,Legs\ncat,black,4\n", "a.csv", "E-FIN-08"),
        (b"Entry,Reference,Booked\nTotal,,\n", "a.csv", "E-FIN-08"),
    ],
    ids=["empty", "50 MB", "exe renamed", "damaged", "no booked column", "another table", "no rows"],
)  # fmt: skip
def test_what_is_no_answer_is_said_in_a_sentence(cast, client_of, batch, content, name, code):
    assert refusal(read_answer, content, name) == code
    file = SimpleUploadedFile(name, content)
    answer = client_of(cast.of("FA")).post(reverse("imports:booked", args=[batch.pk]), {"file": file})
    assert answer.status_code == 422 and not FinanceAnswer.rows.exists()


def test_a_formula_is_its_value_or_no_amount(cast, batch):
    rows = [HEADINGS, [numbers(batch)[0], "", 1.0, "=250+250"], [numbers(batch)[1], "", 1.0, "=CMD()"]]
    found = compared(kept(batch, workbook(("Booked", rows)), cast.of("FA")))
    assert len(found.unreadable) == 2 and not found.matched
    text = f"Entry,Baht,Booked\n{numbers(batch)[0]},1,=250+250\n".encode()
    answer = kept(batch, text, cast.of("FA"), "a.csv")
    assert [one.told.booked for one in compared(answer).unreadable] == ["=250+250"]
    assert refusal(taken, answer, cast.of("FA")) == "E-FIN-10"


def test_from_the_batch_to_the_file_to_the_books(cast, client_of, batch):
    manager, auditor = client_of(cast.of("FA")), client_of(cast.of("AUD"))
    page, upload = reverse("funds:batch", args=[batch.pk]), reverse("imports:booked", args=[batch.pk])
    assert upload in manager.get(page).content.decode() and upload not in auditor.get(page).content.decode()
    assert auditor.get(upload).status_code == 403
    file = SimpleUploadedFile("october.xlsx", sheet(batch, 500.0, 1100.0, 300.0, -50.0))
    answer = manager.post(upload, {"file": file})
    shown = manager.get(answer["Location"]).content.decode()
    found = FinanceAnswer.rows.get()
    take = reverse("funds:answer-take", args=[found.pk])
    assert answer.status_code == 302 and take in shown and "−฿100" in shown and "Nothing is written down yet" in shown
    assert take not in auditor.get(answer["Location"]).content.decode() and auditor.post(take).status_code == 403
    assert manager.post(take)["Location"] == page
    assert "october.xlsx" in manager.get(page).content.decode()
    file = SimpleUploadedFile("copy.xlsx", sheet(batch, 500.0, 1100.0, 300.0, -50.0))
    again = manager.post(upload, {"file": file})
    shown = manager.get(again["Location"]).content.decode()
    assert "The same file changes nothing" in shown and take not in shown


def test_the_database_keeps_a_file_once_and_who_took_it(cast, batch):
    answer = kept(batch, sheet(batch, 1.0), cast.of("FA"))
    facts = {"batch": batch, "file_name": "a", "file": "a", "told": []}
    with pytest.raises(IntegrityError, match="taken once"), transaction.atomic():
        FinanceAnswer.rows.create(**facts, sha256=answer.sha256)
    with pytest.raises(IntegrityError, match="Somebody took"), transaction.atomic():
        FinanceAnswer.rows.create(**facts, sha256="b", state="taken")
    assert FinanceAnswer.rows.create(**facts, sha256="c").pk


def test_the_proof_is_asked_before_the_file_is_chosen(client_of, cast, batch):
    client, url = client_of(cast.of("FA")), reverse("imports:booked", args=[batch.pk])
    assert client.get(url).status_code == 200
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.get(url)
    assert answer.status_code == 302 and "/account/confirm/" in answer["Location"]
