"""The bad input of reference programmes 2.7 that no other test of the fund sends: read, refused, or done once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.aid.models import AidGiven
from casework.approvals.models import ApprovalAction
from casework.documents.models import Attachment
from casework.funds.states import EntryKind
from casework.people.models import FamilyMember
from casework.people.services.families import add_member, end_member
from casework.people.services.merging import merge
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, HardshipIncident
from emergency_fund.services.delivering import pay
from tests.factories import emergency_fund as fund
from tests.factories.cases import make_case, make_consent
from tests.factories.people import make_person

from .test_money_path import NOW, ask, recommended, refused, second_officer
from .test_pages import send, told

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ALL = {"act": "approve"}


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.of("CW"))


@pytest.fixture
def approved(cast, case, budget, mother) -> AssistanceRequest:
    """A hospital stay and food, approved by two people."""
    return fund.approved(case, cast.of("CW"), cast.of("FO"), second_officer(cast), budget)


def handed(cast, line, to, key: str = "h-1") -> Delivery:
    return pay(
        line=line, amount=line.to_pay, received_by=to, relation="mother", proof="known_to_staff", witness="", key=key,
        by=cast.of("CSH"), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("amount", ["1,500.00", "1500 baht", "1500 บาท", "๑๕๐๐", "၁၅၀၀", "฿1500"])
def test_an_amount_is_read_as_people_write_it(case, mother, clerk, amount):
    sent = told(case, mother, **{"line-0-amount": amount, "line-1-kind": "", "line-1-amount": ""})
    assert send(clerk, "ask", case.pk, sent).status_code == 302
    assert AssistanceRequest.rows.get().lines.get().asked == Decimal(1500)


def counted(case, mother, quantity="3", unit_cost="300", amount="", unit="visit", kind="health_cost"):
    """The answers of a family that asks for one thing by number and price."""
    line = {"quantity": quantity, "unit": unit, "unit_cost": unit_cost, "amount": amount, "kind": kind}
    off = {"line-1-kind": "", "line-1-amount": ""}
    return told(case, mother, **off | {f"line-0-{name}": value for name, value in line.items()})


@pytest.mark.parametrize("boxes", [
    {"quantity": "๓", "unit_cost": "๓๐๐.๓๓", "amount": ""}, {"unit_cost": "฿300.33", "amount": "900.99"},
    {"quantity": "၃", "unit_cost": "300.33 baht", "unit": "", "amount": "၉၀၀.၉၉"},
])  # fmt: skip
def test_so_many_at_the_price_of_one_are_the_amount_to_the_satang(case, mother, clerk, boxes):
    assert send(clerk, "ask", case.pk, counted(case, mother, **boxes)).status_code == 302
    line = AssistanceRequest.rows.get().lines.get()
    assert (line.asked, line.quantity, line.unit_cost) == (Decimal("900.99"), 3, Decimal("300.33"))
    assert line.asked_times.replace("\u00a0", " ") == ("3 visits × ฿300.33" if line.unit else "3 × ฿300.33")
    for wrong in ({"asked": 901}, {"quantity": None}, {"unit_cost": None}, {"kind": "hygiene_kit"}):
        with pytest.raises(IntegrityError, match="So many at the price of one"), transaction.atomic():
            AssistanceLine.rows.filter(pk=line.pk).update(**wrong)


@pytest.mark.parametrize("box, boxes, sentence", [
    ("amount", {"amount": "950"}, "3 × ฿300.00 is ฿900.00, not ฿950.00."),
    ("quantity", {"quantity": ""}, "Write how many"), ("quantity", {"quantity": "1.5"}, "whole number"),
    ("unit_cost", {"unit_cost": "", "amount": "900"}, "Write the price of one"),
    ("unit_cost", {"unit_cost": "0"}, "cannot be"), ("quantity", {"quantity": "1000"}, "999"),
    ("kind", {"kind": "2147483648"}, "Select a valid choice"),
    ("unit_cost", {"unit_cost": "300.005"}, "two decimals"), ("unit_cost", {"unit_cost": "9999999999"}, "cannot be"),
])  # fmt: skip
def test_number_and_price_that_do_not_agree_are_said_beside_their_box(case, mother, clerk, box, boxes, sentence):
    answer = send(clerk, "ask", case.pk, counted(case, mother, **boxes))
    errors = answer.context["form"].rows[0].errors
    assert answer.status_code == 422 and sentence in str(errors[box]) and set(errors) == {box}
    assert not AssistanceRequest.rows.exists()


def test_number_and_price_count_for_nothing_beside_a_kit(case, mother, clerk):
    stale = counted(case, mother, quantity="x", kind="hygiene_kit", amount="450")
    assert send(clerk, "ask", case.pk, stale).status_code == 302
    line = AssistanceRequest.rows.get().lines.get()
    assert (line.asked, line.quantity, line.unit, line.unit_cost, line.asked_times) == (450, None, "", None, "")


@pytest.mark.parametrize("era", ["be", ""])
def test_a_buddhist_year_is_the_same_day_and_one_without_that_day_is_refused(case, mother, clerk, era):
    on = TODAY - timedelta(days=3)
    year = {"occurred_on_y": str(on.year + 543), "occurred_on_era": era}
    for wrong in ({"occurred_on_d": "30", "occurred_on_m": "2"}, {"occurred_on_era": "ce"}):
        answer = send(clerk, "ask", case.pk, told(case, mother, **year | wrong))
        assert answer.status_code == 422 and str(on.year + 543) in answer.content.decode()
        assert set(answer.context["form"].errors) == {"occurred_on"}
    assert send(clerk, "ask", case.pk, told(case, mother, **year)).status_code == 302
    assert HardshipIncident.objects.get().occurred_on == on


def test_who_was_grown_up_is_not_helped_beside_a_child(cast, case, mother, clerk):
    grown = make_person("Eh Ler", born=TODAY.replace(year=TODAY.year - 19, day=1))
    add_member(family=case.family, person=grown, role="child", by=cast.of("CW"))
    own = make_case(cast.mae_sot, cast.of("CW"), child=grown, family=case.family)
    make_consent(own, cast.of("CW"), purpose="emergency_fund")
    both = told(case, mother) | {"line-0-child": str(grown.pk)}
    answer = send(clerk, "ask", own.pk, both)
    assert "under 18 on that day" in answer.content.decode() and not AssistanceRequest.rows.exists()
    assert send(clerk, "ask", own.pk, told(case, mother)).status_code == 302


def test_a_child_born_after_what_happened_is_helped_and_who_was_grown_up_then_is_not(case, mother, clerk):
    """The family lost its means before the birth; E-EAF-02 keeps out who was no child any more."""
    case.child.born_on = TODAY - timedelta(days=1)
    case.child.save()
    assert send(clerk, "ask", case.pk, told(case, mother)).status_code == 302
    case.child.born_on = TODAY.replace(year=TODAY.year - 19, day=1)
    case.child.save()
    answer = send(clerk, "ask", case.pk, told(case, mother))
    assert answer.status_code == 422 and "was under 18 on that day" in answer.content.decode()


def test_two_children_of_one_name_and_birth_date_are_told_apart_and_helped_once_each(cast, case, mother, clerk):
    twin = make_person(case.child.name, born=case.child.born_on)
    add_member(family=case.family, person=twin, role="child", by=cast.of("CW"))
    of_twin = {"line-1-child": str(twin.pk), "line-1-kind": "health_cost", "line-1-amount": "800"}
    page = clerk.get(reverse("emergency_fund:ask", args=[case.pk])).content.decode()
    assert f'value="{twin.pk}"' in page and f'value="{case.child_id}"' in page
    called = f"{twin.name}, {twin.birth.age_text(TODAY, 'en')}"
    assert f"{called} (1)" in page and f"{called} (2)" in page
    assert send(clerk, "ask", case.pk, told(case, mother, **of_twin)).status_code == 302
    lines = AssistanceRequest.rows.get().lines
    assert set(lines.values_list("child", "asked")) == {(case.child_id, 3900), (twin.pk, 800)}
    again = told(case, mother, **of_twin | {"line-1-child": str(case.child_id)})
    answer = send(clerk, "ask", case.pk, again)
    assert answer.status_code == 422 and "stands on one line" in answer.content.decode()


def test_approve_pressed_twice_decides_once(cast, case, budget, mother, client_of):
    request = recommended(cast, ask(cast, case), budget)
    client = client_of(second_officer(cast))
    decision = ALL | {f"line_{line.pk}": str(line.asked) for line in request.lines.all()}
    first, again = (send(client, "decide", request.pk, decision | {"idempotency_key": "one-click"}) for _ in range(2))
    assert first.status_code == 302 and first["Location"] == again["Location"]
    assert send(client, "decide", request.pk, decision).status_code == 409
    assert ApprovalAction.objects.filter(request=request.approval_id).count() == 1
    commits = budget.entries.filter(kind=EntryKind.COMMIT)
    assert sum(entry.amount for entry in commits) == 4700


def test_who_left_the_family_after_the_approval_receives_nothing(cast, case, approved, mother):
    aunt = make_person("Naw Htoo", born=mother.born_on, sex="F")
    add_member(family=case.family, person=aunt, role="aunt", by=cast.of("CW"))
    member = FamilyMember.rows.get(person=mother)
    end_member(member=member, until_on=TODAY, by=cast.of("CW"), today=TODAY)
    hospital = approved.lines.order_by("pk")[0]
    assert refused(handed, cast, hospital, mother) == "E-EAF-15"
    assert handed(cast, hospital, aunt).received_by == aunt


def test_records_merged_after_the_approval_change_nothing_of_what_is_paid(cast, case, approved, mother, client_of):
    facts = {"choices": {}, "by": cast.of("CW"), "confirmed_by": cast.of("SUP"), "now": NOW}
    child, other = make_person(case.child.name, born=case.child.born_on), make_person("Naw Paw", born=mother.born_on)
    merge(kept=child, dropped=case.child, **facts)
    merge(kept=other, dropped=mother, **facts)
    hospital = approved.lines.order_by("pk")[0]
    page = client_of(cast.of("CSH")).get(reverse("emergency_fund:pay-line", args=[hospital.pk])).content.decode()
    assert f'value="{other.pk}"' in page and f'value="{mother.pk}"' not in page
    assert refused(handed, cast, hospital, mother) == "E-EAF-15"
    assert handed(cast, hospital, other).amount == hospital.approved
    assert set(AidGiven.rows.filter(kind="health_cost").values_list("state", flat=True)) == {"given"}


def test_a_program_and_a_huge_photo_are_no_receipt_whatever_their_names(cast, case, clerk, mother):
    request = ask(cast, case)
    address = reverse("documents:attach", args=["emergency_fund.assistancerequest", request.pk])
    program = SimpleUploadedFile("receipt.jpg", b"MZ\x90\x00 a program")
    huge = SimpleUploadedFile("receipt.heic", b"\x00\x00\x00\x18ftypheic" + b"0" * 50 * 1024 * 1024)
    for file, words in ((program, "This is not a photo"), (huge, "too large")):
        answer = clerk.post(address, {"title": "Receipt", "paper_kind": "photo", "files": [file]})
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not Attachment.rows.exists()


@pytest.mark.parametrize("dated", [{"on": "2020-01-01"}, {"at": "2020-01-01T08:00:00+07:00"}])
def test_a_payment_is_dated_by_the_site_and_not_by_the_clock_of_who_sends(cast, approved, mother, client_of, dated):
    line = approved.lines.first()
    sent = {"amount": "100", "received_by": str(mother.pk), "proof": "known_to_staff", "turn": "1"} | dated
    assert send(client_of(cast.of("CSH")), "pay-line", line.pk, sent).status_code == 302
    delivery = Delivery.rows.get()
    assert delivery.on == timezone.localdate() and delivery.at >= approved.decided_at
