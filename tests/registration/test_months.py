"""Months that are closed keep their figures; what changes later is told beside them, to each as far as they may."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.audit.models import Event
from casework.drafts.services import save_draft
from casework.imports.models import ImportRun
from casework.kernel.refusals import Refusal
from casework.reports import paper, periods, services
from casework.reports.boards import Scope
from casework.reports.models import MonthClose, Readers, ReportRun
from registration.reports import BirthBoard
from tests.factories import registration as births
from tests.factories.cast import Cast, make_cast, signed_in
from tests.factories.clock import Clock, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOVEMBER = periods.month(2026, 11)
MOMENT = IN_DECEMBER = births.NOW.replace(month=12, day=4)
WAS_NOW = "Was 2 when the month was closed, now 3."


@at(births.NOW)
def make_rows() -> Cast:
    """Mae Sot: one at the office, one whose papers are gathered."""
    cast = make_cast()
    births.visit(births.ready(cast.mae_sot, cast.of("CW")), cast.of("CW"))
    births.gathering(cast.mae_sot, cast.of("CW"))
    return cast


def address(cast: Cast, name: str, *more: str, month: int = 11, office: str = "MS") -> str:
    return reverse(f"reports:{name}", args=["registration", cast.offices[office].pk, 2026, month, *more])


def close(cast: Cast, month: periods.Period = NOVEMBER, now: dt.datetime = IN_DECEMBER) -> MonthClose:
    board = BirthBoard()
    return services.close_month(board=board, office=cast.mae_sot, month=month, remark="", by=cast.of("SUP"), now=now)


def enter_late(cast: Cast, clock: Clock, how_many: int = 1) -> None:
    """Births that were taken up in November and written down in December."""
    for _one in range(how_many):
        births.gathering(cast.mae_sot, cast.of("CW"))
    clock.pass_by(minutes=6)


def dashboard(user: User, **more: str) -> str:
    client, query = signed_in(user), {"board": "registration", "period": NOVEMBER.key, **more}
    return unescape(client.get(reverse("reports:dashboard"), query).content.decode())


def changed_of(cast: Cast) -> list[str]:
    """The months that the list of months says were changed since they were closed."""
    page = signed_in(cast.of("SUP")).get(reverse("reports:months"))
    return [line["text"] for line in page.context["lines"] if line["is_changed"]]


def test_a_month_is_closed_and_a_birth_entered_later_is_told_beside_its_figures_with_the_reason(clinic, clock):
    manager, supervisor = signed_in(clinic.of("PM")), signed_in(clinic.of("SUP"))
    page = supervisor.get(address(clinic, "month"))
    missing = address(clinic, "month-missing", "result")
    assert "Handed in, no result written down" in page.content.decode() and missing in page.content.decode()
    assert supervisor.get(missing).context["page"].paginator.count == 1
    assert manager.get(missing).status_code == 404, "one row is too few for who may not open it"

    assert manager.post(address(clinic, "month-close"), {"remark": "As sent to Bangkok"}).status_code == 302
    kept = MonthClose.rows.get()
    assert (kept.missing["result"], kept.closed_by) == (1, clinic.of("PM"))
    assert Event.objects.filter(action="reports.month.closed", subject_id=kept.pk).count() == 1
    assert "unchanged" in supervisor.get(address(clinic, "month")).content.decode()

    assert changed_of(clinic) == []
    enter_late(clinic, clock)
    assert changed_of(clinic) == [NOVEMBER.text("en")]
    assert MonthClose.rows.get().figures == kept.figures
    assert WAS_NOW in dashboard(clinic.of("SUP"))
    assert "As sent to Bangkok" in supervisor.get(reverse("reports:months")).content.decode()
    assert WAS_NOW not in dashboard(clinic.of("SUP"), period="year:2026"), "a year is not that month"

    written = supervisor.post(address(clinic, "month-why", "open"), {"reason": "A form on paper"})
    assert written.status_code == 302
    assert f"{WAS_NOW} Why: A form on paper" in dashboard(clinic.of("SUP"))


def test_the_list_of_months_marks_what_their_pages_tell_with_one_counting(clinic, clock):
    months, client = periods.full_months(IN_DECEMBER.date(), 12), signed_in(clinic.of("SUP"))

    def asked() -> int:
        clock.pass_by(minutes=6)  # what was counted before is too old
        client.get(reverse("reports:months"))
        with CaptureQueriesContext(connection) as queries:
            clock.pass_by(minutes=6)
            client.get(reverse("reports:months"))
        return len(queries)

    close(clinic, months[-1])
    once = asked()
    for month in months[:-1]:
        close(clinic, month)
    assert asked() == once
    enter_late(clinic, clock)
    pages = {
        month.text("en"): client.get(
            reverse("reports:month", args=["registration", clinic.mae_sot.pk, month.first.year, month.first.month])
        ).context["figures"]
        for month in months
    }
    assert changed_of(clinic) == [name for name, lines in pages.items() if any(line["change"] for line in lines)]
    assert changed_of(clinic) == [NOVEMBER.text("en")]


def told_missing(user: User, path: str) -> dict[str, tuple[str, bool]]:
    """What a month lacks: how many, and whether it leads there."""
    gaps = signed_in(user).get(path).context["gaps"]
    return {str(gap["label"]): (gap["count"], bool(gap["url"])) for gap in gaps}


def test_drafts_begun_in_a_month_and_imports_that_wait_are_missing_from_it(clinic, clock):
    drafts, imports = "Begun and not sent: drafts", "Imports that wait for a supervisor"
    for day, office in ((births.NOW, "MS"), (IN_DECEMBER, "MS"), (births.NOW, "RN")):
        clock.now = day
        save_draft(
            by=clinic.of("CW", office), form="registration.intake", step="mother",
            answers={"mother_name_Latn": "Naw Paw"}, office_id=clinic.offices[office].pk,
        )  # fmt: skip
    clock.now = IN_DECEMBER
    for number, state in enumerate(("proposed", "checked")):
        ImportRun.rows.create(
            office=clinic.mae_sot, specification="registration.births", programme="registration", size=1, state=state,
            file_name="november.xlsx", digest=f"{number:064}", created_by=clinic.of("CW"),
        )  # fmt: skip
    path = address(clinic, "month")
    told = told_missing(clinic.of("SUP"), path)
    assert (told[drafts], told[imports]) == (("1", True), ("1", True))
    told = told_missing(clinic.of("PM"), path)
    assert (told[drafts], told[imports]) == (("*", False), ("*", False))
    close(clinic)
    assert {key: MonthClose.rows.get().missing[key] for key in ("drafts", "imports")} == {"drafts": 1, "imports": 1}
    assert drafts in signed_in(clinic.of("SUP")).get(path).content.decode()


@pytest.mark.parametrize(
    ("month", "code"), [(NOVEMBER, ""), (periods.month(2026, 12), "E-MON-01"), (periods.month(2026, 10), "E-MON-02")]
)
def test_a_month_is_closed_once_it_is_over_and_only_once(clinic, month, code):
    close(clinic, periods.month(2026, 10))
    if not code:
        assert close(clinic, month).month == month.first
        return
    with pytest.raises(Refusal) as refused:
        close(clinic, month)
    assert refused.value.code == code


@pytest.mark.parametrize(("role", "status"), [("PM", 302), ("SUP", 302), ("CW", 403), ("ME", 403), ("AUD", 403)])
def test_who_closes_the_months_of_an_office(clinic, role, status):
    client = signed_in(clinic.of(role))
    assert client.post(address(clinic, "month-close"), {"remark": ""}).status_code == status
    assert client.get(address(clinic, "month")).status_code == 200
    assert client.post(address(clinic, "month-close", office="RN"), {"remark": ""}).status_code in (403, 404)
    assert MonthClose.rows.count() == (1 if status == 302 else 0)


def test_a_running_month_and_a_second_closing_are_refused_on_the_page(clinic):
    client = signed_in(clinic.of("SUP"))
    running = client.post(address(clinic, "month-close", month=12), {"remark": ""})
    assert (running.status_code, "is not over" in running.content.decode()) == (422, True)
    close(clinic)
    again = client.post(address(clinic, "month-close"), {"remark": ""})
    assert (again.status_code, "is closed already" in again.content.decode()) == (422, True)
    assert client.post(address(clinic, "month-why", "open"), {"reason": "Nothing changed"}).status_code == 404


def notes(cast: Cast, readers: str) -> str:
    """What stands beside the large numbers of a report on November."""
    run = ReportRun.rows.create(
        board="registration", period=NOVEMBER.key, office=cast.mae_sot, language="en", readers=readers,
        requested_by=cast.of("SUP"), counted_at=timezone.now(),
    )  # fmt: skip
    run.offices.set([cast.mae_sot])
    scope = paper.scope_of(run, "en")
    counted = services.count_board(board=BirthBoard(), scope=scope, now=timezone.now())
    told = paper.report_paper(BirthBoard(), run, counted, scope, paper.close_of(BirthBoard(), scope))
    return " ".join([told.note, *(stat.note for stat in told.stats)])


def test_who_may_not_know_small_numbers_reads_that_a_figure_changed_and_not_by_how_much(clinic, clock):
    enter_late(clinic, clock, 9)  # eleven
    close(clinic)
    enter_late(clinic, clock)
    services.write_reason(
        close=MonthClose.rows.get(), key="open", reason="One of a family", by=clinic.of("SUP"), now=timezone.now()
    )
    assert "Was 11 when the month was closed, now 12. Why: One of a family" in notes(clinic, Readers.STAFF)
    for told in (notes(clinic, Readers.OUTSIDE), dashboard(clinic.of("PM"))):
        assert "Has changed since the month was closed." in told
        assert "Was 11" not in told and "One of a family" not in told
    pages = {role: signed_in(clinic.of(role)).get(address(clinic, "month")).content.decode() for role in ("ME", "PM")}
    assert {role: "One of a family" in page for role, page in pages.items()} == {"ME": False, "PM": True}
    enter_late(clinic, clock, 9)  # ten more than at the closing
    assert "Was 11 when the month was closed, now 21." in notes(clinic, Readers.OUTSIDE)


def test_a_month_of_several_offices_or_of_ones_own_cases_is_no_closed_month(clinic):
    close(clinic)
    here, there = clinic.mae_sot.pk, clinic.ranong.pk
    scope = Scope(period=NOVEMBER, before=None, offices=frozenset({here}), today=dt.date(2026, 12, 4), language="en")
    assert paper.close_of(BirthBoard(), scope) == MonthClose.rows.get()
    for others in ({"offices": frozenset({here, there})}, {"own_offices": frozenset({there})}):
        assert paper.close_of(BirthBoard(), Scope(**{**vars(scope), **others})) is None
