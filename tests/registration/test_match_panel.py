"""The panel of children who look alike: what is said there is kept with the draft and decides the pair afterwards."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.drafts.models import Draft
from casework.people.models import DuplicateHit
from casework.people.states import Decision, HitState
from registration.models import BirthRecord
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cases import make_sealed
from tests.factories.cast import Cast, signed_in
from tests.factories.forms import date_boxes, fill_in

pytestmark = pytest.mark.django_db
LIVE = {"HTTP_HX_REQUEST": "true"}


def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def known(cast: Cast) -> BirthRecord:
    """A girl born three days ago, in the office."""
    return made(cast)


def made(cast: Cast, mother: str = "Naw Hla Paw") -> BirthRecord:
    facts = births.birth_facts(
        today() - dt.timedelta(days=3),
        names={"Latn": "Mu Say Wah"},
        parents=(births.known("mother", mother), births.known("father", "Saw Htoo")),
    )
    return births.make_birth(cast.mae_sot, cast.of("CW"), facts, today=today(), now=timezone.now())


@pytest.fixture
def clerk(cast: Cast) -> Any:
    return signed_in(cast.of("CW"))


def page(name: str, *args: object) -> str:
    return reverse(f"registration:{name}", args=args)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "child_name_Latn": "Mu Say Wah", "sex": "F", **date_boxes("birth", today() - dt.timedelta(days=3)), **more,
    }  # fmt: skip


def begun(client: Any, mother: str = "Ma Thidar Win", **more: Any) -> Draft:
    sent = fill_in(client, page("new"), mother_name_Latn=mother, **more)
    assert sent.status_code == 302
    draft = Draft.rows.latest("pk")
    assert (
        fill_in(client, page("step", draft.pk, "father"), father_knowledge="unknown", father_reason="left").status_code
        == 302
    )
    return draft


def say(client: Any, draft: Draft, said: str, **headers: str) -> Any:
    sent = {
        **typed(plurality=draft.data["mother"].get("plurality", "1")),
        "_form": "registration.intake",
        "_draft": draft.pk,
        "_step": "child",
        "said": said,
    }
    return client.post(page("matches"), sent, **headers)


def finish(client: Any, draft: Draft, cast: Cast, at_check: dict[str, Any] | None = None, **child: Any) -> BirthRecord:
    steps: dict[str, dict[str, Any]] = {
        "child": typed(**child),
        "birth": {"place_kind": "hospital", "facility": births.make_facility().pk, "channel": "ward"},
        "papers": {"proof": "TR1_1", "registry_office": births.make_registry().pk},
        "notice": {"notice_language": "ksw"},
    }
    for step, told in steps.items():
        sent = fill_in(client, page("step", draft.pk, step), **told)
        assert sent.status_code == 302, step
    assert fill_in(client, page("check", draft.pk), **(at_check or {})).status_code == 302
    return BirthRecord.rows.latest("pk")


def test_each_card_asks_what_it_is_and_says_what_speaks_against(clerk, known, cast):
    draft = begun(clerk)
    shown = say(clerk, draft, "", **LIVE).content.decode()
    assert known.case.number in shown and "Other mother’s name" in shown and "Girl" in shown
    for answer in Decision.values:
        assert f'value="{known.case.child_id}:{answer}"' in shown


@pytest.mark.parametrize("answer", [Decision.SIBLING, Decision.DIFFERENT])
def test_an_answer_is_kept_with_the_draft_and_decides_the_pair(clerk, known, cast, answer):
    draft = begun(clerk)
    child = known.case.child_id
    shown = say(clerk, draft, f"{child}:{answer}", **LIVE).content.decode()
    assert str(answer.label) in shown and f'value="{child}:{answer}"' not in shown
    draft.refresh_from_db()
    assert draft.step == "father" and draft.data["matches"] == {f"child-{child}": answer}
    again = clerk.get(page("step", draft.pk, "child")).content.decode()
    assert f'value="{child}:{answer}"' not in again
    birth = finish(clerk, draft, cast)
    hit = DuplicateHit.rows.get(second=birth.case.child)
    assert (hit.state, hit.decision, hit.decided_by) == (HitState.DECIDED, answer, cast.of("CW"))


def mother_of(birth: BirthRecord) -> Any:
    return birth.parents.get(role="mother").person


def test_a_twin_said_beside_the_typing_is_linked_with_its_parents_and_family(clerk, known, cast):
    draft = begun(clerk, "Naw Hla Paw", plurality="2")
    say(clerk, draft, f"{known.case.child_id}:sibling", **LIVE)
    fill_in(clerk, page("step", draft.pk, "child"), **typed(birth_order="2"))
    told = clerk.get(page("check", draft.pk)).content.decode()
    assert f"Twin of Mu Say Wah, {known.case.number}" in told
    birth = finish(clerk, draft, cast, birth_order="2", child_name_Latn="Mu Eh Wah")
    known.refresh_from_db()
    assert (birth.sibling_group, known.plurality, known.birth_order) == (known.sibling_group, 2, 1)
    assert birth.sibling_group is not None and birth.case.family_id == known.case.family_id
    assert mother_of(birth) == mother_of(known)
    assert "has no record yet" not in clerk.get(page("detail", birth.pk)).content.decode()


def test_the_card_of_a_twin_has_its_own_number_and_leads_to_its_own_record(clerk, cast):
    twins = [
        births.birth_facts(
            today() - dt.timedelta(days=3), names={"Latn": name}, plurality=2, birth_order=order,
            parents=(births.known("mother", "Naw Hla Paw"), births.known("father", "Saw Htoo")),
        )
        for order, name in enumerate(("Mu Say Wah", "Mu Say Paw"), start=1)
    ]  # fmt: skip
    more = {"today": today(), "now": timezone.now()}
    first = births.make_birth(cast.mae_sot, cast.of("CW"), twins[0], **more)
    second = births.make_birth(cast.mae_sot, cast.of("CW"), twins[1], twin_of=first, **more)
    draft = begun(clerk, "Naw Hla Paw")
    cards = say(clerk, draft, "", **LIVE).content.decode().split('<div class="match">')[1:]
    numbers = {birth.case.child.name: birth.case.number for birth in (first, second)}
    assert len(cards) == 2
    for text in cards:
        own, other = sorted(numbers, key=lambda name: name not in text)
        assert numbers[own] in text and numbers[other] not in text
    shown = say(clerk, draft, f"{second.case.child_id}:same", **LIVE).content.decode()
    (same,) = (text for text in shown.split('<div class="match">')[1:] if "Open this child’s record" in text)
    assert reverse("cases:detail", args=[second.case_id]) in same.partition("Another record of this child")[2]


def test_of_twins_another_child_is_not_linked(clerk, known, cast):
    draft = begun(clerk, "Naw Hla Paw", plurality="2")
    say(clerk, draft, f"{known.case.child_id}:different", **LIVE)
    birth = finish(clerk, draft, cast, birth_order="2")
    assert known.sibling_group is None and mother_of(birth) != mother_of(known)
    assert "has no record yet" in clerk.get(page("detail", birth.pk)).content.decode()


def test_a_siblings_mother_is_offered_and_not_written_twice(clerk, known, cast):
    draft = begun(clerk, "Naw Hla Paw", phone="0812344471")
    say(clerk, draft, f"{known.case.child_id}:sibling", **LIVE)
    assert "Sibling of Mu Say Wah" in clerk.get(page("check", draft.pk)).content.decode()
    birth = finish(clerk, draft, cast)
    assert mother_of(birth) == mother_of(known)
    assert birth.case.family_id == known.case.family_id and birth.sibling_group is None
    assert birth.case.family.phones.get().number == "0812344471"


@pytest.mark.parametrize(("mother", "at_check"), [("Naw Hla Paw", {"same_mother": ""}), ("Ma Thidar Win", {})])
def test_a_sibling_by_the_father_has_a_mother_of_its_own(clerk, known, cast, mother, at_check):
    draft = begun(clerk, mother)
    say(clerk, draft, f"{known.case.child_id}:sibling", **LIVE)
    birth = finish(clerk, draft, cast, at_check)
    assert mother_of(birth) != mother_of(known) and mother_of(birth).name == mother


def test_an_answer_can_be_taken_back_and_the_pair_waits_on_the_desk(clerk, known, cast):
    draft = begun(clerk)
    say(clerk, draft, f"{known.case.child_id}:different", **LIVE)
    say(clerk, draft, f"{known.case.child_id}:", **LIVE)
    draft.refresh_from_db()
    assert draft.data["matches"] == {}
    finish(clerk, draft, cast)
    assert DuplicateHit.rows.get().state == HitState.OPEN
    assert known.case.child.name in clerk.get(reverse("people:duplicates")).content.decode()


def test_the_same_child_leads_to_its_record_and_a_second_one_asks_for_a_merge(clerk, known, cast):
    draft = begun(clerk)
    shown = say(clerk, draft, f"{known.case.child_id}:same", **LIVE).content.decode()
    assert "Another record of this child is not needed." in shown and "Open this child’s record" in shown
    assert "You said this is the same child as Mu Say Wah." in clerk.get(page("check", draft.pk)).content.decode()
    finish(clerk, draft, cast)
    hit = DuplicateHit.rows.get()
    assert (hit.decision, hit.keep_id) == (Decision.SAME, known.case.child_id)


def test_a_draft_of_the_same_child_is_thrown_away_there_and_its_record_comes_then(clerk, known):
    draft = begun(clerk)
    child = known.case.child_id
    throw = reverse("drafts:throw-away", args=[draft.pk])
    assert throw not in say(clerk, draft, f"{child}:different", **LIVE).content.decode()
    assert throw in say(clerk, draft, f"{child}:same", **LIVE).content.decode()
    fill_in(clerk, page("step", draft.pk, "child"), **typed())
    for place in (page("step", draft.pk, "child"), page("check", draft.pk)):
        shown = clerk.get(place).content.decode()
        assert shown.count(f'data-open="throw-{draft.pk}"') == shown.count(f'id="throw-{draft.pk}"') == 1
        assert re.search(rf'<a [^>]*data-open="throw-{draft.pk}"', shown) and "Keep it, open the record" in shown
    way = re.search(rf'action="({throw}[^"]*)"', shown)[1]
    assert clerk.post(way)["Location"] == reverse("people:person", args=[child])
    assert not Draft.rows.filter(pk=draft.pk).exists()


def test_a_colleagues_draft_is_not_thrown_away_there(clerk, known):
    draft = begun(clerk)
    say(clerk, draft, f"{known.case.child_id}:same", **LIVE)
    Draft.rows.filter(pk=draft.pk).update(owner=make_worker("CW", "MS"))
    assert "throw-" not in clerk.get(page("check", draft.pk)).content.decode()


def test_without_a_script_the_step_is_kept_and_shown_again(clerk, known):
    draft = begun(clerk)
    sent = say(clerk, draft, f"{known.case.child_id}:sibling")
    assert (sent.status_code, sent["Location"]) == (302, page("step", draft.pk, "child"))
    draft.refresh_from_db()
    assert draft.data["child"]["child_name_Latn"] == "Mu Say Wah"
    assert draft.data["matches"] == {f"child-{known.case.child_id}": "sibling"}


def test_a_masked_card_offers_the_question_and_no_record(cast):
    here = made(cast, "Naw Paw Wah")
    away = signed_in(cast.of("CW", "RN"))
    draft = begun(away, "Naw Paw Wah")
    shown = say(away, draft, "", **LIVE).content.decode()
    assert "Possible match, another office" in shown and here.case.number not in shown
    assert 'value="elsewhere:ask"' in shown and ":same" not in shown and str(here.case.child) not in shown
    assert "Its office is asked when you open the case" in say(away, draft, "elsewhere:ask", **LIVE).content.decode()
    guessed = say(away, draft, f"{here.case.child_id}:same", **LIVE)
    assert guessed.status_code == 200
    draft.refresh_from_db()
    assert draft.data["matches"] == {"elsewhere": "ask"}
    finish(away, draft, cast)
    assert DuplicateHit.rows.get().asked_by == cast.of("CW", "RN")


def test_of_a_sealed_child_the_clerk_is_told_nothing(clerk, known):
    colleague = signed_in(make_worker("CW", "MS"))
    draft = begun(colleague, "Naw Hla Paw")
    assert "may be a child" in say(colleague, draft, "", **LIVE).content.decode()
    make_sealed(known.case, known.created_by)
    assert "may be a child" not in say(colleague, draft, "", **LIVE).content.decode()


@pytest.mark.parametrize("said", ["x", "99999999999999999999:same", "1:nonsense", ":same", "elsewhere:same"])
def test_an_answer_that_cannot_be_read_changes_nothing(clerk, known, said):
    draft = begun(clerk)
    assert say(clerk, draft, said, **LIVE).status_code == 200
    draft.refresh_from_db()
    assert "matches" not in draft.data


def test_what_an_autosave_sends_under_the_name_of_the_answers_is_left_out(clerk, known, cast):
    draft = begun(clerk)
    sent = {"_form": "registration.intake", "_step": "matches", "_draft": draft.pk, "child-x": "same", "x": "same"}
    assert clerk.post(reverse("drafts:save"), sent).status_code < 400
    assert clerk.get(page("check", draft.pk)).status_code == 200
    assert known.case.number in say(clerk, draft, "", **LIVE).content.decode()


def test_the_one_page_carries_its_answers(clerk, known):
    child = known.case.child_id
    told = {**typed(), "told": f"child-{child}:sibling", "said": ""}
    shown = clerk.post(page("matches"), told, **LIVE).content.decode()
    assert f'name="told" value="child-{child}:sibling"' in shown and f'value="{child}:sibling"' not in shown
    taken = clerk.post(page("matches"), {**told, "said": f"{child}:"}, **LIVE).content.decode()
    assert 'name="told"' not in taken and f'value="{child}:sibling"' in taken
    assert not Draft.rows.exists()


def test_a_twin_of_the_fast_lane_is_linked(clerk, known):
    sent = fill_in(
        clerk,
        page("quick"),
        **typed(plurality="2", birth_order="2", told=f"child-{known.case.child_id}:sibling"),
        mother_name_Latn="Naw Hla Paw", father_name_Latn="Saw Htoo", facility=births.make_facility().pk,
        registry_office=births.make_registry().pk, notice_language="my", proof_number="T5",
    )  # fmt: skip
    assert sent.status_code == 302
    birth = BirthRecord.rows.latest("pk")
    assert birth.pk != known.pk and mother_of(birth) == mother_of(known)


def test_a_birth_of_the_fast_lane_writes_its_pair(clerk, known):
    sent = fill_in(
        clerk,
        page("quick"),
        **typed(),
        mother_name_Latn="Ma Thidar Win", father_name_Latn="Ko Aung", facility=births.make_facility().pk,
        registry_office=births.make_registry().pk, notice_language="my", proof_number="T5", plurality="1",
    )  # fmt: skip
    assert sent.status_code == 302
    hit = DuplicateHit.rows.get()
    assert (hit.first_id, hit.state) == (known.case.child_id, HitState.OPEN)
    assert "Other mother’s name" in clerk.get(reverse("people:duplicates")).content.decode()
