"""A register brought in over the API: sent, mapped, checked, confirmed by a second person, undone."""

from __future__ import annotations

import base64

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.imports import services
from casework.imports.models import ImportRow, ImportRun, SavedMapping
from tests.factories.cases import make_sealed
from tests.registration.test_import_loading import AGAIN, BAD, FINISHED, HEADINGS, OPEN, TODAY


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def body(cast):
    """A register of these rows as a file of comma-separated values."""

    def make(*rows: tuple, **more: object) -> dict[str, object]:
        lines = "\n".join(",".join(str(cell) for cell in row) for row in (HEADINGS, *rows))
        told = {"specification": "registration.births", "office": cast.mae_sot.pk, "file_name": "r.csv"}
        return {**told, "file": base64.b64encode(lines.encode()).decode(), **more}

    return make


def columns_of(run: dict) -> dict[str, dict[str, str]]:
    """The columns as they were recognised."""
    return {
        sheet["name"]: {str(column["index"]): column["key"] for column in sheet["columns"]} for sheet in run["sheets"]
    }


@pytest.fixture
def checked(caller, body):
    """An import of these rows after its dry run."""

    def check(*rows: tuple, by: str = "CW") -> str:
        run = caller(by).post("imports/", body(*rows)).json()
        row = f"imports/{run['id']}/"
        answer = caller(by).act("columns/", {"columns": columns_of(run)}, row=row)
        assert answer.json()["state"] == "checking", answer.content
        services.check(run=ImportRun.rows.get(pk=run["id"]), today=TODAY)
        return row

    return check


def run_of(row: str) -> ImportRun:
    return ImportRun.rows.get(pk=row.split("/")[1])


def test_from_the_file_to_the_records_and_back(caller, cast, checked):
    row, now = checked(FINISHED, OPEN, AGAIN, BAD), timezone.now()
    shown = caller().get(row).json()
    assert (shown["state"], shown["progress"], shown["total"]) == ("checked", 4, 4)
    assert shown["counts"] | {"warnings": 0} == {
        "rows": 4, "error": 1, "duplicate": 1, "warnings": 0, "undecided": 1, "to_load": 2, "loaded": 0,
    }  # fmt: skip
    assert not Case.rows.exists()
    assert caller().act("propose/", row=row).json()["proposed_by"] == cast.of("CW").pk
    assert caller("SUP").act("confirm/", row=row).json()["confirmed_by"] == cast.of("SUP").pk
    services.run_import(run=run_of(row), now=now)
    done = caller().get(row).json()
    assert (done["state"], done["counts"]["loaded"], Case.rows.count()) == ("done", 2, 2)
    assert caller().act("undo/", {"reason": "Wrong office"}, row=row).status_code == 403
    assert caller("SUP").act("undo/", row=row).json()["code"] == "E-IMP-17"
    assert caller("SUP").act("undo/", {"reason": "Wrong office"}, row=row).json()["state"] == "undoing"
    services.undo(run=run_of(row), now=now)
    assert caller().get(row).json()["state"] == "undone"
    assert caller().get("import-rows/").json()["results"] == [], "an undone import keeps no rows"


def test_who_prepares_an_import_does_not_confirm_it(caller, checked):
    row = checked(FINISHED, by="SUP")
    caller("SUP").act("propose/", row=row)
    own = caller("SUP").act("confirm/", row=row)
    assert (own.status_code, own.json()["code"]) == (409, "E-IMP-15")
    assert caller("CW").act("confirm/", row=row).status_code == 403
    assert run_of(row).state == "proposed"


def test_a_supervisor_sends_it_back_and_it_is_put_away(caller, checked):
    row = checked(FINISHED)
    caller().act("propose/", row=row)
    assert caller("SUP").act("return/", row=row).json()["code"] == "E-IMP-17"
    back = caller("SUP").act("return/", {"reason": "Look at the years"}, row=row).json()
    assert (back["state"], back["failure"]) == ("checked", "Look at the years")
    assert caller().act("check/", row=row).status_code == 409
    away = caller().act("discard/", row=row).json()
    assert (away["state"], away["sheets"], ImportRow.rows.count()) == ("discarded", [], 0)


def test_columns_are_put_right_and_kept_for_the_office(caller, body):
    run = caller().post("imports/", body(FINISHED)).json()
    row, columns = f"imports/{run['id']}/", columns_of(run)
    ((name, told),) = columns.items()
    child = next(index for index, key in told.items() if key == "child")
    assert run["keys"][:3] and set(filter(None, told.values())) <= set(run["keys"])
    born = next(index for index, key in told.items() if key == "born")
    missing = caller().act("columns/", {"columns": {name: told | {born: ""}}}, row=row)
    assert (missing.status_code, missing.json()["code"]) == (422, "E-IMP-9")
    twice = caller().act("columns/", {"columns": {name: told | {"0": "child"}}}, row=row)
    assert (twice.status_code, twice.json()["code"]) == (422, "E-IMP-11")
    for wrong in ({name: {"0": "nonsense"}}, {name: {"99": "child"}}, {"Elsewhere": {"0": "child"}}, {name: 1}, 1):
        answer = caller().act("columns/", {"columns": wrong}, row=row)
        assert (answer.status_code, answer.json()["field"].split(".")[0]) == (400, "columns")
    for wrong in ({"era": "366"}, {"moon": "be"}):
        answer = caller().act("columns/", {"columns": columns, "answers": {name: wrong}}, row=row)
        assert (answer.status_code, answer.json()["field"].split(".")[0]) == (400, "answers")
    told = {"columns": columns, "answers": {name: {"era": "be", "sex": ""}}}
    assert caller().act("columns/", told, row=row).status_code == 200
    assert ImportRun.rows.get().sheets[0]["answers"] == {"era": "be"}
    assert SavedMapping.objects.get().columns[child] == "child"


def test_the_same_file_answers_its_import(caller, body):
    first, again = (caller().post("imports/", body(FINISHED)).json() for _ in range(2))
    assert first["id"] == again["id"] and ImportRun.rows.count() == 1


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"file": "%"}, 400, "E-FILE-1"), ({"file": "eHh4"}, 422, "E-IMP-7"),
        ({"specification": "x"}, 400, "E-CHOICE-1"), ({"office": 999_999}, 400, "E-CHOICE-1"),
        ({"created_by": 1}, 400, "E-FIELD-1"),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_in_is_refused(caller, body, told, status, code):
    answer = caller().post("imports/", body(FINISHED, **told))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not ImportRun.rows.exists()


def test_a_file_is_taken_up_to_its_size_and_words_up_to_theirs(caller, body):
    large = "A" * (4 * 1024 * 1024)
    assert caller().post("imports/", body(FINISHED, file=large)).status_code == 422, "it is read, and is no register"
    for path, told in (("imports/", body(FINISHED, file=large * 4)), ("births/", {"born_as_told": large})):
        answer = caller().post(path, told)
        assert (path, answer.status_code, answer.json()["code"]) == (path, 413, "E-BODY-1")
    assert caller().post("imports/", body(FINISHED)).status_code == 201


def test_a_register_is_brought_into_ones_own_office(caller, cast, body):
    far = caller().post("imports/", body(FINISHED, office=cast.ranong.pk))
    assert (far.status_code, far.json()["field"]) == (400, "office")
    assert caller("PM").post("imports/", body(FINISHED)).status_code == 403


def test_another_office_sees_nothing(caller, checked):
    row, far = checked(FINISHED), caller("SUP", "RN")
    nowhere, line = far.get("imports/99999999/"), ImportRow.rows.get().pk
    for path in (row, f"import-rows/{line}/"):
        assert (far.get(path).status_code, far.get(path).content) == (404, nowhere.content)
    for act in ("columns", "check", "propose", "confirm", "return", "discard", "undo"):
        assert far.post(f"{row}{act}/").status_code == 404
    assert far.get("imports/").json()["results"] == far.get("import-rows/").json()["results"] == []
    assert len(caller("SUP").get("imports/").json()["results"]) == 1


def test_rows_say_what_was_read_and_what_stands_against_it(caller, checked):
    row = checked(FINISHED, OPEN, AGAIN, BAD)
    run = {"run": row.split("/")[1]}
    listed = caller().get("import-rows/", **run).json()["results"]
    assert [line["outcome"] for line in listed] == ["import", "import", "duplicate", "error"]
    (wrong,) = caller().get("import-rows/", show="error", **run).json()["results"]
    told = caller().get(f"import-rows/{wrong['id']}/").json()
    assert {"level": "error", "field": "sex"}.items() <= told["findings"][0].items()
    assert {"key": "sex", "written": "?"}.items() <= next(c for c in told["cells"] if c["key"] == "sex").items()
    (alike,) = caller().get("import-rows/", show="duplicate", **run).json()["results"]
    (suspect,) = caller().get(f"import-rows/{alike['id']}/").json()["suspects"]
    assert (suspect["row"], suspect["case"]) == (2, None)


def test_a_suspected_duplicate_is_decided_and_imported_later(caller, checked):
    row, now = checked(FINISHED, AGAIN), timezone.now()
    alike = f"import-rows/{ImportRow.rows.get(outcome='duplicate').pk}/"
    first = f"import-rows/{ImportRow.rows.get(outcome='import').pk}/"
    assert caller().act("decide/", {"decision": "same"}, row=first).json()["code"] == "E-IMP-13"
    assert caller().act("decide/", {"decision": "same"}, row=alike).json()["decision"] == "same"
    caller().act("propose/", row=row)
    assert caller().act("decide/", {"decision": "different"}, row=alike).json()["code"] == "E-IMP-12"
    caller("SUP").act("confirm/", row=row)
    services.run_import(run=run_of(row), now=now)
    assert caller().act("decide/", {"decision": "different"}, row=alike).status_code == 200
    assert caller().act("import/", row=alike).status_code == 403
    loaded = caller("SUP").act("import/", row=alike)
    assert (loaded.status_code, Case.rows.count()) == (200, 2), loaded.content


def test_a_child_that_somebody_may_not_see_is_not_named(caller, cast, checked):
    row = checked(FINISHED)
    caller().act("propose/", row=row)
    caller("SUP").act("confirm/", row=row)
    services.run_import(run=run_of(row), now=timezone.now())
    case = Case.rows.get()
    later = checked(AGAIN, OPEN)
    alike = f"import-rows/{ImportRow.rows.get(run=run_of(later), outcome='duplicate').pk}/"
    assert caller("SUP").get(alike).json()["suspects"][0]["case"] == case.pk
    make_sealed(case, cast.of("SUP"))
    assert caller("SUP").get(alike).status_code == 404, "what it repeats is sealed"
    record = ImportRow.rows.get(run=run_of(row))
    assert caller("SUP").get(f"import-rows/{record.pk}/").status_code == 404, "a copy of what is sealed"
