"""The pages of proposals."""

from __future__ import annotations

import pytest

from casework.approvals.models import ProposalState
from tests.factories.accounts import make_worker

from .conftest import proposal_of

pytestmark = pytest.mark.django_db


def as_user(client, user):
    client.force_login(user)
    return client


def test_the_second_person_finds_opens_and_confirms_it(client, clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    as_user(client, supervisor)
    assert f"/proposals/{proposal.pk}/" in client.get("/proposals/").content.decode()
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "Clinic desk" in page and "Confirm" in page and "checked" not in page
    assert client.post(f"/proposals/{proposal.pk}/confirm").status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.CONFIRMED


def test_who_proposed_sees_no_button_and_gets_a_conflict(client, supervisor, second_supervisor, office):
    proposal = proposal_of(supervisor, office)
    as_user(client, supervisor)
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "/confirm" not in page and "/withdraw" in page
    assert client.post(f"/proposals/{proposal.pk}/confirm").status_code == 409
    assert client.post(f"/proposals/{proposal.pk}/withdraw").status_code == 302


def test_declining_without_words_keeps_the_page(client, clerk, supervisor, office):
    proposal = proposal_of(clerk, office)
    as_user(client, supervisor)
    assert client.post(f"/proposals/{proposal.pk}/decline", {"reason": ""}).status_code == 422
    answer = client.post(f"/proposals/{proposal.pk}/decline", {"reason": "no"})
    assert answer.status_code == 422 and "Say why" in answer.content.decode()
    assert client.post(f"/proposals/{proposal.pk}/decline", {"reason": "Wrong office."}).status_code == 302


@pytest.mark.parametrize("act", ["", "confirm", "confirm-alone", "decline", "withdraw"])
def test_others_cannot_tell_that_it_exists(client, clerk, supervisor, office, act):
    proposal = proposal_of(clerk, office)
    as_user(client, make_worker("CSH", "MS"))
    method = client.post if act else client.get
    assert method(f"/proposals/{proposal.pk}/{act}").status_code == 404
    assert method(f"/proposals/{proposal.pk + 9}/{act}").status_code == 404


def test_the_list_says_when_nothing_waits(client, clerk):
    assert "Nothing waits for you" in as_user(client, clerk).get("/proposals/").content.decode()


def test_the_only_administrator_is_offered_to_act_alone(client, office):
    first = make_worker("SYS", "MS")
    proposal = proposal_of(first, office, kind="tests.close")
    as_user(client, first)
    assert "/confirm-alone" in client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert client.post(f"/proposals/{proposal.pk}/confirm-alone").status_code == 302
    assert "Done by one person" in client.get("/proposals/").content.decode()
