"""The browser's own print of a case, a birth and a list says that it is confidential, who printed it and when."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.documents.services.ordering import request_document
from tests.factories import registration as births

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["case", "birth", "cases", "births", "work", "fund", "drafts"])
def test_the_print_of_a_page_is_marked_with_who_printed_it(cast, client_of, place):
    worker = cast.of("CW")
    birth = births.ready(cast.mae_sot, worker)
    pages = {
        "case": reverse("cases:detail", args=[birth.case_id]),
        "birth": reverse("registration:detail", args=[birth.pk]),
        "cases": reverse("cases:list"),
        "births": reverse("registration:list"),
        "work": reverse("home:my-work"),
        "fund": reverse("emergency_fund:list"),
        "drafts": reverse("drafts:drafts"),
    }
    page = client_of(worker).get(pages[place]).content.decode()
    line = page.split('<p class="only-print">')[1].split("</p>")[0]
    assert "Confidential" in line
    assert f"Printed by {worker.full_name}, " in line


def test_papers_made_here_are_named_in_the_readers_language(cast, client_of):
    worker = cast.of("CW")
    birth = births.ready(cast.mae_sot, worker)
    paper = request_document(
        kind="registration.family_checklist", subject=birth, language="th", requested_by=worker, now=births.NOW
    )
    page = client_of(worker).get(reverse("cases:panel", args=[birth.case_id, "documents"])).content.decode()
    assert "Checklist for the family</a>" in page and paper.title in page
    assert paper.title != "Checklist for the family"
