"""A family with a child that lets the fund know, and a budget line."""

from __future__ import annotations

from datetime import date

import pytest

from casework.funds.models import BudgetLine
from casework.people.services.families import add_member, create_family
from tests.factories.cases import make_case, make_consent
from tests.factories.funds import make_line
from tests.factories.people import make_person


@pytest.fixture
def budget(cast) -> BudgetLine:
    kinds = ["hygiene_kit", "health_cost", "nutrition"]
    return make_line(cast.mae_sot, cast.of("FA"), 10_000, kinds=kinds)


@pytest.fixture
def case(cast):
    worker = cast.of("CW")
    family = create_family(by=worker)
    child = make_person("Eh Soe Paw", born=date(2024, 7, 1))
    add_member(family=family, person=child, role="child", by=worker)
    case = make_case(cast.mae_sot, worker, child=child, family=family)
    make_consent(case, worker, purpose="emergency_fund")
    return case


@pytest.fixture
def mother(cast, case):
    person = make_person("Naw Paw", born=date(1995, 3, 1), sex="F")
    add_member(family=case.family, person=person, role="mother", by=cast.of("CW"))
    return person
