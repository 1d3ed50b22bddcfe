"""The history in words: what an act was about, where it is, and a refusal that tells nothing of what was refused."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from casework.audit.models import Event
from casework.audit.queries import as_lines
from casework.audit.services import record_event
from casework.cases.services.cases import set_safety_note
from casework.cases.services.contacts import note_caller
from casework.home.history_words import _views
from casework.people.services import families
from casework.programmes.contributions import registry
from registration.services.witnesses import add_witness, change_witness
from tests.factories import cases
from tests.factories.registration import TODAY, gathering

pytestmark = pytest.mark.django_db


def own_page(client_of, user) -> str:
    return client_of(user).get(reverse("home:history-own")).content.decode()


def test_an_act_names_its_record_and_leads_to_it(client_of, cast):
    worker = cast.of("CW")
    birth = gathering(cast.mae_sot, worker)
    page = own_page(client_of, worker)
    assert f'<a href="/registration/{birth.pk}/">Birth registration {birth.case.number}</a>' in page
    assert f'<a href="/cases/{birth.case_id}/">Case {birth.case.number}</a>' in page
    assert "registration.birthrecord" not in page and "cases.case" not in page


def test_a_refusal_says_what_was_wanted_and_of_which_case_one_sees(client_of, cast):
    worker = cast.of("CW")
    own = cases.make_case(cast.mae_sot, worker)
    assert client_of(worker).get(reverse("cases:seal", args=[own.pk])).status_code == 403
    page = own_page(client_of, worker)
    assert "Refused: Seal the case" in page and "not allowed for this person" in page
    assert f"Case {own.number}" in page
    assert "403 GET" not in page and "cases:seal" not in page


def test_a_refusal_tells_no_number_of_a_case_one_does_not_see(client_of, cast):
    other = cases.make_case(cast.ranong, cast.of("CW", "RN"))
    worker = cast.of("CW")
    assert client_of(worker).get(reverse("cases:detail", args=[other.pk])).status_code == 404
    page = own_page(client_of, worker)
    assert "Refused: Case" in page
    assert other.number not in page


def test_the_answers_of_a_caller_read_in_words(client_of, cast):
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    note_caller(case=case, right=["child", "born"], is_forbidden=False, by=worker, now=timezone.now())
    assert "name of the child, date of birth" in own_page(client_of, worker)


def test_every_kind_of_row_and_every_address_named_is_one(client_of):
    from django.apps import apps

    models = {model._meta.label_lower for model in apps.get_models()}
    for contribution in registry:
        for key in contribution.history_words:
            assert key in (_views() if ":" in key else models), key


def test_many_acts_ask_as_often_as_few(client_of, cast):
    worker = cast.of("CW")
    client = client_of(worker)
    case = cases.make_case(cast.mae_sot, worker)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("home:history-own"))
    for _number in range(30):
        record_event("cases.case.seen", actor=worker, subject=case, case_id=case.pk, office_id=case.office_id)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("home:history-own"))
    assert len(many) <= len(few)
    assert Event.objects.filter(action="cases.case.seen").count() == 30


def test_acts_on_a_family_name_their_facts_in_words(client_of, cast):
    worker = cast.of("CW")
    home = families.create_family(by=worker)
    families.add_member(family=home, person=gathering(cast.mae_sot, worker).case.child, role="child", by=worker)
    families.add_phone(family=home, number="0812344471", rule="careful", by=worker)
    page = own_page(client_of, worker)
    assert "phone, may we call" in page and "phone, rule" not in page
    lines = as_lines(Event.objects.filter(action__startswith="people.").order_by("pk"), with_values=True)
    told = {str(change.label): change.after for line in lines for change in line.changes}
    assert told["may we call"] == "Say only that the clinic called" and told["role"] == "Child"


def test_the_words_of_facts_have_translations():
    for contribution in registry:
        for key, words in contribution.fact_words.items():
            assert isinstance(words.label, Promise), key


def test_each_act_of_an_approval_has_words():
    known = {event.action for event in registry.gather("events")}
    done = ("asked", "approved", "returned", "rejected", "recused", "withdrawn", "bypassed")
    assert {f"approvals.request.{word}" for word in done} <= known


def test_facts_of_other_rows_and_of_a_case_are_told_in_the_readers_language(cast):
    worker, birth = cast.of("CW"), gathering(cast.mae_sot, cast.of("CW"))
    witness = add_witness(
        birth=birth, name="Saw Htoo", relation="neighbour", kinds=["present_at_birth"], is_willing=False, contact="",
        statement_on=None, by=worker, today=TODAY,
    )  # fmt: skip
    change_witness(witness=witness, kinds=["present_at_birth", "parentage"], is_willing=True, by=worker, today=TODAY)
    set_safety_note(case=birth.case, note="Only the aunt", do_not_contact=False, by=worker, today=TODAY)
    with override("th"):
        lines = as_lines(Event.objects.filter(case_id_of=birth.case_id), with_values=True)
        told = {str(change.label): change.after for line in lines for change in line.changes}
    assert not any(label.isascii() for label in told), told
    assert "วันที่ของข้อควรระวังเพื่อความปลอดภัย" in told
