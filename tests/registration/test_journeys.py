"""The clinic's days over HTTP: what a clerk sends, page after page, and what stands there afterwards."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Office, User
from casework.audit.models import Event
from casework.cases.models import Case
from casework.documents.models import Document
from casework.drafts.models import Draft
from casework.kernel.dates import BirthDate, Precision, both
from casework.people.models import Person
from casework.ui.fields import TimeOfDayField
from registration.models import BirthRecord
from registration.services.progress import choose_office, set_item
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cases import make_sealed
from tests.factories.cast import Cast, signed_in
from tests.factories.forms import date_boxes, fields_of, fill_in

pytestmark = pytest.mark.django_db
STEPS = ("mother", "father", "child", "birth", "papers", "notice")


def today() -> dt.date:
    return timezone.localdate()


def days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def answers(mother: str = "Naw Hla Paw", child: str = "เซอ มู พอ") -> dict[str, dict[str, Any]]:
    """What is typed in each step."""
    return {
        "mother": {"mother_name_Latn": mother, "phone": "0891234567"},
        "father": {"father_name_Latn": "Saw Htoo"},
        "child": {"child_name_Thai": child, "sex": "F", "weight_g": "3100", **date_boxes("birth", days_ago(3))},
        "birth": {"place_kind": "hospital", "facility": births.make_facility().pk, "channel": "ward"},
        "papers": {
            "proof": "TR1_1", "proof_number": "T55555", "proof_seen": "on", "informant_relation": "mother",
            "registry_office": births.make_registry().pk,
        },
        "notice": {"notice_language": "ksw"},
    }  # fmt: skip


def page(name: str, *args: object) -> str:
    return reverse(f"registration:{name}", args=args)


@pytest.fixture
def clerk(cast: Cast) -> Any:
    return signed_in(cast.of("CW"))


@pytest.fixture
def chief(cast: Cast) -> Any:
    return signed_in(cast.of("SUP"))


def begin(client: Any, **typed: Any) -> Draft:
    """Send the first step; answers its draft."""
    sent = fill_in(client, page("new"), **{**answers()["mother"], **typed})
    assert sent.status_code == 302
    return Draft.rows.get(pk=re.search(r"/drafts/(\d+)/", sent["Location"])[1])


def go_on(client: Any, draft: Draft, *, steps: tuple[str, ...] = STEPS[1:], **typed: dict[str, Any]) -> None:
    """Send the following steps."""
    told = answers()
    for step in steps:
        sent = fill_in(client, page("step", draft.pk, step), **(told[step] | typed.get(step, {})))
        assert sent.status_code == 302, fields_of(sent)


def open_case(client: Any, draft: Draft, **typed: Any) -> Any:
    return fill_in(client, page("check", draft.pk), **typed)


def through_all_steps(client: Any) -> BirthRecord:
    """At the registry office, by every page on the way: each step, the way, each paper, the visit."""
    draft = begin(client)
    go_on(client, draft)
    assert open_case(client, draft).status_code == 302
    birth = BirthRecord.rows.order_by("-pk").first()
    assert fill_in(client, page("track", birth.pk)).status_code == 302
    for item in birth.items.exclude(state="original_seen"):
        assert fill_in(client, page("item", item.pk), state="original_seen").status_code == 302
    return handed_in(client, birth)


def handed_in(client: Any, birth: BirthRecord) -> BirthRecord:
    """Declared ready and taken to the registry office."""
    client.post(page("ready", birth.pk))
    assert fill_in(client, page("visit", birth.pk)).status_code == 302
    assert status(birth) == "submitted"
    return birth


def of_the_clerk(client: Any) -> tuple[Office, User]:
    """Where and by whom a birth is logged."""
    return Office.objects.get(code="MS"), User.objects.get(pk=get_user(client).pk)


def logged(client: Any) -> BirthRecord:
    """A birth just logged."""
    return births.make_birth(*of_the_clerk(client))


def gathered(client: Any) -> BirthRecord:
    """Its way confirmed and every paper seen."""
    office, worker = of_the_clerk(client)
    birth = births.gathering(office, worker, **births.of_today())
    choose_office(birth=birth, office=births.make_registry(), by=worker, today=today())
    births.settle_items(birth, worker)
    return birth


def submitted(client: Any) -> BirthRecord:
    """At the registry office."""
    return handed_in(client, gathered(client))


def status(birth: BirthRecord) -> str:
    birth.refresh_from_db()
    return birth.status


def test_from_the_first_step_to_the_closed_case_with_a_return(clerk, chief):
    birth = through_all_steps(clerk)
    visit = birth.submissions.get()
    returned = {"result": "returned", "return_reason": "missing_paper", "result_text": "bring the house book"}
    assert fill_in(clerk, page("result", visit.pk), **returned).status_code == 302
    assert status(birth) == "gathering"
    clerk.post(page("ready", birth.pk))
    assert fill_in(clerk, page("visit", birth.pk), receipt_no="441").status_code == 302
    second = birth.submissions.get(number=2)
    assert fill_in(clerk, page("result", second.pk), result="inquiry").status_code == 302
    assert status(birth) == "inquiry"
    assert fill_in(clerk, page("inquiry", second.pk), kind="photo").status_code == 302
    assert fill_in(clerk, page("inquiry-done", birth.inquiry_steps.get().pk), outcome="Taken").status_code == 302
    certificate = {"form": "TR03", "certificate_no": "12/2569", "name_th": "เซอ มู พา", "sex": "M"}
    asked = fill_in(clerk, page("outcome", birth.pk), **certificate | {"form": "TR1"})
    assert "<span>Form of the certificate: This form is for Thai" in asked.content.decode()
    assert fill_in(clerk, page("outcome", birth.pk), **certificate).status_code == 302
    assert status(birth) == "registered"
    early = fill_in(clerk, page("hand-over", birth.pk), **receiver())
    assert early.status_code == 422
    assert "Compare the certificate" in early.content.decode()
    assert fill_in(clerk, page("outcome-correct", birth.pk), sex="F").status_code == 302
    name = birth.discrepancies.get(field="name_th")
    settled = {"state": "accepted_as_is", "text": "the mother agrees"}
    assert fill_in(clerk, page("settle", name.pk), **settled).status_code == 302
    clerk.post(page("outcome-check", birth.pk))
    assert fill_in(clerk, page("hand-over", birth.pk), **receiver()).status_code == 302
    assert birth.outcome.handed_over_to == "Naw Hla Paw"
    open_ones = fill_in(clerk, page("close", birth.pk), reason="completed")
    assert open_ones.status_code == 422
    for row in birth.follow_ups.all():
        assert fill_in(clerk, page("follow-up", row.pk), answer="declined").status_code == 302
    assert fill_in(clerk, page("close", birth.pk), reason="completed").status_code == 302
    assert status(birth) == "closed"
    birth.case.refresh_from_db()
    assert birth.case.state == "closed"
    assert clerk.get(page("reopen", birth.pk)).status_code == 403
    assert clerk.post(page("reopen", birth.pk), {"reason": "Lost"}).status_code == 403
    assert fill_in(chief, page("reopen", birth.pk), reason="").status_code == 422
    assert fill_in(chief, page("reopen", birth.pk), reason="The paper was lost").status_code == 302
    assert status(birth) == "handed_over", "the certificate is with the family"


def receiver() -> dict[str, str]:
    return {"handed_over_to": "Naw Hla Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"}


def test_an_unfinished_case_is_closed_by_a_supervisor_with_words(clerk, chief):
    birth = gathered(clerk)
    told = {"reason": "left_thailand", "text": "Went home", "country": "MM", "news_from": "family"}
    told |= date_boxes("gone_on", today())
    assert 'value="left_thailand"' not in clerk.get(page("close", birth.pk)).content.decode()
    assert page("close", birth.pk) not in clerk.get(page("detail", birth.pk)).content.decode()
    assert page("close", birth.pk) in chief.get(page("detail", birth.pk)).content.decode()
    assert clerk.post(page("close", birth.pk), told).status_code == 403
    assert fill_in(chief, page("close", birth.pk), reason="left_thailand", text="").status_code == 422
    assert fill_in(chief, page("close", birth.pk), **told).status_code == 302
    assert status(birth) == "closed"


def test_refused_by_the_office_asks_a_supervisor(clerk, chief, cast):
    birth = submitted(clerk)
    said = {"result": "refused", "return_reason": "not_accepted_evidence"}
    wordless = fill_in(clerk, page("result", birth.submissions.get().pk), **said)
    assert wordless.status_code == 422
    assert fields_of(wordless)["return_reason"] == "not_accepted_evidence"
    said["result_text"] = "No proof of the mother"
    assert fill_in(clerk, page("result", birth.submissions.get().pk), **said).status_code == 302
    task = birth.case.tasks.get()
    assert task.owner == cast.of("SUP")
    assert "legal advice" in chief.get(reverse("home:my-work")).content.decode()
    assert "Refused by the registry office" in clerk.get(page("detail", birth.pk)).content.decode()


def test_papers_that_the_family_took_back_are_handed_in_again(clerk):
    birth = submitted(clerk)
    visit = birth.submissions.get()
    early = fill_in(clerk, page("result", visit.pk), result="withdrawn", **date_boxes("result_on", days_ago(1)))
    assert early.status_code == 422, "before the visit"
    taken = fill_in(clerk, page("result", visit.pk), result="withdrawn", result_text="They move next week")
    assert taken.status_code == 302
    visit.refresh_from_db()
    assert (visit.result, status(birth)) == ("withdrawn", "gathering")
    assert "They move next week" in clerk.get(page("detail", birth.pk)).content.decode()
    clerk.post(page("ready", birth.pk))
    assert fill_in(clerk, page("visit", birth.pk)).status_code == 302
    assert (status(birth), birth.submissions.count()) == ("submitted", 2)


def test_the_day_and_the_fine_of_the_office_are_kept_and_can_change(clerk):
    birth = gathered(clerk)
    clerk.post(page("ready", birth.pk))
    early = fill_in(clerk, page("visit", birth.pk), **date_boxes("appointment_on", days_ago(1)))
    assert early.status_code == 422, "before the visit"
    much = fill_in(clerk, page("visit", birth.pk), fine_baht="1,000,000")
    assert "The amount is too large" in much.content.decode()
    tomorrow, later = days_ago(-1), days_ago(-9)
    day = date_boxes("appointment_on", tomorrow)
    assert fill_in(clerk, page("visit", birth.pk), fine_baht="๒๐", **day).status_code == 302
    visit = birth.submissions.get()
    assert (visit.appointment_on, visit.fine_baht) == (tomorrow, 20)
    assert both(tomorrow, "en") in clerk.get(page("detail", birth.pk)).content.decode()
    told = {"result": "pending", "other_cost_baht": "150.50", **date_boxes("appointment_on", later)}
    gone = told | date_boxes("appointment_on", days_ago(1))
    assert fill_in(clerk, page("result", visit.pk), appointment_on_era="be", **gone).status_code == 422
    assert fill_in(clerk, page("result", visit.pk), appointment_on_era="be", **told).status_code == 302
    visit.refresh_from_db()
    assert (visit.result, visit.appointment_on, status(birth)) == ("pending", later, "submitted")
    assert (visit.fine_baht, visit.other_cost_baht) == (20, Decimal("150.50"))
    assert fill_in(clerk, page("result", visit.pk), result="inquiry").status_code == 302
    assert fill_in(clerk, page("result", visit.pk), result="pending", fine_baht="").status_code == 302
    visit.refresh_from_db()
    assert (visit.result, visit.appointment_on, visit.fine_baht) == ("inquiry", later, None)
    back = {"result": "returned", "return_reason": "fine_unpaid"}
    assert fill_in(clerk, page("result", visit.pk), **back).status_code == 302
    assert fill_in(clerk, page("result", visit.pk), result="pending").status_code == 409
    visit.refresh_from_db()
    assert visit.result == "returned"


def test_a_letter_of_assignment_is_corrected_and_ended(clerk):
    birth = gathered(clerk)
    clerk.post(page("ready", birth.pk))
    told = {"giver": "Naw Hla Pw", "receiver": "The clinic", "scope": "notify", "language_explained": "ksw"}
    told |= date_boxes("signed_on", days_ago(1))
    assert fill_in(clerk, page("letter", birth.pk), **told).status_code == 302
    letter = birth.letters.get()
    upside_down = fill_in(
        clerk, page("letter-change", letter.pk), signed_on_era="be", **date_boxes("valid_until", days_ago(2))
    )
    assert upside_down.status_code == 422
    assert fill_in(clerk, page("letter-change", letter.pk), giver="Naw Hla Paw").status_code == 302
    letter.refresh_from_db()
    assert (letter.giver, letter.signed_on) == ("Naw Hla Paw", days_ago(1))
    for day in (days_ago(-1), days_ago(2)):
        boxes = date_boxes("revoked_on", day)
        assert fill_in(clerk, page("letter-end", letter.pk), revoked_on_era="be", **boxes).status_code == 422
    assert "End this letter" in clerk.get(page("detail", birth.pk)).content.decode()
    assert fill_in(clerk, page("letter-end", letter.pk)).status_code == 302
    shown = clerk.get(page("detail", birth.pk)).content.decode()
    assert "Ended on" in shown and "End this letter" not in shown
    assert fill_in(clerk, page("visit", birth.pk), by="clinic_with_letter").status_code == 422
    for name in ("letter-change", "letter-end"):
        assert fill_in(clerk, page(name, letter.pk)).status_code == 409
    assert fill_in(clerk, page("letter", birth.pk), **told).status_code == 302
    assert fill_in(clerk, page("visit", birth.pk), by="clinic_with_letter").status_code == 302


def test_a_witness_is_corrected_and_says_when_they_spoke(clerk):
    birth = gathered(clerk)
    assert fill_in(clerk, page("witness", birth.pk), name="Naw Da", kinds=["parentage"]).status_code == 302
    witness = birth.witnesses.get()
    assert witness.is_willing
    change = page("witness-change", witness.pk)
    assert fill_in(clerk, change, **date_boxes("statement_on", days_ago(-1))).status_code == 422
    spoke = {"name": "Naw Dah", "kinds": ["parentage", "identity"], **date_boxes("statement_on", today())}
    assert fill_in(clerk, change, **spoke).status_code == 302
    witness.refresh_from_db()
    assert (witness.name, witness.kinds, witness.statement_on) == ("Naw Dah", ["parentage", "identity"], today())
    assert "Not willing" not in clerk.get(page("detail", birth.pk)).content.decode()
    unwilling = fields_of(clerk.get(change))
    del unwilling["is_willing"]
    assert clerk.post(change, unwilling).status_code == 302
    witness.refresh_from_db()
    assert not witness.is_willing
    assert "Not willing" in clerk.get(page("detail", birth.pk)).content.decode()


def test_on_hold_and_back(clerk):
    birth = gathered(clerk)
    assert fill_in(clerk, page("suspend", birth.pk), suspension="on_hold", reason="At the harvest").status_code == 302
    birth.refresh_from_db()
    assert (birth.suspension, birth.status) == ("on_hold", "gathering")
    assert fill_in(clerk, page("suspend", birth.pk), suspension="none", reason="Back").status_code == 302
    birth.refresh_from_db()
    assert birth.suspension == "none"


def test_facts_edited_after_ready_go_back_and_after_submission_are_a_conflict(clerk):
    birth = gathered(clerk)
    clerk.post(page("ready", birth.pk))
    assert status(birth) == "ready"
    assert fill_in(clerk, page("facts", birth.pk), weight_g="3200").status_code == 302
    assert status(birth) == "gathering"
    clerk.post(page("ready", birth.pk))
    edited = fields_of(clerk.get(page("facts", birth.pk)))
    assert fill_in(clerk, page("visit", birth.pk)).status_code == 302
    late = clerk.post(page("facts", birth.pk), edited | {"weight_g": "3300"})
    assert late.status_code == 409
    assert "discrepancy" in late.content.decode()
    birth.refresh_from_db()
    assert birth.weight_g == 3200


def test_a_first_step_in_which_nothing_was_typed_leaves_no_draft(clerk):
    shown = fields_of(clerk.get(page("new")))
    assert clerk.post(page("new"), shown).status_code == 422
    assert clerk.post(reverse("drafts:save"), shown).status_code == 204
    assert not Draft.rows.exists()
    assert clerk.post(reverse("drafts:save"), shown | {"mother_knowledge": "unknown"}).status_code == 200
    assert Draft.rows.count() == 1


def test_the_side_column_tells_each_name_by_itself_and_numbers_in_plain_digits(clerk):
    names = {"mother_name_Latn": "Naw Hla Paw", "mother_name_Mymr": "နော်လှပေါ", "mother_name_Thai": "หน่อ ลา พอ"}
    draft = begin(clerk, **names, phone="๐๘๙-1234567")
    side = clerk.get(page("step", draft.pk, "father")).content.decode().partition('id="so-far"')[2]
    for name, lang in (("Hla", ""), ("နော်လှပေါ", "my"), ("หน่อ", "th")):
        word = f'<span lang="{lang}">{name}</span>' if lang else name
        assert f'<span class="whole">{word}</span>' in side
    assert re.search(r"Paw</span> </div><div><span class=\"whole\"><span lang=\"my\">", side)
    assert "๐" not in side
    assert "089" in side


def test_autosave_in_two_windows_tells_both_values(clerk):
    draft = begin(clerk)
    sent = {"_form": "registration.intake", "_step": "father", "_draft": draft.pk, "version": draft.version}
    assert clerk.post(reverse("drafts:save"), sent | {"father_name_Latn": "Saw Htoo"}).status_code == 200
    other = clerk.post(reverse("drafts:save"), sent | {"father_name_Latn": "Saw Eh"})
    assert other.status_code == 409
    told = {row["field"]: (row["stored"], row["sent"]) for row in other.json()["fields"]}
    assert told == {"father_name_Latn": ("Saw Htoo", "Saw Eh")}
    draft.refresh_from_db()
    assert draft.data["father"]["father_name_Latn"] == "Saw Htoo"


def test_a_colleague_goes_on_and_both_names_stay(clerk, chief, cast):
    draft = begin(clerk)
    assert chief.post(reverse("drafts:take-over", args=[draft.pk])).status_code == 302
    assert clerk.get(page("step", draft.pk, "father")).status_code == 200  # seen by who began it
    go_on(chief, draft)
    assert open_case(chief, draft).status_code == 302
    draft_acts = Event.objects.filter(action__startswith="drafts.").values_list("actor__username", flat=True)
    assert cast.of("SUP").username in set(draft_acts)
    assert BirthRecord.rows.get().created_by == cast.of("SUP")


def test_a_draft_taken_over_names_both(clerk, chief, cast):
    draft = begin(clerk)
    chief.post(reverse("drafts:take-over", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.started_by, draft.owner) == (cast.of("CW"), cast.of("SUP"))


def test_parked_and_taken_up_again(clerk):
    draft = begin(clerk)
    url = page("step", draft.pk, "father")
    parked = fill_in(clerk, url, father_name_Latn="Saw Eh", then="later")
    assert parked["Location"] == reverse("home:my-work")
    assert "Naw Hla Paw" in clerk.get(reverse("home:my-work")).content.decode()
    assert fields_of(clerk.get(url))["father_name_Latn"] == "Saw Eh"
    go_on(clerk, draft)
    assert open_case(clerk, draft).status_code == 302
    assert not Draft.rows.exists()


def test_two_intakes_open_at_once_never_mix(clerk):
    one, two = begin(clerk), begin(clerk, mother_name_Latn="Ma Hnin Si")
    assert one.pk != two.pk
    for step in STEPS[1:]:
        for draft, father, child in ((one, "Saw Htoo", "นอ หนึ่ง"), (two, "Ko Aung", "มะ สอง")):
            typed = answers()[step]
            typed |= {"father_name_Latn": father} if step == "father" else {}
            typed |= {"child_name_Thai": child} if step == "child" else {}
            typed |= {"proof_number": f"T-{draft.pk}"} if step == "papers" else {}
            assert fill_in(clerk, page("step", draft.pk, step), **typed).status_code == 302
    assert open_case(clerk, two).status_code == 302
    assert open_case(clerk, one).status_code == 302
    told = {
        birth.case.child.name: {link.person.name for link in birth.parents.select_related("person")}
        for birth in BirthRecord.rows.all()
    }
    assert told == {"นอ หนึ่ง": {"Naw Hla Paw", "Saw Htoo"}, "มะ สอง": {"Ma Hnin Si", "Ko Aung"}}


def quick(**typed: Any) -> dict[str, Any]:
    """Everything that an easy birth types on its one page."""
    return {name: value for step in answers().values() for name, value in step.items()} | typed


def test_an_easy_birth_passes_every_state_in_one_save(clerk):
    papers = {
        f"{who}_paper_{what}": value
        for who in ("mother", "father")
        for what, value in (("type", "passport"), ("number", f"M{who}123"), ("seen", "on"))
    }
    assert fill_in(clerk, page("quick"), **quick(**papers, papers_seen="yes")).status_code == 302
    birth = BirthRecord.rows.get()
    assert birth.status == "ready"
    acts = set(Event.objects.filter(case_id_of=birth.case_id).values_list("action", flat=True))
    passed = ("birth.opened", "birth.assessing", "track.confirmed", "birth.ready")
    assert {f"registration.{act}" for act in passed} <= acts


@pytest.mark.parametrize("origin", ["paper", "typed"])
def test_an_easy_birth_from_paper_keeps_the_day_it_was_received(clerk, origin):
    received = timezone.localdate() - dt.timedelta(days=2 if origin == "paper" else 0)
    boxes = date_boxes("received_on", received) if origin == "paper" else {}
    assert fill_in(clerk, page("quick"), **quick(**boxes)).status_code == 302
    case = Case.rows.get()
    assert (case.received_on, case.origin, case.birth.first_contact_on) == (received, origin, received)


def test_a_double_click_makes_one_easy_birth(clerk):
    typed = fields_of(clerk.get(page("quick"))) | quick()
    first, second = clerk.post(page("quick"), typed), clerk.post(page("quick"), typed)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert (BirthRecord.rows.count(), Case.rows.count()) == (1, 1)
    another = typed | {"child_name_Thai": "มะ สอง", "proof_number": "T2", "mother_name_Latn": "Ma Hnin Si"}
    assert clerk.post(page("quick"), another)["Location"] != first["Location"]


def test_the_next_easy_birth_begins_at_the_place_of_the_last(clerk):
    given = timezone.localdate() - dt.timedelta(days=1)
    boxes = {"notice_on_d": str(given.day), "notice_on_m": str(given.month)}
    saved = fill_in(clerk, page("quick"), **quick(then="next", **boxes))
    birth = BirthRecord.rows.get()
    assert saved["Location"] == f"{page('quick')}?after={birth.pk}"
    following = clerk.get(saved["Location"])
    words = following.content.decode()
    assert f"{birth.case.number} is saved" in words and f'href="{page("detail", birth.pk)}"' in words
    begun, usual = fields_of(following), fields_of(clerk.get(page("quick")))
    assert (begun["notice_on_d"], usual["notice_on_d"]) == (str(given.day), str(timezone.localdate().day))
    assert begun["facility"] == str(birth.facility_id)
    assert not begun["mother_name_Latn"] and not begun["child_name_Thai"]
    kept = {name: value for name, value in begun.items() if name not in ("csrfmiddlewaretoken", "idempotency_key")}
    assert clerk.post(reverse("drafts:save"), kept).status_code == 204, "what is guessed is not typed"
    stranger = signed_in(make_worker("CW", "RN"))
    assert birth.case.number not in stranger.get(saved["Location"]).content.decode()


def test_a_double_click_opens_one_case_and_leads_to_it(clerk, chief):
    draft = begin(clerk)
    go_on(clerk, draft)
    sent = {"idempotency_key": clerk.get(page("check", draft.pk)).context["idempotency_key"]}
    answers = [clerk.post(page("check", draft.pk), sent) for _time in range(2)]
    birth = BirthRecord.rows.get()
    assert [answer["Location"] for answer in answers] == [page("detail", birth.pk)] * 2
    assert chief.post(page("check", draft.pk), sent).status_code == 404
    assert clerk.post(page("check", draft.pk), {}).status_code == 409


def test_a_double_click_adds_one_witness(clerk):
    birth = gathered(clerk)
    url = page("witness", birth.pk)
    typed = fields_of(clerk.get(url)) | {"name": "Ma Aye", "kinds": ["identity"]}
    assert clerk.post(url, typed)["Location"] == clerk.post(url, typed)["Location"]
    assert birth.witnesses.count() == 1
    clerk.post(url, fields_of(clerk.get(url)) | {"name": "Ma Aye", "kinds": ["identity"]})
    assert birth.witnesses.count() == 2


def test_what_is_changed_after_going_back_is_another_act(clerk):
    birth = gathered(clerk)
    url = page("witness", birth.pk)
    typed = fields_of(clerk.get(url)) | {"name": "Ma Aye", "kinds": ["identity"]}
    clerk.post(url, typed)
    assert clerk.post(url, typed | {"name": "Ma Mya"}).status_code == 302
    assert set(birth.witnesses.values_list("name", flat=True)) == {"Ma Aye", "Ma Mya"}


def test_a_paper_ordered_twice_is_one_paper_and_ordered_again_another(clerk):
    birth = gathered(clerk)
    url = page("papers", birth.pk)
    kind = {"kind": "registration.family_checklist", "language": "my"}
    key = {"idempotency_key": clerk.get(url).context["idempotency_key"]}
    first, again = (clerk.post(url, kind | key) for _time in range(2))
    assert first["Location"] == again["Location"] != url
    assert Document.rows.count() == 1
    assert clerk.post(url, kind | {"idempotency_key": "another"})["Location"] != first["Location"]
    assert clerk.post(url, kind | key | {"kind": "x"})["Location"] == url


def test_the_other_twin_shares_mother_and_papers(clerk):
    birth = logged(clerk)
    begun = clerk.post(page("twin", birth.pk))
    draft = Draft.rows.get()
    assert begun["Location"] == page("step", draft.pk, "child")
    child = {"child_name_Thai": "เซอ มู วา", "sex": "M", "birth_order": "2"}
    assert fill_in(clerk, page("step", draft.pk, "child"), **child).status_code == 302
    assert open_case(clerk, draft).status_code == 302
    first, second = BirthRecord.rows.order_by("pk")
    assert first.sibling_group == second.sibling_group is not None
    assert first.case.family == second.case.family
    assert first.case != second.case
    assert {first.parents.get(role="mother").person_id} == {second.parents.get(role="mother").person_id}
    assert [(row.plurality, row.birth_order) for row in (first, second)] == [(2, 1), (2, 2)]


def twin_of(client: Any, birth: BirthRecord) -> Draft:
    """The draft of the other twin, just begun."""
    return Draft.rows.get(pk=re.search(r"/drafts/(\d+)/", client.post(page("twin", birth.pk))["Location"])[1])


def test_the_other_twin_that_is_not_finished_is_hidden_with_the_sealed_one(clerk, client_of, cast):
    birth = logged(clerk)
    colleague = client_of(make_worker("CW", birth.office))
    drafts = {client: twin_of(client, birth) for client in (clerk, colleague)}
    unrelated = begin(colleague)

    def seen_by(client: Any) -> list[int]:
        """The drafts that stand in the list and can be opened."""
        listed = client.get(reverse("drafts:drafts")).content.decode()
        named = [draft.pk for draft in drafts.values() if f"/drafts/{draft.pk}/" in listed]
        opened = [row.pk for row in drafts.values() if client.get(page("step", row.pk, "child")).status_code == 200]
        assert named == opened
        return named

    both = [draft.pk for draft in drafts.values()]
    assert seen_by(clerk) == seen_by(colleague) == both
    make_sealed(birth.case, cast.of("SUP"))
    assert (seen_by(clerk), seen_by(colleague)) == (both, []), "who still sees the record finishes it"
    assert colleague.post(reverse("drafts:take-over", args=[drafts[clerk].pk])).status_code == 404
    assert clerk.post(reverse("drafts:take-over", args=[drafts[colleague].pk])).status_code == 302
    assert seen_by(clerk) == both
    assert colleague.get(page("step", unrelated.pk, "child")).status_code == 200
    Draft.rows.filter(pk=unrelated.pk).update(data={**unrelated.data, "twin": {"twin_of": "x"}})
    assert colleague.get(page("step", unrelated.pk, "child")).status_code == 200, "what is no number names nobody"


@pytest.mark.parametrize(
    ("born", "boxes"),
    [
        (BirthDate(dt.date(2024, 3, 1), Precision.MONTH), ("", "3", "2024", "", "month")),
        (BirthDate(dt.date(2024, 1, 1), Precision.YEAR), ("", "", "2024", "", "year")),
        (BirthDate(dt.date(2024, 3, 9)), ("9", "3", "2024", "", "exact")),
        (BirthDate.from_age(years=2, asked_on=dt.date.today()), ("", "", "", "2", "estimated")),
    ],
)
def test_the_other_twin_is_offered_the_birth_date_as_far_as_it_is_known(clerk, cast, born, boxes):
    draft = twin_of(clerk, births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(born)))
    shown = fields_of(clerk.get(page("step", draft.pk, "child")))
    assert tuple(shown[f"birth_{box}"] for box in ("d", "m", "y", "years", "precision")) == boxes


def test_of_the_other_twin_only_its_own_steps_are_asked(clerk, cast):
    father = births.known("father", marriage="customary", surname_consent=True)
    mother = births.known("mother", birth=BirthDate(dt.date(1999, 1, 1), Precision.YEAR))
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(parents=(mother, father)))
    draft = twin_of(clerk, birth)
    child = {"child_name_Thai": "เซอ มู วา", "sex": "M", "birth_order": "2"}
    assert fill_in(clerk, page("step", draft.pk, "child"), **child)["Location"] == page("step", draft.pk, "papers")
    papers = fill_in(clerk, page("step", draft.pk, "papers"), proof_number="T5-2")
    assert papers["Location"] == page("check", draft.pk)
    assert "1999" in clerk.get(page("check", draft.pk)).content.decode()
    assert open_case(clerk, draft).status_code == 302
    twin = BirthRecord.rows.exclude(pk=birth.pk).get().parents.get(role="father")
    assert (twin.marriage, twin.surname_consent) == ("customary", True)


def test_what_is_not_known_of_the_first_twin_is_asked_for_the_other(clerk, cast):
    birth = births.make_birth(cast.mae_sot, cast.of("CW"))
    birth.parents.filter(role="father").delete()
    draft = twin_of(clerk, birth)
    sent = fill_in(clerk, page("step", draft.pk, "child"), child_name_Thai="เซอ มู วา", sex="M", birth_order="2")
    assert sent["Location"] == page("step", draft.pk, "father")


def test_the_other_twin_begun_twice_is_one_draft_and_after_it_is_sent_the_third_is_another(clerk):
    birth = logged(clerk)
    form = fields_of(clerk.get(page("twin", birth.pk)))
    first, again, other_window = (clerk.post(page("twin", birth.pk), sent) for sent in (form, form, {}))
    assert first["Location"] == again["Location"] == other_window["Location"]
    draft = Draft.rows.get()
    fill_in(clerk, page("step", draft.pk, "mother"))
    fill_in(clerk, page("step", draft.pk, "child"), child_name_Thai="เซอ มู วา", sex="M", birth_order="2")
    assert open_case(clerk, draft).status_code == 302
    assert BirthRecord.rows.get(pk=birth.pk).sibling_group is not None, "a step sent again does not lose the twin"
    assert clerk.post(page("twin", birth.pk))["Location"] == page("step", Draft.rows.get().pk, "child")


WRONG: dict[str, dict[str, str]] = {
    "mother": {"mother_name_Latn": "Naw Hla Paw", "mother_birth_d": "1", "mother_birth_m": "2", "mother_birth_y": "69"},
    "father": {"father_name_Latn": "", "father_knowledge": "unknown", "marriage": "customary"},
    "child": {"child_name_Thai": "เซอ มู พอ", "weight_g": "31", "birth_d": "31", "birth_m": "2", "birth_y": "2569"},
    "birth": {"place_kind": "hospital", "facility": "", "hospital_no_child": "HN-7"},
    "papers": {"proof": "TR1_1", "proof_number": "T5", "proof_issued_on_d": "40", "proof_issued_on_m": "1"},
    "notice": {"notice_language": "", "interpreter": "Ko Zaw", "notice_on_d": "", "notice_on_m": ""},
}


@pytest.mark.parametrize("step", STEPS)
def test_wrong_boxes_keep_what_was_typed(clerk, step):
    draft = begin(clerk)
    url = page("step", draft.pk, step)
    refused = fill_in(clerk, url, **WRONG[step])
    assert refused.status_code == 422
    assert "error-summary" in refused.content.decode()
    assert "data-words>Draft kept" in refused.content.decode()
    shown = fields_of(refused)
    assert {name: shown.get(name, "") for name in WRONG[step]} == WRONG[step]
    again = fields_of(clerk.get(url))
    assert {name: again.get(name, "") for name in WRONG[step]} == WRONG[step]


def test_a_first_step_that_is_refused_is_kept_as_one_draft_and_says_so(clerk):
    nothing = fill_in(clerk, page("new"))
    assert nothing.status_code == 422 and not Draft.rows.exists()
    refused = fill_in(clerk, page("new"), **WRONG["mother"])
    assert refused.status_code == 422
    assert "data-words>Draft kept" in refused.content.decode()
    mended = fields_of(refused) | {"mother_birth_y": "2545"}
    assert clerk.post(page("new"), mended)["Location"] == page("step", Draft.rows.get().pk, "father")


def test_the_quick_page_keeps_what_was_typed(clerk):
    refused = fill_in(clerk, page("quick"), **quick(weight_g="31", child_name_Thai="เซอ มู พอ"))
    assert refused.status_code == 422
    shown = fields_of(refused)
    assert (shown["weight_g"], shown["child_name_Thai"], shown["mother_name_Latn"]) == ("31", "เซอ มู พอ", "Naw Hla Paw")


def test_a_warning_is_acknowledged_by_its_code(clerk):
    draft = begin(clerk)
    go_on(clerk, draft, child={"weight_g": "1200"})
    asked = open_case(clerk, draft)
    assert asked.status_code == 422
    assert 'name="acknowledged" value="BR-BIRTH-3"' in asked.content.decode()
    assert "<span>The child, Weight at birth: " in asked.content.decode()
    assert open_case(clerk, draft, acknowledged="BR-DOB-5").status_code == 422
    assert open_case(clerk, draft, acknowledged="BR-BIRTH-3").status_code == 302
    assert BirthRecord.rows.get().acknowledged.get().code == "BR-BIRTH-3"


def test_a_warning_of_the_way_is_acknowledged_on_its_page(clerk):
    birth = logged(clerk)
    Person.rows.filter(pk=birth.case.child_id).update(born_on=days_ago(366 * 19))
    asked = fill_in(clerk, page("track", birth.pk), track="T3", reason="The office says so")
    assert asked.status_code == 422
    assert 'value="BR-AGE-1"' in asked.content.decode()
    done = fill_in(clerk, page("track", birth.pk), track="T3", reason="The office says so", acknowledged="BR-AGE-1")
    assert done.status_code == 302


def test_two_people_on_one_paper_get_a_conflict(clerk, chief, cast):
    birth = logged(clerk)
    fill_in(clerk, page("track", birth.pk))
    item = birth.items.exclude(state="original_seen").first()
    url = page("item", item.pk)
    mine, theirs = fields_of(clerk.get(url)), fields_of(chief.get(url))
    assert clerk.post(url, mine | {"state": "in_hand_copy"}).status_code == 302
    answer = chief.post(url, theirs | {"state": "requested"})
    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.state == "in_hand_copy"


def test_a_paper_that_changed_meanwhile_is_not_lost_by_an_old_page(clerk, cast):
    birth = gathered(clerk)
    item = birth.items.first()
    url = page("item", item.pk)
    old = fields_of(clerk.get(url))
    set_item(item=item, state="in_hand_copy", by=cast.of("SUP"), today=today())
    assert clerk.post(url, old | {"state": "needed"}).status_code == 409
    assert fill_in(clerk, url, state="needed").status_code == 302


def test_the_third_baby_is_the_third_and_nobody_guesses_an_order_that_was_not_said(clerk):
    birth = logged(clerk)
    draft = Draft.rows.get(pk=re.search(r"/drafts/(\d+)/", clerk.post(page("twin", birth.pk))["Location"])[1])
    assert draft.data["child"]["birth_order"] == ""
    draft.delete()
    BirthRecord.rows.filter(pk=birth.pk).update(plurality=3, birth_order=1, sibling_group=uuid4())
    group = BirthRecord.rows.get(pk=birth.pk).sibling_group
    second = logged(clerk)
    BirthRecord.rows.filter(pk=second.pk).update(plurality=3, birth_order=2, sibling_group=group)
    for one in (birth, second):
        begun = clerk.post(page("twin", one.pk))
        third = Draft.rows.get(pk=re.search(r"/drafts/(\d+)/", begun["Location"])[1])
        assert third.data["child"]["birth_order"] == "3"


def test_the_step_of_a_twin_asks_which_of_the_babies_it_is(clerk):
    for plurality, asks in (("2", True), ("1", False)):
        draft = begin(clerk, plurality=plurality)
        text = clerk.get(page("step", draft.pk, "child")).content.decode()
        assert ('name="birth_order"' in text) == asks
        assert "plurality=2" not in text, "no script on this page can know it"


@pytest.mark.parametrize("typed", ["03.20", "๐๓:๒๐", "၀၃.၂၀", "0320", "3:20"])
def test_a_time_of_birth_is_read_as_it_is_written(typed):
    assert TimeOfDayField().clean(typed) == dt.time(3, 20)


@pytest.mark.parametrize("typed", ["25:99", "noon", "3"])
def test_a_time_that_is_none_says_how_to_write_it(typed):
    with pytest.raises(ValidationError, match="Write the time like 03:20"):
        TimeOfDayField().clean(typed)


def test_the_tick_that_all_papers_are_here_stays_when_another_answer_is_refused(clerk):
    refused = fill_in(clerk, page("quick"), papers_seen="yes")
    assert refused.status_code == 422
    assert fields_of(refused)["papers_seen"] == "yes"
    assert "papers_seen" not in fields_of(clerk.get(page("quick")))


STALE = "Somebody changed this after you opened it."


def test_facts_that_a_colleague_changed_meanwhile_are_not_overwritten_unseen(clerk, chief):
    birth = logged(clerk)
    url = page("facts", birth.pk)
    old = fields_of(clerk.get(url))
    assert fill_in(chief, url, weight_g="2900").status_code == 302
    late = clerk.post(url, old | {"child_name_Latn": "Ser Mu"})
    assert (late.status_code, late.content.decode().count(STALE)) == (422, 1)
    assert fields_of(late)["child_name_Latn"] == "Ser Mu"
    birth.refresh_from_db()
    assert birth.weight_g == 2900 and not birth.case.child.names.filter(full="Ser Mu").exists()
    assert clerk.post(url, fields_of(late) | {"weight_g": "2900"}).status_code == 302
    birth.refresh_from_db()
    assert birth.weight_g == 2900 and birth.case.child.names.count() == 2


def test_facts_sent_twice_by_a_double_click_are_changed_once(clerk):
    birth = logged(clerk)
    typed = fields_of(clerk.get(page("facts", birth.pk))) | {"weight_g": "2900"}
    assert [clerk.post(page("facts", birth.pk), typed).status_code for _click in range(2)] == [302, 302]
    assert Event.objects.filter(action__endswith="facts.changed").count() == 1


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("cases:safety", {"note": "The father must not know", "do_not_contact": "on"}, {"note": "Speak softly"}),
        ("cases:risk", {"risk": "low", "reason": "Alone"}, {"risk": "low", "reason": "All is well"}),
    ],
)
def test_a_note_written_meanwhile_is_not_overwritten_unseen(clerk, chief, name, first, then):
    case = logged(clerk).case
    url = reverse(name, args=[case.pk])
    old = fields_of(clerk.get(url))
    assert fill_in(chief, url, **first).status_code == 302
    late = clerk.post(url, old | then)
    assert (late.status_code, late.content.decode().count(STALE)) == (422, 1)
    assert clerk.post(url, fields_of(late)).status_code == 302
