"""The list of cases without names: whom it tells, what of each, and how little of those who would be picked out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.cases.list_files import pages, taking
from casework.cases.masked.coarse import Traits, coarsened
from casework.cases.masked.queries import masked_cases
from casework.cases.models import Case
from tests.cases.test_list_files import WHY, agreed, made, rows_of, taken
from tests.factories.accounts import make_grant, make_user
from tests.factories.cases import make_case
from tests.factories.cast import signed_in
from tests.factories.registration import gathering

LIST, FILE = "/cases/by-code/", "/cases/by-code/file/"
TAK = Traits(1, ("clinic",), "63", "0", "2026-11")


def test_as_much_is_told_as_five_children_have_in_common():
    older, far = TAK._replace(opened="2026-03"), TAK._replace(province="85", band="15")
    told = coarsened({TAK: 5, older: 2, far: 1})
    assert told[TAK] == TAK
    assert told[older] == told[far] == Traits(1, ("clinic",), None, None, None)
    told = coarsened({TAK: 5, older: 4, far._replace(band="0"): 1, TAK._replace(band="5"): 5})
    assert told[older] == told[far._replace(band="0")] == older._replace(opened="2026", province=None)
    assert told[TAK._replace(band="5")] == TAK._replace(band="5")
    assert coarsened({older: 3, TAK._replace(opened="2026-04"): 2})[older].opened == "2026"


@pytest.mark.parametrize("counts", [(1,), (4, 4, 4), (5, 4, 1, 7), (2, 3, 2, 3)])
def test_of_nobody_is_more_told_than_of_four_others(counts):
    told = coarsened({TAK._replace(province=str(n), band=str(n % 2)): count for n, count in enumerate(counts)})
    alike: dict[Traits, int] = {}
    for traits, shown in told.items():
        alike[shown] = alike.get(shown, 0) + counts[int(traits.province or 0)]
    assert all(n >= 5 for shown, n in alike.items() if shown != Traits(1, ("clinic",), None, None, None))


@pytest.mark.django_db
def test_a_manager_and_an_auditor_see_codes_of_their_office_and_nothing_opens(client_of, cast):
    worker = cast.of("CW")
    birth, far = gathering(cast.mae_sot, worker), make_case(cast.ranong, cast.of("CW", "RN"))
    sealed, plain = make_case(cast.mae_sot, worker), make_case(cast.mae_sot, worker)
    Case.rows.filter(pk=sealed.pk).update(is_sealed=True)
    for role in ("PM", "AUD"):
        person = cast.of(role)
        assert {case.pk for case in masked_cases(person, "open")} == {birth.case_id, plain.pk}, role
        page = client_of(person).get(LIST).content.decode()
        main = page[page.index("<main") :]
        assert "Gathering papers" in main and "Birth registration" in main and "not shown" in main
        for case in (birth.case, plain, far, sealed):
            assert case.number not in main and case.child.name not in main and f"/cases/{case.pk}/" not in main
        assert f'href="{LIST}"' in page and 'href="/cases/"' not in page
        assert client_of(person).get(f"/cases/{birth.case_id}/").status_code == 404
    assert client_of(worker).get(LIST).status_code == 403
    assert client_of(worker).get(f"/cases/{birth.case_id}/").status_code == 200


@pytest.mark.django_db
def test_who_manages_one_programme_is_told_of_its_cases_and_of_no_other_programme(cast):
    birth, plain = gathering(cast.mae_sot, cast.of("CW")), make_case(cast.mae_sot, cast.of("CW"))
    plain.enrolments.update(until_on=plain.opened_on)
    manager, other = make_user("one.programme"), make_user("other.programme")
    make_grant(manager, "PM", cast.mae_sot, programme="registration")
    make_grant(other, "PM", cast.mae_sot, programme="emergency_fund")
    assert [case.pk for case in masked_cases(manager, "open")] == [birth.case_id]
    assert not masked_cases(other, "open")
    birth.case.enrolments.create(programme="emergency_fund", office=cast.mae_sot, since_on=birth.case.opened_on)
    main = signed_in(manager).get(LIST).content.decode()
    main = main[main.index("<tbody") :]
    assert "Birth registration" in main and "Emergency fund" not in main
    assert "<tbody" not in signed_in(manager).get(f"{LIST}?programme=emergency_fund").content.decode()
    assert [case.pk for case in masked_cases(other, "open")] == [birth.case_id]


@pytest.mark.django_db
def test_five_who_look_alike_are_told_with_age_and_month_and_the_filter_tells_no_more(client_of, cast):
    cases = [make_case(cast.mae_sot, cast.of("CW")) for _ in range(5)]
    client, month = client_of(cast.of("PM")), f"{cases[0].opened_on:%b}"
    page = client.get(LIST).content.decode()
    assert page.count(month) >= 5 and "not shown" not in page[page.index("<tbody") :]
    Case.rows.filter(pk=cases[0].pk).update(opened_on=cases[0].opened_on - timedelta(days=800), stage="planned")
    page = client.get(f"{LIST}?stage=planned").content.decode()
    assert page.count("<tr data-row>") == 1 and "not shown" in page[page.index("<tbody") :]


@pytest.mark.django_db
def test_who_was_left_alone_for_long_stands_in_a_view_of_its_own(cast, monkeypatch):
    case, today = make_case(cast.mae_sot, cast.of("CW")), timezone.localdate()
    assert not masked_cases(cast.of("PM"), "still")
    monkeypatch.setattr(timezone, "localdate", lambda *at: today + timedelta(days=91) if not at else at[0].date())
    assert [row.pk for row in masked_cases(cast.of("PM"), "still")] == [case.pk]


@pytest.mark.usefixtures("process")
@pytest.mark.django_db
def test_the_file_of_codes_asks_for_a_reason_and_a_fresh_proof(client_of, cast):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    sent = {"reason": WHY, "ending": "xlsx"}
    rows = rows_of(client_of(cast.of("AUD")).post(FILE, sent))
    assert rows[0][0] == "Code" and len(rows[1][0]) == 8 and rows[1][4] == "Gathering papers"
    told = str(rows)
    assert birth.case.number not in told and birth.case.child.name not in told
    assert client_of(cast.of("AUD")).post(FILE, sent | {"reason": "because"}).status_code == 422
    stale = signed_in(cast.of("AUD"), fresh=False).post(FILE, sent)
    assert "attachment" not in stale.get("Content-Disposition", "")
    assert client_of(cast.of("CW")).post(FILE, sent).status_code == 403


@pytest.mark.django_db
def test_a_long_list_of_codes_is_agreed_to_by_a_supervisor(client_of, cast, monkeypatch):
    for place in (pages, taking):
        monkeypatch.setattr(place, "MOST_ROWS", 1)
    births = [gathering(cast.mae_sot, cast.of("CW")) for _ in range(2)]
    client = client_of(cast.of("PM"))
    file = agreed(client, client_of(cast.of("SUP")), place=FILE)
    assert file.proposal.kind == "cases.masked.long"
    made(file)
    lines = taken(client, FILE).splitlines()
    assert lines[0].startswith("Code,") and "Gathering papers" in lines[2]
    assert all(birth.case.number not in lines[1] + lines[2] for birth in births)
