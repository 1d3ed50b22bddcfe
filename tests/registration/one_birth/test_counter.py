"""The draft certificate is compared with the agreed spelling before it is signed, on a phone at the counter."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from casework.audit.models import Event
from casework.drafts.models import Draft
from casework.kernel.refusals import Conflict, Refusal
from casework.people.models import Person
from registration.models import BirthRecord, CounterCheck, CounterLine, ParentLink
from registration.queries.agreed import agreed_lines
from registration.services import office as at_office
from registration.services.counter import record_counter_check
from registration.views.counter import device_id
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cases import make_sealed
from tests.factories.cast import Cast, make_cast
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db


def make_rows() -> tuple[Cast, BirthRecord]:
    cast = make_cast()
    return cast, births.ready(cast.mae_sot, cast.of("CW"))


def sent(birth, **different):
    """The form as the phone sends it."""
    data = {}
    for key, (answer, on_draft) in births.counter_answers(birth, **different).items():
        data |= {f"answer_{key}": answer, f"draft_{key}": on_draft}
    return data


def test_the_lines_are_those_of_the_spelling_sheet(birth):
    lines = {line.key: line for line in agreed_lines(birth, "en")}
    child = birth.case.child
    assert list(lines) == ["name_th", "sex", "born_on", "place", "mother", "father"]
    assert (lines["name_th"].agreed, lines["name_th"].also) == (child.name_in("Thai"), (child.name_in("Latn"),))
    assert lines["sex"].agreed == "หญิง"
    assert "พ.ศ. 2569 (ค.ศ. 2026)" in lines["born_on"].agreed.replace("\u00a0", " ")
    assert lines["place"].agreed.startswith("โรงพยาบาลทดสอบ")
    assert not lines["mother"].is_thai


def test_the_father_of_a_child_mothers_child_is_left_out_as_agreed(birth):
    ParentLink.rows.filter(birth=birth, role="mother").update(age_at_birth=15)
    father = next(line for line in agreed_lines(birth, "th") if line.key == "father")
    assert (father.agreed, father.is_left_out) == ("", True)
    assert "ไม่ระบุชื่อบิดา ตามที่ตกลงกันไว้" in father.tell


def line_of(birth, client, key) -> str:
    page = client.get(reverse("registration:counter", args=[birth.pk])).content.decode()
    label = next(line.label for line in agreed_lines(birth, "en") if line.key == key)
    return page.split(f">{label}</legend>")[1].split("</fieldset>")[0].replace(" ", " ")


def test_a_month_is_shown_as_it_is_known_and_what_is_not_known_is_not_called_left_out(birth, worker, client_of):
    client = client_of(worker)
    child = birth.case.child
    Person.rows.filter(pk=child.pk).update(born_on=date(2026, 11, 1), born_precision="month", sex="U")
    ParentLink.rows.filter(birth=birth, role="father").update(person=None, knowledge="unknown", reason="Nobody knows")
    fresh = BirthRecord.rows.get(pk=birth.pk)
    born = line_of(fresh, client, "born_on")
    assert "พฤศจิกายน พ.ศ. 2569 (ค.ศ. 2026)" in born and "left out" not in born
    for key in ("sex", "father"):
        shown = line_of(fresh, client, key)
        assert "Not known" in shown and "as agreed" not in shown and "ตามที่ตกลง" not in shown
    ParentLink.rows.filter(birth=birth, role="father").update(knowledge="not_disclosed")
    assert "left out, as agreed" in line_of(fresh, client, "father")


def test_a_line_nobody_knew_says_so_before_the_slash_and_as_a_difference(birth, worker, client_of):
    Person.rows.filter(pk=birth.case.child_id).update(born_on=None, born_precision="unknown")
    fresh = BirthRecord.rows.get(pk=birth.pk)
    births.counter_check(fresh, worker, born_on="12 พฤศจิกายน 2569")
    client = client_of(worker)
    client.cookies["django_language"] = "my"
    page = client.get(reverse("registration:detail", args=[birth.pk])).content.decode()
    shown = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "မွေးနေ့: မသိပါ / 12 พฤศจิกายน 2569" in shown
    births.visit(fresh, worker)
    with translation.override("en"):
        at_office.record_outcome(birth=fresh, values=births.certificate(), by=worker, today=TODAY)
    assert fresh.discrepancies.get(field="born_on").value_a == "Not known"


def test_a_clean_check_is_kept_with_who_and_when(birth, worker):
    check = births.counter_check(birth, worker)
    assert (check.checked_by, check.checked_at, check.lines.count(), check.different_lines) == (worker, NOW, 6, [])
    assert Event.objects.filter(action="registration.counter.checked", case_id_of=birth.case_id).exists()


@pytest.mark.parametrize(
    ("line", "told", "code", "field"),
    [
        ("mother", ("", ""), "BR-CNT-1", "answer_mother"),
        ("mother", ("perhaps", ""), "BR-CNT-1", "answer_mother"),
        ("sex", ("different", " "), "BR-CNT-2", "draft_sex"),
        ("sex", ("different", "ก" * 201), "BR-CNT-5", "draft_sex"),
    ],
)
def test_a_line_without_its_answer_is_refused(birth, worker, line, told, code, field):
    answers = births.counter_answers(birth) | {line: told}
    with pytest.raises(Refusal) as refused:
        record_counter_check(birth=birth, answers=answers, by=worker, now=NOW)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not CounterCheck.rows.exists()


def test_what_stood_on_the_draft_is_not_kept_of_a_line_that_is_the_same(birth, worker):
    answers = births.counter_answers(birth) | {"mother": ("same", "typed and taken back")}
    check = record_counter_check(birth=birth, answers=answers, by=worker, now=NOW)
    assert check.lines.get(key="mother").on_draft == ""


def test_the_database_refuses_a_difference_without_words(birth, worker):
    check = births.counter_check(birth, worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        CounterLine.objects.filter(check_made=check, key="sex").update(answer="different")


def test_only_between_the_complete_papers_and_the_signature(cast, worker, birth):
    with pytest.raises(Conflict) as early:
        births.counter_check(births.gathering(cast.mae_sot, worker), worker)
    assert early.value.code == "BR-CNT-4"
    for _visit in range(1):
        births.visit(birth, worker)
    births.counter_check(birth, worker)
    at_office.record_outcome(birth=birth, values=births.certificate(), by=worker, today=TODAY)
    with pytest.raises(Conflict) as late:
        births.counter_check(birth, worker)
    assert late.value.code == "BR-CNT-3"


def test_a_difference_told_at_the_counter_is_found_before_registration(birth, worker):
    births.counter_check(birth, worker, name_th="ชื่อผิด")
    births.visit(birth, worker)
    values = births.certificate(name_th="ชื่อผิด", sex="M")
    at_office.record_outcome(birth=birth, values=values, by=worker, today=TODAY)
    found = {row.field: row for row in birth.discrepancies.all()}
    assert (found["name_th"].state, found["name_th"].found_before_registration) == ("open", True)
    assert (found["sex"].state, found["sex"].found_before_registration) == ("open", False)


def test_what_was_mended_before_the_signature_is_remembered_as_corrected(birth, worker):
    births.counter_check(birth, worker, name_th="ชื่อผิด", place="บ้าน")
    births.counter_check(birth, worker, place="บ้าน")
    births.visit(birth, worker)
    values = births.certificate(name_th=birth.case.child.name_in("Thai"))
    at_office.record_outcome(birth=birth, values=values, by=worker, today=TODAY)
    found = {row.field: (row.state, row.value_b, row.found_before_registration) for row in birth.discrepancies.all()}
    assert found == {"name_th": ("corrected", "ชื่อผิด", True), "place": ("open", "บ้าน", True)}


def test_a_clean_check_leaves_no_difference_and_is_named_when_the_outcome_is_recorded(client_of, birth, worker):
    births.counter_check(birth, worker)
    births.visit(birth, worker)
    page = client_of(worker).get(reverse("registration:outcome", args=[birth.pk]))
    assert "every line was the same" in page.content.decode()
    at_office.record_outcome(birth=birth, values=births.certificate(), by=worker, today=TODAY)
    assert not birth.discrepancies.exists()
    detail = client_of(worker).get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert "Every line was the same before it was signed" in detail


def test_the_page_shows_every_line_and_chooses_nothing(client_of, birth, worker):
    page = client_of(worker).get(reverse("registration:counter", args=[birth.pk])).content.decode()
    for line in agreed_lines(birth, "en"):
        assert line.agreed in page
        assert line.tell in page
    assert "checked" not in page.split("<main")[1].split("</main>")[0]


def test_one_save_shows_the_clerk_what_to_mend(client_of, birth, worker):
    client = client_of(worker)
    answer = client.post(reverse("registration:counter", args=[birth.pk]), sent(birth, mother="นางผิด"))
    check = CounterCheck.rows.get()
    assert answer.url == reverse("registration:counter-check", args=[check.pk])
    page = client.get(answer.url).content.decode()
    assert "ขอความกรุณาแก้ไขก่อนลงนาม ชื่อมารดาที่ถูกต้องสะกดว่า" in page
    assert "นางผิด" in page
    assert "Do not sign yet" in page
    detail = client.get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert "นางผิด" in detail


def test_what_was_typed_stays_after_an_error(client_of, birth, worker):
    data = sent(birth, mother="นางผิด") | {"answer_sex": ""}
    answer = client_of(worker).post(reverse("registration:counter", args=[birth.pk]), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "นางผิด" in page
    assert "Compare this line: Sex." in page
    assert not CounterCheck.rows.exists()


def test_no_colleague_sees_or_takes_over_what_is_typed_at_the_counter(client_of, birth, worker):
    typed = sent(birth, mother="นางผิด") | {
        "_form": "registration.counter", "_step": "form", "_office": birth.office_id, "birth": birth.pk,
        "case_number": birth.case.number, "device_id": device_id(birth, worker),
    }  # fmt: skip
    assert client_of(worker).post(reverse("drafts:save"), typed).status_code == 200
    draft, colleague = Draft.rows.get(), client_of(make_worker("CW", birth.office))
    assert birth.case.number not in colleague.get(reverse("drafts:drafts")).content.decode()
    assert colleague.post(reverse("drafts:take-over", args=[draft.pk])).status_code == 404
    told = {"_form": "registration.counter", "_step": "form", "version": 0}
    for found in ({"_draft": draft.pk}, {"device_id": typed["device_id"]}):
        assert "นางผิด" not in colleague.post(reverse("drafts:save"), told | found).content.decode()
    draft.refresh_from_db()
    assert draft.owner == worker


def test_what_was_typed_is_gone_with_the_seal_but_for_who_still_sees_the_case(client_of, birth, worker, cast):
    colleague = make_worker("CW", birth.office)
    for user in (worker, colleague):
        typed = sent(birth, mother="นางผิด") | {
            "_form": "registration.counter", "_step": "form", "_office": birth.office_id, "birth": birth.pk,
            "case_number": birth.case.number, "device_id": device_id(birth, user),
        }  # fmt: skip
        assert client_of(user).post(reverse("drafts:save"), typed).status_code == 200
    make_sealed(birth.case, cast.of("SUP"))
    assert Draft.rows.get().owner == worker
    assert birth.case.number not in client_of(colleague).get("/").content.decode()


def test_what_was_typed_stays_after_an_ended_session(client_of, birth, worker):
    client = client_of(worker)
    url = reverse("registration:counter", args=[birth.pk])
    typed = sent(birth, mother="นางผิด") | {
        "_form": "registration.counter", "_step": "form", "_office": birth.office_id, "birth": birth.pk,
        "case_number": birth.case.number, "device_id": device_id(birth, worker),
    }  # fmt: skip
    assert client.post(reverse("drafts:save"), typed).status_code == 200
    client.logout()
    gone = client.post(url, typed)
    assert gone.status_code == 302
    assert "next=" in gone.url
    again = client_of(worker)
    page = again.get(url).content.decode()
    assert "นางผิด" in page
    draft = Draft.rows.get()
    assert (draft.title, draft.step) == (birth.case.number, "form")
    assert birth.case.number in again.get(reverse("drafts:drafts")).content.decode()
    assert again.post(url, typed).status_code == 302
    assert not Draft.rows.exists()
    assert CounterCheck.rows.get().lines.get(key="mother").on_draft == "นางผิด"


def test_the_counter_is_closed_after_the_signature(client_of, cast, worker):
    birth = births.registered(cast.mae_sot, worker).birth
    url = reverse("registration:counter", args=[birth.pk])
    assert "needs a correction" in client_of(worker).get(url).content.decode()
    answer = client_of(worker).post(url, sent(birth))
    assert answer.status_code == 409
    assert not CounterCheck.rows.exists()
