"""Who belongs to the family, or has to do with who is paid, neither decides nor pays nor hands over; others do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import caches
from django.urls import reverse

from casework.approvals.services.chains import act_on
from casework.approvals.services.conflicts import declare_conflict, end_conflict
from casework.approvals.states import Act
from casework.people.services.merging import merge, unmerge
from emergency_fund.services.deciding import assess, recommend, screen, turn_away
from emergency_fund.services.delivering import take_return
from emergency_fund.states import RequestState
from tests.factories.accounts import make_worker
from tests.factories.fund_after import appealed, rejected
from tests.factories.people import make_person

from .test_delivering import paid, paid_there
from .test_money_path import FIGURES, NOW, SCREENED, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db
SHOP = {"kind": "organisation", "organisation": "mae sot  HOSPITAL"}
WORDS = "My brother works there"


@pytest.fixture
def waiting(cast, case, budget, mother):
    """A request that waits for its decision, with a third officer; the hospital is paid for the first of its lines."""
    make_worker("FO", cast.mae_sot)
    request = ask(cast, case)
    request.lines.filter(kind="health_cost").update(provider="Mae Sot Hospital")
    return recommended(cast, request, budget)


@pytest.fixture
def approved(cast, waiting):
    act_on(request=waiting.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    waiting.refresh_from_db()
    return waiting


def declare(user, **facts):
    return declare_conflict(by=user, now=NOW, reason=WORDS, **facts)


@pytest.mark.parametrize("whom", ["case", "request", "provider"])
def test_who_has_an_interest_does_not_approve(cast, case, waiting, whom):
    officer = second_officer(cast)
    facts = {
        "case": {"kind": "family", "number": case.number}, "request": {"kind": "family", "number": waiting.number},
        "provider": SHOP,
    }[whom]  # fmt: skip
    conflict = declare(officer, **facts)
    facts = {"request": waiting.approval, "act": Act.APPROVE, "by": officer, "now": NOW}
    assert refused(act_on, **facts) == "E-APR-04"
    end_conflict(conflict=conflict, reason="That is long over now", by=cast.of("FA"), now=NOW)
    assert act_on(**facts).state == "approved"


def test_who_belongs_to_the_family_does_not_pay_and_a_colleague_does(cast, approved, mother):
    line, cashier = approved.lines.first(), cast.of("CSH")
    receipt = paid_there(cast, line, 10, "h-1")
    declare(cashier, kind="family", number=approved.number)
    assert refused(paid, cast, line, 10, mother, "h-2") == "E-EAF-170"
    back = {"delivery": receipt, "amount": Decimal(5), "reason": "The shop was closed", "key": "b-1", "now": NOW}
    assert refused(take_return, **back, by=cashier) == "E-EAF-170"
    colleague = make_worker("CSH", cast.mae_sot)
    assert paid_there(cast, line, 11, "h-2", by=colleague).pk and take_return(**back, by=colleague).pk


def test_who_has_to_do_with_the_hospital_pays_other_lines(cast, approved, mother):
    hospital, food = approved.lines.order_by("pk")
    declare(cast.of("CSH"), **SHOP)
    assert refused(paid, cast, hospital, 10, mother, "h-1") == "E-EAF-171"
    assert paid(cast, food, 10, mother, "f-1").pk
    assert paid_there(cast, hospital, 10, "h-1", by=make_worker("CSH", cast.mae_sot)).pk


def test_the_pages_say_so_and_offer_no_button(cast, approved, mother, client_of):
    hospital, food = approved.lines.order_by("pk")
    client = client_of(cast.of("CSH"))
    address, pay = reverse("emergency_fund:pay", args=[approved.pk]), "emergency_fund:pay-line"
    buttons = [reverse(pay, args=[line.pk]) for line in (hospital, food)]
    page = client.get(address).content.decode()
    assert all(button in page for button in buttons)
    declare(cast.of("CSH"), **SHOP)
    page = client.get(address).content.decode()
    assert buttons[0] not in page and buttons[1] in page and "Somebody else pays this" in page
    answer = client.get(buttons[0])
    assert answer.status_code == 409 and "Somebody else pays" in answer.content.decode()
    declare(cast.of("CSH"), kind="family", number=approved.number)
    page = client.get(address).content.decode()
    assert not any(button in page for button in buttons) and "belong to this family" in page


def test_the_officer_names_who_is_paid(cast, case, budget, mother, client_of):
    request = ask(cast, case, ("health_cost", 3900))
    officer = cast.of("FO")
    request = screen(request=request, decided=frozenset(), by=officer, now=NOW, **SCREENED)
    assess(request=request, figures=FIGURES, by=officer, now=NOW)
    line, address = request.lines.get(), reverse("emergency_fund:recommend", args=[request.pk])
    assert f"provider_{line.pk}" in client_of(officer).get(address).content.decode()
    sent = {f"line_{line.pk}": budget.pk, f"provider_{line.pk}": "Mae Sot Hospital", "total": "3900"}
    assert client_of(officer).post(address, sent).status_code == 302
    line.refresh_from_db()
    request.refresh_from_db()
    assert line.provider == "Mae Sot Hospital" and request.approval.organisations == ["maesothospital"]


def test_who_belongs_to_the_family_works_on_nothing_and_a_colleague_does(cast, case, budget, client_of):
    request, relative, colleague = ask(cast, case), cast.of("FO"), second_officer(cast)
    conflict = declare(relative, kind="family", number=case.number)
    screening = {"request": request, "decided": frozenset(), "now": NOW, **SCREENED}
    away = {"request": request, "to": RequestState.RETURNED, "code": "papers", "told": "A paper is missing", "now": NOW}
    assert refused(screen, by=relative, **screening) == refused(turn_away, by=relative, **away) == "E-EAF-199"
    page = client_of(relative).get(reverse("emergency_fund:detail", args=[request.pk])).content.decode()
    assert "Somebody else works on its request" in page
    assert reverse("emergency_fund:screen", args=[request.pk]) not in page
    for name in ("screen", "turn-away"):
        address = reverse(f"emergency_fund:{name}", args=[request.pk])
        assert client_of(relative).get(address).status_code == 409
        assert client_of(colleague).get(address).status_code == 200
    request = screen(by=colleague, **screening)
    assessing = {"request": request, "figures": FIGURES, "now": NOW}
    assert refused(assess, by=relative, **assessing) == "E-EAF-199"
    assess(by=colleague, **assessing)
    lines = list(request.lines.all())
    facts = {"budget": {line.pk: budget for line in lines}, "total": sum(line.asked for line in lines), "now": NOW}
    assert refused(recommend, request=request, by=relative, **facts) == "E-EAF-199"
    end_conflict(conflict=conflict, reason="That is long over now", by=cast.of("FA"), now=NOW)
    assert recommend(request=request, by=relative, **facts).state == RequestState.IN_APPROVAL


def waits_for(client, request) -> dict[str, bool]:
    """Where the request stands as one the person decides: the count of the queue, its list, the first page.

    Counts are kept for a minute, which is over here.
    """
    caches["counts"].clear()
    address = f"{reverse('emergency_fund:list')}?queue=decide"
    shown = client.get(address)
    count = next(view["count"] for view in shown.context["views"] if view["url"] == "?queue=decide")
    return {
        "count": bool(count), "list": request.number in shown.content.decode(),
        "first page": "Urgent request to the fund to decide" in client.get("/").content.decode(),
        "place": "1 of 1" in client.get(reverse("emergency_fund:decide", args=[request.pk])).content.decode(),
    }  # fmt: skip


@pytest.mark.parametrize("whom", ["case", "provider"])
def test_what_others_decide_is_not_in_the_queue_and_its_page_says_why(cast, case, waiting, whom, client_of):
    officer = second_officer(cast)
    client = client_of(officer)
    assert all(waits_for(client, waiting).values())
    conflict = declare(officer, **({"kind": "family", "number": case.number} if whom == "case" else SHOP))
    assert not any(waits_for(client, waiting).values()), waits_for(client, waiting)
    told = "You know the family" if whom == "case" else "You have to do with who is paid"
    for page in ("detail", "decide"):
        assert told in client.get(reverse(f"emergency_fund:{page}", args=[waiting.pk])).content.decode()
    assert all(waits_for(client_of(make_worker("FO", cast.mae_sot)), waiting).values())
    end_conflict(conflict=conflict, reason="That is long over now", by=cast.of("FA"), now=NOW)
    assert all(waits_for(client, waiting).values())


def test_an_appeal_of_the_own_family_waits_for_others(cast, case, budget, mother, client_of):
    request = rejected(case, cast.of("CW"), cast.of("FO"), second_officer(cast), budget)
    appealed(request, cast.of("CW"))
    client = client_of(cast.of("FA"))
    assert "Appeal to the fund to decide" in client.get("/").content.decode()
    declare(cast.of("FA"), kind="family", number=case.number)
    assert "Appeal to the fund to decide" not in client.get("/").content.decode()


@pytest.mark.parametrize("keeps", ["child", "namesake"])
def test_a_conflict_holds_whichever_record_of_the_child_was_kept(cast, case, waiting, client_of, keeps):
    officer, namesake = second_officer(cast), make_person("Eh Soe Paw")
    declare(officer, kind="family", person=namesake)
    facts = {"request": waiting.approval, "act": Act.APPROVE, "by": officer, "now": NOW}
    assert all(waits_for(client_of(officer), waiting).values())
    kept, dropped = (case.child, namesake) if keeps == "child" else (namesake, case.child)
    done = merge(kept=kept, dropped=dropped, choices={}, by=cast.of("CW"), confirmed_by=cast.of("SUP"), now=NOW)
    assert refused(act_on, **facts) == "E-APR-04"
    assert not any(waits_for(client_of(officer), waiting).values())
    unmerge(merged=done, by=cast.of("SUP"), now=NOW, today=NOW.date(), reason="Two cousins")
    assert all(waits_for(client_of(officer), waiting).values())
    assert act_on(**facts).state == "approved"
