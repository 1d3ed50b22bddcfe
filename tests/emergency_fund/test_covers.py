"""How each child is insured stands on the fund's tab of the case and on the family's letter."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.aid.services import move_cover
from casework.kernel.dates import add_years
from casework.people.services.families import add_member
from emergency_fund.documents.family import DecisionPaper
from tests.factories.papers import squeezed, text_of
from tests.factories.people import make_person

from .insured import TODAY, approved, covered, days, hospital, insurance_line, quoted

pytestmark = pytest.mark.django_db


def panel(client, case) -> str:
    return client.get(reverse("cases:panel", args=[case.pk, "fund"])).content.decode()


def test_each_child_of_the_family_with_its_insurance(cast, case, client_of):
    insurance_line(cast, case)
    sister = make_person("Naw Wah", born=add_years(TODAY, -8))
    grown = make_person("Saw Grown", born=add_years(TODAY, -19))
    for person in (sister, grown):
        add_member(family=case.family, person=person, role="sibling", by=cast.of("CW"))
    ended = covered(cast, sister, days(-400), days(-1))
    shown = panel(client_of(case.lead), case)
    assert shown.count("No insurance known") == 2 and "Saw Grown" not in shown
    cover = covered(cast, case.child, TODAY, days(200))
    shown = panel(client_of(case.lead), case)
    assert "Ordered, no card yet" in shown and shown.count("No insurance known") == 1
    move_cover(cover=cover, to="active", card_number="1")
    shown = panel(client_of(case.lead), case)
    assert "Migrant health insurance, under seven" in shown and "Ordered, no card yet" not in shown
    assert ended.pk


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", "Migrant health insurance, under seven"),
        ("th", "ประกันสุขภาพแรงงานข้ามชาติ เด็กอายุไม่ถึง 7 ปี"),
        ("my", "ရွှေ့ပြောင်းသူ ကျန်းမာရေးအာမခံ"),
    ],
)
def test_the_letter_says_which_insurance_in_the_familys_language(cast, case, mother, budget, language, words):
    line = insurance_line(cast, case)
    quoted(cast, line)
    text = text_of(DecisionPaper(), approved(cast, line, budget), language)
    assert squeezed(words) in text and squeezed(hospital().name(language)) in text
