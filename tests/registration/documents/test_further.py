"""Papers in Khmer and Lao: the words of the catalogue, and names in their letters."""

from __future__ import annotations

import re
from datetime import date

import pytest

from casework.documents.wording import READ_TO_YOU, translated
from registration import documents
from registration.models import Outcome, Requirement

from .test_contexts import TODAY, text_of

pytestmark = pytest.mark.django_db
NAMES = {"km": "សុខ សុភា", "lo": "ນາງ ສົມພອນ"}


@pytest.mark.parametrize("language", NAMES)
def test_every_paper_of_the_family_is_made_in_it(world, supervisor, monkeypatch, language):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: TODAY)
    birth = world.birth("Sok Sophea", NAMES[language], interpreter_language=language, plurality=2, birth_order=1)
    known = Requirement.objects.get(key="mother_paper")
    item = world.item(birth, "รูปถ่าย", "needed", due_on=date(2026, 11, 30))
    type(item).rows.filter(pk=item.pk).update(requirement=known)
    world.item(birth, "ใบรับรองของมูลนิธิ", "original_seen")
    world.plan(birth, approved_by=supervisor)
    Outcome.rows.create(birth=birth, registered_on=date(2026, 11, 25), form="TR3", checked_on=TODAY, register="TR13")
    birth.case.next_step_on = date(2026, 11, 25)
    birth.case.save()
    checklist = text_of(documents.Checklist(), birth, language)
    for words in (NAMES[language], known.label("th"), translated(known.label_en, language), "ใบรับรองของมูลนิธิ"):
        assert re.sub("[\\s\u200b]", "", words) in checklist
    for kind in documents.KINDS:
        if language in kind.languages:
            text = text_of(kind(), birth, language)
            assert re.sub("[\\s\u200b]", "", translated(READ_TO_YOU, language)) in text, kind.key
            assert re.sub("[\\s\u200b]", "", kind().title_in(language)) in text, kind.key
