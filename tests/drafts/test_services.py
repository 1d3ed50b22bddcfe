"""Drafts: kept, told apart, handed on, removed."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from casework.audit.models import Event
from casework.drafts import queries, services
from casework.drafts.models import Draft
from casework.drafts.tasks import remove_forgotten
from casework.kernel.refusals import Conflict, Forbidden, Refusal
from casework.programmes.contributions import registry
from casework.reference.models import Term
from tests.factories.accounts import make_office, make_user, make_worker

pytestmark = pytest.mark.django_db


def save(by, answers=None, step="mother", **more):
    answers = {"mother_name": "Naw Paw Wah"} if answers is None else answers
    return services.save_draft(by=by, form="tests.intake", step=step, answers=answers, **more)


def test_nothing_typed_makes_no_draft(clerk):
    assert save(clerk, {"mother_name": " ", "twins": False, "papers": []}) is None
    assert not Draft.rows.exists()


def test_something_typed_makes_one_with_office_title_and_history(clerk):
    draft = save(clerk)
    assert (draft.office.code, draft.title, draft.version) == ("MS", "Naw Paw Wah", 1)
    assert draft.data == {"mother": {"mother_name": "Naw Paw Wah"}}
    assert Event.objects.get(action="drafts.draft.started").actor == clerk


def test_each_step_keeps_its_own_answers_and_an_emptied_step_stays_empty(clerk):
    draft = save(clerk)
    draft = save(clerk, {"father_name": "Saw Htoo"}, step="father", draft_id=draft.pk, version=draft.version)
    draft = save(clerk, {"mother_name": ""}, draft_id=draft.pk, version=draft.version)
    assert draft.data == {"mother": {"mother_name": ""}, "father": {"father_name": "Saw Htoo"}}


def test_the_same_send_twice_is_one_draft_and_one_version(clerk):
    device = uuid4()
    first, again = save(clerk, device_id=device), save(clerk, device_id=device)
    assert first.pk == again.pk and again.version == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_first_send_twice_at_once_is_one_draft(clerk):
    device, together, answers = uuid4(), threading.Barrier(4), []

    def send() -> None:
        together.wait()
        answers.append(save(clerk, device_id=device).pk)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(answers) == 4 and set(answers) == {Draft.rows.get().pk}


def test_two_windows_are_told_apart_and_both_values_shown(clerk):
    draft = save(clerk)
    save(clerk, {"mother_name": "Naw Paw Wa"}, draft_id=draft.pk, version=1)
    with pytest.raises(services.DraftConflict) as refused:
        save(clerk, {"mother_name": "Naw Wah"}, draft_id=draft.pk, version=1)
    assert refused.value.fields == [{"field": "mother_name", "stored": "Naw Paw Wa", "sent": "Naw Wah"}]
    assert save(clerk, {"mother_name": "Naw Wah"}, draft_id=draft.pk, version=2).title == "Naw Wah"


def test_a_colleague_takes_over_and_both_names_stay(clerk, colleague):
    draft = save(clerk)
    with pytest.raises(Conflict):
        save(colleague, {"mother_name": "x"}, draft_id=draft.pk, version=1)
    taken = services.take_over_draft(draft=draft, by=colleague)
    assert (taken.owner, taken.started_by) == (colleague, clerk)
    with pytest.raises(Conflict):
        save(clerk, {"mother_name": "y"}, draft_id=draft.pk, version=1)
    assert save(colleague, {"mother_name": "x"}, draft_id=draft.pk, version=taken.version).title == "x"


def test_only_the_owner_throws_away(clerk, colleague):
    draft = save(clerk)
    with pytest.raises(Conflict):
        services.throw_away_draft(draft=draft, by=colleague)
    services.throw_away_draft(draft=draft, by=clerk)
    assert not Draft.rows.exists()
    with pytest.raises(Conflict):
        save(clerk, draft_id=draft.pk, version=1)


def test_a_draft_is_finished_once(clerk):
    draft = save(clerk)
    services.finish_draft(draft=draft, by=clerk)
    with pytest.raises(Conflict):
        services.finish_draft(draft=draft, by=clerk)


def test_parking_marks_it_and_typing_again_takes_it_back(clerk):
    draft = services.park_draft(draft=save(clerk), by=clerk)
    assert draft.is_parked
    assert not save(clerk, draft_id=draft.pk, version=draft.version).is_parked


def test_somebody_without_the_forms_right_keeps_nothing(db):
    with pytest.raises(Forbidden):
        save(make_user())
    with pytest.raises(Forbidden):
        save(make_worker("CSH"))


def test_another_office_than_ones_own_is_refused_and_ones_own_is_not(clerk):
    with pytest.raises(Forbidden):
        save(clerk, office_id=make_office("CM").pk)
    assert save(clerk, office_id=make_office("MS").pk).office.code == "MS"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"a": {"deep": 1}}, "DRAFT-VALUE"),
        ({"a": ["x", 3]}, "DRAFT-VALUE"),
        ({"a": float("inf")}, "DRAFT-VALUE"),
        ({"a": "x" * 10_001}, "DRAFT-LONG"),
        ({"a" * 101: "x"}, "DRAFT-NAME"),
        ({"a\x00": "x"}, "DRAFT-NAME"),
        ({f"f{n}": "x" for n in range(401)}, "DRAFT-SIZE"),
        ({f"f{n}": "x" * 9_000 for n in range(40)}, "DRAFT-SIZE"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_code(clerk, answers, code):
    with pytest.raises(Refusal) as refused:
        save(clerk, answers)
    assert refused.value.code == code


def test_harmful_characters_are_dropped_and_burmese_stays(clerk):
    draft = save(clerk, {"mother_name": "\x00နော်ဖောဝါး\ud800", "papers": ["a", "b"]})
    assert draft.data["mother"] == {"mother_name": "နော်ဖောဝါး", "papers": ["a", "b"]}


def test_the_tray_is_one_query_and_shows_ones_own(clerk, colleague, django_assert_num_queries):
    for n in range(3):
        save(clerk, {"mother_name": f"Naw {n}"}, device_id=uuid4())
    save(colleague)
    queries.tray(clerk)
    with django_assert_num_queries(1):
        lines = queries.tray(clerk)
    assert [line.title for line in lines] == ["Naw 2", "Naw 1", "Naw 0"]
    assert lines[0].step_label == "Step 1 of 2: Mother"


def left(draft, days):
    """The draft as if nobody had touched it for so many days."""
    Draft.rows.filter(pk=draft.pk).update(saved_at=timezone.now() - timedelta(days=days))


def test_a_forgotten_draft_is_removed_and_one_that_is_touched_stays(clerk):
    forgotten, kept, touched = save(clerk), save(clerk), save(clerk)
    for draft, days in ((forgotten, 181), (kept, 180), (touched, 181)):
        left(draft, days)
    save(clerk, {"mother_name": "Ma Win"}, draft_id=touched.pk)
    remove_forgotten()
    assert set(Draft.rows.values_list("pk", flat=True)) == {kept.pk, touched.pk}
    event = Event.objects.get(action="drafts.draft.removed")
    assert (event.actor, event.subject_id, event.office_id_of) == (None, forgotten.pk, forgotten.office_id)
    assert "drafts.forgotten" in {job.task for job in registry.gather("schedule")}


def test_how_long_a_draft_is_kept_is_a_dated_row(clerk):
    left(save(clerk), 181)
    Term.objects.filter(key="drafts.keep_days").update(value=365)
    remove_forgotten()
    assert Draft.rows.exists()


def test_the_line_of_a_draft_tells_its_last_day_a_month_before(clerk):
    today = timezone.localdate()
    draft = save(clerk)
    left(draft, 150)
    assert [line.ends_on for line in queries.own_drafts(clerk, today)] == [None]
    left(draft, 151)
    colleague = make_worker("CW", "MS", username="colleague")
    for lines in (queries.own_drafts(clerk, today), queries.colleagues_drafts(colleague, today)):
        assert [line.ends_on for line in lines] == [today + timedelta(days=30)]


def test_a_draft_given_to_the_office_leaves_the_tray_and_is_taken_over(clerk, colleague):
    draft, now = save(clerk), timezone.now()
    with pytest.raises(Conflict):
        services.hand_in_draft(draft=draft, by=colleague, now=now)
    given = services.hand_in_draft(draft=draft, by=clerk, now=now)
    again = services.hand_in_draft(draft=draft, by=clerk, now=now + timedelta(hours=1))
    assert (
        given.ready_at == again.ready_at == now and Event.objects.filter(action="drafts.draft.handed-in").count() == 1
    )
    assert not queries.tray(clerk) and [line.title for line in queries.given_to_office(clerk)] == ["Naw Paw Wah"]
    newer = save(clerk, {"mother_name": "Ma Win"})
    lines = queries.colleagues_drafts(colleague, timezone.localdate())
    assert [line.draft.pk for line in lines] == [draft.pk, newer.pk], "what waits stands first"
    taken = services.take_over_draft(draft=draft, by=colleague)
    assert taken.ready_at is None and not queries.given_to_office(clerk)
    [told] = queries.taken_over(clerk, now)
    assert told.taken_by == colleague and not queries.taken_over(colleague, now)


def test_it_is_known_who_typed_a_step_last(clerk, colleague):
    draft = save(clerk)
    assert queries.writer_of(draft, "mother") == clerk and queries.writer_of(draft, "father") is None
    services.take_over_draft(draft=draft, by=colleague)
    same = save(colleague, draft_id=draft.pk)
    assert queries.writer_of(same, "mother") == clerk, "nothing was changed in it"
    changed = save(colleague, {"mother_name": "Naw Paw"}, draft_id=draft.pk, version=same.version)
    assert queries.writer_of(changed, "mother") == colleague
