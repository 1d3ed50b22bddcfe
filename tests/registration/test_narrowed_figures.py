"""Figures that are narrowed: parts of the whole, for who may open the rows, by links, files, reports and programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from casework.audit.models import Event
from casework.cases.models import Case
from casework.documents.models import Document
from casework.kernel.refusals import Refusal
from casework.reference.models import Term
from casework.reports import periods, services
from casework.reports.boards import Scope
from casework.reports.figures import measure_behind
from casework.reports.filters import read_chosen
from casework.reports.models import KeptReading, ReportRun
from casework.reports.rules import against_filters
from casework.reports.targets import read_board
from registration.models import BirthRecord
from registration.queries.narrowing import FILTERS
from registration.reports import BirthBoard
from tests.api.conftest import Caller
from tests.factories import registration as births
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cases import make_sealed
from tests.factories.cast import Cast, make_cast, signed_in
from tests.factories.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MOMENT = births.NOW
TODAY = births.TODAY
DASHBOARD = "reports:dashboard"
BOARD = BirthBoard()
ENDED = {"state": "closed", "closed_on": TODAY, "close_reason": "other"}


@at(births.NOW)
def make_rows() -> Cast:
    """Mae Sot: a girl who is registered, two girls and a boy whose papers are gathered; a second worker leads one."""
    cast = make_cast()
    worker = cast.of("CW")
    births.registered(cast.mae_sot, worker)
    told = {"status_group": "undocumented", "nationality_claimed": "MM"}
    mother = births.known("mother", "Naw Eh Paw", **told)
    undocumented = births.birth_facts(parents=(mother, births.missing("father")))
    births.gathering(cast.mae_sot, worker, undocumented)
    births.gathering(cast.mae_sot, worker, births.birth_facts(sex="M"))
    other = make_worker("CW", cast.mae_sot)
    unknown = births.birth_facts(parents=(births.missing("mother"), births.missing("father")))
    at_home = births.make_birth(cast.mae_sot, other, unknown)
    BirthRecord.rows.filter(pk=at_home.pk).update(place_kind="home")
    births.gathering(cast.ranong, cast.of("CW", "RN"))
    return cast


def read(cast: Cast, filters: str = "", role: str = "SUP", **more: Any) -> Any:
    scope = Scope(
        period=periods.year(2026), before=None, offices=frozenset({cast.mae_sot.pk}), today=TODAY, language="en",
        filters=read_chosen(filters), reader=cast.of(role), **more,
    )  # fmt: skip
    return read_board(BOARD, scope)


def told(answer: Any, key: str) -> str:
    return next(stat["shown"].value for stat in answer.context["stats"] if stat["shown"].key == key)


def asked(**filters: str) -> dict[str, str]:
    return {"period": "year:2026", **{f"only_{key.replace('_', '-')}": value for key, value in filters.items()}}


def every_number(reading: Any) -> dict[tuple[str, int, int], frozenset[int]]:
    """The rows behind each number of the board."""
    places = [(stat.key, 0, 0) for stat in reading.stats]
    for table in reading.tables:
        columns = len(getattr(table, "columns", ())) or 1
        places += [(table.key, row, column) for row in range(len(table.rows)) for column in range(columns)]
    return {place: measure.ids for place in places if (measure := measure_behind(reading, *place)) is not None}


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_the_values_of_a_filter_part_every_figure(clinic, one):
    twice = BirthRecord.rows.get(place_kind="home").case
    Case.rows.filter(pk=twice.pk).update(**ENDED, child=BirthRecord.rows.get(case__child__sex="M").case.child)
    whole = every_number(read(clinic))
    assert len(whole["open", 0, 0]) == 3, "one child has two records"
    parts = [
        every_number(read(clinic, f"{one.key}:{value}"))
        for value, _name in one.values(frozenset({clinic.mae_sot.pk}))
    ]  # fmt: skip
    for key in ("open", "registered"):
        counted = [part[key, 0, 0] for part in parts]
        assert sum(map(len, counted)) == len(whole[key, 0, 0])
        assert frozenset().union(*counted) == whole[key, 0, 0]
    ages = [key for key in whole if key[0] == "ages"]
    assert [sum(len(part[key]) for part in parts) for key in ages] == [len(whole[key]) for key in ages]


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ("sex:F", 3), ("sex:M", 1), ("sex:U", 0), ("place:hospital", 3), ("place:home", 1), ("track:T1", 3),
        ("track:none", 1), ("mother-status:undocumented", 1), ("mother-status:unknown", 3), ("mother-status:thai", 0),
        ("father-status:unknown", 4), ("mother-nationality:MM", 1), ("sex:F,place:hospital", 2),
        ("sex:M,mother-status:undocumented", 0), ("worker:none", 0),
    ],
)  # fmt: skip
def test_a_narrowed_figure_is_what_is_counted_by_hand(clinic, filters, number):
    assert len(read(clinic, filters).stat("open").measure.ids) == number


def test_page_list_file_and_program_are_narrowed_alike(clinic):
    supervisor, lead = clinic.of("SUP"), clinic.of("CW")
    client, chosen = signed_in(supervisor), asked(sex="F", worker=str(lead.pk))
    Term.objects.create(key="registration.target.open", value=4, unit="children", valid_from=TODAY, source="Plan")
    whole = client.get(reverse(DASHBOARD), asked())
    assert told(whole, "open") == "4" and whole.context["stats"][0]["shown"].target and not whole.context["chips"]
    page = client.get(reverse(DASHBOARD), chosen)
    assert told(page, "open") == "2"
    assert not any(stat["shown"].target for stat in page.context["stats"])
    assert next(one["shown"] for one in page.context["stats"] if one["shown"].key == "registered").more == ""
    chips = {chip["label"]: chip["url"] for chip in page.context["chips"]}
    assert list(chips) == ["Sex: Girl", f"Lead: {lead.full_name}"]
    assert told(client.get(reverse(DASHBOARD) + chips["Sex: Girl"]), "open") == "3"
    assert told(client.get(reverse(DASHBOARD) + page.context["clear_url"]), "open") == "4"

    behind = client.get(page.context["stats"][0]["url"])
    assert len(behind.context["children"]) == 2 and "Sex: Girl" in behind.context["period_text"]
    listed = Event.objects.get(action="reports.figure.opened")
    assert listed.reason == f"registration open 0 0 sex:F,worker:{lead.pk}"
    for ending in ("csv", "xlsx"):
        file = client.get(page.context["figures"]["backlog"][ending])
        assert file.status_code == 200
    as_csv = client.get(page.context["figures"]["backlog"]["csv"]).content.decode()
    assert f"Only: Sex: Girl; Lead: {lead.full_name}." in as_csv and supervisor.full_name in as_csv

    program = Caller(supervisor)
    filters = {"period": "year:2026", "filters": f"sex:F,worker:{lead.pk}"}
    answer = program.get("boards/registration/figures/", **filters).json()
    assert answer["filters"] == list(chips) and answer["stats"][0]["value"] == "2"
    assert len(program.client.get(answer["stats"][0]["rows"]).json()["results"]) == 2
    offered = {one["key"]: one for one in program.get("boards/registration/").json()["filters"]}
    assert {"value": str(lead.pk), "name": lead.full_name} in offered["worker"]["values"]
    assert list(offered) == [one.key for one in FILTERS]


def test_nothing_narrowed_is_kept(clinic):
    client = signed_in(clinic.of("SUP"))
    client.get(reverse(DASHBOARD), asked(sex="M"))
    assert not KeptReading.objects.exists()
    assert told(client.get(reverse(DASHBOARD), asked()), "open") == "4"
    assert told(client.get(reverse(DASHBOARD), asked(sex="M")), "open") == "1"
    assert KeptReading.objects.count() == 1


def test_of_a_sealed_case_a_filter_tells_nothing(clinic):
    sealed = BirthRecord.rows.get(case__child__sex="M")
    make_sealed(sealed.case, clinic.of("SUP"))
    assert [len(read(clinic, "sex:M", role).stat("open").measure.ids) for role in ("CW", "SUP")] == [1, 0]
    assert len(read(clinic).stat("open").measure.ids) == 4, "who leads it sees it, and the whole counts it"
    client = signed_in(clinic.of("SUP"))
    assert told(client.get(reverse(DASHBOARD), asked(sex="M")), "open") == "0"


REFUSED = [
    ("PM", "sex:F", "REP-10"), ("ME", "sex:F", "REP-10"), ("AUD", "track:T1", "REP-10"), ("DPO", "sex:F", "REP-10"),
    ("CW", "worker:none", "REP-10"), ("CW", "worker:99999999999999999999", "REP-10"), ("PSY", "worker:none", "REP-10"),
    ("PSY", "mother-status:thai", "REP-10"), ("PSY", "mother-nationality:MM", "REP-10"), ("SUP", "sex:X", "REP-9"),
    ("SUP", "worker:99999999999999999999", "REP-9"), ("SUP", "office:1", "REP-9"), ("SUP", "track:'; --", "REP-9"),
]  # fmt: skip
ALLOWED = [("SUP", "worker:none"), ("SUP", "mother-status:thai"), ("CW", "mother-nationality:MM"), ("CW", "sex:F"),
           ("PSY", "sex:F"), ("TRF", "place:home")]  # fmt: skip


@pytest.mark.parametrize(("role", "filters", "code"), REFUSED)
def test_a_filter_is_refused_in_a_sentence_everywhere(clinic, role, filters, code):
    client, (key, _colon, value) = signed_in(clinic.of(role)), filters.partition(":")
    chosen = {"period": "year:2026", f"only_{key}": value}
    page = client.get(reverse(DASHBOARD), chosen)
    assert page.status_code == 200 and not page.context["chips"]
    assert [finding.code for finding in page.context["form"].refused] == [code]
    assert escape(page.context["form"].refused[0].sentence) in page.content.decode()
    assert told(page, "open") == told(client.get(reverse(DASHBOARD), asked()), "open"), "of the whole"
    file = client.get(reverse("reports:file", args=["registration", "ages", "csv"]), chosen)
    assert file.status_code == 403
    assert client.get(reverse("reports:children", args=["registration", "open", 0, 0]), chosen).status_code == 403
    program = Caller(clinic.of(role)).get("boards/registration/figures/", filters=filters)
    assert (program.status_code, program.json()["code"], program.json()["field"]) == (422, code, "filters")


@pytest.mark.parametrize(("role", "filters"), ALLOWED)
def test_its_twin_is_allowed(clinic, role, filters):
    client, (key, _colon, value) = signed_in(clinic.of(role)), filters.partition(":")
    page = client.get(reverse(DASHBOARD), {"period": "year:2026", f"only_{key}": value})
    assert page.status_code == 200 and len(page.context["chips"]) == 1 and not page.context["form"].refused
    program = Caller(clinic.of(role)).get("boards/registration/figures/", filters=filters)
    assert program.status_code == 200 and len(program.json()["filters"]) == 1


@pytest.mark.parametrize("wrong", ["sex", "sex:", ":F", "sex:F,sex:M", "sex:\x00", "x" * 401])
def test_filters_that_cannot_be_read_are_refused(clinic, wrong):
    answer = Caller(clinic.of("SUP")).get("boards/registration/figures/", filters=wrong)
    assert (answer.status_code, answer.json()["field"]) in {(422, "filters"), (400, "filters")}


def test_a_filter_needs_the_rows_of_every_office_that_is_counted(clinic):
    both = make_worker("SUP", clinic.mae_sot)
    make_grant(both, "PM", clinic.ranong)
    client = signed_in(both)
    everywhere = client.get(reverse(DASHBOARD), asked(sex="F"))
    assert [one.code for one in everywhere.context["form"].refused] == ["REP-10"]
    here = client.get(reverse(DASHBOARD), asked(sex="F") | {"office": clinic.mae_sot.pk})
    assert not here.context["form"].refused and told(here, "open") == "3"
    assert [field.name for field in here.context["form"].narrowing] == [f"only_{one.key}" for one in FILTERS]
    assert signed_in(clinic.of("PM")).get(reverse(DASHBOARD)).context["form"].narrowing == []


def order(cast: Cast, role: str = "SUP", filters: str = "sex:M", **more: Any) -> Document:
    values: dict = {
        "board": BOARD, "period": periods.year(2026), "offices": [cast.mae_sot], "language": "en", "readers": "staff",
        "by": cast.of(role), "now": births.NOW, "filters": read_chosen(filters),
    }  # fmt: skip
    return services.order_report(**{**values, **more})


def test_a_narrowed_report_says_so_and_is_its_orderers_alone(clinic):
    paper = order(clinic).facts["paper"]
    assert paper["only"] == "Only: Sex: Boy." and paper["stats"][0]["value"] == "1"
    assert Event.objects.get(action="reports.report.ordered").reason == "sex:M"
    assert clinic.of("SUP").full_name in paper["note"]
    assert order(clinic, filters="").facts["paper"]["only"] == ""
    thai = order(clinic, language="th").facts["paper"]
    assert thai["only"].startswith("เฉพาะ") and "Sex" not in thai["only"]
    seen = {role: ReportRun.objects.visible_to(clinic.of(role)).count() for role in ("SUP", "CW", "PM")}
    assert seen == {"SUP": 3, "CW": 1, "PM": 0}


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"readers": "organisation"}, "REP-10", "readers"), ({"readers": "outside"}, "REP-10", "readers"),
        ({"role": "CW", "filters": "worker:none"}, "REP-10", "filters"), ({"filters": "sex:X"}, "REP-9", "filters"),
        ({"role": "PM", "readers": "outside"}, "REP-10", "filters"),
    ],
)  # fmt: skip
def test_a_narrowed_report_that_may_not_be_made_is_refused(clinic, more, code, field):
    with pytest.raises(Refusal) as refused:
        order(clinic, **more)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_narrowed_report_is_ordered_on_the_page_and_over_the_api(clinic):
    client, url = signed_in(clinic.of("SUP")), reverse("reports:reports") + "?period=year:2026&only_sex=M"
    page = client.get(url)
    assert page.context["filter_words"] == ["Sex: Boy"] and not page.context["templates"]
    assert dict(page.context["form"].fields["readers"].choices).keys() == {"staff"}
    data = {"period": "year:2026", "offices": [clinic.mae_sot.pk], "language": "en", "readers": "staff"}
    assert client.post(url, data).status_code == 302
    assert ReportRun.rows.get().filters == "sex:M"
    refused = client.post(url.replace("=M", "=X"), data)
    assert refused.status_code == 422 and "has another value" in refused.content.decode()
    manager = signed_in(clinic.of("PM"))
    assert "Filters are for those" in manager.get(url).content.decode()
    assert manager.post(url, data | {"readers": "organisation"}).status_code == 422
    body = {**data, "board": "registration", "filters": "sex:M"}
    told = Caller(clinic.of("SUP")).post("reports/", body)
    assert (told.status_code, told.json()["filters"]) == (201, "sex:M")
    passed_on = Caller(clinic.of("SUP")).post("reports/", body | {"readers": "outside"})
    assert (passed_on.status_code, passed_on.json()["code"], passed_on.json()["field"]) == (422, "REP-10", "readers")
    assert Caller(clinic.of("CW")).get("reports/").json()["results"] == []


def test_a_closed_month_takes_no_filter(clinic, monkeypatch):
    later = births.NOW + dt.timedelta(days=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    month = periods.month(2026, 11)
    services.close_month(board=BOARD, office=clinic.mae_sot, month=month, remark="", by=clinic.of("SUP"), now=later)
    client, here = signed_in(clinic.of("SUP")), {"period": month.key, "office": clinic.mae_sot.pk}
    assert client.get(reverse(DASHBOARD), here).context["counting"].close
    assert client.get(reverse(DASHBOARD), here | {"only_sex": "F"}).context["counting"].close is None


def test_narrowed_counting_asks_as_many_queries_for_many_records_as_for_few(clinic):
    client, chosen = signed_in(clinic.of("SUP")), asked(sex="F", mother_status="unknown", worker="none")
    client.get(reverse(DASHBOARD), chosen)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(DASHBOARD), chosen)
    for _more in range(3):
        births.gathering(clinic.mae_sot, clinic.of("CW"))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(DASHBOARD), chosen)
    assert len(many) == len(few)


def test_whoever_may_not_open_the_rows_learns_nothing_by_values(clinic):
    audience = services.audience_of(clinic.of("PM"), BOARD)
    offices = frozenset({clinic.mae_sot.pk})
    for filters in ("worker:1", "nothing:1", "sex:F"):
        found = against_filters(clinic.of("PM"), BOARD, audience, offices, read_chosen(filters))
        assert [(one.code, one.field) for one in found] == [("REP-10", "")]
