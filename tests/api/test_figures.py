"""Figures over the API are those of the page for each person, with the same numbers hidden; reports and months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.accounts.models import User
from casework.accounts.tokens import make_token
from casework.audit.models import Event
from casework.reports.models import ChangeReason, MonthClose, ReportRun
from tests.factories import registration as births
from tests.factories.cast import Cast, make_cast, signed_in
from tests.factories.clock import Clock, at

from .conftest import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOVEMBER = "month:2026-11"
MOMENT = IN_DECEMBER = births.NOW.replace(month=12, day=4)
TOLD = ("value", "note", "more", "compared", "direction", "restated")


@at(births.NOW)
def make_rows() -> Cast:
    """Mae Sot: one registered, one at the office, nine whose papers are gathered. Ranong: one."""
    cast = make_cast()
    worker = cast.of("CW")
    births.registered(cast.mae_sot, worker)
    births.visit(births.ready(cast.mae_sot, worker), worker)
    for _one in range(9):
        births.gathering(cast.mae_sot, worker)
    births.gathering(cast.ranong, cast.of("CW", "RN"))
    return cast


@pytest.fixture
def call(clinic) -> Callable[..., Caller]:
    return lambda role="SUP", office="MS": Caller(clinic.of(role, office))


def figures(caller: Caller, **asked: Any) -> dict[str, Any]:
    answer = caller.get("boards/registration/figures/", **{"period": NOVEMBER, **asked})
    assert answer.status_code == 200, answer.content
    return answer.json()


def stat(told: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in told["stats"] if one["key"] == key)


def enter_late(cast: Cast, clock: Clock) -> None:
    """A birth that was taken up in November and written down in December."""
    births.gathering(cast.mae_sot, cast.of("CW"))
    clock.pass_by(minutes=6)


@pytest.mark.parametrize("role", ["CW", "SUP", "PSY", "PM", "ME", "AUD", "FO", "DPO"])
def test_figures_are_those_of_the_page(clinic, call, role):
    told = figures(call(role))
    browser, asked = signed_in(clinic.of(role)), {"board": "registration", "period": NOVEMBER}
    page, second = (
        browser.get(reverse("reports:dashboard"), asked | more).context for more in ({}, {"more": "1"})
    )  # fmt: skip
    drawn = page["figures"] | second["figures"]
    shown = [one["shown"] for one in page["stats"]]
    assert [{name: one[name] for name in TOLD} for one in told["stats"]] == [
        {name: getattr(one, name) for name in TOLD} for one in shown
    ]
    assert [one["trend"] for one in told["stats"]] == [list(one.trend) for one in shown]
    assert [bool(one["rows"]) for one in told["stats"]] == [bool(one["url"]) for one in page["stats"]]
    assert len(told["tables"]) == len(drawn) == len(page["figures"]) + len(second["figures"])
    for table in told["tables"]:
        figure = drawn[table["key"]]
        assert (table["finding"], table["note"]) == (figure["part"].finding, figure["part"].note)
        assert [[line["name"], *(bool(cell["rows"]) for cell in line["cells"])] for line in table["lines"]] == [
            [name, *(bool(url) for _text, url in cells)] for name, cells in figure["lines"]
        ]
        texts = [(line["name"], *(cell["text"] for cell in line["cells"])) for line in table["lines"]]
        assert texts == list(figure["part"].rows)


def test_a_board_says_what_can_be_asked_of_it(clinic, call):
    boards = {board["key"]: board for board in call().get("boards/").json()}
    board = boards["registration"]
    assert board["offices"] == [{"id": clinic.mae_sot.pk, "name": "Mae Sot", "own_only": False}]
    assert {"key": NOVEMBER, "kind": "Month", "name": "November 2026"} in board["periods"]
    assert call("PSY").get("boards/registration/").json()["offices"][0]["own_only"]
    assert call().get("boards/registration/").json() == board
    for role in ("SYS", "EXT"):
        assert [call(role).get(path).status_code for path in ("boards/", "boards/registration/")] == [403, 404], role
    free = figures(call(), period="free", first="2026-11-01", last="2026-11-30", compare="none")
    assert stat(free, "open")["value"] == stat(figures(call()), "open")["value"] == "11"
    assert (free["period"]["key"], free["before"]) == ("free:2026-11-01:2026-11-30", None)


def test_who_may_open_reads_names_who_may_not_reads_codes_and_a_small_number_tells_neither(clinic, call):
    opened = Event.objects.filter(action="reports.figure.opened")
    rows = call().client.get(stat(figures(call()), "open")["rows"]).json()
    assert (len(rows["results"]), rows["next"], rows["elsewhere"]) == (11, None, 0)
    first = rows["results"][0]
    assert first["name"] and first["number"] and not first["code"]
    assert call().get(f"births/{first['id']}/").status_code == 200

    told = figures(call("PM"))
    masked = call("PM").client.get(stat(told, "open")["rows"]).json()["results"]
    assert [(row["id"], row["name"], row["number"], row["born"]) for row in masked] == [(None, "", "", None)] * 11
    assert [row["code"] for row in masked] == sorted(row["code"] for row in masked)
    assert opened.filter(reason="registration open 0 0").count() == 2

    hidden = stat(told, "registered")  # one child
    assert (hidden["value"], hidden["rows"], hidden["trend"]) == ("*", "", [])
    asked = {"figure": "registered", "period": NOVEMBER}
    assert call("PM").get("boards/registration/rows/", **asked).status_code == 404
    assert call().get("boards/registration/rows/", **asked).json()["results"][0]["name"]
    assert call("DPO").get("boards/registration/rows/", **asked).status_code == 403, "figures without lists"
    assert call("FO").get("boards/registration/rows/", **asked | {"figure": "open"}).status_code == 404


def test_rows_come_in_pages_that_tell_no_ids_and_not_too_fast(clinic, call, monkeypatch):
    monkeypatch.setattr("casework.reports.api.rows.RowPages.page_size", 6)
    asked = {"figure": "open", "period": NOVEMBER}
    page = call("PM").get("boards/registration/rows/", **asked).json()
    following = call("PM").client.get(page["next"]).json()
    assert (len(page["results"]), len(following["results"]), following["next"]) == (6, 5, None)
    for name in ("page_size", "cursor"):
        answer = call("PM").get("boards/registration/rows/", **asked, **{name: "1"})
        assert (answer.status_code, answer.json()["field"]) == (400, name)
    line = {"actor": clinic.of("PM"), "action": "reports.figure.opened", "at": timezone.now()}
    Event.objects.bulk_create(Event(**line) for _ in range(60))
    assert call("PM").get("boards/registration/rows/", **asked).status_code == 429


WRONG = [
    ({"period": "month:2026-13"}, "period"), ({"period": "free:2026-01-01:2026-02-01"}, "period"),
    ({"period": "free"}, "first"), ({"period": "free", "first": "2026-02-01", "last": "2026-01-01"}, "last"),
    ({"period": "free", "first": "2569-02-01", "last": "2569-03-01"}, "first"),
    ({"period": "year:2026", "first": "2026-02-01"}, "first"), ({"period": "\x00"}, "period"),
    ({"period": "year:" + "9" * 40}, "period"), ({"period": ""}, "period"), ({"office": "9" * 40}, "office"),
    ({"office": "1 OR 1=1"}, "office"), ({"office": "0"}, "office"), ({"compare": "both"}, "compare"),
    ({"nonsense": "1"}, "nonsense"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "field"), WRONG)
def test_a_filter_that_is_not_offered_is_refused_by_its_field(call, asked, field):
    for path in ("boards/registration/figures/", "boards/registration/rows/"):
        more = {"figure": "open"} if path.endswith("rows/") else {}
        answer = call().get(path, **more, **asked)
        assert (answer.status_code, answer.json()["field"]) == (400, field), answer.content
        assert answer.json()["code"] != "None"


def test_it_is_refused_in_the_words_of_the_page_and_the_language_of_the_person(clinic):
    User.objects.filter(pk=clinic.of("SUP").pk).update(language="my")
    token = make_token(user=clinic.of("SUP"), now=timezone.now())
    client = Client(headers={"Authorization": f"Bearer {token}"})
    with override("my"):
        words = {
            "free": _("“%(label)s” needs an answer.") % {"label": _("From")},
            "month:2026-13": _("“%(label)s”: choose one of the answers shown.") % {"label": _("Period")},
        }
    for period, sentence in words.items():
        assert client.get("/api/v1/boards/registration/figures/", {"period": period}).json()["message"] == sentence


def test_an_office_or_board_of_somebody_else_is_not_offered(clinic, call):
    other = call().get("boards/registration/figures/", office=clinic.ranong.pk)
    assert (other.status_code, other.json()["field"], other.json()["code"]) == (400, "office", "E-CHOICE-1")
    assert stat(figures(call("SUP"), office=clinic.mae_sot.pk), "open")["value"] == "11"
    for path in (
        "boards/nowhere/figures/",
        "boards/%00/figures/",
        f"boards/{'x' * 60}/",
        "months/registration-1-2026-13/",
    ):
        assert call().get(path).status_code == 404, path
    place = {"figure": "map", "row": 99, "column": 99}
    assert call().get("boards/registration/rows/", **place).status_code == 404
    for name in ("row", "column"):
        answer = call().get("boards/registration/rows/", **place | {name: "9" * 40})
        assert (answer.status_code, answer.json()["field"]) == (400, name)


def order(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "board": "registration", "period": NOVEMBER, "offices": [cast.mae_sot.pk], "language": "en",
        "readers": "organisation", **more,
    }  # fmt: skip


def test_a_report_is_ordered_once_and_found_with_its_paper(clinic, call):
    body, key = order(clinic), {"Idempotency-Key": "november"}
    answer = call("PM").post("reports/", body, **key)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["period"], told["period_name"], told["offices"]) == (NOVEMBER, "November 2026", body["offices"])
    assert call("PM").post("reports/", body, **key).json() == told
    assert ReportRun.rows.count() == 1
    assert call("PM").client.get(answer["Location"]).json() == told
    assert [one["id"] for one in call("AUD").get("reports/", board="registration").json()["results"]] == [told["id"]]
    assert call("PM").client.get(told["document"]["url"]).json()["subject_id"] == told["id"]
    assert call("SUP", "RN").client.get(answer["Location"]).status_code == 404


def test_a_report_is_ordered_by_a_template_with_words(clinic, call):
    template = call("PM").post("report-templates/", {
        "board": "registration", "name": "Quarterly report", "donor": "Lotus Foundation", "language": "en",
        "figures": [{"key": "open"}], "boxes": [{"heading": "Achievements"}],
    }).json()["id"]  # fmt: skip
    body = order(clinic, template=template, readers="outside", narrative=["Nine were met."])
    told = call("PM").post("reports/", body).json()
    assert (told["template"], told["donor"]) == (template, "Lotus Foundation")
    assert told["narrative"] == [{"heading": "Achievements", "text": "Nine were met."}]
    refused = call("PM").post("reports/", body | {"narrative": ["a", "b"]})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, "REP-7", "narrative")
    assert call("PM").post("reports/", body | {"template": 999}).json()["field"] == "template"


@pytest.mark.parametrize(
    ("role", "wrong", "right", "code"),
    [
        ("SUP", {"period": "free", "first": "2027-01-01", "last": "2027-01-31"},
         {"period": "free", "first": "2026-12-01", "last": "2027-01-31"}, "REP-1"),
        ("SUP", {"offices": []}, {}, "REP-2"),
        ("SUP", {"offices": "ranong"}, {}, "REP-3"),
        ("PM", {"readers": "staff"}, {"readers": "outside"}, "REP-4"),
        ("SUP", {"language": "my"}, {"language": "th"}, "E-DOC-1"),
    ],
)  # fmt: skip
def test_a_report_that_may_not_be_made_is_refused(clinic, call, role, wrong, right, code):
    if wrong == {"offices": "ranong"}:
        wrong = {"offices": [clinic.mae_sot.pk, clinic.ranong.pk]}
    refused = call(role).post("reports/", order(clinic, **wrong))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["field"] in wrong
    assert call(role).post("reports/", order(clinic, **right)).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"board": "nowhere"}, {"board": ["registration"]}, {"board": "\x00"}, {"period": ["year:2026"]},
        {"period": "month:2026-13"}, {"period": "free"}, {"offices": "1"}, {"offices": [10**30]},
        {"offices": [999_999]}, {"offices": [[1]]}, {"language": {}}, {"readers": "everybody"}, {"requested_by": 1},
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_read_names_its_field(clinic, call, wrong):
    answer = call().post("reports/", order(clinic, **wrong))
    (name,) = wrong
    assert answer.status_code == 400, answer.content
    assert answer.json()["field"].split(".")[0] == ("first" if wrong == {"period": "free"} else name)


def month(cast: Cast, month: str = "2026-11", office: str = "MS") -> str:
    return f"months/registration-{cast.offices[office].pk}-{month}/"


def test_a_month_is_closed_over_the_api_and_its_change_is_told_to_each_as_far_as_they_may(clinic, call, clock):
    here = {"board": "registration", "office": clinic.mae_sot.pk}
    listed = call("CW").get("months/", **here).json()
    assert [(line["month"], line["closed_at"]) for line in listed][:2] == [("2026-11", None), ("2026-10", None)]
    gap = call().get(month(clinic)).json()["missing"][0]
    assert (gap["key"], gap["count"]) == ("result", "1")
    assert [row["name"] for row in call().client.get(gap["rows"]).json()["results"]] != [""]
    masked = {one["key"]: one for one in call("PM").get(month(clinic)).json()["missing"]}
    assert (masked["result"]["count"], masked["result"]["rows"]) == ("*", ""), "one row"
    assert call("PM").get(f"{month(clinic)}missing/", key="result").status_code == 404

    assert call().post(f"{month(clinic)}close/").status_code == 428
    closed = call("PM").act("close/", {"remark": "As sent to Bangkok"}, row=month(clinic)).json()
    assert (closed["remark"], closed["closed_by"]) == ("As sent to Bangkok", clinic.of("PM").pk)
    assert call("CW").get("months/", **here).json()[0]["remark"] == "As sent to Bangkok"
    again = call("SUP").act("close/", row=month(clinic))
    assert (again.status_code, again.json()["code"]) == (422, "E-MON-02")
    assert call().post(f"{month(clinic)}close/", **{"If-Match": '"old"'}).status_code == 412
    running = call().act("close/", row=month(clinic, "2026-12"))
    assert (running.status_code, running.json()["code"]) == (422, "E-MON-01")
    assert MonthClose.rows.count() == 1

    enter_late(clinic, clock)
    reasons = f"{month(clinic)}reasons/"
    reason = {"key": "open", "reason": "One of a family"}
    assert call().post(reasons, reason | {"key": "registered"}).json()["field"] == "key", "it did not change"
    assert call().post(reasons, reason | {"key": "nothing"}).json()["code"] == "E-MON-03"
    assert call().post(f"{month(clinic, '2026-10')}reasons/", reason).status_code == 404
    for wrong in ({"key": ["open"]}, {"key": "\x00"}, {"reason": ""}, {"reason": "x" * 301}, {"by": 1}):
        answer = call().post(reasons, reason | wrong)
        assert (answer.status_code, answer.json()["field"]) == (400, *wrong)
    assert call().post(reasons, reason).status_code == 201

    again_as_it_was = {"key": "registered", "reason": "Was taken back", "by": clinic.of("SUP"), "at": clock.now}
    ChangeReason.rows.create(close=MonthClose.rows.get(), **again_as_it_was)
    assert not any(one["reasons"] for one in call().get(month(clinic)).json()["figures"] if not one["change"])
    changed = {role: next(one for one in call(role).get(month(clinic)).json()["figures"] if one["key"] == "open")
               for role in ("SUP", "PM", "ME")}  # fmt: skip
    assert changed["SUP"]["change"] == "Was 11 when the month was closed, now 12."
    assert changed["PM"]["change"] == changed["ME"]["change"] == "Has changed since the month was closed."
    read = {role: [one["reason"] for one in call(role).get(reasons).json()] for role in changed}
    assert read == {"SUP": ["One of a family"], "PM": ["One of a family"], "ME": []}
    assert {role: bool(one["reasons"]) for role, one in changed.items()} == {"SUP": True, "PM": True, "ME": False}
    assert [line["is_changed"] for line in call("ME").get("months/", **here).json()][:2] == [True, False]
    told = {role: stat(figures(call(role), office=clinic.mae_sot.pk), "open")["restated"] for role in changed}
    assert told["SUP"] == "Was 11 when the month was closed, now 12. Why: One of a family"
    assert told["PM"] == told["ME"] == "Has changed since the month was closed."


@pytest.mark.parametrize(("role", "status"), [("SUP", 200), ("PM", 200), ("CW", 403), ("ME", 403), ("AUD", 403)])
def test_who_closes_the_months_of_an_office(clinic, call, role, status):
    assert call(role).post(f"{month(clinic)}close/", **{"If-Match": "*"}).status_code == status
    assert call(role).post(f"{month(clinic, office='RN')}close/", **{"If-Match": "*"}).status_code == 404
    assert call(role).post(f"{month(clinic)}reasons/", {"key": "nothing", "reason": "x"}).status_code == (
        422 if status == 200 else 403
    )


@pytest.mark.parametrize(
    ("asked", "field"),
    [({}, "board"), ({"board": "nowhere", "office": 1}, "board"), ({"board": "registration", "office": 999}, "office"),
     ({"board": "registration", "office": "\x00"}, "office"), ({"board": "registration", "office": 1, "x": 1}, "x")],
)  # fmt: skip
def test_months_are_listed_of_an_office_one_sees_whole(call, asked, field):
    answer = call().get("months/", **asked)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
