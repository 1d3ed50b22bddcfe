"""A list is taken to a village, filled in and brought back: each row as on the page, once, and none half."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from casework.accounts.models import User
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.audit.models import Event
from casework.people.services.families import add_member, create_family
from emergency_fund.imports.deliveries import ALL, LABELS, read_deliveries
from emergency_fund.models import AssistanceRequest, Delivery, DeliveryFile
from emergency_fund.queries.filed import to_take
from emergency_fund.rules.filed import seen_as
from emergency_fund.services import filing
from emergency_fund.services.collecting import name_collector
from emergency_fund.services.filing import check_file, keep_file, write_down
from emergency_fund.services.kits import make_pick_list
from tests.factories.accounts import make_grant
from tests.factories.cases import make_case, make_sealed
from tests.factories.cash import make_box
from tests.factories.fund import decide, make_request
from tests.factories.fund_after import account_of_family
from tests.factories.people import make_grown_up, make_person
from tests.factories.stock import make_item, make_kit, make_lot, make_store
from tests.imports.sheets import workbook

from .test_money_path import NOW, TODAY, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db
HEADINGS = [str(label) for label in LABELS.values()]
BOX = re.compile(r'value="(\d+-[0-9a-f]{16})"')
TAKE, BRING = reverse("emergency_fund:take-along"), reverse("emergency_fund:bring-back")


def approved(cast, case, budget, *lines: tuple[str, int]) -> AssistanceRequest:
    request = recommended(cast, ask(cast, case, *lines), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.refresh_from_db()
    return request


@pytest.fixture
def request_(cast, case, budget, mother) -> AssistanceRequest:
    """Approved today: 3,900 for the hospital, which is line 1, and 800 for food, which is line 2."""
    request = approved(cast, case, budget)
    request.lines.filter(kind="health_cost").update(provider="Mae Sot Hospital")
    return request


def row(of: AssistanceRequest, number: str = "P-1", /, **said: object) -> list[object]:
    """A row of the list, on which ten baht for food went to the mother today."""
    told = {
        "request": of.number, "line": "2", "on": TODAY, "amount": "10", "received_by": "Naw Paw", "proof": "paper",
        "receipt": number,
    }  # fmt: skip
    return [(told | said).get(key, "") for key in LABELS]


def kept(cast, *rows: list[object], paid_from: str = "", content: bytes = b"", name: str = "trip.xlsx") -> DeliveryFile:
    content = content or workbook(("List", [HEADINGS, *rows]))
    return keep_file(
        office=cast.mae_sot, content=content, file_name=name, book=read_deliveries(content, name), by=cast.of("CSH"),
        paid_from=paid_from, now=NOW,
    )  # fmt: skip


def codes(file: DeliveryFile) -> list[str]:
    """What stands against each row; "" for one that can be written down, the receipt of one that is."""
    file.refresh_from_db()
    return [" ".join(code for code, _field, _told in one.get("against", ())) for one in file.rows_told]


def boxes(file: DeliveryFile) -> list[str]:
    file.refresh_from_db()
    return [seen_as(place, one, file.paid_from) for place, one in enumerate(file.rows_told)]


def written(cast, file: DeliveryFile, by=None) -> int:
    return write_down(file=file, chosen=boxes(file), by=by or cast.of("CSH"), now=NOW)


BUDDHIST = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
THAI = BUDDHIST.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
CELLS: list[tuple[dict[str, object], str]] = [
    ({"amount": "1,500.00"}, "E-EAF-17"), ({"amount": "10.00"}, ""), ({"amount": "11 baht"}, ""),
    ({"amount": 10.5}, ""),
    ({"amount": "๑๒"}, ""), ({"amount": "၁၃ ဘတ်"}, ""), ({"amount": "-1"}, "E-MONEY-2"), ({"amount": "0"}, "E-EAF-19"),
    ({"amount": "1e1"}, "E-MONEY-1"), ({"amount": "10.005"}, "E-MONEY-3"), ({"amount": ""}, "E-EAF-247"),
    ({"amount": "=5+5"}, "E-EAF-245"), ({"remark": "=CMD()"}, "E-EAF-245"), ({"remark": "five + five"}, ""),
    ({"on": TODAY - timedelta(days=1)}, "E-EAF-221"), ({"on": TODAY + timedelta(days=1)}, "E-EAF-220"),
    ({"on": "30/2/2026"}, "E-DATE-1"), ({"on": ""}, "E-EAF-246"), ({"on": BUDDHIST}, ""), ({"on": THAI}, ""),
    ({"received_by": "Saw Stranger"}, "E-EAF-248"), ({"received_by": "naw paw (Mother)"}, ""),
    ({"received_by": "Eh Soe Paw", "witness": "Daw Khin"}, "E-EAF-15"), ({"received_by": "", "proof": ""}, "E-EAF-192"),
    ({"relation": "Father"}, "E-EAF-249"), ({"relation": "มารดา"}, ""), ({"received_by": "Saw Htoo"}, ""),
    ({"received_by": "Naw Wah"}, "E-EAF-248"), ({"received_by": "Naw Wah", "relation": "Grandparent"}, ""),
    ({"proof": "trust me"}, "E-EAF-250"), ({"proof": ""}, "E-EAF-250"), ({"proof": "bank_slip"}, "E-EAF-257"),
    ({"amount": "Soap 2"}, "E-EAF-247"),
    ({"proof": "Thumb print"}, "E-EAF-35"), ({"proof": "Thumb print before a witness", "witness": "Daw Khin"}, ""),
    ({"line": "9"}, "E-EAF-243"), ({"line": "๒"}, ""), ({"request": "EAF-MS-1999-0001"}, "E-EAF-243"),
    ({"receipt": ""}, "E-EAF-251"), ({"receipt": "P" * 31}, "E-EAF-255"),
    ({"line": "1", "received_by": "", "proof": "", "receipt": "H-1"}, ""),
    ({"receipt": "P-9", "amount": "5"}, ""), ({"receipt": "p- 9", "amount": "5.00"}, "E-EAF-252"),
    ({"receipt": "P-8", "amount": "12"}, "E-EAF-253"), ({"receipt": "P-8", "amount": "11"}, "E-EAF-253"),
]  # fmt: skip
"""What is wrong with a cell and what is right, and the code of its refusal."""


def test_each_cell_is_read_or_refused_and_one_bad_row_stops_no_other(cast, case, request_):
    officer = cast.of("CW")
    for name, role in (("Naw Wah", "grandparent"), ("Naw Wah", "aunt_uncle")):
        add_member(family=case.family, person=make_person(name, born=date(1970, 1, 1)), role=role, by=officer)
    name_collector(
        request=request_, named_by=case.family.members.get(role="mother").person, name="Saw Htoo",
        relation="Neighbour", paper="Pink card", by=officer, now=NOW,
    )  # fmt: skip
    rows = [
        row(request_, f"P-{100 + place}", **{"amount": f"1.{place:02}"} | said)
        for place, (said, _code) in enumerate(CELLS)
    ]
    file = kept(cast, *rows, row(request_, "", on="", amount="", received_by="", proof=""))
    assert codes(file) == [code for _said, code in CELLS] and file.empty == 1
    assert not Delivery.rows.exists(), "it was only tried"
    good = sum(not code for _said, code in CELLS)
    assert (written(cast, file), Delivery.rows.count()) == (good, good)
    assert codes(file) == [code for _said, code in CELLS], "what was wrong is still said"
    assert written(cast, file) == 0 and Delivery.rows.count() == good


def test_the_line_of_another_office_is_said_to_be_one(cast, request_):
    make_grant(cast.of("CSH"), "CSH", cast.ranong)
    there = make_case(cast.ranong, cast.of("CW", "RN"), child=make_person("Saw Far"), family=request_.family)
    facts = {"by": cast.of("CW", "RN"), "number": "EAF-RN-2026-0001"}
    far = decide(make_request(there, make_grown_up(), **facts), "approved", 10, 10)
    assert codes(kept(cast, row(far), row(request_))) == ["E-EAF-244", ""]


@pytest.mark.parametrize(
    ("language", "encoding", "separator"), [("en", "utf-8", ","), ("th", "cp874", ";"), ("my", "utf-16", "\t"),
                                            ("th", "utf-8-sig", ",")]
)  # fmt: skip
def test_the_list_comes_back_in_any_language_and_encoding(cast, request_, language, encoding, separator):
    with override(language):
        headings, everything = [str(label) for label in LABELS.values()], str(ALL)
    told = row(request_, amount=everything, on=BUDDHIST)
    lines = [separator.join(f'"{cell}"' for cell in cells) for cells in (headings, told, told)]
    file = kept(cast, content="\r\n".join(lines).encode(encoding), name="trip.csv")
    assert codes(file) == ["", "E-EAF-252"] and written(cast, file) == 1
    made = Delivery.rows.get()
    assert (made.amount, made.on, made.paper_receipt) == (800, TODAY, "P-1")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E-IMP-1"), (b"PK\x03\x04broken", "E-IMP-2"), (b"Animal,Colour,Legs\ncat,black,4\n", "E-EAF-240"),
        (b"Request,Line,Received by\nEAF-MS-2026-0001,1,\n", "E-EAF-241"),
        (b"Request,Line,Received by\n" + b"EAF-MS-2026-0001,1,Naw Paw\n" * 101, "E-EAF-242"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_said_in_a_sentence(cast, client_of, content, code):
    assert refused(read_deliveries, content, "a.xlsx" if content[:2] == b"PK" else "a.csv") == code
    sent = {"file": SimpleUploadedFile("a.csv", content), "office": cast.mae_sot.pk}
    assert client_of(cast.of("CSH")).post(BRING, sent).status_code == 422 and not DeliveryFile.rows.exists()


def test_what_was_seen_is_paid_and_the_same_receipt_never_twice(cast, request_):
    file = kept(
        cast, row(request_, amount="300"), row(request_, "P-2", amount="all"), row(request_, "P-3", amount="all")
    )
    assert codes(file) == ["", "", "E-EAF-252"]
    seen = boxes(file)
    assert write_down(file=file, chosen=seen[1:2], by=cast.of("CSH"), now=NOW) == 1
    assert Delivery.rows.get().amount == 500, "what was left beside the row above it"
    late = filing._keep(file, {1: file.rows_told[1]})
    assert "delivery" in late.rows_told[1], "what somebody wrote down meanwhile stays so"
    again = kept(
        cast, row(request_, "P-2", amount="500"), row(request_, "P-4", amount="301"), row(request_, amount="300")
    )
    assert codes(again) == ["", "E-EAF-19", ""] and "delivery" in again.rows_told[0]
    other = kept(cast, row(request_, "P-2", amount="499"), row(request_, "P-5", amount="1", line="9"))
    assert codes(other) == ["E-EAF-253", "E-EAF-243"]
    DeliveryFile.rows.filter(pk=file.pk).update(paid_from="box-1")
    assert write_down(file=file, chosen=seen, by=cast.of("CSH"), now=NOW) == 0, "another source than was seen"
    DeliveryFile.rows.filter(pk=file.pk).update(paid_from="")
    assert (written(cast, file), written(cast, again)) == (1, 1), "the second finds what the first has written"
    assert Delivery.rows.count() == 2
    request_.refresh_from_db()
    assert codes(kept(cast, row(request_, "P-6", amount="1"))) == ["E-EAF-26"]


def test_a_warning_is_shown_and_acknowledged_with_the_row(cast, request_):
    file = kept(cast, row(request_), row(request_, "P-2"))
    assert codes(file) == ["", ""] and written(cast, file) == 1, "the same amount a moment ago is asked about"
    assert codes(file) == ["", "W-11"] and file.rows_told[1]["is_ready"]
    assert check_file(file=file, by=cast.of("CSH"), now=NOW).rows_told[1]["is_ready"]
    assert written(cast, file) == 1 and Delivery.rows.count() == 2


def test_cash_comes_from_the_box_that_was_chosen_until_it_is_empty(cast, request_, client_of):
    box = make_box(cast.mae_sot, cast.of("CSH"), 300, "Front desk")
    rows = [row(request_, amount="200"), row(request_, "P-2", amount="201")]
    assert codes(kept(cast, rows[0])) == ["E-EAF-140"]
    file = kept(cast, *rows, paid_from=f"box-{box.pk}")
    page = client_of(cast.of("CSH")).get(reverse("emergency_fund:paid-file", args=[file.pk])).content.decode()
    assert codes(file) == ["", ""] and "Front desk holds ฿300" in page and "An identity paper" in page
    assert written(cast, file) == 1 and codes(file) == ["", "E-CSH-01"]
    box.refresh_from_db()
    assert box.balance == 100
    assert codes(kept(cast, *rows, paid_from="box-0")) == ["", "E-EAF-256"]


def test_a_kit_goes_by_its_pick_list_whole_or_in_parts(cast, case, budget, mother):
    soap = make_item(name_en="Bathing soap")
    make_kit((soap, "person_month", 250))
    store = make_store(cast.mae_sot)
    make_lot(store, soap, cast.of("CSH"), 500, cost="0.20")
    kit = approved(cast, case, budget, ("hygiene_kit", 450))
    line = {"line": "1", "amount": "all"}
    assert codes(kept(cast, row(kit, **line))) == ["E-EAF-254"]
    make_pick_list(line=kit.lines.get(), store=store, by=cast.of("CSH"), now=NOW)
    says = ("Bathing soap 100", "all", "all", "100", "Rice 1", "bathing soap: ๖๐๐")
    rows = [row(kit, f"P-{n}", line="1", amount=amount) for n, amount in enumerate(says, 1)]
    file = kept(cast, *rows, row(kit, "P-7", line="1", amount="all", proof="The bank’s slip"))
    assert codes(file) == ["", "", "E-EAF-252", "E-EAF-247", "E-EAF-252", "E-EAF-252", "E-EAF-257"]
    assert codes(kept(cast, *rows[4:])) == ["E-EAF-258", "E-EAF-258"]
    assert written(cast, file) == 2
    part, rest = Delivery.rows.order_by("pk")
    assert (part.amount, rest.amount, rest.paper_receipt) == (20, 80, "P-2")
    assert rest.pick_list.items.get().handed == 500
    said = [row(kit, "P-1", line="1", amount=amount) for amount in ("Bathing soap 100", "Bathing soap 99")]
    assert [codes(kept(cast, one)) for one in said] == [[""], ["E-EAF-253"]], "the same receipt, and otherwise"


def test_a_transfer_is_written_down_by_the_number_of_the_slip(cast, request_):
    account = account_of_family(request_, cast.of("FO"), User.objects.get(username="fo.two"))
    file = kept(cast, row(request_, "SCB-77", proof="The bank’s slip", amount="all"), paid_from="box-0")
    assert codes(file) == [""] and str(account) in file.rows_told[0]["to"]
    assert written(cast, file) == 1
    made = Delivery.rows.get()
    assert (made.account_number, made.account_reference, made.paper_receipt) == (account.number, "SCB-77", "")


def test_what_nobody_will_write_down_is_set_aside_with_a_reason(cast, request_, client_of):
    file = kept(cast, row(request_, line="9"), row(request_))
    cashier, page = client_of(cast.of("CSH")), reverse("emergency_fund:paid-file", args=[file.pk])
    why = {"reason": "Typed twice: it is the second row"}
    for told in ({"places": ["0"], "reason": "no"}, why, why | {"places": ["7"]}):
        cashier.post(f"{page}aside/", told)
    file.refresh_from_db()
    assert (file.left, file.aside) == (2, 0)
    cashier.post(f"{page}aside/", why | {"places": ["0"]})
    assert codes(check_file(file=file, by=cast.of("CSH"), now=NOW))[1] == "" and written(cast, file) == 1
    file.refresh_from_db()
    shown = cashier.get(page).content.decode()
    assert (file.left, file.aside) == (0, 1) and why["reason"] in shown and "Nothing of this list waits" in shown
    assert len(cells(cashier.post(f"{page}left/").content)) == 1
    cashier.post(f"{page}take-up/")
    assert codes(file) == ["E-EAF-243", ""] and file.left == 1


def test_more_lines_to_take_along_take_no_more_queries(cast, request_, django_assert_max_num_queries):
    def taken() -> int:
        return len(to_take(cast.of("CSH"), list(AssistanceRequest.rows.values_list("pk", flat=True)), TODAY, "en")[0])

    with CaptureQueriesContext(connection) as few:
        assert taken() == 2
    there = make_case(cast.mae_sot, cast.of("CW"), child=make_person("Saw New"), family=create_family(by=cast.of("CW")))
    add_member(family=there.family, person=make_grown_up(), role="mother", by=cast.of("CW"))
    decide(make_request(there, make_grown_up(), by=cast.of("CW"), number="EAF-MS-2026-0099"), "approved", 10, 10)
    with django_assert_max_num_queries(len(few)):
        assert taken() == 4


def test_who_worked_on_it_does_not_write_it_down(cast, request_):
    officer = cast.of("FO")
    make_grant(officer, "CSH", cast.mae_sot)
    officer = cast.of("FO")
    file = kept(cast, row(request_))
    assert codes(file) == [""] and written(cast, file, officer) == 0 and codes(file) == ["E-EAF-16"]
    check_file(file=file, by=cast.of("CSH"), now=NOW)
    assert written(cast, file) == 1


def cells(body: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()


def test_from_the_queue_to_the_village_and_back(cast, case, request_, client_of):
    cashier, list_page = client_of(cast.of("CSH")), f"{reverse('emergency_fund:list')}?queue=pay"
    shown = cashier.get(list_page).content.decode()
    assert TAKE in shown and BRING in shown and TAKE not in client_of(cast.of("FO")).get(list_page).content.decode()
    for role in ("CW", "FO", "FA", "PM", "AUD"):
        assert client_of(cast.of(role)).get(TAKE).status_code == client_of(cast.of(role)).get(BRING).status_code == 403
    lines = [str(line.pk) for line in request_.lines.order_by("pk")]
    assert cashier.post(TAKE, {"lines": lines, "reason": "x", "ending": "xlsx"}).status_code == 422
    taken = cells(cashier.post(TAKE, {"lines": lines, "reason": "Ban Mae La, Thursday", "ending": "xlsx"}).content)
    assert taken[0] == HEADINGS and taken[1][:6] == [
        request_.number, 1.0, "Health cost", "Eh Soe Paw", 3900.0, "Mae Sot Hospital",
    ]  # fmt: skip
    assert taken[2][5] == "Naw Paw (Mother)" and Event.objects.filter(action="emergency_fund.list.taken").exists()
    for answers, line in ((["H-7", ""], taken[1]), (["P-7", "Naw Paw"], taken[2])):
        line[7:] = [
            TODAY,
            "all",
            answers[1],
            "",
            "Known to the staff" if answers[1] else "",
            "",
            answers[0],
            "From Ban",
        ]
    taken[2][8] = "801"
    for line, cell in zip(taken, ["Phone", "", "0812345678"], strict=False):
        line.append(cell)
    file = SimpleUploadedFile("trip.xlsx", workbook(("List", taken)))
    answer = cashier.post(BRING, {"file": file, "office": cast.mae_sot.pk})
    page = answer["Location"]
    shown = cashier.get(page).content.decode()
    assert (
        "Nothing is written down yet" in shown
        and "were not read: Phone" in shown
        and "Of this, 800.00 baht are still to be paid" in shown
    )
    assert cashier.get(BRING).content.decode().count(page) == 1
    assert resolve(page).func._non_atomic_requests == {"default"}, "rows of one transaction would wait for others"
    cashier.post(page, {"rows": [*BOX.findall(shown), "77", "0-no"]})
    made = Delivery.rows.get()
    assert (made.provider_receipt, made.paper_receipt, made.remark) == ("H-7", "", "From Ban")
    left = cells(cashier.post(f"{page}left/").content)
    assert left[0] == [*HEADINGS, "What is wrong"] and left[1][3] == "Eh Soe Paw" and "800.00" in str(left[1][-1])
    left[1][8] = 800.0
    again = cashier.post(
        BRING, {"file": SimpleUploadedFile("left.xlsx", workbook(("L", left))), "office": cast.mae_sot.pk}
    )
    cashier.post(again["Location"], {"rows": BOX.findall(cashier.get(again["Location"]).content.decode())})
    assert Delivery.rows.count() == 2 and "Every row is written down" in cashier.get(again["Location"]).content.decode()
    receipt = Delivery.rows.get(paper_receipt="P-7")
    told = cashier.get(reverse("emergency_fund:receipt", args=[receipt.pk])).content.decode()
    assert "P-7" in told and "From Ban" in told
    assert (
        client_of(cast.of("CSH", "RN")).get(page).status_code == client_of(cast.of("FO")).get(page).status_code == 404
    )


def test_sealed_cases_and_what_somebody_else_pays_are_not_taken_along(cast, case, request_, client_of):
    make_grant(cast.of("CW"), "CSH", cast.mae_sot)
    shown = client_of(cast.of("CW")).get(TAKE).content.decode()
    assert "Somebody else pays these" in shown and request_.number not in shown
    cashier = client_of(cast.of("CSH"))
    assert request_.number in cashier.get(TAKE).content.decode()
    make_sealed(case, cast.of("SUP"))
    assert "Nothing to take along" in cashier.get(TAKE).content.decode()


def test_the_proof_is_asked_before_the_file_is_chosen_and_before_it_is_written_down(cast, request_, client_of):
    file = kept(cast, row(request_))
    page, stale = reverse("emergency_fund:paid-file", args=[file.pk]), client_of(cast.of("CSH"), fresh=False)
    assert stale.get(page).status_code == 200
    for answer in (stale.get(BRING), stale.post(page, {"rows": boxes(file)}), stale.post(f"{page}left/")):
        assert answer.status_code == 302 and "/account/confirm/" in answer["Location"]
    assert not Delivery.rows.exists()


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_pay_each_receipt_once(cast, request_):
    rows = [row(request_, f"P-{n}", amount=str(100 + n)) for n in range(4)]
    files = [kept(cast, *rows), kept(cast, *reversed(rows))]
    start, failed = threading.Barrier(2), []

    def cashier(file: DeliveryFile) -> None:
        try:
            start.wait(10)
            written(cast, file)
        except Exception as fault:  # noqa: BLE001  told to the test
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=cashier, args=[file]) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed and sorted(Delivery.rows.values_list("amount", flat=True)) == [100, 101, 102, 103]
    assert {Decimal(one.rows_told[0]["delivery"]) > 0 for one in DeliveryFile.rows.all()} == {True}
