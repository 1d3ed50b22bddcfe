"""The page of a list, written once for a while: it hangs on nothing that changes meanwhile, and is read each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import translation

from casework.access.lists import ListRows
from casework.access.scopes import may
from casework.accounts.states import Role
from casework.cases.filters import CaseFilter
from casework.cases.queries import CASE_VIEWS
from casework.kernel.statements import text_of
from emergency_fund.filters import FundFilter
from emergency_fund.queries.lists import queues_of
from registration.filters import BirthFilter
from registration.queries.lists import QUEUES
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cast import signed_in

from .keeping import Written, hangs_on_nothing_else

pytestmark = pytest.mark.django_db
LISTS = {
    BirthFilter: "registration.birth.list",
    CaseFilter: "cases.case.list",
    FundFilter: "emergency_fund.request.list",
}


def views(user: Any) -> list[tuple[Any, str]]:
    """Every list a person has, in every view of it."""
    named = {
        BirthFilter: [f"queue={queue.key}" for queue in QUEUES],
        CaseFilter: [f"view={key}" for key in CASE_VIEWS],
        FundFilter: [f"queue={queue.key}" for queue in queues_of(user)],
    }
    return [(kind, view) for kind, keys in named.items() if may(user, LISTS[kind]) for view in keys]


def found(user: Any, kind: Any, query: str) -> Any:
    request = HttpRequest()
    request.user = user
    return kind(QueryDict(query), request=request)


def written(user: Any) -> Written:
    """What each page asks for a person."""
    return {one: text_of(found(user, *one).listed[0:26]) for one in views(user)}


@pytest.mark.parametrize("role", Role.values)
def test_a_page_hangs_on_who_one_is_on_the_grants_and_on_the_day(cast, role, django_assert_num_queries):
    hangs_on_nothing_else(cast.of(role), written, django_assert_num_queries)


@pytest.mark.parametrize("language", ["en", "th", "my"])
@pytest.mark.parametrize("query", ["queue=all", "queue=unknown", "", "queue=all&status=assessing"])
def test_the_rows_are_those_of_the_query(cast, language, query):
    """Also where a value is another one once it is read: a child without a name is called in the reader's words."""
    made = [births.make_birth(cast.mae_sot, cast.of("CW")).case for _ in range(2)]
    numbers = {case.number for case in made}
    made[0].child.names.update(full="Baby of Naw Paw")
    with translation.override(language):
        listed = ListRows(found(cast.of("CW"), BirthFilter, query))
        as_written, again = list(listed[0:26]), list(listed[0:26])
        assert as_written == again == list(listed.query[0:26])
        assert {row.number for row in again} == numbers
        assert again[0]._fields == listed.query[0]._fields


@pytest.mark.parametrize("query", ["view=open", "view=open&programme=registration", "view=closed"])
def test_a_page_leads_on_from_any_row(cast, query):
    made = [births.make_birth(cast.mae_sot, cast.of("CW")).case for _ in range(4)]
    keys = sorted(case.pk for case in made) if "open" in query else []
    for at in range(4):
        rows = ListRows(found(cast.of("CW"), CaseFilter, query))
        above, below = rows.filter(pk__lt=made[at].pk), rows.filter(pk__gt=made[at].pk).order_by("pk")
        assert [row.pk for row in above[0:26]] == [key for key in reversed(keys) if key < made[at].pk]
        assert [row.pk for row in below[0:2]] == [key for key in keys if key > made[at].pk][:2]
        assert list(above[0:26]) == list(above.query[0:26])


def test_what_a_colleague_does_shows_at_once_and_what_is_over_is_gone(cast):
    desk, list_ = signed_in(make_worker("CW", cast.mae_sot)), reverse("registration:list")
    assert desk.get(list_).context["rows"] == []
    birth = births.make_birth(cast.mae_sot, cast.of("CW"))
    assert birth.case.number in desk.get(list_).content.decode()
    cases.make_sealed(birth.case, cast.of("SUP"))
    assert birth.case.number not in desk.get(list_).content.decode()
