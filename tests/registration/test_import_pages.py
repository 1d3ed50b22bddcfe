"""The pages of an import, over HTTP, by a clerk and a supervisor of one office and by strangers."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from casework.accounts.models import Office
from casework.accounts.services import give_grant
from casework.cases.models import Case
from casework.cases.services.cases import change_lead
from casework.imports import queries, services
from casework.imports.checking import find_tables, propose_columns
from casework.imports.columns import SURE
from casework.imports.models import ImportRow, ImportRun, SavedMapping
from casework.imports.reading import read_book
from casework.imports.states import RunState
from registration.imports.specification import BIRTH_REGISTER
from tests.factories.cases import make_sealed
from tests.imports.sheets import workbook
from tests.registration.test_import_loading import AGAIN, BAD, FINISHED, HEADINGS, NOW, OPEN, TODAY, TWINS, worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def office():
    return Office.objects.get_or_create(code="MS", defaults={"name_en": "Mae Sot", "name_th": "แม่สอด"})[0]


@pytest.fixture
def clerk(office, client):
    return worker(office, "clerk", "CW")


@pytest.fixture
def supervisor(office):
    return worker(office, "supervisor", "SUP")


def send(client, office, *rows, name="r.xlsx", content=None):
    content = workbook(("register", [HEADINGS, *rows])) if content is None else content
    return client.post(
        reverse("imports:new"),
        {"specification": "registration.births", "office": office.pk, "file": SimpleUploadedFile(name, content)},
    )


def columns_of(client, run):
    form = client.get(reverse("imports:columns", args=[run.pk])).context["form"]
    return {name: field.initial or "" for name, field in form.fields.items()}


def checked(client, office, *rows):
    send(client, office, *rows)
    run = ImportRun.rows.latest("pk")
    client.post(reverse("imports:columns", args=[run.pk]), columns_of(client, run))
    run.refresh_from_db()
    return services.check(run=run, today=TODAY)


def test_from_the_upload_to_the_records(client, office, clerk, supervisor):
    client.force_login(clerk)
    answer = send(client, office, FINISHED, OPEN, AGAIN, BAD)
    run = ImportRun.rows.get()
    assert answer.url == reverse("imports:columns", args=[run.pk])
    page = client.get(answer.url)
    assert "วันเกิด" in page.content.decode()
    assert client.post(answer.url, columns_of(client, run)).status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.CHECKING
    assert "hx-get" in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    stop = reverse("imports:stop", args=[run.pk])
    assert stop in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert client.post(stop).status_code == 302
    assert client.post(stop).status_code == 409
    client.post(answer.url, columns_of(client, run))
    run.refresh_from_db()
    services.check(run=run, today=TODAY)
    assert client.post(reverse("imports:propose", args=[run.pk])).status_code == 302
    client.force_login(supervisor)
    assert "Confirm and import" in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert client.post(reverse("imports:confirm", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    services.run_import(run=run, now=NOW)
    assert Case.rows.count() == 2
    done = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    records = reverse("imports:rows", args=[run.pk]) + "?show=loaded"
    assert "2 rows became records" in done and f'href="{records}">Imported' in done and "Can be imported" not in done
    give_grant(
        user=supervisor, role="SUP", office=office, programme="", given_by=None, confirmed_by=None, today=TODAY
    )  # fmt: skip
    links = [f'href="{reverse("cases:detail", args=[case.pk])}">{case.number}' for case in Case.rows.order_by("number")]
    for reader, opens in ((supervisor, [True, True]), (clerk, [False, True])):
        client.force_login(reader)
        brought_in = client.get(records).content.decode()
        assert [link in brought_in for link in links] == opens, "the first is closed, and the clerk has one programme"
        assert "Ma Hla Win<" in brought_in and "Ma Hla Winn" not in brought_in, "the second was left out"


def test_who_prepared_it_is_told_that_another_confirms(client, office, supervisor):
    client.force_login(supervisor)
    run = checked(client, office, FINISHED)
    client.post(reverse("imports:propose", args=[run.pk]))
    assert "Confirm and import" not in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert client.post(reverse("imports:confirm", args=[run.pk])).status_code == 409
    run.refresh_from_db()
    assert run.state == RunState.PROPOSED


def test_a_caseworker_may_not_confirm(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    client.post(reverse("imports:propose", args=[run.pk]))
    assert client.post(reverse("imports:confirm", args=[run.pk])).status_code == 403


def test_another_office_sees_nothing(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    ranong = Office.objects.get_or_create(code="RN", defaults={"name_en": "Ranong", "name_th": "ระนอง"})[0]
    client.force_login(worker(ranong, "stranger", "SUP"))
    row = run.lines.first()
    for address in (
        reverse("imports:run", args=[run.pk]),
        reverse("imports:rows", args=[run.pk]),
        reverse("imports:row", args=[row.pk]),
        reverse("imports:columns", args=[run.pk]),
    ):
        assert client.get(address).status_code == 404
    assert client.post(reverse("imports:discard", args=[run.pk])).status_code == 404
    assert run.file_name not in client.get(reverse("imports:list")).content.decode()


def test_rows_say_in_words_what_was_found(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED, OPEN, AGAIN, BAD)
    page = client.get(reverse("imports:rows", args=[run.pk]), {"show": "error"}).content.decode()
    assert "The sex cannot be read" in page
    assert "Ma Hla Win" not in page
    row = run.lines.get(outcome="duplicate")
    page = client.get(reverse("imports:row", args=[row.pk])).content.decode()
    assert "Row 2 of" in page
    assert "Same paper of the mother" in page


def test_the_row_of_a_record_that_was_sealed_since_is_hidden_with_it(client, office, clerk, supervisor):
    client.force_login(clerk)
    run = checked(client, office, FINISHED, OPEN)
    services.propose(run=run, by=clerk, now=NOW)
    services.confirm(run=run, by=supervisor, now=NOW)
    services.run_import(run=run, now=NOW)
    colleague = worker(office, "colleague", "CW")
    client.force_login(colleague)
    rows = {row.label: reverse("imports:row", args=[row.pk]) for row in run.lines.all()}
    sealed, other = Case.rows.order_by("child__names__full")
    listed = reverse("imports:rows", args=[run.pk])
    assert "Ma Hla Win" in client.get(listed).content.decode()
    make_sealed(sealed, supervisor)
    page = client.get(listed).content.decode()
    assert ("Ma Hla Win" in page, "Saw Htoo Paw" in page) == (False, True)
    assert client.get(rows[sealed.number]).status_code == 404
    assert client.get(rows[other.number]).status_code == 200


def test_rows_that_became_no_record_are_hidden_with_the_sealed_one_they_are_about(client, office, clerk, supervisor):
    client.force_login(clerk)
    no_sex = (*AGAIN[:2], "?", *AGAIN[3:])
    run = checked(client, office, FINISHED, OPEN, AGAIN, no_sex, BAD)
    assert [row.outcome for row in run.lines.all()] == ["import", "import", "duplicate", "error", "error"]
    services.decide_duplicate(row=run.lines.get(outcome="duplicate"), decision="same", by=clerk, now=NOW)
    services.propose(run=run, by=clerk, now=NOW)
    services.confirm(run=run, by=supervisor, now=NOW)
    services.run_import(run=run, now=NOW)
    same, refused, other = run.lines.filter(subject_id=None)
    sealed = Case.rows.get(number=run.lines.first().label)
    colleague, address = worker(office, "colleague", "CW"), reverse("imports:rows", args=[run.pk])

    def told(user):
        client.force_login(user)
        assert client.get(reverse("imports:row", args=[other.pk])).status_code == 200
        answers = {client.get(reverse("imports:row", args=[row.pk])).status_code for row in (same, refused)}
        page = client.get(address).content.decode() + client.get(f"{address}?show=error").content.decode()
        return answers, "Ma Hla Winn" in page, "Ma Oo" in page

    assert told(colleague) == ({200}, True, True)
    make_sealed(sealed, supervisor)
    assert told(colleague) == ({404}, False, True)
    assert told(supervisor) == ({404}, False, True)
    change_lead(case=sealed, lead=colleague, by=supervisor, now=NOW)
    assert told(colleague) == ({200}, True, True)


def test_a_row_that_a_person_decided_to_be_another_child_stays(client, office, clerk, supervisor):
    client.force_login(clerk)
    run = checked(client, office, FINISHED, AGAIN)
    row = run.lines.get(outcome="duplicate")
    services.propose(run=run, by=clerk, now=NOW)
    services.confirm(run=run, by=supervisor, now=NOW)
    services.run_import(run=run, now=NOW)
    make_sealed(Case.rows.get(), supervisor)
    page = reverse("imports:row", args=[row.pk])
    assert client.get(page).status_code == 404
    ImportRow.rows.filter(pk=row.pk).update(decision="different")
    assert client.get(page).status_code == 200


def test_the_cells_beside_the_columns_go_with_the_file(client, office, clerk, supervisor):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    page = reverse("imports:columns", args=[run.pk])
    assert "Ma Hla Win" in client.get(page).content.decode()
    services.propose(run=run, by=clerk, now=NOW)
    services.confirm(run=run, by=supervisor, now=NOW)
    services.run_import(run=run, now=NOW)
    assert "Ma Hla Win" not in client.get(page).content.decode()


def test_a_note_comes_in_the_language_of_the_reader(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    page = client.get(reverse("imports:row", args=[run.lines.get().pk])).content.decode()
    assert "2\xa0May 2016" in page


def test_what_only_the_whole_sheet_shows_is_told_at_the_row(client, office, clerk):
    """A twin in another row, and a day that reads two ways where another one has its month first."""
    client.force_login(clerk)
    two_ways = ("3/7/2559", "Ma Oo", "ญ", "2/5/2559", "Ma Thida", "", "", "", "", "", "", "", "")
    month_first = ("3/7/2559", "Ma Nu", "ญ", "2/25/2559", "Ma Hnin", "", "", "", "", "", "", "", "")
    for rows, shown, words, thai in [
        (TWINS, "warning", "Same mother and same birth as row 2: read as twins.", "แฝด"),
        ((two_ways, month_first), "error", "A question about the sheet is not answered.", "แผ่นงาน"),
    ]:
        run = checked(client, office, *rows)
        address = f"{reverse('imports:rows', args=[run.pk])}?show={shown}"
        line = run.lines.filter(told__gt=[]).get()
        for page in (address, reverse("imports:row", args=[line.pk])):
            assert words in client.get(page).content.decode()
        with override("th"):
            assert any(thai in finding.sentence for finding in queries.read_again(line, run).findings)


def test_a_duplicate_is_decided_and_the_next_one_comes(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED, AGAIN)
    row = run.lines.get(outcome="duplicate")
    address = reverse("imports:row", args=[row.pk])
    listed = client.get(reverse("imports:rows", args=[run.pk])).content.decode()
    assert listed.count(f'href="{address}">Compare</a>') == 1
    offered = client.get(address).content.decode()
    assert "1 suspected duplicate to decide" in offered
    assert [f'name="decision" value="{answer}"' in offered for answer in ("same", "different", "twin")] == [True] * 3
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"decision": "same"}).url == reverse("imports:run", args=[run.pk])
    row.refresh_from_db()
    assert row.decision == "same"
    assert ">Compare<" not in client.get(reverse("imports:rows", args=[run.pk])).content.decode()


def test_columns_put_right_are_kept_for_the_next_file(client, office, clerk):
    client.force_login(clerk)
    send(client, office, FINISHED)
    run = ImportRun.rows.get()
    address = reverse("imports:columns", args=[run.pk])
    chosen = columns_of(client, run)
    assert client.post(address, {**chosen, "s0-7": "born"}).status_code == 422
    assert client.post(address, {**chosen, "s0-3": ""}).status_code == 422
    assert client.post(address, {**chosen, "s0-8": ""}).status_code == 302
    assert SavedMapping.objects.get().columns["3"] == "born"
    send(client, office, FINISHED, OPEN)
    assert ImportRun.rows.latest("pk").sheets[0]["is_saved"]
    assert "8" not in ImportRun.rows.latest("pk").sheets[0]["columns"]


def test_the_era_of_years_of_two_digits_is_asked_where_there_are_some(client, office, clerk):
    client.force_login(clerk)
    send(client, office, FINISHED)
    assert "s0-era" not in columns_of(client, ImportRun.rows.latest("pk"))
    short = ("3/5/66", *FINISHED[1:3], "2/5/66", *FINISHED[4:9], "5/5/66", "9/5/66", *FINISHED[11:])
    run = checked(client, office, short)
    assert run.counts["outcomes"] == {"error": 1}
    client.post(reverse("imports:columns", args=[run.pk]), columns_of(client, run) | {"s0-era": "be"})
    run.refresh_from_db()
    run = services.check(run=run, today=TODAY)
    assert run.counts["outcomes"] == {"import": 1}
    assert "2\xa0May 2023" in client.get(reverse("imports:row", args=[run.lines.get().pk])).content.decode()


def test_what_the_cells_leave_open_is_asked_and_told_until_it_is_answered(client, office, clerk):
    client.force_login(clerk)
    numbered = [(*row[:2], code, *row[3:]) for row, code in ((FINISHED, "2"), (OPEN, "1"))]
    run = checked(client, office, *numbered)
    address = reverse("imports:run", args=[run.pk])
    assert run.counts["outcomes"] == {"error": 2}
    assert "Numbers for the sex in this sheet (2 rows)" in client.get(address).content.decode()
    rows, one = (
        client.get(reverse("imports:rows", args=[run.pk])),
        client.get(reverse("imports:row", args=[run.lines.first().pk])),
    )
    assert [page.content.decode().count("can be either sex") for page in (rows, one)] == [0, 0]
    assert rows.content.decode().count("Sex:</span> A question about the sheet is not answered.") == 2
    assert rows.content.decode().count("Numbers for the sex") == 1 and "not answered" in one.content.decode()
    columns = client.get(reverse("imports:columns", args=[run.pk]))
    assert [str(step.label) for step in columns.context["steps"] if step.is_current] == ["Columns"]
    assert [str(step.label) for step in rows.context["steps"] if step.is_current] == ["Check"]
    client.post(reverse("imports:columns", args=[run.pk]), columns_of(client, run) | {"s0-sex": "12"})
    run.refresh_from_db()
    run = services.check(run=run, today=TODAY)
    assert (run.counts["outcomes"], "Numbers for the sex" in client.get(address).content.decode()) == (
        {"import": 2},
        False,
    )


def test_what_most_rows_have_is_told_once_and_hides_no_other_question(client, office, clerk):
    client.force_login(clerk)
    rows = [
        (f"Naw Eh {number}", "F", f"{number + 1}/5/2567", "Naw Mu", weight)
        for number, weight in enumerate((3100, 3200, 900))
    ]
    content = workbook(("a", [("Child's name", "Sex", "Date of birth", "Mother", "Weight"), *rows]))
    address = send(client, office, content=content).url
    run = ImportRun.rows.get()
    client.post(address, columns_of(client, run))
    run.refresh_from_db()
    run = services.check(run=run, today=TODAY)
    told = "No column says when the family first came."
    assert told in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    page = client.get(reverse("imports:rows", args=[run.pk]), {"show": "warning"}).content.decode()
    assert (told in page, "Naw Eh 2" in page, "Naw Eh 1" in page) == (True, True, False)
    assert queries.run_facts(run)["warnings"] == 1


def test_sheets_with_the_same_headings_are_mapped_once(client, office, clerk):
    client.force_login(clerk)
    content = workbook(("Jan", [HEADINGS, FINISHED]), ("Feb", [HEADINGS, OPEN]), ("Mar", [HEADINGS, BAD]))
    address = send(client, office, content=content).url
    run = ImportRun.rows.get()
    chosen = columns_of(client, run)
    assert (chosen["s1-like"], chosen["s2-like"], "s1-3" in chosen) == ("like", "like", False)
    client.post(address, chosen | {"s0-8": "", "s2-like": ""})
    run.refresh_from_db()
    first, second, third = (sheet["columns"] for sheet in run.sheets)
    assert first == second and "8" not in first and third == {}
    assert SavedMapping.objects.get().columns == first, "a sheet that is left out says nothing of the others"


def test_what_the_office_chose_before_is_told_corrected_and_forgotten(client, office, clerk):
    client.force_login(clerk)
    told, seen = "Your office read such headings before", []
    for rows, phone in (([FINISHED], ""), ([FINISHED, OPEN], "phone"), ([FINISHED, OPEN, BAD], None)):
        address = send(client, office, *rows).url
        run = ImportRun.rows.latest("pk")
        seen.append((told in client.get(address).content.decode(), columns_of(client, run)["s0-7"]))
        if phone is not None:
            client.post(address, columns_of(client, run) | {"s0-7": phone})
    assert seen == [(False, "phone"), (True, ""), (True, "phone")], "what was put right is kept"
    SavedMapping.objects.update(columns={"3": "born"})
    anew = reverse("imports:anew", args=[run.pk])
    assert client.post(anew).url == address and not SavedMapping.objects.exists()
    run.refresh_from_db()
    assert (run.sheets[0]["is_saved"], run.sheets[0]["columns"]["7"]) == (False, "phone")
    client.post(address, columns_of(client, run))
    assert client.post(anew).status_code == 409, "it is being checked"


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04broken", b"hello there"])
def test_a_file_that_is_no_register_comes_back_with_a_sentence(client, office, clerk, content):
    client.force_login(clerk)
    answer = send(client, office, content=content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ImportRun.rows.exists()


def test_the_same_file_leads_to_its_import(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    answer = send(client, office, FINISHED)
    assert answer.url == reverse("imports:run", args=[run.pk]) + "?known=1"
    assert "nothing is added" in client.get(answer.url).content.decode()


def test_the_supervisor_sends_it_back_and_undoes_it(client, office, clerk, supervisor):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    client.post(reverse("imports:propose", args=[run.pk]))
    assert reverse("imports:run", args=[run.pk]) not in client.get(reverse("home:my-work")).content.decode()
    client.force_login(supervisor)
    to_decide = client.get(reverse("home:my-work"), {"view": "decide"}).content.decode()
    assert reverse("imports:run", args=[run.pk]) in to_decide
    client.post(reverse("imports:return", args=[run.pk]), {"reason": ""})
    run.refresh_from_db()
    assert run.state == RunState.PROPOSED
    client.post(reverse("imports:return", args=[run.pk]), {"reason": "ask the ward"})
    run.refresh_from_db()
    assert run.state == RunState.CHECKED
    assert "ask the ward" in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    client.force_login(clerk)
    assert "ask the ward" in client.get(reverse("home:my-work")).content.decode()
    client.force_login(supervisor)
    services.propose(run=run, by=clerk, now=NOW)
    client.post(reverse("imports:confirm", args=[run.pk]))
    run.refresh_from_db()
    services.run_import(run=run, now=NOW)
    client.post(reverse("imports:undo", args=[run.pk]), {"reason": "wrong office"})
    run.refresh_from_db()
    assert run.state == RunState.UNDOING
    services.undo(run=run, now=NOW)
    undone = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert "Its records were taken out again" in undone and reverse("imports:new") in undone
    rows = reverse("imports:rows", args=[run.pk])
    assert rows not in undone, "there are no rows any more"
    assert client.get(rows).url == reverse("imports:run", args=[run.pk])


def test_an_import_put_away_keeps_nothing(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    page = client.get(reverse("imports:run", args=[run.pk])).content.decode()
    asked = page.partition("<dialog")[2]
    assert "This cannot be undone" in asked and reverse("imports:discard", args=[run.pk]) in asked
    assert reverse("imports:discard", args=[run.pk]) not in page.partition("<dialog")[0], "asked before it is done"
    client.post(reverse("imports:discard", args=[run.pk]))
    assert not run.lines.exists()
    assert client.get(reverse("imports:run", args=[run.pk])).status_code == 200


def test_rows_hidden_in_the_sheet_are_told_before_they_are_imported(client, office, clerk, supervisor):
    client.force_login(clerk)
    words = "2 rows are hidden in the sheet “register”; they were read too."
    content = workbook(("register", [HEADINGS, FINISHED, OPEN, BAD]), hidden=(3, 4))
    columns = send(client, office, content=content).url
    assert words in client.get(columns).content.decode()
    run = ImportRun.rows.get()
    client.post(columns, columns_of(client, run))
    run.refresh_from_db()
    run = services.check(run=run, today=TODAY)
    assert words in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    client.post(reverse("imports:propose", args=[run.pk]))
    client.force_login(supervisor)
    assert words in client.get(reverse("imports:run", args=[run.pk])).content.decode()
    client.force_login(clerk)
    assert "hidden in the sheet" not in client.get(send(client, office, FINISHED).url).content.decode()


def test_the_badge_follows_the_work(client, office, clerk):
    client.force_login(clerk)
    run = checked(client, office, FINISHED)
    badge = '<span id="run-state" hx-swap-oob="innerHTML">'
    for state, words in (("checking", "Being checked"), ("checked", "Checked, nothing imported yet")):
        type(run).rows.filter(pk=run.pk).update(state=state)
        told = client.get(reverse("imports:state", args=[run.pk])).content.decode()
        assert words in told.partition(badge)[2]
        assert badge not in client.get(reverse("imports:run", args=[run.pk])).content.decode()


def test_pages_cost_the_same_for_many_rows(client, office, clerk, django_assert_max_num_queries):
    client.force_login(clerk)
    run = checked(client, office, FINISHED, OPEN, AGAIN, BAD)
    client.get(reverse("imports:rows", args=[run.pk]))
    with django_assert_max_num_queries(16):
        client.get(reverse("imports:rows", args=[run.pk]))
    doubted = ("3/5/66", FINISHED[1], "2", "2/5/66", *FINISHED[4:])
    sheets = [(name, [HEADINGS, *[doubted] * count]) for name, count in (("a", 1), ("b", 2))]
    address = send(client, office, content=workbook(*sheets)).url
    run = ImportRun.rows.latest("pk")
    client.post(address, columns_of(client, run))
    run.refresh_from_db()
    run = services.check(run=run, today=TODAY)
    with django_assert_max_num_queries(1):
        told = [(sheet, question.key, rows) for sheet, question, rows in queries.unanswered(run)]
    assert told == [("a", "era", 1), ("a", "sex", 1), ("b", "era", 2), ("b", "sex", 2)]


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_the_template_is_recognised_whole_and_its_own_row_is_of_nobody(client, office, clerk, language):
    clerk.language = language
    clerk.save()
    client.force_login(clerk)
    url = f"{reverse('imports:template')}?kind=registration.births"
    assert url in client.get(reverse("imports:new")).content.decode()
    content = client.get(url).content
    send(client, office, content=content, name="template.xlsx")
    run = ImportRun.rows.get()
    (sheet,) = run.sheets
    assert list(sheet["columns"].values()) == [spec.key for spec in BIRTH_REGISTER.columns]
    (table,) = find_tables(read_book(content, "template.xlsx"), BIRTH_REGISTER)
    assert min(propose_columns(table, BIRTH_REGISTER).scores.values()) >= SURE
    client.post(reverse("imports:columns", args=[run.pk]), columns_of(client, run))
    run.refresh_from_db()
    services.check(run=run, today=TODAY)
    assert ImportRow.rows.get().codes == ["E-IMP-25"]
    assert client.get(reverse("imports:template"), {"kind": "registration.none"}).status_code == 404
