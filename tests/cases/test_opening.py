"""A case beside a birth, over HTTP: looked for first, opened on one page, its family asks the fund at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from casework.audit.models import Event
from casework.cases.models import Case
from casework.cases.services.cases import set_next_step
from casework.drafts.models import Draft
from casework.kernel.refusals import Conflict
from casework.people.models import DuplicateHit, FamilyMember, MatchKey, Person
from casework.people.services.persons import change_name
from emergency_fund.models import AssistanceRequest
from emergency_fund.programme import EmergencyFund
from tests.factories.accounts import make_grant
from tests.factories.cases import make_case, make_sealed
from tests.factories.cast import Cast, signed_in
from tests.factories.forms import date_boxes, fields_of, fill_in

pytestmark = pytest.mark.django_db
OPEN = "/cases/open/"


def day(name: str, ahead: int) -> dict[str, str]:
    """A day typed with its Thai year."""
    return {**date_boxes(name, timezone.localdate() + timedelta(days=ahead)), f"{name}_era": "be"}


def born(years: int) -> dict[str, str]:
    return date_boxes("birth", timezone.localdate() - timedelta(days=366 * years))


def told(**typed: Any) -> dict[str, Any]:
    """What a caseworker types of a family after an accident at work."""
    return {
        "child_name_Latn": "Moo Ler Paw", "child_name_Mymr": "မူလာဖော", "sex": "F", **born(7),
        "carer_name_Latn": "Naw Ku Htoo", "carer_role": "mother", "phone": "089 555 1234", "phone_rule": "safe",
        "languages": ["ksw", "my"], "about": "The father fell at the building site.", "came_by": "walk_in",
        "notice_language": "ksw", **typed,
    }  # fmt: skip


@pytest.fixture
def clerk(cast: Cast) -> Any:
    return signed_in(cast.of("CW"))


def case_of(answer: Any) -> Case:
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Case.rows.order_by("-pk").first()


def asks_for(case: Case, *children: Person) -> dict[str, Any]:
    """A request for so many children of the family."""
    carer = FamilyMember.rows.get(family=case.family, role="mother").person
    asked = {f"line-{nth}-{name}": value for nth, child in enumerate(children) for name, value in (
        ("child", child.pk), ("kind", "health_cost"), ("amount", "900"), ("words", "Hospital, two nights"),
    )}  # fmt: skip
    return {
        "kind": "work_injury", **day("occurred_on", -2), "need": "No wage since the fall", "urgency": "72h",
        "channel": "walk_in", "requester": carer.pk, "consent": "on", "how": "spoken", "explained_in": "ksw", **asked,
    }  # fmt: skip


def test_a_family_with_older_children_reaches_the_fund(cast, clerk):
    shown = clerk.post("/cases/new/", {"words": "Moo Ler Paw, Naw Ku Htoo"})
    assert "Open a new case" in shown.content.decode() and 'data-new="c"' in shown.content.decode()  # n c
    page = clerk.post(OPEN, {"words": "Moo Ler Paw, Naw Ku Htoo"})
    kept = fields_of(page)
    assert (kept["child_name_Latn"], kept["carer_name_Latn"]) == ("Moo Ler Paw", "Naw Ku Htoo")
    sent = clerk.post(OPEN, {**kept, **told(), "then": "sibling"})
    first = case_of(sent)
    assert sent["Location"] == f"{OPEN}?family_of={first.child_id}&came_by=walk_in"
    assert (first.lead, first.office, first.live_programmes) == (cast.of("CW"), cast.mae_sot, ["emergency_fund"])
    assert first.next_step == "Write down what the family asks the fund for" and first.next_step_on
    assert first.notices_given.get().language == "ksw" and first.child.languages == ["ksw", "my"]
    opened = Event.objects.get(action="cases.case.opened", case_id_of=first.pk)
    assert opened.reason == "walk_in"

    page = clerk.get(sent["Location"])
    assert "Naw Ku Htoo" in page.content.decode() and "carer_name_Latn" not in fields_of(page)
    brother = {"child_name_Latn": "Saw Eh Doh", "sex": "M", **born(4)}
    second = case_of(clerk.post(OPEN, {**fields_of(page), **brother, "about": "Came with the sister."}))
    assert second.notices_given.get().language == "ksw"  # nobody is asked twice how they came and were informed
    assert second.family == first.family and second.child.languages == ["ksw", "my"]
    assert FamilyMember.rows.filter(family=first.family).count() == 3

    shown = clerk.get(f"/cases/{second.pk}/").content.decode()
    assert "Came with the sister." in shown and "Came in person" in shown and "Ask the fund" in shown
    assert all(reverse("cases:next", args=[case.pk]) in clerk.get("/").content.decode() for case in (first, second))
    with translation.override("th"):  # as who opens it in Thai sends it
        Case.rows.filter(pk=first.pk).update(next_step=str(EmergencyFund.first_step))
    asked = fill_in(clerk, reverse("emergency_fund:ask", args=[first.pk]), **asks_for(first, first.child, second.child))
    assert asked.status_code == 302, fields_of(asked)
    number = AssistanceRequest.rows.get(case=first).number
    first.refresh_from_db()
    assert (first.next_step, first.next_step_on) == ("", None)  # what it was opened for is done
    work = clerk.get("/").content.decode()
    assert [reverse("cases:next", args=[case.pk]) in work for case in (first, second)] == [False, True]
    assert f"The fund decides on {number}" in clerk.get(f"/cases/{first.pk}/").content.decode()
    today = timezone.localdate()
    set_next_step(case=second, step="Call the aunt", on=today, by=cast.of("CW"), today=today)
    again = {**asks_for(second, second.child), "acknowledged": ["E-EAF-10", "E-EAF-262", "E-EAF-263"]}
    assert fill_in(clerk, reverse("emergency_fund:ask", args=[second.pk]), **again).status_code == 302
    second.refresh_from_db()
    assert second.next_step == "Call the aunt"  # what a person wrote stays
    assert number in signed_in(cast.of("FO")).get(reverse("emergency_fund:list")).content.decode()
    assert signed_in(cast.of("CW", "RN")).get(f"/cases/{first.pk}/").status_code == 404
    assert signed_in(cast.of("FO")).get(OPEN).status_code == 403


def test_what_the_page_needs_is_said_at_its_field(clerk):
    before = Case.rows.count()
    empty = fill_in(clerk, OPEN)
    assert empty.status_code == 422
    for sentence in ("Write the name as the family says it", "Write in a few words what it is about",
                     "Choose how the family came", "Choose the language in which the family was informed"):  # fmt: skip
        assert sentence in empty.content.decode()
    for wrong, sentence in (
        ({"carer_role": ""}, "Choose who this is to the child."),
        (day("notice_on", 1), "cannot be given in the future"),
        (day("next_step_on", -1), "Give today or a later day."),
    ):
        refused = fill_in(clerk, OPEN, **told(**wrong))
        assert refused.status_code == 422 and sentence in refused.content.decode()
    assert Case.rows.count() == before and not Person.rows.filter(names__full="Moo Ler Paw").exists()
    assert case_of(fill_in(clerk, OPEN, **told(carer_name_Latn="", carer_role="", phone=""))).family is not None


def test_a_known_child_is_found_and_has_one_open_case(cast, clerk):
    first = case_of(fill_in(clerk, OPEN, **told()))
    found = clerk.post("/cases/new/", {"words": "0895551234"}).content.decode()
    assert f"/cases/{first.pk}/" in found and f"?family_of={first.child_id}" in found
    assert f"?child={first.child_id}" not in found  # it has its case
    assert clerk.get(f"{OPEN}?child={first.child_id}")["Location"] == f"/cases/{first.pk}/"
    sent = clerk.post(OPEN, {**fields_of(clerk.get(OPEN)), **told(), "child": first.child_id})
    assert sent.status_code == 409 and f"/cases/{first.pk}/" in sent.content.decode()

    elsewhere = signed_in(cast.of("CW", "RN"))
    for name in ("child", "family_of"):
        assert elsewhere.get(f"{OPEN}?{name}={first.child_id}").status_code == 404
        forged = {**fields_of(elsewhere.get(OPEN)), **told(), name: first.child_id}
        assert elsewhere.post(OPEN, forged).status_code == 404

    make_sealed(first, cast.of("SUP"))
    with pytest.raises(Conflict) as hidden:
        make_case(child=first.child, office=cast.mae_sot, lead=cast.of("SUP"), by=cast.of("SUP"))
    assert hidden.value.code == "CAS-OPEN-1" and not hidden.value.findings[0].url  # that there is one, not which


def test_a_child_that_looks_alike_is_answered_on_the_spot(cast, clerk):
    first = case_of(fill_in(clerk, OPEN, **told()))
    panel = clerk.post("/cases/open/matches/", told(said=f"{first.child_id}:same"))
    assert "Moo Ler Paw" in panel.content.decode() and f"child-{first.child_id}:same" in panel.content.decode()
    refused = fill_in(clerk, OPEN, **told(told=[f"child-{first.child_id}:same"]))
    assert refused.status_code == 422 and f'href="/cases/{first.pk}/"' in refused.content.decode()
    second = case_of(fill_in(clerk, OPEN, **told(told=[f"child-{first.child_id}:different"])))
    assert DuplicateHit.rows.get(second=second.child).decision == "different"

    elsewhere = signed_in(cast.of("CW", "RN"))
    masked = elsewhere.post("/cases/open/matches/", told()).content.decode()
    assert "Possible match, another office" in masked and "Moo Ler Paw" not in masked
    make_sealed(first, cast.of("SUP"))
    make_sealed(second, cast.of("SUP"))
    assert "Possible match" not in elsewhere.post("/cases/open/matches/", told()).content.decode()


def test_a_name_put_right_is_compared_anew(cast, clerk):
    case = case_of(fill_in(clerk, OPEN, **told(child_name_Mymr="")))
    before = MatchKey.objects.get(child=case.child).blocks
    change_name(name=case.child.names.get(), full="Zin Mar Oo", by=cast.of("CW"))
    assert MatchKey.objects.get(child=case.child).blocks != before


def test_what_is_typed_waits_as_a_draft(clerk):
    page = fields_of(clerk.get(OPEN))
    assert clerk.post(reverse("drafts:save"), page).status_code == 204  # nothing typed yet
    assert clerk.post(OPEN, {**page, **told(), "then": "later"}).status_code == 302
    draft = Draft.rows.get(form="cases.open")
    assert draft.title == "Moo Ler Paw"
    back = fields_of(clerk.get(f"{OPEN}?draft={draft.pk}"))
    assert (back["carer_name_Latn"], back["languages"], back["birth_y"]) == ("Naw Ku Htoo", ["my", "ksw"],
                                                                            told()["birth_y"])  # fmt: skip
    case_of(clerk.post(OPEN, back))
    assert not Draft.rows.filter(form="cases.open").exists()
    gone = clerk.get(f"{OPEN}?draft={draft.pk}")
    assert gone.status_code == 409


def test_the_office_is_chosen_by_who_has_several(cast):
    worker = cast.of("CW")
    make_grant(worker, "CW", cast.ranong)
    make_grant(worker, "CW", cast.offices["PX"])
    shown = signed_in(worker).get(OPEN).content.decode()
    assert f">{cast.ranong.name_now}</option>" in shown and f">{cast.offices['PX'].name_now}</option>" not in shown
    make_grant(cast.of("SUP"), "SUP", cast.ranong, programme="registration")
    case = case_of(fill_in(signed_in(worker), OPEN, **told(office=cast.ranong.pk)))
    assert case.office == cast.ranong
    refused = fill_in(signed_in(cast.of("SUP")), OPEN, **told(office=cast.ranong.pk))
    assert refused.status_code == 422  # there the person works for another programme
