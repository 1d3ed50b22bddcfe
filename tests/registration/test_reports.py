"""The dashboard of births: who sees which numbers and lists, small numbers, files, and the programme report."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from casework.cases.services import cases
from casework.documents.models import Document
from casework.documents.pages import page_text
from casework.documents.services import render_document
from casework.documents.store import read
from casework.kernel.refusals import Refusal
from casework.reference.models import Term
from casework.reports import periods, services
from casework.reports.boards import Scope
from casework.reports.figures import Count, Rate
from casework.reports.models import KeptReading, ReportRun
from registration.indicators import registered_in
from registration.models import ChecklistItem
from registration.queries.counted import lines_since
from registration.reports import BirthBoard
from registration.states import Block
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cast import Cast, make_cast, signed_in

pytestmark = pytest.mark.django_db
TODAY = births.TODAY
YEAR = "?period=year:2026"


def set_the_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        timezone, "localdate", lambda value=None, tz=None: timezone.localtime(value, tz).date() if value else TODAY
    )


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    set_the_day(monkeypatch)


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


NAMES = (
    ("Mu Say Wah", "มู เซ วา", "Naw Eh Paw"), ("Thiha Aung", "ทีหา อ่อง", "Ma Hnin Si"),
    ("Kham Hom", "คำหอม", "Nang Hseng"), ("Yadanar", "ยาดานา", "Ma Sandar Win"), ("Htoo Eh", "ทู เอ", "Naw Lah Say"),
    ("Min Khant", "มิน คัน", "Daw Khin Lay"), ("Chan Mon", "ชาน มอญ", "Mi Ong Pakao"),
    ("Phyo Wai", "เพียว เว", "Ma Thida Soe"), ("Lwin Moe", "ลวิน โม", "Nan Kham Noi"),
    ("Su Myat Noe", "ซู เมียต โน", "Ma Yu Wai"),
)  # fmt: skip


FIRST = 6
"""So many of them are in the clinic."""


def unlike_children(patch: pytest.MonkeyPatch, first: int) -> None:
    """Children so different that none is taken for another."""
    made, plain = count(first), births.birth_facts

    def unlike(born: object = None, **more: object):
        number = next(made)
        child, thai, mother = NAMES[number]
        parents = (births.known("mother", mother), births.missing("father"))
        born = born or TODAY - dt.timedelta(days=1 + number)
        values = {"names": {"Latn": child, "Thai": thai}, "parents": parents, "weight_g": 2500 + 90 * number, **more}
        return plain(born, **values)

    patch.setattr(births, "birth_facts", unlike)


def make_rows() -> Cast:
    """Mae Sot: one registered, one at the office, one gathering, one blocked. Ranong and practice: one each."""
    with pytest.MonkeyPatch.context() as patch:
        set_the_day(patch)
        unlike_children(patch, 0)
        cast = make_cast()
        worker = cast.of("CW")
        births.registered(cast.mae_sot, worker)
        births.visit(births.ready(cast.mae_sot, worker), worker)
        births.gathering(cast.mae_sot, worker)
        births.blocked(cast.mae_sot, worker, days=8)
        births.gathering(cast.ranong, cast.of("CW", "RN"))
        births.gathering(cast.offices["PX"], cast.of("CW", "PX"))
        return cast


@pytest.fixture
def clinic(made, db, monkeypatch) -> Cast:
    unlike_children(monkeypatch, FIRST)
    return made()


@pytest.fixture
def committed_clinic(transactional_db) -> Cast:
    """The same for a test that commits."""
    return make_rows()


def scope(cast: Cast, *codes: str, **more: object) -> Scope:
    offices = frozenset(cast.offices[code].pk for code in codes or ("MS",))
    values: dict = {"period": periods.year(2026), "before": None, "offices": offices, "today": TODAY, "language": "en"}
    return Scope(**{**values, **more})


def table(reading, key: str) -> dict[str, list[int]]:
    found = reading.table(key)
    return {str(row.name): [len(cell) for cell in row.cells] for row in found.rows}


def test_figures_of_records_made_through_the_services(clinic):
    reading = BirthBoard().read(scope(clinic))
    assert isinstance(reading.stat("open").measure, Count)
    assert len(reading.stat("open").measure.ids) == 4
    assert len(reading.stat("registered").measure.ids) == 1
    # born in the last days: their fifteenth day is still to come
    assert reading.stat("in-time").measure == Rate(met=frozenset(), of=frozenset())
    assert table(reading, "births")["Nov"] == [1, 2, 1, 0]
    assert table(reading, "codes") == {"A parent has no paper": [1]}
    assert table(reading, "backlog")["0–15 days"] == [0, 2, 0, 1, 1]
    assert table(reading, "ages")["0–15 days"] == [1]
    assert table(reading, "map") == {"Province not known": [4]}


def test_practice_offices_and_undone_records_are_in_no_number(clinic):
    everywhere = scope(clinic, "MS", "RN", "PX")
    assert len(BirthBoard().read(everywhere).stat("open").measure.ids) == 5


def test_births_registered_before_the_records_stand_apart_with_their_source(clinic):
    url = reverse("home:reference-add", args=["opening-balances"])
    told = {"office": clinic.mae_sot.pk, "births": "๑๓๐๐", "source": "Yearly report 2024"}
    day = {"d": 31, "m": 3, "y": 2024}
    told |= {f"{name}_{part}": day[part] for name in ("until_on", "valid_from") for part in day}
    supervisor = signed_in(clinic.of("SUP"))
    assert supervisor.post(url, told).status_code == 302
    again = supervisor.post(url, told | {"births": "20"})
    assert again.status_code == 422 and "This office has an opening balance" in again.content.decode()
    assert supervisor.post(url, told | {"office": clinic.ranong.pk, "births": "20"}).status_code == 302
    reading = BirthBoard().read(scope(clinic))
    assert reading.stat("registered").note == "1,301 since the beginning, 1,300 of them before these records"
    m15 = next(one for one in reading.definitions if one.code == "M15")
    assert str(m15.numerator).endswith("1,300 until 31\xa0Mar 2024, as told by: Yearly report 2024")
    own = scope(clinic, offices=frozenset(), own_offices=frozenset({clinic.mae_sot.pk}), user_id=clinic.of("CW").pk)
    assert BirthBoard().read(own).stat("registered").note == "1 since the beginning of these records"


def test_a_large_number_has_the_target_of_the_last_day_of_its_period(clinic):
    target = Term.objects.get(key="registration.target.in-time")
    Term.objects.filter(pk=target.pk).update(valid_to=dt.date(2026, 10, 31))
    Term.objects.create(key="registration.target.open", value=4, unit="children", valid_from=TODAY, source="Plan")

    def told(role: str, query: str) -> dict:
        page = signed_in(clinic.of(role)).get(reverse("reports:dashboard") + query)
        return {one["shown"].key: one["shown"] for one in page.context["stats"]}

    assert [one.key for one in told("CW", YEAR).values() if one.target] == ["open"]
    october = told("CW", "?period=month:2026-10")
    assert (october["in-time"].target, october["in-time"].is_reached) == ("Target 90%", None)
    assert october["open"].target == ""
    Term.objects.filter(pk=target.pk).update(valid_to=None)
    open_ones = told("SUP", YEAR)["open"]
    assert (open_ones.target, open_ones.is_reached) == ("Target 4: reached", True)
    Term.objects.filter(key="registration.target.open").update(value=3)
    KeptReading.objects.all().delete()
    open_ones = told("SUP", YEAR)["open"]
    assert (open_ones.target, open_ones.is_reached) == ("Target 3: not reached", False)
    hidden = told("PM", YEAR)["open"]
    assert (hidden.value, hidden.target, hidden.is_reached) == ("*", "Target 3", None)
    assert ordered(clinic).facts["paper"]["stats"][0]["note"].endswith("Target 3: not reached")
    assert ordered(clinic, readers="outside").facts["paper"]["stats"][0]["note"].endswith("Target 3")


def test_when_the_last_day_is_over_m1_counts(clinic):
    later = scope(clinic, today=dt.date(2026, 12, 10))
    rate = BirthBoard().read(later).stat("in-time").measure
    assert (len(rate.met), len(rate.of)) == (1, 4)
    submitted = BirthBoard().read(later).stat("submitted").measure
    assert (len(submitted.met), len(submitted.of)) == (2, 4)


def test_a_paper_that_came_in_time_and_was_typed_late_counts_from_the_day_it_came(clinic):
    born, worker = dt.date(2026, 10, 20), clinic.of("CW")
    told = {"facts": births.birth_facts(born), "received_on": dt.date(2026, 10, 22), "origin": "paper"}
    on_paper = births.make_birth(clinic.mae_sot, worker, **told)
    typed = births.make_birth(clinic.mae_sot, worker, births.birth_facts(born))
    reading = BirthBoard().read(scope(clinic))
    assert reading.stat("in-time").measure.of == {on_paper.pk}
    lines = {line.id: line.opened_on for line in lines_since(scope(clinic), dt.date(2026, 1, 1))}
    assert (lines[on_paper.pk], lines[typed.pk]) == (dt.date(2026, 10, 22), TODAY)


def test_the_running_month_is_partial_and_a_past_one_is_not(clinic):
    assert BirthBoard().read(scope(clinic)).table("births").partial == {10}
    past = scope(clinic, period=periods.month(2026, 10))
    assert BirthBoard().read(past).table("births").partial == frozenset()


def test_the_map_adds_up_to_the_open_records(clinic):
    reading = BirthBoard().read(scope(clinic))
    assert sum(len(row.ids) for row in reading.table("map").rows) == len(reading.stat("open").measure.ids)


def test_counting_asks_as_many_queries_for_many_records_as_for_few(clinic):
    with CaptureQueriesContext(connection) as few:
        BirthBoard().read(scope(clinic))
    for _more in range(3):
        births.gathering(clinic.mae_sot, clinic.of("CW"))
    with CaptureQueriesContext(connection) as many:
        BirthBoard().read(scope(clinic))
    assert len(many) == len(few)


def test_a_line_knows_its_dates(clinic):
    lines = lines_since(scope(clinic), dt.date(2026, 1, 1))
    done = next(line for line in lines if line.registered_on)
    assert (done.first_submitted_on, done.accepted_on) == (TODAY, TODAY)
    assert registered_in(lines, periods.month(2026, 11)) == {done.id}


@pytest.mark.parametrize("role", ["CW", "SUP", "PM", "ME", "FO", "FA", "CSH", "TRN", "DPO", "AUD"])
def test_the_dashboard_opens_for_those_of_the_truth_table(clinic, role):
    answer = signed_in(clinic.of(role)).get(reverse("reports:dashboard") + YEAR)
    assert answer.status_code == 200


@pytest.mark.parametrize("role", ["SYS", "EXT"])
def test_the_dashboard_is_refused_to_the_others(clinic, role):
    assert signed_in(clinic.of(role)).get(reverse("reports:dashboard")).status_code == 403


def test_a_grant_for_another_programme_shows_no_births(clinic):
    elsewhere = make_worker("CW", clinic.mae_sot, programme="education")
    assert signed_in(elsewhere).get(reverse("reports:dashboard")).status_code == 403


def stat_of(answer, key: str):
    return next(stat["shown"] for stat in answer.context["stats"] if stat["shown"].key == key)


def test_how_well_the_work_goes_is_on_a_page_of_its_own_with_its_definitions(clinic):
    client, address = signed_in(clinic.of("SUP")), reverse("reports:dashboard") + YEAR
    query, first = YEAR.replace(":", "%3A"), client.get(address).content.decode()
    assert f'{query}&amp;board=registration&amp;more=1"' in first
    assert 'id="figure-legs"' in first and 'id="definition-M3"' in first
    assert 'id="figure-costs"' not in first and 'id="definition-M12"' not in first
    second = client.get(f"{address}&board=registration&more=1").content.decode()
    assert 'id="figure-legs"' not in second and 'id="definition-M3"' not in second
    assert 'id="figure-costs"' in second and 'id="definition-M12"' in second
    assert f'href="{query}&amp;board=registration"' in second, "the way back"


def test_those_who_open_the_cases_see_their_numbers_and_others_no_small_ones(clinic):
    url = reverse("reports:dashboard") + YEAR
    assert stat_of(signed_in(clinic.of("CW")).get(url), "open").value == "4"
    manager = signed_in(clinic.of("PM")).get(url)
    assert stat_of(manager, "open").value == "*"
    backlog = manager.context["figures"]["backlog"]
    assert not any(text not in ("*", "0") for _name, cells in backlog["lines"] for text, _url in cells)
    assert manager.context["figures"]["births"]["part"].finding == ""


def test_a_person_sees_only_the_cases_assigned_to_them_where_the_table_says_own(clinic):
    psychologist = clinic.of("PSY")
    url = reverse("reports:dashboard") + YEAR
    assert stat_of(signed_in(psychologist).get(url), "open").value == "0"
    case = clinic.mae_sot.cases.first()
    cases.help_today(case=case, user=psychologist, reason="The lead is away", now=timezone.now())
    assert stat_of(signed_in(psychologist).get(url), "open").value == "1"


def children_url(key: str, row: int = 0, column: int = 0) -> str:
    return reverse("reports:children", args=["registration", key, row, column]) + YEAR


def test_a_caseworker_opens_the_children_behind_a_figure(clinic):
    answer = signed_in(clinic.of("CW")).get(children_url("open"))
    assert len(answer.context["children"]) == 4
    assert {child.name for child in answer.context["children"]} == {names[0] for names in NAMES[:4]}


def test_a_manager_sees_codes_without_names(clinic):
    for _more in range(3):
        births.gathering(clinic.mae_sot, clinic.of("CW"))
    answer = signed_in(clinic.of("PM")).get(children_url("open"))
    assert len(answer.context["children"]) == 7
    page = answer.content.decode()
    assert not any(name in page for names in NAMES for name in names) and "MS-2026" not in page
    assert answer.context["children"][0].age_band == "0–15 days"


def test_a_hidden_number_has_no_list(clinic):
    assert signed_in(clinic.of("PM")).get(children_url("open")).status_code == 404
    assert signed_in(clinic.of("PM")).get(children_url("codes")).status_code == 404
    assert signed_in(clinic.of("CW")).get(children_url("codes")).status_code == 200


@pytest.mark.parametrize("role", ["CSH", "TRN", "DPO", "SYS", "EXT"])
def test_others_open_no_list(clinic, role):
    assert signed_in(clinic.of(role)).get(children_url("open")).status_code == 403


@pytest.mark.parametrize("role", ["FO", "FA"])
def test_the_fund_opens_its_own_lists_and_none_of_births(clinic, role):
    assert signed_in(clinic.of(role)).get(children_url("open")).status_code == 404


def test_a_figure_that_is_none_is_not_found(clinic):
    client = signed_in(clinic.of("SUP"))
    assert client.get(children_url("nothing")).status_code == 404
    assert client.get(children_url("births", 99, 0)).status_code == 404
    assert client.get(reverse("reports:children", args=["education", "open", 0, 0])).status_code == 404


def test_a_free_period_is_read_in_either_era_and_a_wrong_one_is_told(clinic):
    client, url = signed_in(clinic.of("CW")), reverse("reports:dashboard")
    answer = client.get(url, {"period": "free", "first": "1/11/2569", "last": "30 Nov 2026"})
    assert answer.context["counting"].period == periods.free(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    wrong = client.get(url, {"period": "free", "first": "31/2/2026", "last": "1/1/2025"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors


def test_a_file_of_a_figure_never_holds_small_counts(clinic):
    url = reverse("reports:file", args=["registration", "backlog", "xlsx"])
    answer = signed_in(clinic.of("SUP")).get(url)
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Age of the child"
    assert {cell for row in rows[1:11] for cell in row[1:]} <= {0.0, "*"}
    as_csv = signed_in(clinic.of("SUP")).get(url.replace("xlsx", "csv"))
    assert as_csv.content.startswith(b"\xef\xbb\xbf")


def ordered(cast: Cast, role: str = "SUP", language: str = "en", readers: str = "staff", **more: object) -> Document:
    values: dict = {
        "board": BirthBoard(), "period": periods.year(2026), "offices": [cast.mae_sot], "language": language,
        "readers": readers, "by": cast.of(role), "now": births.NOW,
    }  # fmt: skip
    return services.order_report(**{**values, **more})


def printed(document: Document) -> str:
    made = render_document(document_id=document.pk, now=births.NOW)
    assert made.state == "ready", made.failure
    return "\n".join(page_text(read(made.file, made.sha256)))


@pytest.mark.django_db(transaction=True)
def test_the_report_in_english_has_figures_and_definitions(committed_clinic):
    text = printed(ordered(committed_clinic))
    for words in ("Birth registration report", "2026", "Mae Sot", "Births by month", "What the figures mean"):
        assert words in text
    assert "measure time only" in " ".join(text.split())


@pytest.mark.django_db(transaction=True)
def test_the_report_in_thai_is_thai(committed_clinic):
    text = printed(ordered(committed_clinic, language="th"))
    for words in ("รายงานการจดทะเบียนการเกิด", "พ.ศ. 2569", "แม่สอด", "ความหมายของตัวเลข", "ต.ค."):
        assert words in text
    assert "Registered" not in text


def test_a_report_keeps_its_numbers_and_says_when_they_were_counted(clinic):
    document = ordered(clinic)
    births.gathering(clinic.mae_sot, clinic.of("CW"))
    document.refresh_from_db()
    assert document.facts["paper"]["stats"][0]["value"] == "4"
    assert "23 Nov 2026" in document.facts["paper"]["note"].replace("\u00a0", " ")


def test_a_report_for_outside_has_no_counts_under_ten(clinic):
    paper = ordered(clinic, readers="outside").facts["paper"]
    assert paper["stats"][0]["value"] == "*"
    assert "under 10" in paper["note"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"period": periods.year(2027)}, "REP-1"),
        ({"offices": []}, "REP-2"),
        ({"role": "PM"}, "REP-4"),
    ],
)
def test_a_report_that_may_not_be_made_is_refused(clinic, more, code):
    with pytest.raises(Refusal) as refusal:
        ordered(clinic, **more)
    assert refusal.value.findings[0].code == code


def test_a_report_of_an_office_one_has_no_numbers_of_is_refused(clinic):
    with pytest.raises(Refusal) as refusal:
        ordered(clinic, offices=[clinic.mae_sot, clinic.ranong])
    assert refusal.value.findings[0].code == "REP-3"


def test_who_sees_which_report(clinic):
    full, told = ordered(clinic), ordered(clinic, readers="organisation")

    def seen(role: str, office: str = "MS") -> set[int]:
        return set(ReportRun.objects.visible_to(clinic.of(role, office)).values_list("pk", flat=True))

    assert seen("SUP") == seen("CW") == {full.subject_id, told.subject_id}
    assert seen("PM") == seen("AUD") == {told.subject_id}
    assert seen("CW", "RN") == seen("PSY") == seen("SYS") == set()
    assert signed_in(clinic.of("PM")).get(reverse("documents:document", args=[full.pk])).status_code == 404
    assert signed_in(clinic.of("PM")).get(reverse("documents:document", args=[told.pk])).status_code == 200


def test_a_report_begins_with_the_period_of_its_board(clinic):
    client = signed_in(clinic.of("PM"))
    for chosen in ({}, {"period": "month:2026-03"}):
        board = client.get(reverse("reports:dashboard"), chosen)
        link = reverse("reports:reports") + board.context["board_query"]
        assert client.get(link).context["form"]["period"].value() == board.context["form"]["period"].value()


def test_a_manager_orders_a_report_on_the_page(clinic):
    client = signed_in(clinic.of("PM"))
    page = client.get(reverse("reports:reports"))
    assert "staff" not in dict(page.context["form"].fields["readers"].choices)
    data = {"period": "year:2026", "offices": [clinic.mae_sot.pk], "language": "th", "readers": "organisation"}
    answer = client.post(reverse("reports:reports"), data)
    document = Document.rows.get()
    assert answer.url == reverse("documents:document", args=[document.pk])
    assert len(client.get(reverse("reports:reports")).context["made"]) == 1
    wrong = client.post(reverse("reports:reports"), {**data, "period": "free", "first": "x", "last": ""})
    assert wrong.status_code == 422
    assert {"first", "last"} <= set(wrong.context["form"].errors)
    assert "“Until” needs an answer." in wrong.content.decode()


@pytest.mark.parametrize("language", ["en", "th", "my"])
@pytest.mark.parametrize("code", Block.values)
def test_the_board_has_words_for_whatever_stops_a_paper(clinic: Cast, code: str, language: str) -> None:
    item = ChecklistItem.rows.exclude(block="").get()
    ChecklistItem.rows.filter(pk=item.pk).update(block=code)
    client = signed_in(clinic.of("SUP"))
    client.post("/language/", {"language": language})
    assert client.get(reverse("reports:dashboard")).status_code == 200
    assert len(table(BirthBoard().read(scope(clinic, language=language)), "codes")) == 1
