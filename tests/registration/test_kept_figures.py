"""Figures that are kept: equal to those counted anew, no older than five minutes, whole when a counting is killed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.documents.models import Document
from casework.reports import periods, services
from casework.reports.boards import Scope
from casework.reports.models import KeptReading
from casework.reports.targets import read_board
from casework.reports.tasks import refresh
from registration.reports import BirthBoard
from tests.factories import registration as births
from tests.factories.cast import Cast, make_cast, signed_in
from tests.factories.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MOMENT = births.NOW
TODAY = births.TODAY
DASHBOARD = "reports:dashboard"
SPANS = (
    (periods.year(2026), periods.year(2025)),
    (periods.month(2026, 11), periods.month(2026, 10)),
    (periods.fiscal(2027), None),
    (periods.free(dt.date(2026, 11, 20), dt.date(2026, 11, 22)), None),
    (periods.year(2024), periods.year(2023)),
)


@at(births.NOW)
def make_rows() -> Cast:
    """Mae Sot: one registered, one at the office, one blocked. Ranong: one."""
    cast = make_cast()
    worker = cast.of("CW")
    births.registered(cast.mae_sot, worker)
    births.visit(births.ready(cast.mae_sot, worker), worker)
    births.blocked(cast.mae_sot, worker, days=4)
    births.gathering(cast.ranong, cast.of("CW", "RN"))
    return cast


def scope(cast: Cast, *codes: str, **more: object) -> Scope:
    offices = frozenset(cast.offices[code].pk for code in codes or ("MS",))
    values: dict = {"period": periods.year(2026), "before": None, "offices": offices, "today": TODAY, "language": "en"}
    return Scope(**{**values, **more})


def counted(asked: Scope) -> services.Counted:
    return services.count_board(board=BirthBoard(), scope=asked, now=timezone.now())


def one_more(cast: Cast) -> None:
    births.gathering(cast.mae_sot, cast.of("CW"))


def open_stat(client, url: str = "") -> str:
    answer = client.get(url or reverse(DASHBOARD))
    return next(stat["shown"].value for stat in answer.context["stats"] if stat["shown"].key == "open")


@pytest.mark.parametrize("language", ["en", "th", "my"])
@pytest.mark.parametrize("codes", [("MS",), ("RN",), ("MS", "RN")])
@pytest.mark.parametrize("span", SPANS)
def test_kept_figures_equal_those_counted_anew(clinic, span, codes, language):
    period, before = span
    asked = scope(clinic, *codes, period=period, before=before and before.as_far_as(period, TODAY), language=language)
    counted(asked)
    (row,) = KeptReading.objects.all()
    assert row.scope == asked
    assert counted(asked).reading == read_board(BirthBoard(), asked)


def test_what_was_counted_is_told_for_five_minutes_and_then_counted_anew(clinic, clock):
    asked = scope(clinic)
    first = counted(asked)
    one_more(clinic)
    clock.pass_by(minutes=4, seconds=59)
    assert counted(asked) == first
    clock.pass_by(seconds=1)
    assert counted(asked) == services.Counted(reading=read_board(BirthBoard(), asked), at=clock.now)
    assert len(counted(asked).reading.stat("open").measure.ids) == 4


def test_another_question_is_another_row(clinic):
    for asked in (
        scope(clinic), scope(clinic, "RN"), scope(clinic, language="th"), scope(clinic, before=periods.year(2025)),
        scope(clinic, period=periods.year(2025)), scope(clinic, today=TODAY + dt.timedelta(days=1)),
    ):  # fmt: skip
        assert counted(asked).reading == read_board(BirthBoard(), asked)
    assert KeptReading.objects.count() == 6


def test_one_persons_own_cases_are_counted_each_time(clinic):
    offices = frozenset({clinic.mae_sot.pk})
    own = scope(clinic, offices=frozenset(), own_offices=offices, user_id=clinic.of("PSY").pk)
    assert counted(own).reading.stat("open").measure.ids == frozenset()
    assert not KeptReading.objects.exists()


def test_a_refresh_after_a_change_shows_it(clinic, clock):
    client = signed_in(clinic.of("CW"))
    assert open_stat(client) == "3"
    one_more(clinic)
    clock.pass_by(minutes=3)
    assert services.refresh_figures(now=clock.now) == 0  # still good for a while
    assert open_stat(client) == "3"
    clock.pass_by(minutes=1)
    refresh()
    assert open_stat(client) == "4"
    assert KeptReading.objects.get().counted_at == clock.now


def test_a_killed_refresh_leaves_the_old_figures_whole(clinic, clock, monkeypatch):
    client = signed_in(clinic.of("CW"))
    open_stat(client)
    before = KeptReading.objects.get()
    one_more(clinic)
    clock.pass_by(minutes=4, seconds=30)

    def killed(board, asked):
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(BirthBoard, "read", killed)
        refresh()
    after = KeptReading.objects.get()
    assert (after.reading, after.counted_at) == (before.reading, before.counted_at)
    assert open_stat(client) == "3"
    refresh()
    assert open_stat(client) == "4"


def test_what_nobody_looks_at_is_forgotten(clinic, clock):
    counted(scope(clinic))
    for _minute in range(14):
        clock.pass_by(minutes=5)
        refresh()
    assert not KeptReading.objects.exists()


def test_what_somebody_looks_at_is_kept_on(clinic, clock):
    for _minute in range(14):
        counted(scope(clinic))
        clock.pass_by(minutes=5)
        refresh()
    assert KeptReading.objects.get().counted_at == clock.now


def test_the_next_day_begins_anew(clinic, clock):
    counted(scope(clinic))
    clock.now = dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)  # midnight in Thailand
    KeptReading.objects.update(asked_at=clock.now, counted_at=clock.now)
    refresh()
    assert not KeptReading.objects.exists()


def test_the_page_says_as_of_when_and_its_lists_hold_what_it_counts(clinic, clock):
    client = signed_in(clinic.of("CW"))
    client.get(reverse(DASHBOARD))
    clock.pass_by(minutes=2)
    one_more(clinic)
    assert "As of 10:00." in client.get(reverse(DASHBOARD)).content.decode()
    behind = client.get(reverse("reports:children", args=["registration", "open", 0, 0]))
    assert len(behind.context["children"]) == 3


def test_small_numbers_stay_hidden_when_another_had_them_counted(clinic):
    both = f"{reverse(DASHBOARD)}?office={clinic.mae_sot.pk}"
    assert open_stat(signed_in(clinic.of("SUP")), both) == "3"
    assert open_stat(signed_in(clinic.of("PM")), both) == "*"
    assert KeptReading.objects.count() == 1


def test_page_and_report_tell_the_same_numbers_and_when(clinic, clock):
    client = signed_in(clinic.of("SUP"))
    shown = open_stat(client)
    one_more(clinic)
    clock.pass_by(minutes=3)
    data = {"period": "year:2026", "offices": [clinic.mae_sot.pk], "language": "en", "readers": "staff"}
    client.post(reverse("reports:reports"), data)
    paper = Document.rows.get().facts["paper"]
    assert paper["stats"][0]["value"] == shown == "3"
    assert "Counted on 23 Nov 2026 at 10:00." in paper["note"].replace("\u00a0", " ")
