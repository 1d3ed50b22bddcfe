"""A member of staff declares whom they keep away from; then others decide, and only others say that it is over."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.approvals import tasks
from casework.approvals.services.chains import ask_approval
from casework.approvals.services.conflicts import declare_conflict, end_conflict
from casework.approvals.states import ChainState
from casework.audit.models import Event
from casework.kernel.refusals import Refusal
from casework.people.models import ConflictOfInterest, Person
from casework.people.models.conflicts import organisation_key
from tests.factories.cases import make_case
from tests.factories.funds import make_line
from tests.factories.people import make_person, reach

from .test_chains import NOW, ONE, _kind, approve, asked, officers, policy, refused  # noqa: F401  the kind of the tests

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
WORDS = "Her mother is my sister"
CHANGING = re.compile(rb"\b(?:[0-9a-f]{32}|[0-9A-Za-z]{64})\b")
"""What marks a form: its key and its token."""
QUERIES = 8


def declared(user, **facts) -> ConflictOfInterest:
    values = {"kind": "organisation", "organisation": "Mae Sot Pharmacy", "reason": WORDS}
    return declare_conflict(by=user, now=NOW, **values | facts)


def refusal(call, **facts) -> str:
    with pytest.raises(Refusal) as answer:
        call(**facts)
    return answer.value.code


def asked_for_shop(cast, *names: str):
    line = make_line(cast.mae_sot, cast.of("PM"), 100)
    return ask_approval(
        kind="test.aid", subject=line, amount=Decimal(100), programme="emergency_fund", office_id=cast.mae_sot.pk,
        barred=[], persons=[], organisations=names, by=cast.of("PM"), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["Mae Sot Pharmacy", "mae sot  PHARMACY", "MaeSotPharmacy ", "Mae\u200b Sot\u00a0Pharmacy", "Ｍae Sot Pharmacy"],
)
def test_names_are_compared_without_case_and_spaces(written):
    assert organisation_key(written) == "maesotpharmacy"
    assert organisation_key("Mae Sot Pharmacies") != "maesotpharmacy"


def test_who_has_to_do_with_the_shop_leaves_it_to_others(cast):
    policy((0, 5000, [{"role": "FO", **ONE}]), (5000, None, [{"role": "FO", **ONE}, {"role": "FA", **ONE}]))
    (other,), manager = officers(cast, 1), cast.of("FA")
    request = asked_for_shop(cast, "mae sot PHARMACY", "")
    assert request.organisations == ["maesotpharmacy"]
    own = declared(cast.of("FO"))
    assert refused(request, cast.of("FO")) == "E-APR-04"
    with transaction.atomic():
        end_conflict(conflict=own, reason="She sold the shop in May", by=manager, now=NOW)
        assert approve(request, cast.of("FO")).state == ChainState.APPROVED
        transaction.set_rollback(True)
    assert approve(asked_for_shop(cast, "Another shop"), cast.of("FO")).state == ChainState.APPROVED
    request.refresh_from_db()
    assert [step["role"] for step in request.steps] == ["FO"], "another officer is left"
    elsewhere = asked_for_shop(cast, "Another shop")
    declared(other)
    request.refresh_from_db()
    assert request.steps == [{"role": "FA", "instead_of": "FO", **ONE}], "as when the last one steps back"
    assert approve(request, manager).state == ChainState.APPROVED
    elsewhere.refresh_from_db()
    assert approve(elsewhere, other).state == ChainState.APPROVED, "of another shop it stays"


def test_a_conflict_holds_from_its_first_day_to_its_last(cast):
    policy((0, None, [{"role": "FO", **ONE}]))
    officer, _asker, day = cast.of("FO"), cast.of("CW"), timedelta(days=1)
    child = make_person()
    for first, last, holds in [
        (None, None, True), (TODAY, TODAY, True), (TODAY + day, None, False), (None, TODAY - day, False),
    ]:  # fmt: skip
        with transaction.atomic():
            ConflictOfInterest.rows.create(
                user=officer, person=child, reason=WORDS, declared_on=date(2026, 1, 1), from_on=first, until_on=last
            )
            request = asked(cast, persons=[child])
            if holds:
                assert refused(request, officer) == "E-APR-04"
            else:
                assert approve(request, officer).state == ChainState.APPROVED
            transaction.set_rollback(True)


def test_what_begins_later_goes_upward_on_its_day(cast):
    policy((0, 5000, [{"role": "FO", **ONE}]), (5000, None, [{"role": "FO", **ONE}, {"role": "FA", **ONE}]))
    request, elsewhere = asked_for_shop(cast, "Mae Sot Pharmacy"), asked_for_shop(cast, "Another shop")
    manager = cast.of("FA")
    declared(cast.of("FO"), from_on=TODAY + timedelta(days=1))
    tasks.begin_conflicts()
    request.refresh_from_db()
    assert [step["role"] for step in request.steps] == ["FO"], "until then the officer decides"
    yesterday = TODAY - timedelta(days=1)
    ConflictOfInterest.rows.update(declared_on=yesterday, from_on=TODAY)
    tasks.begin_conflicts()
    request.refresh_from_db()
    elsewhere.refresh_from_db()
    assert [step["role"] for step in request.steps] == ["FA"]
    assert [step["role"] for step in elsewhere.steps] == ["FO"]
    assert approve(request, manager).state == ChainState.APPROVED


def test_each_guard_of_declaring_and_its_twin(cast):
    officer, case = cast.of("FO"), make_case(cast.mae_sot, cast.of("CW"))
    family = {"kind": "family", "organisation": ""}
    day = timedelta(days=1)
    for code, facts in [
        ("E-APR-27", {"organisation": " \u200b "}), ("E-APR-27", family),
        ("E-APR-28", family | {"number": "MS-1999-0001"}), ("E-APR-28", family | {"number": "MS-2099-0001"}),
        ("E-APR-28", family | {"number": "0001"}),
        ("E-APR-07", {"reason": "cousin"}), ("E-APR-20", {"from_on": TODAY + day, "until_on": TODAY}),
        ("E-APR-21", {"until_on": TODAY - day}),
    ]:  # fmt: skip
        assert refusal(declared, user=officer, **facts) == code
    assert declared(officer, until_on=TODAY).organisation == "Mae Sot Pharmacy"
    assert refusal(declared, user=officer, organisation="MAESOT pharmacy") == "E-APR-29"
    assert declared(cast.of("FA")).pk
    typed = f" {case.number.lower()} "
    assert declared(officer, **family, number=typed).person == case.child
    assert refusal(declared, user=officer, **family, number=case.number) == "E-APR-29"
    assert Event.objects.filter(action="people.conflict.declared").count() == 3


def test_others_end_it_once_and_say_why(cast):
    manager = cast.of("FA")
    conflict, own = declared(cast.of("CSH")), declared(manager)
    facts = {"conflict": conflict, "by": manager, "now": NOW}
    assert refusal(end_conflict, **facts, reason="sold") == "E-APR-07"
    assert refusal(end_conflict, **facts | {"conflict": own}, reason="I sold the shop") == "APR-COI-2"
    assert end_conflict(**facts, reason="The shop was sold").ended_by == manager
    assert refusal(end_conflict, **facts, reason="The shop was sold") == "APR-COI-1"
    assert end_conflict(conflict=own, reason="The shop was sold", by=cast.of("PM"), now=NOW).is_over
    assert declared(cast.of("CSH")).pk


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"organisation_key": ""}, "a family or with an organisation"),
        ({"named_by": "MS-2026-0001"}, "a family or with an organisation"),
        ({"ended_at": NOW}, "says why"),
        ({"from_on": TODAY, "until_on": TODAY - timedelta(days=1)}, "after it begins"),
    ],
)
def test_the_database_refuses_what_the_code_forgot(cast, facts, name):
    values = {
        "user": cast.of("FO"),
        "organisation": "A",
        "organisation_key": "a",
        "reason": WORDS,
        "declared_on": TODAY,
    }
    assert ConflictOfInterest.rows.create(**values).pk
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ConflictOfInterest.rows.create(**values | {"organisation_key": "b"} | facts)
    with pytest.raises(IntegrityError, match="declared once"), transaction.atomic():
        ConflictOfInterest.rows.create(**values)
    ended = {"ended_at": NOW, "ended_by": cast.of("FO"), "ended_reason": WORDS}
    with pytest.raises(IntegrityError, match="their own"), transaction.atomic():
        ConflictOfInterest.rows.create(**values | ended)
    assert ConflictOfInterest.rows.create(**values | ended | {"ended_by": cast.of("FA")}).pk


def test_a_conflict_with_a_shop_hides_no_family(cast):
    worker, child = cast.of("CW"), make_person()
    reach(child, cast.mae_sot)
    declared(worker)
    assert Person.objects.visible_to(worker).filter(pk=child.pk).exists()
    ConflictOfInterest.rows.create(user=worker, person=child, reason=WORDS, declared_on=TODAY)
    assert not Person.objects.visible_to(worker).filter(pk=child.pk).exists()


def test_from_the_page_to_the_list_to_the_end(cast, client_of):
    officer, manager, case = cast.of("FO"), cast.of("FA"), make_case(cast.mae_sot, cast.of("CW"))
    client, address = client_of(officer), reverse("approvals:conflict-new")
    twice = {"number": "MS-1999-00001", "number_again": "ms-1999-00001 "}
    bad = client.post(address, {"kind": "family", **twice, "reason": WORDS})
    page = bad.content.decode()
    assert bad.status_code == 422 and "No number here" in page and WORDS in page and "MS-1999-00001" in page
    sent = {"kind": "family", "number": case.number, "organisation": "left over", "reason": WORDS}
    for slip in ("", f"{case.number[:-1]}x"):
        answer = client.post(address, sent | {"number_again": slip})
        assert (answer.status_code, "The two numbers differ" in answer.content.decode()) == (422, True)
    sent["number_again"] = case.number.lower()
    assert client.post(address, sent).status_code == 302
    conflict = ConflictOfInterest.rows.get()
    assert (conflict.organisation, conflict.named_by) == ("", case.number)
    listed = reverse("approvals:conflicts")
    assert WORDS in client.get(listed).content.decode()
    end = reverse("approvals:conflict-end", args=[conflict.pk])
    assert end not in client.get(listed).content.decode() and client.post(end).status_code == 403
    for role, sees, ends in [("FA", True, True), ("PM", True, True), ("SYS", False, False), ("AUD", True, False),
                             ("CSH", False, False), ("CW", False, False)]:  # fmt: skip
        page = client_of(cast.of(role)).get(listed).content.decode()
        assert (WORDS in page, end in page) == (sees, ends), role
        assert case.child.name not in page
    assert client_of(cast.of("FA", "RN")).get(end).status_code == 404
    assert client_of(manager).post(end, {"reason": "no"}).status_code == 422
    assert client_of(manager).post(end, {"reason": "They are no longer married"}).status_code == 302
    page = client.get(listed).content.decode()
    assert "They are no longer married" in page and manager.full_name in page


def test_a_declared_number_tells_nothing_of_whether_it_exists(cast, client_of, django_assert_num_queries):
    """The answers, the list, what is asked of the database, and the second time are the same."""
    officer, case, told = cast.of("FO"), make_case(cast.mae_sot, cast.of("CW")), []
    declared(officer)  # what is read once of the person is read
    client, address, unused = client_of(officer), reverse("approvals:conflict-new"), f"{case.number[:-4]}9999"
    for number in (case.number, unused):
        sent = {"kind": "family", "number": number, "number_again": number, "reason": WORDS}
        with transaction.atomic():
            first, again = client.post(address, sent, follow=True), client.post(address, sent)
            pages = [CHANGING.sub(b"", page.content.replace(number.encode(), b"")) for page in (first, again)]
            told.append([first.redirect_chain, first.status_code, again.status_code, pages])
            transaction.set_rollback(True)
    for number in (case.number, unused):
        with django_assert_num_queries(QUERIES):
            declared(officer, kind="family", organisation="", number=number)
    assert told[0] == told[1] and told[0][1:3] == [200, 422]
    found = dict(ConflictOfInterest.rows.exclude(named_by="").values_list("named_by", "person"))
    assert found == {case.number: case.child_id, unused: None}


def test_a_caseworker_says_so_on_the_page_of_the_case(cast, client_of):
    worker, lead = cast.of("CW"), cast.of("SUP")
    case = make_case(cast.mae_sot, lead)
    client = client_of(worker)
    address = f"{reverse('approvals:conflict-new')}?person={case.child_id}"
    assert address in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert case.child.name in client.get(address).content.decode()
    assert client.post(address, {"reason": WORDS}).status_code == 302
    assert client.get(reverse("cases:detail", args=[case.pk])).status_code == 404
    assert client_of(lead).get(reverse("cases:detail", args=[case.pk])).status_code == 200
    elsewhere = client_of(cast.of("CW", "RN")).get(address)
    assert case.child.name not in elsewhere.content.decode()
