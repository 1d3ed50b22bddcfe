"""A certificate that is wrong, or was not copied, and papers that cannot be had: what the pages say and let through."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from casework.accounts.models import User
from casework.audit.models import Event
from casework.kernel.refusals import Refusal
from registration.models import BirthRecord
from registration.services import office as at_office
from tests.factories import registration as births
from tests.factories.forms import fields_of, fill_in
from tests.people.test_services_papers import thirteen

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def wrong(cast, worker) -> BirthRecord:
    """Registered as a boy, and compared."""
    outcome = births.registered(cast.mae_sot, worker, sex="M")
    at_office.check_outcome(outcome=outcome, by=worker, today=timezone.localdate())
    return BirthRecord.rows.get(pk=outcome.birth_id)


@pytest.fixture
def submitted(cast, worker) -> BirthRecord:
    """At the registry office."""
    return births.visit(births.ready(cast.mae_sot, worker), worker).birth


def page(name: str, *args: object) -> str:
    return reverse(f"registration:{name}", args=args)


RECEIVED = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"}


def test_what_must_be_settled_stands_on_top_and_the_handover_asks_for_a_word(wrong, client_of, worker):
    client = client_of(worker)
    shown = client.get(page("detail", wrong.pk)).content.decode()
    assert "wrong in what must be settled" in shown and page("settle", wrong.discrepancies.get().pk) in shown
    asked = fill_in(client, page("hand-over", wrong.pk), **RECEIVED)
    assert asked.status_code == 422 and "Hand it over all the same?" in asked.content.decode()
    assert fill_in(client, page("hand-over", wrong.pk), **RECEIVED, acknowledged="BR-REG-3").status_code == 302
    wrong.refresh_from_db()
    assert wrong.status == "handed_over"


def test_a_number_of_another_child_is_refused_with_the_way_to_that_child(cast, submitted, client_of, worker):
    other = births.registered(cast.mae_sot, worker, child_number=thirteen("0")).birth.case.child
    refused = fill_in(client_of(worker), page("outcome", submitted.pk), child_number=thirteen("0"), form="TR031")
    assert refused.status_code == 422
    assert (
        f'<a href="{reverse("people:person", args=[other.pk])}">Open the other record</a>' in refused.content.decode()
    )
    allowed = fill_in(client_of(worker), page("outcome", submitted.pk), child_number=thirteen("00"), form="TR031")
    assert allowed.status_code == 302


def test_settled_it_is_handed_over_without_a_word(wrong, client_of, worker):
    row = wrong.discrepancies.get()
    at_office.settle_discrepancy(row=row, state="accepted_as_is", text="The family agrees", by=worker)
    client = client_of(worker)
    assert "wrong in what must be settled" not in client.get(page("detail", wrong.pk)).content.decode()
    assert fill_in(client, page("hand-over", wrong.pk), **RECEIVED).status_code == 302


@pytest.fixture
def misspelt(cast, worker) -> BirthRecord:
    """Registered under another spelling than the agreed one, and compared."""
    outcome = births.registered(cast.mae_sot, worker, name_th="ชื่อผิด")
    at_office.check_outcome(outcome=outcome, by=worker, today=timezone.localdate())
    return BirthRecord.rows.get(pk=outcome.birth_id)


def test_a_certificate_under_another_name_is_handed_over_with_what_the_family_was_told(misspelt, client_of, worker):
    client = client_of(worker)
    name = misspelt.case.child.name_in("Thai")
    shown = " ".join(re.sub(r"<[^>]+>", "", client.get(page("hand-over", misspelt.pk)).content.decode()).split())
    assert f"Child: {name} / ชื่อผิด" in shown
    asked = fill_in(client, page("hand-over", misspelt.pk), **RECEIVED)
    assert asked.status_code == 422 and "Write what you told the family, or why it stays." in asked.content.decode()
    told = "The mother takes it now and has it corrected"
    assert fill_in(client, page("hand-over", misspelt.pk), **RECEIVED, told=told).status_code == 302
    row = misspelt.discrepancies.get()
    assert (row.state, row.settled_text) == ("open", told)
    assert told in client.get(page("detail", misspelt.pk)).content.decode()
    assert Event.objects.get(action="registration.birth.handed_over").case_id_of == misspelt.case_id


@pytest.mark.parametrize("role", ["mother", "father"])
def test_the_name_of_a_parent_who_is_known_is_not_typed_again(wrong, client_of, worker, role):
    at_office.settle_discrepancy(
        row=wrong.discrepancies.get(), state="accepted_as_is", text="The family agrees", by=worker
    )
    name = wrong.parents.get(role=role).person.name
    client, told = client_of(worker), {"handed_over_sign": "thumb", "handed_over_to": ""}
    assert name in client.get(page("hand-over", wrong.pk)).content.decode()
    other = fill_in(client, page("hand-over", wrong.pk), **told, handed_over_relation="relative")
    assert other.status_code == 422 and "Write who received the certificate." in other.content.decode()
    assert fill_in(client, page("hand-over", wrong.pk), **told, handed_over_relation=role).status_code == 302
    wrong.outcome.refresh_from_db()
    assert wrong.outcome.handed_over_to == name


def test_a_settled_name_or_one_on_another_paper_asks_nothing_at_the_handover(misspelt, client_of, worker):
    row = misspelt.discrepancies.get()
    at_office.settle_discrepancy(row=row, state="accepted_as_is", text="The family likes it", by=worker)
    misspelt.discrepancies.create(
        field="mother", value_a="ก", source_a="told", value_b="ข", source_b="register", severity="should_fix",
        created_by=worker,
    )  # fmt: skip
    client = client_of(worker)
    assert 'name="told"' not in client.get(page("hand-over", misspelt.pk)).content.decode()
    assert fill_in(client, page("hand-over", misspelt.pk), **RECEIVED).status_code == 302


@pytest.mark.parametrize(("language", "words"), [("en", "Girl / Boy"), ("th", "หญิง / ชาย")])
def test_a_difference_reads_in_the_words_of_its_reader(wrong, client_of, worker, language, words):
    client = client_of(worker)
    client.cookies["django_language"] = language
    text = re.sub(r"<[^>]+>", "", client.get(page("detail", wrong.pk)).content.decode())
    assert words in text
    row = wrong.discrepancies.get()
    row.field, row.value_a = "born_on", "2026-11-27"
    with translation.override(language):
        assert row.told_a.replace("\u00a0", " ") == {"en": "27 Nov 2026", "th": "27 พ.ย. 2569"}[language]


def test_a_certificate_of_which_nothing_was_copied_is_asked_about(submitted, client_of, worker):
    client, address = client_of(worker), page("outcome", submitted.pk)
    asked = fill_in(client, address, form="unknown")
    assert asked.status_code == 422 and "Nothing was copied from the certificate" in asked.content.decode()
    assert fill_in(client, address, form="unknown", certificate_no="6306-1").status_code == 302


def test_nobody_is_told_beforehand_which_form_the_office_wrote(submitted, client_of, worker):
    client, address = client_of(worker), page("outcome", submitted.pk)
    assert fields_of(client.get(address))["form"] == ""
    unsaid = fill_in(client, address, certificate_no="6306-1")
    assert (unsaid.status_code, list(unsaid.context["form"].errors)) == (422, ["form"])
    assert fill_in(client, address, certificate_no="6306-1", form="TR03").status_code == 302


def test_what_is_copied_anew_is_compared_anew_before_the_handover(misspelt, client_of, worker):
    client, correct = client_of(worker), page("outcome-correct", misspelt.pk)
    assert fill_in(client, correct, register="TR14").status_code == 302
    misspelt.outcome.refresh_from_db()
    assert misspelt.outcome.checked_on, "nothing that stands on the sheet changed"
    assert fill_in(client, correct, name_th=misspelt.case.child.name_in("Thai")).status_code == 302
    assert "Compare the certificate" in fill_in(client, page("hand-over", misspelt.pk), **RECEIVED).content.decode()
    client.post(page("outcome-check", misspelt.pk))
    assert fill_in(client, page("hand-over", misspelt.pk), **RECEIVED).status_code == 302
    misspelt.outcome.refresh_from_db()
    checked_on = misspelt.outcome.checked_on
    assert fill_in(client, correct, mother="นางสาวหน่อ").status_code == 302
    misspelt.outcome.refresh_from_db()
    assert misspelt.outcome.checked_on == checked_on, "it was handed over as it was compared"


def test_a_refused_correction_is_no_change_by_somebody_else(wrong, client_of, worker):
    client, address = client_of(worker), page("outcome-correct", wrong.pk)
    refused = client.post(address, fields_of(client.get(address)) | {"child_number": "123", "sex": "F"})
    assert refused.status_code == 422 and "Somebody changed this" not in refused.content.decode()
    again = client.post(address, fields_of(refused) | {"child_number": ""})
    assert again.status_code == 302
    wrong.outcome.refresh_from_db()
    assert wrong.outcome.sex == "F"


def test_what_the_office_gave_back_stands_on_top_with_its_reason(submitted, client_of, worker):
    today = timezone.localdate()
    at_office.record_return(
        visit=submitted.submissions.get(), refused=False, reason="name_error", text="One letter", on=today, by=worker,
        today=today,
    )  # fmt: skip
    shown = client_of(worker).get(page("detail", submitted.pk)).content.decode()
    assert "The registry office gave it back on" in shown and "One letter" in shown


def test_what_the_office_refused_stands_on_top_with_its_reason(submitted, client_of, worker):
    today = timezone.localdate()
    at_office.record_return(
        visit=submitted.submissions.get(), refused=True, reason="not_accepted_evidence", text="No witness", on=today,
        by=worker, today=today,
    )  # fmt: skip
    shown = client_of(worker).get(page("detail", submitted.pk)).content.decode()
    assert "The registry office refused it on" in shown and "Evidence not accepted" in shown and "No witness" in shown
    assert "gave it back on" not in shown


def test_the_supervisor_is_asked_for_advice_in_their_own_language(submitted, cast, worker):
    User.objects.filter(pk=cast.of("SUP").pk).update(language="th")
    today = timezone.localdate()
    with translation.override("en"):
        at_office.record_return(
            visit=submitted.submissions.get(), refused=True, reason="other", text="No", on=today, by=worker, today=today
        )
    task = submitted.case.tasks.get()
    assert task.owner == cast.of("SUP") and "สำนักทะเบียน" in task.title


def test_a_paper_that_cannot_be_had_is_asked_about_once_and_waived(cast, client_of, worker):
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.filter(level="star", state="needed").first()
    clerk, chief = client_of(worker), client_of(cast.of("SUP"))
    ask, waive = page("ask-waiver", item.pk), page("waive", item.pk)
    asked = clerk.get(page("item", item.pk)).content.decode()
    assert ask in asked and waive not in asked and 'value="impossible"' not in asked
    silent = fill_in(clerk, ask, why=" ")
    assert silent.status_code == 422 and "Say why this paper cannot be had." in silent.content.decode()
    for _again in range(2):
        assert fill_in(clerk, ask, why="The house is sold").status_code == 302
    assert Event.objects.filter(action="registration.item.waiver-asked").count() == 1
    told = clerk.get(page("item", item.pk)).content.decode()
    assert ask not in told and "asked the supervisors on" in told and "The house is sold" in told
    for language, paper in (("en", item.requirement.label_en), ("th", item.requirement.label_th)):
        chief.cookies["django_language"] = language
        todo = chief.get(reverse("home:my-work"), {"view": "decide"}).content.decode()
        assert waive in todo and paper in todo, "in the reader's language, straight to the page that decides"
    chief.cookies["django_language"] = "en"
    offered = chief.get(page("item", item.pk)).content.decode()
    assert waive in offered and ask not in offered
    assert "The house is sold" in chief.get(waive).content.decode()
    assert fill_in(chief, waive, reason="The hospital burnt down").status_code == 302
    item.refresh_from_db()
    assert item.state == "waived"
    assert waive not in chief.get(page("item", item.pk)).content.decode()
    assert waive not in chief.get(reverse("home:my-work"), {"view": "decide"}).content.decode()


def test_a_way_that_the_facts_do_not_show_is_chosen_by_a_supervisor(cast, client_of, worker):
    birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(place_kind="unknown"))
    assert birth.track_proposed == "T0"
    clerk, chief = client_of(worker), client_of(cast.of("SUP"))
    way, todo = page("track", birth.pk), {"view": "decide"}
    shown = clerk.get(page("detail", birth.pk)).content.decode()
    assert way not in shown and "a supervisor of your office chooses the way" in shown
    chosen = {"track": "T2", "reason": "The house head says so"}
    assert clerk.post(way, chosen).status_code == 403
    assert way in chief.get(page("detail", birth.pk)).content.decode()
    assert way in chief.get(reverse("home:my-work"), todo).content.decode()
    assert way not in clerk.get(reverse("home:my-work"), todo).content.decode()
    assert 'value="T0"' not in chief.get(way).content.decode()
    assert chief.post(way, {"track": "T0", "reason": "?"}).status_code == 422
    assert fill_in(chief, way, **chosen).status_code == 302
    birth.refresh_from_db()
    assert (birth.status, birth.track) == ("gathering", "T2")
    assert way not in chief.get(reverse("home:my-work"), todo).content.decode()


def test_a_paper_that_is_needed_all_the_same_can_be_asked_about_again(cast, client_of, worker):
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.filter(level="star", state="needed").first()
    clerk, chief = client_of(worker), client_of(cast.of("SUP"))
    fill_in(clerk, page("ask-waiver", item.pk), why="The house is sold")
    decline = page("decline-waiver", item.pk)
    assert decline in chief.get(page("waive", item.pk)).content.decode()
    why = {"why": "The office asks\nfor it"}
    assert clerk.post(decline, why).status_code == 403
    assert "The house is sold" in chief.get(decline).content.decode()
    silent = fill_in(chief, decline, why=" ")
    assert silent.status_code == 422 and "Say why the paper is needed all the same." in silent.content.decode()
    assert fill_in(chief, decline, **why).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.waiver_asked_on) == ("needed", None)
    told = clerk.get(page("item", item.pk)).content.decode()
    assert page("ask-waiver", item.pk) in told and "The office asks" in told
    assert "The office asks" in clerk.get(page("detail", item.birth_id)).content.decode()
    history = clerk.get(reverse("cases:detail", args=[item.birth.case_id])).content.decode()
    assert f"{item.requirement.label_en}: The office asks for it" in history
    assert chief.post(decline, why).status_code == 409, "somebody else has decided it"
    item.refresh_from_db()
    assert item.state == "needed"
    fill_in(clerk, page("ask-waiver", item.pk), why="The house burnt down")
    assert "The office asks" not in clerk.get(page("item", item.pk)).content.decode()


def test_a_paper_that_is_there_is_not_waived(cast, client_of, worker):
    birth = births.ready(cast.mae_sot, worker)
    item = birth.items.filter(level="star", state="original_seen").first()
    clerk = client_of(worker)
    assert page("ask-waiver", item.pk) not in clerk.get(page("item", item.pk)).content.decode()
    assert clerk.post(page("ask-waiver", item.pk), {"why": "The house is sold"}).status_code == 409


def test_a_paper_that_may_be_missing_is_not_waived(cast, client_of, worker):
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.exclude(level="star").first()
    shown = client_of(worker).get(page("item", item.pk)).content.decode()
    assert page("ask-waiver", item.pk) not in shown and 'value="impossible"' in shown


def test_the_service_asks_for_the_word_too(wrong, worker):
    today = timezone.localdate()
    facts = {"to": "Naw Paw", "relation": "mother", "sign": "thumb", "on": today, "by": worker, "today": today}
    with pytest.raises(Refusal) as refused:
        at_office.hand_over(birth=wrong, **facts)
    assert refused.value.code == "BR-REG-3"
    assert at_office.hand_over(birth=wrong, acknowledged=["BR-REG-3"], **facts).handed_over_to == "Naw Paw"
