"""One draft in two windows, and a draft that is gone: nothing is overwritten unseen, and each page leads on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from casework.drafts.models import Draft
from registration.models import BirthRecord
from tests.factories.cast import signed_in
from tests.factories.forms import fields_of
from tests.registration.test_draft_papers import easy
from tests.registration.test_journeys import begin, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast):
    return signed_in(cast.of("CW"))


def kept(draft: Draft, step: str) -> dict[str, Any]:
    draft.refresh_from_db()
    return draft.data[step]


def test_the_older_window_sees_what_the_other_one_keeps_before_it_overwrites_it(clerk):
    draft = begin(clerk)
    father = page("step", draft.pk, "father")
    older = fields_of(clerk.get(father))
    newer = fields_of(clerk.get(father)) | {"father_name_Latn": "Saw Htoo", "father_nationality": "MM"}
    assert clerk.post(reverse("drafts:save"), newer).status_code == 200
    asked = clerk.post(father, older | {"father_name_Latn": "Saw Eh"})
    text = asked.content.decode()
    assert asked.status_code == 422 and "Another window has here: Saw Htoo." in text
    assert "data-words>Not saved." in text and "data-words>Saved on the server" in clerk.get(father).content.decode()
    assert kept(draft, "father")["father_name_Latn"] == "Saw Htoo"
    again = fields_of(asked)
    assert again["father_name_Latn"] == "Saw Eh"
    assert clerk.post(father, again).status_code == 302
    assert kept(draft, "father")["father_name_Latn"] == "Saw Eh"


def test_another_step_in_another_window_stands_in_nobodys_way(clerk):
    draft = begin(clerk)
    father, mother = (fields_of(clerk.get(page("step", draft.pk, step))) for step in ("father", "mother"))
    assert clerk.post(page("step", draft.pk, "father"), father | {"father_name_Latn": "Saw Eh"}).status_code == 302
    assert clerk.post(page("step", draft.pk, "mother"), mother | {"phone": "0812345678"}).status_code == 302
    assert (kept(draft, "mother")["phone"], kept(draft, "father")["father_name_Latn"]) == ("0812345678", "Saw Eh")


def test_the_one_page_is_not_logged_with_what_an_older_window_has(clerk):
    first = fields_of(clerk.get(page("quick"))) | easy(device_id=str(uuid4()))
    saved = clerk.post(reverse("drafts:save"), first).json()
    older = fields_of(clerk.get(saved["url"]))
    newer = older | {"child_name_Thai": "พอ พอ"}
    assert clerk.post(reverse("drafts:save"), newer).status_code == 200
    asked = clerk.post(page("quick"), older)
    assert asked.status_code == 422 and "Another window has here: พอ พอ." in asked.content.decode()
    assert not BirthRecord.rows.exists()
    assert clerk.post(page("quick"), fields_of(asked)).status_code == 302
    assert BirthRecord.rows.count() == 1 and not Draft.rows.exists()


@pytest.mark.parametrize("step", ["quick", "father", "check"])
def test_back_to_a_draft_that_was_sent_says_so_and_leads_on(clerk, cast, step):
    draft = begin(clerk)
    address = f"{page('quick')}?draft={draft.pk}" if step == "quick" else page("step", draft.pk, "father")
    address = page("check", draft.pk) if step == "check" else address
    clerk.post(reverse("drafts:throw-away", args=[draft.pk]))
    gone = clerk.get(address)
    assert gone.status_code == 409 and "This draft was sent or thrown away." in gone.content.decode()
    assert f'href="{page("list")}"' in gone.content.decode()
    assert signed_in(cast.of("CW", "RN")).get(address).status_code == 404
