"""“Save, finish later” puts a birth aside from every page on which it is typed, whatever is still missing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.drafts.models import Draft
from registration.models import BirthRecord
from tests.factories.cast import signed_in
from tests.factories.forms import fields_of
from tests.registration.test_draft_papers import easy
from tests.registration.test_journeys import answers, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast):
    return signed_in(cast.of("CW"))


def put_aside(clerk, address: str, **typed: str):
    return clerk.post(address, fields_of(clerk.get(address)) | typed | {"then": "later"})


def test_the_first_step_and_what_is_wrong_in_it(clerk):
    answer = put_aside(clerk, page("new"), mother_name_Latn="Naw Hla Paw", phone="12", device_id=str(uuid4()))
    draft = Draft.rows.get()
    assert answer["Location"] == reverse("home:my-work") and draft.is_parked
    assert "mother" not in draft.done_steps
    assert "Naw Hla Paw" in clerk.get(page("step", draft.pk, "mother")).content.decode()


def test_the_one_page(clerk):
    device = str(uuid4())
    answer = put_aside(clerk, page("quick"), mother_name_Latn="Naw Hla Paw", weight_g="about 3", device_id=device)
    draft = Draft.rows.get()
    assert answer["Location"] == reverse("home:my-work") and draft.is_parked and draft.title == "Naw Hla Paw"
    kept = fields_of(clerk.get(f"{page('quick')}?draft={draft.pk}"))
    assert (kept["mother_name_Latn"], kept["weight_g"]) == ("Naw Hla Paw", "about 3")


@pytest.mark.parametrize("name", ["new", "quick"])
def test_nothing_typed_is_nothing_put_aside(clerk, name):
    answer = put_aside(clerk, page(name))
    assert answer.status_code == 422 and "Write something first" in answer.content.decode()
    assert not Draft.rows.exists()


def test_what_the_one_page_kept_by_itself_ends_with_the_birth(clerk):
    form = fields_of(clerk.get(page("quick"))) | easy(device_id=str(uuid4()))
    saved = clerk.post(reverse("drafts:save"), form)
    draft = Draft.rows.get()
    assert saved.json()["url"] == f"{page('quick')}?draft={draft.pk}"
    assert clerk.post(page("quick"), form).status_code == 302
    assert BirthRecord.rows.count() == 1 and not Draft.rows.exists()


def test_the_address_of_a_kept_step_is_its_own(clerk):
    form = fields_of(clerk.get(page("new"))) | answers()["mother"] | {"device_id": str(uuid4())}
    saved = clerk.post(reverse("drafts:save"), form).json()
    assert saved["url"] == page("step", saved["id"], "mother")
    assert "Naw Hla Paw" in clerk.get(saved["url"]).content.decode()
