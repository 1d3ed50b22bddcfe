"""Papers of those who decide: who approved what and when, what is left, how the score came about; no child's name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.approvals.states import Act
from casework.funds.services.ledger import reverse_entry
from casework.funds.states import EntryKind
from casework.kernel.refusals import Conflict
from emergency_fund.documents.staff import ApprovalPaper, NeedsPaper, _steps
from emergency_fund.models import HardshipIncident, NeedWeights
from emergency_fund.queries.chains import chains_of
from emergency_fund.services.deciding import decide
from emergency_fund.wording.staff import APPROVAL, NEEDS
from tests.emergency_fund.test_delivering import paid
from tests.emergency_fund.test_money_path import LESS, ask, recommended, second_officer
from tests.factories import fund
from tests.factories.funds import post
from tests.factories.papers import pages_of, squeezed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast, case, mother, budget):
    request = fund.make_request(case, mother, by=cast.of("CW"))
    request.lines.update(budget_line=budget)
    return request


@pytest.fixture
def approved(cast, asked):
    acts = ((cast.of("FO"), "FO", "approve", ""), (cast.of("FA"), "FA", "approve", ""))
    fund.make_chain(asked, cast.of("SUP"), *acts, steps=("FO", "FA"))
    return fund.decide(asked, "approved", "3900", "500.50")


@pytest.mark.parametrize("language, words", [
    ("en", ("from0.00tounder5,000.00baht", "FundofficerMS:approved,24Nov202616:30", "FundmanagerMS:approved")),
    ("th", ("ตั้งแต่0.00บาทแต่ไม่ถึง5,000.00บาท", "อนุมัติ,24พ.ย.256916:30", "เจ้าหน้าที่เงินช่วยเหลือ", "คนใดคนหนึ่ง")),
])  # fmt: skip
def test_the_approval_sheet_says_who_approved_how_much(approved, case, language, words):
    text = text_of(ApprovalPaper(), approved, language)
    for word in (*words, "3,900.00", "500.50", "4,400.50", "4,700.00"):
        assert word in text
    for name in (case.child.name, approved.requester.name):
        assert squeezed(name) not in text, "who decides needs no name"
    assert pages_of(ApprovalPaper(), approved, language) == 1
    about = {"en": "about", "th": "ประมาณ"}[language]
    HardshipIncident.objects.update(is_day_known=False)
    vague = text_of(ApprovalPaper(), approved, language)
    assert vague.count(about) == text.count(about) + 1, "nobody knows the day exactly"
    approved.lines.filter(kind="health_cost").update(state="cancelled")
    assert "4,400.50" not in text_of(ApprovalPaper(), approved, language), "one was taken back"
    approved.lines.update(state="cancelled")
    assert "4,400.50" in text_of(ApprovalPaper(), approved, language), "of one that ended, what was decided on"


def test_nine_things_stand_on_one_sheet_in_thai_as_in_english(approved, case):
    for _more in range(7):
        fund.add_line(approved, case.child, "nutrition", 100)
    assert [pages_of(ApprovalPaper(), approved, language) for language in ("th", "en")] == [1, 1]


def test_the_sheet_says_for_whom_a_deputy_signed(cast, approved):
    assert "deputy" not in text_of(ApprovalPaper(), approved, "en")
    assert APPROVAL["th"]["deputy"].startswith("ทำการแทน")
    (chain,) = chains_of(approved)
    act = chain.actions.all()[0]
    act.acted_for = cast.of("PM")
    assert f"(for {cast.of('PM').full_name}, deputy): approved" in next(_steps(chain, "en")).acts[0]


def budgets_on(request) -> list[tuple[str, ...]]:
    """When, paid, approved, asked for and left of each line on the sheet."""
    sheet = ApprovalPaper().context(ApprovalPaper().whole(request), language="en", facts={})
    return [(row.name.rpartition(": ")[2], row.paid, row.committed, row.reserved, row.left) for row in sheet.budgets]


def test_the_sheet_shows_the_budget_before_and_after_the_decision_whatever_came_later(cast, case, mother, budget):
    other = post(budget, EntryKind.RESERVE, "1000", cast.of("FA"))
    request = recommended(cast, ask(cast, case, requester=mother), budget)
    waiting = ApprovalPaper().context(ApprovalPaper().whole(request), language="en", facts={})
    assert "today" in waiting.left_title and [line.left for line in waiting.budgets] == ["4,300.00"]
    hospital, food = request.lines.order_by("pk")
    less = {"amounts": {hospital.pk: Decimal(3500)}, **LESS}
    decide(request=request, act=Act.APPROVE, by=second_officer(cast), now=timezone.now(), **less)
    told = [("before", "0.00", "0.00", "5,700.00", "4,300.00"), ("after", "0.00", "4,300.00", "1,000.00", "4,700.00")]
    assert budgets_on(request) == told
    food.refresh_from_db()
    paid(cast, food, 800, mother, "f-1", now=timezone.now())
    reverse_entry(entry=other, reason="It was asked for twice", by=cast.of("PM"), now=timezone.now())
    assert budgets_on(request) == told, "the sheet tells of the day of the decision"
    text = text_of(ApprovalPaper(), request, "en")
    assert "whenitwasdecided" in text and "4,700.00" in text


def test_a_step_that_is_open_says_so_and_an_emergency_is_named(cast, asked):
    chain = fund.make_chain(
        asked,
        cast.of("SUP"),
        (cast.of("FO"), "FO", "approve", ""),
        steps=("FO", "FA"),
        state="pending",
        decided_at=None,
    )
    type(chain).rows.filter(pk=chain.pk).update(bypassed_by=cast.of("FA"), due_at=fund.DECIDED)
    text = text_of(ApprovalPaper(), asked, "en")
    assert "notyet" in text
    assert "ActedonfirstasanemergencybyFundmanagerMS;tobeapprovedby24Nov202616:30" in text


def test_nobody_was_asked_and_its_twin(cast, asked):
    with pytest.raises(Conflict, match="E-EAF-53"):
        ApprovalPaper().context(ApprovalPaper().whole(asked), language="en", facts={})
    fund.make_chain(asked, cast.of("SUP"), state="pending", decided_at=None)
    assert ApprovalPaper().can_make(asked)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_score_is_told_sign_by_sign(cast, asked, case, language):
    fund.make_assessment(asked, cast.of("FO"))
    paper = NeedsPaper().context(NeedsPaper().whole(asked), language=language, facts={})
    assert sum(int(sign.points) for sign in paper.signs) == int(paper.score) == 80
    assert len(paper.signs) == 5
    text = text_of(NeedsPaper(), asked, language)
    for word in ("3,000.00", "6,000.50", "3,000.50", "10,000.00", "80", squeezed(paper.explained)):
        assert word in text
    assert ("2ปี" if language == "th" else "2years") in text
    assert squeezed(case.child.name) not in text
    assert pages_of(NeedsPaper(), asked, language) == 1


def test_a_score_is_explained_by_the_points_of_its_time(cast, asked):
    first = NeedWeights.objects.get()
    fund.make_assessment(asked, cast.of("FO"), weights=first.pk)
    NeedWeights.objects.filter(pk=first.pk).update(valid_to=date(2026, 1, 31))
    NeedWeights.objects.create(
        valid_from=date(2026, 2, 1), no_food=1, little_food=1, no_earner=1, short=1, deep_debt=1, many_depend=1,
        source="The board",
    )  # fmt: skip
    paper = NeedsPaper().context(NeedsPaper().whole(asked), language="en", facts={})
    assert sum(int(sign.points) for sign in paper.signs) == int(paper.score) == 80
    assert f"version {first.pk}" in paper.explained


@pytest.mark.parametrize("language, words", [
    ("en", "Food and nutrition: Urgent; School: No need"), ("th", "อาหารและโภชนาการ: เร่งด่วน; โรงเรียน: ไม่จำเป็น"),
])  # fmt: skip
def test_what_each_child_lacks_stands_on_the_sheet_without_its_note(cast, asked, case, language, words):
    assessment = fund.make_assessment(asked, cast.of("FO"), score=90)
    fund.make_need(assessment, case.child, "food", 3)
    fund.make_need(assessment, case.child, "school", 0)
    paper = NeedsPaper().context(NeedsPaper().whole(asked), language=language, facts={})
    assert [line.lacks for line in paper.needs] == [words]
    assert sum(int(sign.points) for sign in paper.signs) == int(paper.score) == 90
    assert paper.signs[-1].words == words.partition(";")[0]
    text = text_of(NeedsPaper(), asked, language)
    assert squeezed(NEEDS[language]["lacks"])[-6:] in text
    assert squeezed("THE NOTE OF A NEED") not in text and squeezed(case.child.name) not in text


def test_the_signature_does_not_stand_on_a_page_of_its_own(cast, asked, case):
    assessment = fund.make_assessment(asked, cast.of("FO"), score=95)
    for need, severity in (("food", 2), ("health", 0), ("hygiene", 2), ("shelter", 1)):
        fund.make_need(assessment, case.child, need, severity)
    assert pages_of(NeedsPaper(), asked, "th") == 1


def test_not_assessed_and_its_twin(cast, asked):
    with pytest.raises(Conflict, match="E-EAF-54"):
        NeedsPaper().context(NeedsPaper().whole(asked), language="en", facts={})
    fund.make_assessment(asked, cast.of("FO"))
    assert NeedsPaper().can_make(asked)


@pytest.mark.parametrize("kind, reads", [(ApprovalPaper, 9), (NeedsPaper, 7)])
def test_more_lines_are_not_more_reads(cast, approved, case, budget, kind, reads, django_assert_num_queries):
    fund.make_assessment(approved, cast.of("FO"))
    for more in range(2):
        with django_assert_num_queries(reads):
            kind().context(kind().whole(approved), language="th", facts={})
        for n in range(4):
            fund.add_line(approved, case.child, "transport_to_care", 100 + n + more, budget_line=budget)
