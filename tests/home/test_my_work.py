"""The first page: late rows in words, a way to the child, and for people without cases what their role is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.states import Role
from casework.audit.services import record_event
from casework.cases.models import Assignment
from casework.cases.services import records
from casework.cases.services.cases import help_today
from casework.home.work import work_of
from casework.programmes.contributions import registry
from casework.programmes.work import statement_of
from casework.reference.models import Holiday
from casework.ui.templatetags.words import due
from registration.services.progress import ask_waiver
from tests.access.keeping import Written, hangs_on_nothing_else
from tests.database import as_owner
from tests.factories import cases
from tests.factories.accounts import make_user, make_worker
from tests.factories.registration import gathering

pytestmark = pytest.mark.django_db


def first_page(client_of, user) -> str:
    return client_of(user).get("/").content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "3 days late"),
        (-2, "2 days late"),
        (-1, "Yesterday"),
        (0, "Today"),
        (1, "Tomorrow"),
        (2, "29\N{NO-BREAK SPACE}Nov 2026"),
    ],
)
def test_when_something_is_due_reads_as_people_say_it(days, words):
    today = timezone.datetime(2026, 11, 27).date()
    assert due(today + timedelta(days=days), today) == words


def test_a_late_task_says_how_late_and_leads_to_the_child(client_of, cast):
    worker, today = cast.of("CW"), timezone.localdate()
    case = cases.make_case(cast.mae_sot, worker)
    records.add_task(
        case=case, title="Call", due_on=today - timedelta(days=3), owner=worker, by=worker, now=timezone.now()
    )
    page = first_page(client_of, worker)
    assert "3 days late" in page
    assert f'<a href="/cases/{case.pk}/">{case.child.name}</a>' in page


@pytest.mark.parametrize("role", ["CW", "SUP", "PSY", "TRF"])
def test_who_works_on_cases_has_work_and_not_a_role_page(client_of, cast, role):
    page = first_page(client_of, cast.of(role))
    assert "My work today" in page and "Where to go" not in page


@pytest.mark.parametrize("role", [role.value for role in Role if role not in ("CW", "SUP", "PSY", "TRF")])
def test_everybody_else_has_a_way_forward(client_of, cast, role):
    page = first_page(client_of, cast.of(role))
    assert "Where to go" in page
    assert "Nothing waits for you" not in page and "My work" not in page.split("<main")[0]


@pytest.mark.parametrize(("role", "is_shown"), [("PM", True), ("ME", True), ("SYS", False), ("EXT", False)])
def test_the_figures_stand_on_the_page_of_those_who_may_see_them(client_of, cast, role, is_shown):
    gathering(cast.mae_sot, cast.of("CW"))
    assert ("Figures of this year" in first_page(client_of, cast.of(role))) is is_shown


@pytest.mark.parametrize(("role", "is_shown"), [("AUD", True), ("DPO", True), ("SYS", False), ("PM", False)])
def test_the_last_acts_stand_on_the_page_of_those_who_check(client_of, cast, role, is_shown):
    record_event("cases.case.seen", actor=make_user("somebody"), case_id=7)
    assert ("What was done last" in first_page(client_of, cast.of(role))) is is_shown


def test_the_administrator_is_told_of_a_year_without_holidays(client_of, cast):
    year = timezone.localdate().year
    with as_owner():
        Holiday.objects.filter(on__year=year).delete()
    page = first_page(client_of, cast.of("SYS"))
    assert f"None entered for {year + 543} ({year})" in page
    assert reverse("home:reference-table", args=["holidays"]) in page


def test_the_administrator_sees_backup_accounts_and_background_work(client_of, cast):
    make_user("fresh", must_change_password=True)
    page = first_page(client_of, cast.of("SYS"))
    assert "None entered for" not in page
    told = ("No backup yet.", "1 without a role", "1 not signed in yet", "A process is silent")
    for words in (*told, "You are the only administrator."):
        assert words in page
    make_worker("SYS", cast.mae_sot)
    assert "You are the only administrator." not in first_page(client_of, cast.of("SYS"))
    for role in ("PM", "AUD"):
        assert "What you look after" not in first_page(client_of, cast.of(role))


def test_what_waits_for_a_decision_stands_on_a_role_page_too(client_of, cast):
    page = first_page(client_of, cast.of("EXT"))
    assert "You see what an office shares with you" in page


@pytest.mark.parametrize("role", Role.values)
def test_a_source_of_work_asks_nothing_while_it_is_written(cast, role, django_assert_num_queries):
    """What it learned then would be kept with the statement, and be old or another person's (decisions 27, 61)."""

    def written(person) -> Written:
        sources = [source for entry in registry for source in entry.work_sources(person, timezone.localdate())]
        told = [cell.cell_contents for source in sources for cell in getattr(source.item, "__closure__", None) or ()]
        assert not [kept for kept in told if isinstance(kept, User | QuerySet)]
        return {"work": statement_of(sources).text}

    hangs_on_nothing_else(cast.of(role), written, django_assert_num_queries)


def test_what_is_kept_of_my_work_is_the_question_and_never_its_answer(cast):
    lead, helper, today = cast.of("CW"), cast.of("PSY"), timezone.localdate()
    case = cases.make_case(cast.mae_sot, lead)

    def tasks(user) -> list[str]:
        return [str(line.item.title) for line in work_of(user, today).lines if line.item.key.startswith("task-")]

    help_today(case=case, user=helper, reason="The lead is away today", now=timezone.now())
    assert tasks(helper) == tasks(lead) == []
    for owner in (helper, lead):
        records.add_task(case=case, title="Call", due_on=today, owner=owner, by=lead, now=timezone.now())
    assert tasks(helper) == tasks(lead) == ["Call"]
    Assignment.rows.filter(user=helper).update(until_at=timezone.now() - timedelta(seconds=1))
    assert (tasks(helper), tasks(lead)) == ([], ["Call"]), "the hour of the helper is over"
    cases.make_sealed(case, cast.of("SUP"))
    assert tasks(lead) == ["Call"], "who leads a sealed case still works on it"
    Assignment.rows.filter(user=lead).update(ended_at=timezone.now())
    assert tasks(lead) == []


def test_the_home_tells_of_decisions_too(client_of, cast):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    item = birth.items.filter(level="star").exclude(state="original_seen").first()
    ask_waiver(item=item, why="It burnt", by=cast.of("CW"), today=timezone.localdate())
    page = first_page(client_of, cast.of("SUP"))
    assert reverse("registration:waive", args=[item.pk]) in page and "1 due today" in page
    returned = client_of(cast.of("SUP")).get("/?view=returned").content.decode()
    assert reverse("registration:waive", args=[item.pk]) not in returned


@pytest.mark.parametrize("role, is_led", [("CW", True), ("EXT", False), ("WRD", False)])
def test_the_menu_leads_to_the_history_of_who_has_one(client_of, cast, role, is_led):
    assert (reverse("home:history") in client_of(cast.of(role)).get(reverse("home:help")).content.decode()) == is_led
