"""My team: what everybody leads, and giving cases to another lead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.accounts.models import Grant
from casework.cases.models import Case
from casework.cases.services.cases import set_risk
from casework.cases.services.spreading import MOST_AT_ONCE, spread_cases
from casework.kernel.refusals import Refusal
from casework.notifications.models import Notice
from casework.people.models import ConflictOfInterest
from registration.models import BirthRecord
from tests.factories import registration as births
from tests.factories.accounts import make_grant
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(cast):
    """A supervisor, two caseworkers of Mae Sot; the first leads two births, one of high risk and late."""
    worker, other, supervisor = cast.of("CW"), cast.of("PSY"), cast.of("SUP")
    led = [births.make_birth(cast.mae_sot, worker, **births.of_today()) for _ in range(2)]
    set_risk(case=led[0].case, risk="high", reason="Alone", review_on=TODAY + timedelta(days=9), by=worker, today=TODAY)
    BirthRecord.rows.filter(pk=led[0].pk).update(notify_effective_on="2020-01-01", notify_due_on="2020-01-01")
    return {"worker": worker, "other": other, "supervisor": supervisor, "cases": [birth.case for birth in led]}


def line_of(page, person) -> list[str]:
    """The numbers of one person, in the order of the headings."""
    line = next(line for line in page.context["lines"] if line.name == person.full_name)
    return [(str(led.label), led.count) for led in line.led]


def test_everybody_of_the_team_has_a_line_with_what_they_lead(team, client_of):
    page = client_of(team["supervisor"]).get("/cases/team/")
    assert line_of(page, team["worker"]) == [
        ("Open cases", 2), ("High risk", 1), ("Due soon", 0), ("Late", 1), ("Blocked", 0),
    ]  # fmt: skip
    assert {count for _label, count in line_of(page, team["other"])} == {0}


def test_a_number_opens_the_list_it_counts(team, client_of):
    client = client_of(team["supervisor"])
    page = client.get("/cases/team/")
    worker = next(line for line in page.context["lines"] if line.name == team["worker"].full_name)
    for led in worker.led:
        if led.count:
            assert client.get(led.url).content.decode().count("<tr data-row>") == led.count, led.label


@pytest.mark.parametrize("role", ["CW", "PSY", "PM", "SYS", "AUD"])
def test_only_a_supervisor_has_the_page_of_the_team(cast, client_of, role):
    assert client_of(cast.of(role)).get("/cases/team/").status_code == 403


def test_the_team_is_that_of_ones_own_offices(team, cast, client_of):
    stranger = cast.of("CW", "RN")
    auditor = cast.of("AUD")
    page = client_of(team["supervisor"]).get("/cases/team/")
    names = [line.name for line in page.context["lines"]]
    assert team["worker"].full_name in names
    assert stranger.full_name not in names and auditor.full_name not in names
    assert page.content.decode().count('class="sidenav__link" aria-current="page"') <= 1


def spread(client, cases, lead, back="/cases/?risk=high"):
    sent = {"case": [case.pk for case in cases], "lead": lead.pk if lead else "", "back": back}
    return client.post("/cases/spread/", sent, follow=True)


def test_a_supervisor_gives_cases_to_another_lead_who_is_told(team, client_of):
    page = spread(client_of(team["supervisor"]), team["cases"], team["other"])
    assert "2 cases now have the lead" in page.content.decode()
    assert page.request["QUERY_STRING"] == "risk=high"
    assert set(Case.rows.values_list("lead", flat=True)) == {team["other"].pk}
    assert Notice.rows.filter(recipient=team["other"], action="cases.case.reassigned").count() == 2


def test_a_caseworker_gives_no_case_to_another(team, client_of):
    assert spread(client_of(team["worker"]), team["cases"], team["other"]).status_code == 403
    assert set(Case.rows.values_list("lead", flat=True)) == {team["worker"].pk}
    assert 'name="case"' not in client_of(team["worker"]).get("/cases/").content.decode()
    assert 'name="case"' in client_of(team["supervisor"]).get("/cases/").content.decode()


def test_each_case_is_given_by_the_rules_of_one(team, client_of):
    related, free = team["cases"]
    ConflictOfInterest.rows.create(user=team["other"], person=related.child, declared_on=TODAY)
    text = spread(client_of(team["supervisor"]), team["cases"], team["other"]).content.decode()
    assert "1 case now has the lead" in text
    assert f"{related.number}: This worker is related to the child." in text
    assert {case.pk: case.lead for case in Case.rows.all()} == {related.pk: team["worker"], free.pk: team["other"]}


def test_nobody_without_a_role_in_the_office_becomes_the_lead(team, cast, client_of):
    text = spread(client_of(team["supervisor"]), team["cases"], cast.of("CW", "RN")).content.decode()
    assert "Choose who takes the cases." in text
    Grant.objects.filter(user=team["other"]).update(valid_to=TODAY - timedelta(days=1), valid_from="2026-01-01")
    given, refused = spread_cases(cases=team["cases"], lead=team["other"], by=team["supervisor"], now=NOW)
    assert given == [] and all("who has a role in the office" in sentence for sentence in refused)


def test_a_case_of_another_office_is_not_given_away_by_its_number(team, cast, client_of):
    """The supervisor of Mae Sot helps out in Ranong as a caseworker, and so does the colleague."""
    theirs = births.make_birth(cast.ranong, cast.of("CW", "RN")).case
    for person in (team["supervisor"], team["other"]):
        make_grant(person, "CW", cast.ranong)
    spread(client_of(team["supervisor"]), [theirs, team["cases"][0]], team["other"])
    assert Case.rows.get(pk=theirs.pk).lead == cast.of("CW", "RN")
    assert Case.rows.get(pk=team["cases"][0].pk).lead == team["other"]


@pytest.mark.parametrize("how_many", [0, MOST_AT_ONCE + 1])
def test_none_or_more_than_a_hundred_are_refused(team, how_many):
    with pytest.raises(Refusal) as refused:
        spread_cases(cases=team["cases"][:1] * how_many, lead=team["other"], by=team["supervisor"], now=NOW)
    assert refused.value.code == "CAS-SPREAD-1"


def test_cases_of_another_office_are_left_alone_and_the_way_back_stays_here(team, cast, client_of):
    theirs = births.make_birth(cast.ranong, cast.of("CW", "RN")).case
    page = spread(client_of(team["supervisor"]), [theirs], team["other"], back="https://elsewhere.example/")
    assert "Choose one to a hundred cases." in page.content.decode()
    assert page.request["PATH_INFO"] == "/cases/"
    theirs.refresh_from_db()
    assert theirs.lead == cast.of("CW", "RN")
