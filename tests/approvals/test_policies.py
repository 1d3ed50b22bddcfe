"""Who approves how much: proposed by one, confirmed by another, from a day on, without gap or overlap."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.approvals.models import ApprovalPolicy, Proposal
from casework.approvals.queries.chains import band_on
from casework.approvals.services.proposals import confirm
from casework.kernel.refusals import Refusal
from tests.factories.accounts import make_grant, make_user

pytestmark = pytest.mark.django_db
KIND = "emergency_fund.help"
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
PAGE = reverse("approvals:policy-new", args=[KIND])


def day(on) -> dict[str, str]:
    return {"valid_from_d": str(on.day), "valid_from_m": str(on.month), "valid_from_y": str(on.year),
            "valid_from_era": "ce"}  # fmt: skip


def answers(**changes: str) -> dict[str, str]:
    made = {
        **day(TOMORROW), "cap": "๒,๐๐๐", "source": "Board of the fund", "band-0-low": "0", "band-0-high": "3,000",
        "band-0-role_1": "FO", "band-0-how_1": "1", "band-1-low": "3000", "band-1-role_1": "FO", "band-1-how_1": "2",
        "band-1-role_2": "PM", "band-1-how_2": "all",
    }  # fmt: skip
    return made | {name.replace("__", "-"): value for name, value in changes.items()}


@pytest.fixture
def manager(cast, client_of):
    return client_of(cast.of("PM"))


def test_new_bands_hold_from_their_day_once_another_manager_confirmed(cast, manager, client_of):
    before = ApprovalPolicy.objects.get(kind=KIND)
    shown = manager.get(PAGE).content.decode()
    assert 'value="5,000"' in shown and "Change who approves how much" in shown
    assert manager.post(PAGE, answers()).status_code == 302
    proposal = Proposal.rows.get(kind="approvals.policy")
    with pytest.raises(Refusal):
        confirm(proposal=proposal, by=cast.of("PM"), now=timezone.now())
    second = make_user("pm.two")
    make_grant(second, "PM", cast.mae_sot)
    page = client_of(second).get(reverse("approvals:proposal", args=[proposal.pk])).content.decode()
    assert "From 0 to below 3,000 baht" in page and "2 of: Fund officer, all of: Programme manager" in page
    assert client_of(second).post(reverse("approvals:confirm", args=[proposal.pk])).status_code == 302
    before.refresh_from_db()
    after = ApprovalPolicy.objects.filter(kind=KIND).exclude(pk=before.pk).get()
    assert (before.valid_to, after.valid_from, after.emergency_cap) == (TODAY, TOMORROW, 2000)
    assert (after.proposed_by, after.confirmed_by) == (cast.of("PM"), second)
    assert band_on("emergency_fund", KIND, Decimal(3500), TODAY).steps == [{"role": "FO", "quorum": "any"}]
    steps = band_on("emergency_fund", KIND, Decimal(3000), TOMORROW).steps
    assert steps == [{"role": "FO", "quorum": "count", "count": 2}, {"role": "PM", "quorum": "all"}]
    listed = client_of(cast.of("AUD")).get(reverse("approvals:policies")).content.decode()
    assert "to come" in listed and "holds now" in listed and f"confirmed by {second.full_name}" in listed
    assert "Change who approves" not in listed and PAGE not in listed


@pytest.mark.parametrize(
    "changes, field, words",
    [
        ({"band__0__low": "100"}, "band-0", "The first band starts at 0"),
        ({"band__1__low": "3500"}, "band-1", "Nobody decides from 3,000.00 to 3,500.00"),
        ({"band__1__low": "2500"}, "band-1", "It overlaps the band before. Let it start at 3,000.00"),
        ({"band__0__high": ""}, "band-0", "Only the last band has no end"),
        ({"band__1__high": "9000"}, "band-1", "The last band has no end"),
        ({"band__1__role_1": "", "band__1__role_2": ""}, "band-1", "Choose who decides in this band"),
        (day(TODAY), "valid_from", "Choose a day to come"),
        ({"source": " "}, "source", "Say who decided on it"),
    ],
)
def test_what_is_wrong_stands_beside_its_line_and_what_was_typed_stays(manager, changes, field, words):
    answer = manager.post(PAGE, answers(**changes))
    assert answer.status_code == 422 and words in str(answer.context["form"].errors[field])
    assert (words in answer.content.decode() and 'value="3,000"' in answer.content.decode()) or "high" in str(changes)
    assert not Proposal.rows.filter(kind="approvals.policy").exists()


def test_a_gap_is_said_beside_the_line_it_is_written_on(manager):
    moved = {name.replace("band-1", "band-4"): value for name, value in answers(band__1__low="3500").items()}
    answer = manager.post(PAGE, moved)
    assert "Nobody decides" in str(answer.context["form"].errors["band-4"])
    open_ones = answer.content.decode().count('<details class="reveal mt-2" open>')
    assert open_ones == 1, "bands that nobody wrote stand folded"


@pytest.mark.parametrize("role, status", [("FA", 403), ("AUD", 403), ("CW", 403), ("PM", 200)])
def test_only_the_programme_manager_proposes(cast, client_of, role, status):
    assert client_of(cast.of(role)).get(PAGE).status_code == status
    assert client_of(cast.of(role)).get(reverse("approvals:policy-new", args=["no.kind"])).status_code == 404


@pytest.mark.parametrize("path", ["approvals:policies", "approvals:pairs"])
@pytest.mark.parametrize("role, back", [("SYS", "home:settings"), ("FO", "home:settings"), ("FA", "home:my-work")])
def test_the_way_back_is_the_page_that_led_here(cast, client_of, path, role, back):
    client, above = client_of(cast.of(role)), reverse(back)
    crumbs = client.get(reverse(path)).content.decode().split('class="crumbs"')[1].split("</nav>")[0]
    assert f'href="{above}"' in crumbs and client.get(above).status_code == 200


def test_another_version_meanwhile_voids_the_proposal(cast, manager):
    first = manager.post(PAGE, answers())
    assert first.status_code == 302
    ApprovalPolicy.objects.update(valid_to=TODAY)
    ApprovalPolicy.objects.create(
        programme="emergency_fund", kind=KIND, valid_from=TOMORROW + timedelta(days=3), source="x"
    )
    second = make_user("pm.two")
    make_grant(second, "PM", cast.mae_sot)
    with pytest.raises(Refusal) as answer:
        confirm(proposal=Proposal.rows.get(kind="approvals.policy"), by=second, now=timezone.now())
    assert answer.value.code == "APR-CHANGED"
