"""A parent refuses: what is written down, what goes on, what the papers do, and how it ends (day.md 6 and 18)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.cases.models import Task
from casework.kernel.refusals import Conflict, Refusal
from registration.documents import values
from registration.models import BirthRecord, ParentRefusal, Requirement
from registration.queries.agreed import agreed_lines
from registration.queries.panel import header_badges
from registration.refusal_states import RefusalWay, Refused, RefusingParent
from registration.rules.refusals import CONSEQUENCES, ways_for
from registration.services import progress, refusals
from registration.states import ParentRole
from tests.factories import registration as births
from tests.factories.cases import make_consent
from tests.factories.cast import Cast, make_cast
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)
YESTERDAY = TODAY - dt.timedelta(days=1)


def make_rows() -> tuple[Cast, BirthRecord]:
    cast = make_cast()
    return cast, births.gathering(cast.mae_sot, cast.of("CW"))


def refuse(birth, by, **more) -> ParentRefusal:
    told = {
        "parent": "father", "what": "paternity", "because": "doubt", "words": "", "heard_from": "self",
        "other_parent": "wants", "refused_on": TODAY, "way": "mothers_side", "next_step": "Notify with the mother",
        "next_step_on": TOMORROW, **more,
    }  # fmt: skip
    return refusals.record_refusal(birth=birth, by=by, now=NOW, today=TODAY, **told)


def end(refusal, by, **more) -> ParentRefusal:
    told = {"state": "withdrawn", "ended_text": "", "ended_on": TODAY, **more}
    return refusals.end_refusal(refusal=refusal, by=by, today=TODAY, **told)


def codes(refused: pytest.ExceptionInfo) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def paper(birth, key):
    return birth.items.get(requirement__key=key)


def test_a_refusal_is_kept_with_its_reason_the_other_parent_and_the_next_step(birth, worker):
    refusal = refuse(birth, worker, because="quarrel", words="They parted in May")
    assert (refusal.parent, refusal.what, refusal.because, refusal.other_parent) == (
        "father", "paternity", "quarrel", "wants",
    )  # fmt: skip
    birth.case.refresh_from_db()
    assert (birth.case.next_step, birth.case.next_step_on) == ("Notify with the mother", TOMORROW)
    event = Event.objects.get(action="registration.refusal.recorded")
    assert event.case_id_of == birth.case_id and "They parted" not in event.reason


@pytest.mark.parametrize("what", Refused)
def test_every_refusal_says_what_it_means_and_has_a_way_on(what):
    assert CONSEQUENCES[what]
    assert ways_for("father", what)


def test_a_mother_who_refuses_leaves_no_mothers_side():
    assert RefusalWay.MOTHERS_SIDE in ways_for(RefusingParent.FATHER, Refused.REGISTRATION)
    assert RefusalWay.MOTHERS_SIDE not in ways_for(RefusingParent.MOTHER, Refused.REGISTRATION)


@pytest.mark.parametrize(
    ("facts", "code", "allowed"),
    [
        ({"parent": ""}, "BR-REF-2", {"parent": "father"}),
        ({"what": ""}, "BR-REF-2", {"what": "registration"}),
        ({"because": ""}, "BR-REF-2", {"because": "not_said"}),
        ({"parent": "mother"}, "BR-REF-3", {"parent": "mother", "what": "registration", "way": "other_notifier"}),
        ({"because": "other"}, "BR-REF-4", {"because": "other", "words": "His mother forbids it"}),
        ({"refused_on": TOMORROW}, "BR-REF-5", {"refused_on": YESTERDAY}),
        ({"way": "no_sharing"}, "BR-REF-6", {"way": "talk_again"}),
        ({"way": ""}, "BR-REF-6", {"way": "mothers_side"}),
        ({"next_step": " "}, "CAS-NEXT-1", {"next_step": "Call him"}),
        ({"next_step_on": None}, "CAS-NEXT-2", {"next_step_on": TODAY}),
        ({"next_step_on": YESTERDAY}, "CAS-NEXT-2", {"next_step_on": TODAY}),
    ],
)
def test_what_is_missing_or_does_not_fit_is_refused_and_its_twin_is_not(birth, worker, facts, code, allowed):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        refuse(birth, worker, **facts)
    assert code in codes(refused)
    assert not ParentRefusal.rows.exists()
    assert refuse(birth, worker, **allowed).pk


def test_the_same_refusal_stands_once_and_another_beside_it(birth, worker):
    refuse(birth, worker)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        refuse(birth, worker)
    assert codes(refused) == {"BR-REF-10"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ParentRefusal.rows.create(
            birth=birth, parent="father", what="paternity", because="fear", heard_from="self", other_parent="wants",
            refused_on=TODAY, way="supervisor", created_by=worker,
        )  # fmt: skip
    assert refuse(birth, worker, what="sharing", way="no_sharing").pk


def test_a_closed_registration_is_opened_first(birth, worker, cast):
    progress.close_birth(birth=birth, reason="withdrawn", text="They left", by=cast.of("SUP"), today=TODAY)
    with pytest.raises(Conflict) as refused:
        refuse(birth, worker)
    assert refused.value.code == "BR-REF-1"
    progress.reopen_birth(birth=birth, reason="They are back", by=cast.of("SUP"), today=TODAY)
    assert refuse(BirthRecord.rows.get(pk=birth.pk), worker).pk


def test_closing_because_a_parent_refused_needs_the_refusal(birth, worker, cast):
    told = {"reason": "refused_by_family", "text": "They do not want it", "by": cast.of("SUP"), "today": TODAY}
    with pytest.raises(Refusal) as refused, transaction.atomic():
        progress.close_birth(birth=birth, **told)
    assert codes(refused) == {"BR-CLOSE-4"}
    refuse(birth, worker, what="registration")
    assert progress.close_birth(birth=BirthRecord.rows.get(pk=birth.pk), **told).status == "closed"


def test_the_page_of_the_case_asks_for_the_refusal_as_well(birth, worker, cast, client_of):
    page = reverse("cases:close", args=[birth.case_id])
    told = {"reason": "refused_by_family", "text": "They do not want it"}
    answer = client_of(cast.of("SUP")).post(page, told)
    assert answer.status_code == 422
    assert "Write down first which parent refuses what" in answer.content.decode()
    refuse(birth, worker, what="registration")
    assert client_of(cast.of("SUP")).post(page, told).status_code == 302
    assert BirthRecord.rows.get(pk=birth.pk).status == "closed"


# What the checklist does


def test_the_fathers_paper_is_not_waited_for_and_the_mothers_is(birth, worker):
    refuse(birth, worker)
    father, mother = paper(birth, "father_paper"), paper(birth, "mother_paper")
    assert (father.state, father.block) == ("impossible", "parent_refused")
    assert (mother.state, mother.block) == ("needed", "")


def test_without_the_father_the_papers_are_complete(birth, worker):
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    for item in birth.items.exclude(requirement__key="father_paper").exclude(state="original_seen"):
        progress.set_item(item=item, state="original_seen", by=worker, today=TODAY)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    assert codes(refused) == {"BR-READY-1"}
    refuse(birth, worker)
    birth.refresh_from_db()
    assert progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY).status == "ready"


def test_a_paper_that_must_be_there_shows_what_stops_it_and_waits_for_a_supervisor(birth, worker):
    birth.items.filter(requirement__key="father_paper").update(level="star")
    refuse(birth, worker)
    item = paper(birth, "father_paper")
    assert (item.state, item.block) == ("needed", "parent_refused")


def test_a_paper_in_hand_stays_in_hand(birth, worker):
    progress.set_item(item=paper(birth, "father_paper"), state="in_hand_copy", by=worker, today=TODAY)
    refuse(birth, worker)
    assert paper(birth, "father_paper").state == "in_hand_copy"


def test_a_list_made_after_the_refusal_knows_it(cast, worker):
    birth = births.make_birth(cast.mae_sot, worker)
    refuse(birth, worker)
    progress.confirm_track(birth=birth, track=birth.track_proposed, reason="", by=worker, now=NOW, today=TODAY)
    assert (paper(birth, "father_paper").state, paper(birth, "mother_paper").state) == ("impossible", "needed")


def test_his_surname_is_not_asked_for_and_the_way_stays_the_same(cast, worker):
    father = births.known("father", marriage="customary", surname_consent=True)
    facts = births.birth_facts(parents=(births.known("mother"), father))
    birth = births.gathering(cast.mae_sot, worker, facts)
    way = birth.track
    assert birth.items.filter(requirement__key="surname_consent").exists()
    refuse(birth, worker)
    birth.refresh_from_db()
    assert not birth.items.filter(requirement__key="surname_consent").exists()
    assert (birth.track, birth.parents.get(role="father").acknowledges_child) == (way, False)


def test_who_does_not_acknowledge_the_child_is_left_out_of_papers_and_counter(birth, worker):
    assert values.printed_person(birth, ParentRole.FATHER)
    refuse(birth, worker)
    birth = BirthRecord.rows.get(pk=birth.pk)
    assert values.printed_person(birth, ParentRole.FATHER) is None
    assert values.printed_person(birth, ParentRole.MOTHER)
    assert {line.key: line.agreed for line in agreed_lines(birth, "en")}["father"] == ""


def test_who_only_refuses_to_notify_is_still_named(birth, worker):
    refuse(birth, worker, what="registration")
    assert values.printed_person(BirthRecord.rows.get(pk=birth.pk), ParentRole.FATHER)


def test_who_was_to_notify_and_refuses_is_replaced_before_the_papers_go(birth, worker):
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    births.settle_items(birth, worker)
    refuse(birth, worker, parent="mother", what="registration", way="other_notifier")
    birth.refresh_from_db()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    assert codes(refused) == {"BR-READY-7"}
    BirthRecord.rows.filter(pk=birth.pk).update(informant_relation="house_head")
    birth.refresh_from_db()
    assert progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY).status == "ready"


def test_refusing_that_others_are_told_ends_the_consents_and_nothing_else(birth, worker):
    consent = make_consent(birth.case, worker)
    refuse(birth, worker, what="sharing", way="no_sharing")
    consent.refresh_from_db()
    assert consent.withdrawn_on == TODAY
    assert paper(birth, "father_paper").state == "needed"


def test_refusing_the_registration_leaves_the_consents(birth, worker):
    consent = make_consent(birth.case, worker)
    refuse(birth, worker, what="registration")
    consent.refresh_from_db()
    assert consent.withdrawn_on is None


# A supervisor, another way, the end


@pytest.mark.parametrize(("way", "tasks"), [("supervisor", 1), ("mothers_side", 0)])
def test_advice_is_asked_for_only_where_that_is_the_way(birth, worker, way, tasks):
    refuse(birth, worker, way=way)
    assert Task.rows.filter(case=birth.case).count() == tasks


def test_another_way_is_found_later(birth, worker, cast):
    refusal = refuse(birth, worker, way="talk_again", other_parent="not_asked")
    told = {"other_parent": "wants", "next_step": "Ask Kanchana", "next_step_on": TOMORROW}
    more = {"by": worker, "now": NOW, "today": TODAY, **told}
    with pytest.raises(Refusal) as refused, transaction.atomic():
        refusals.change_way(refusal=refusal, way="no_sharing", **more)
    assert codes(refused) == {"BR-REF-6"}
    refusals.change_way(refusal=refusal, way="supervisor", **more)
    assert (refusal.way, refusal.other_parent) == ("supervisor", "wants")
    assert Task.rows.filter(case=birth.case).count() == 1


def test_who_agrees_now_is_asked_for_the_papers_again(birth, worker):
    refusal = refuse(birth, worker)
    end(refusal, worker)
    assert (refusal.state, refusal.ended_on) == ("withdrawn", TODAY)
    item = paper(birth, "father_paper")
    assert (item.state, item.block) == ("needed", "")
    assert birth.parents.get(role="father").acknowledges_child is None


def test_what_was_solved_without_him_asks_for_nothing(birth, worker):
    end(refuse(birth, worker), worker, state="solved", ended_text="Registered with the mother")
    assert paper(birth, "father_paper").state == "impossible"
    assert birth.parents.get(role="father").acknowledges_child is False


def test_papers_stay_off_while_another_refusal_of_the_same_parent_stands(birth, worker):
    first = refuse(birth, worker)
    refuse(birth, worker, what="registration")
    end(first, worker)
    assert paper(birth, "father_paper").state == "impossible"


@pytest.mark.parametrize(
    ("facts", "code", "allowed"),
    [
        ({"state": ""}, "BR-REF-7", {}),
        ({"state": "open"}, "BR-REF-7", {}),
        ({"state": "solved"}, "BR-REF-8", {"state": "solved", "ended_text": "The head of the house notified"}),
        ({"ended_on": TOMORROW}, "BR-REF-9", {}),
        ({"ended_on": YESTERDAY}, "BR-REF-9", {}),
    ],
)
def test_an_impossible_end_is_refused_and_its_twin_is_not(birth, worker, facts, code, allowed):
    refusal = refuse(birth, worker)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        end(refusal, worker, **facts)
    assert codes(refused) == {code}
    assert not end(refusal, worker, **allowed).is_open


def test_a_refusal_ends_once_and_may_come_back(birth, worker):
    refusal = end(refuse(birth, worker), worker)
    with pytest.raises(Conflict) as refused, transaction.atomic():
        end(refusal, worker)
    assert refused.value.code == "BR-REF-11"
    assert refuse(birth, worker).is_open


# The pages


def sent(**more):
    days = {**_on("refused_on"), **_on("next_step_on")}
    return {
        "parent": "father", "what": "paternity", "because": "doubt", "words": "", "heard_from": "self",
        "other_parent": "wants", "way": "mothers_side", "next_step": "Notify with the mother", **days, **more,
    }  # fmt: skip


def test_the_page_says_what_it_means_writes_it_down_and_shows_it(birth, worker, client_of):
    client, address = client_of(worker), f"/registration/{birth.pk}/refusal/"
    page = client.get(address).content.decode()
    assert "may notify" in page and "Civil Registration Act s. 18" in page
    missing = client.post(address, sent(because="other"))
    assert missing.status_code == 422 and "Write the reason in a few words." in missing.content.decode()
    assert client.post(address, sent()).status_code == 302
    refusal = ParentRefusal.rows.get()
    record = client.get(f"/registration/{birth.pk}/").content.decode()
    assert "To acknowledge the child as his" in record and "Register on the mother’s side alone" in record
    assert client.get(f"/registration/refusals/{refusal.pk}/").status_code == 200
    ended = {"state": "solved", "ended_text": "Registered with the mother", **_on("ended_on")}
    assert client.post(f"/registration/refusals/{refusal.pk}/end/", ended).status_code == 302
    assert "Registered with the mother" in client.get(f"/registration/{birth.pk}/").content.decode()


def _on(name):
    today = timezone.localdate()
    return {f"{name}_d": today.day, f"{name}_m": today.month, f"{name}_y": today.year}


def test_the_header_says_it_while_it_stands(birth, worker):
    def badges():
        case = BirthRecord.rows.select_related("case__child").get(pk=birth.pk).case
        return [str(badge.text) for badge in header_badges(case, TODAY)]

    assert "A parent refuses" not in badges()
    refusal = refuse(birth, worker)
    assert "A parent refuses" in badges()
    end(refusal, worker)
    assert "A parent refuses" not in badges()


def test_every_requirement_about_a_parents_paper_has_its_parent():
    conditions = set(Requirement.objects.values_list("condition", flat=True))
    assert {"mother_known", "father_known"} <= conditions
