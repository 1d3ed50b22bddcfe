"""Every address × method × role × place, against the table."""

from __future__ import annotations

import re
from inspect import unwrap
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access.policies import Policy
from casework.access.public import LIBRARY_VIEWS, PUBLIC_VIEWS
from casework.access.rights import truth_table
from casework.accounts.models import User
from casework.accounts.states import Role
from casework.concerns.services import report_concern
from casework.documents.services import add_attachment
from casework.ui.views import GuardedView
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.complaining import note_complaint
from emergency_fund.services.urgent import tell_officers
from tests.documents.test_attachments import picture
from tests.factories.cast import signed_in

from .addresses import ADDRESSES, PUBLIC_KWARGS
from .canaries import TOKEN
from .forms import FEWEST_FORMS, has_key, is_form
from .places import MISSING, OTHER, OWN, SEALED, seen_now
from .resolver import Address, addresses

pytestmark = pytest.mark.django_db
PLACES = (OWN, OTHER, SEALED, MISSING)
OURS = [a for a in addresses() if a.name not in PUBLIC_VIEWS | LIBRARY_VIEWS]
WITH_RECORDS = frozenset({"CW", "SUP"})
"""The roles that see records of their whole office; the others see none, in whatever place."""
KNOWS_ITS_SENDER = frozenset({"registration:check"})
"""Asks before everything else whether this person sent the same form before, and leads to what came of it."""
OUTSIDE = "PSY"
"""A role with few rights: it sends to every address what is not meant for it."""
ALLOWED = frozenset({200, 204, 302, 400, 405, 409, 422})
_CHANGING = re.compile(rb"(?<![A-Za-z0-9])[A-Za-z0-9]{32,}|[0-9]+")


def ask(client: Client, method: str, url: str) -> Any:
    """The answer to a request that leaves nothing behind, with its whole body."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)  # what was said of one act is not shown on the next page
    answer.body = b"".join(answer) if answer.streaming else answer.content
    return answer


def same_page(body: bytes) -> bytes:
    """The body without numbers and tokens, which differ from one request to the next."""
    return _CHANGING.sub(b"#", body)


def may_act(role: str, policy: object) -> bool:
    return not isinstance(policy, Policy) or role in truth_table()[policy.action]


def expected(role: str, address: Address, place: str) -> frozenset[int]:
    """The statuses the table allows."""
    row = ADDRESSES.get(address.name)
    if address.name == "home:history":  # leads to the first page the role has, and says so where it has none
        return ALLOWED | {403}
    if address.name == "concerns:list" and role != "DPO":  # who reads none does not learn that there is a list
        return frozenset({404, 405})
    if row is None:
        return ALLOWED if may_act(role, address.policy) else frozenset({403})
    if place == OWN and role in row.seen_by:
        if not may_act(role, address.policy):
            return frozenset({403, 404}) if row.may_be_absent else frozenset({403})
        return ALLOWED | {404} if row.may_be_absent else ALLOWED
    if not row.seen_by or len(row.seen_by) == len(Role):  # not of an office: asked for the role first
        return ALLOWED | {403, 404} if row.seen_by else frozenset({403, 404, 405})
    return frozenset({404})


def methods_for(role: str, address: Address) -> tuple[str, ...]:
    """Both, for the roles that see the row and may act on it, for those with records, and for one that stands outside.

    Who else is refused the page is refused before a view looks at the method: `GuardedView.dispatch`, which none of the
    views replaces (`test_every_view_asks_who_one_is_before_it_looks_at_the_method`).
    """
    row = ADDRESSES.get(address.name)
    is_inside = may_act(role, address.policy) and (row is None or role in row.seen_by)
    is_sent = role in WITH_RECORDS or (address.takes and (is_inside or role == OUTSIDE))
    return ("get", "post") if is_sent else ("get",)


def places_for(role: str, method: str, address: Address) -> tuple[str, ...]:
    """Where the row lies that is asked for. What a caseworker sends, too, a supervisor sends to the own office alone.

    The same view looks the row up for both; that each finds other rows than the other is seen by asking for its page.
    """
    if address.name not in ADDRESSES or role not in WITH_RECORDS:
        return (OWN,)
    if method == "get":
        return PLACES
    is_anew = role == "CW" or not may_act("CW", address.policy)
    return PLACES if address.takes and is_anew else (OWN,)


def test_every_address_with_a_row_is_listed():
    with_row = {a.name for a in addresses() if a.has_row} - set(PUBLIC_KWARGS)
    assert with_row == set(ADDRESSES)


def test_public_addresses_are_the_written_list():
    assert {a.name for a in addresses() if getattr(a.policy, "is_public", False)} <= PUBLIC_VIEWS
    assert {a.name for a in addresses() if a.policy is None} <= PUBLIC_VIEWS | LIBRARY_VIEWS


def test_every_view_asks_who_one_is_before_it_looks_at_the_method():
    others = {a.name for a in OURS if a.policy and unwrap(a.view.dispatch) is not GuardedView.dispatch}
    assert others == KNOWS_ITS_SENDER


@pytest.mark.parametrize("role", Role.values)
def test_addresses_of_a_role(world, aviary, role, caplog, leaving):
    client = seen_now(signed_in(world.cast.of(role)))
    client.raise_request_exception = False
    wrong, forms = [], 0
    for address in OURS:
        row = ADDRESSES.get(address.name)
        for method in methods_for(role, address):
            bodies = {}
            for place in places_for(role, method, address):
                url = reverse(address.name, kwargs=row.find(world, place) if row else None)
                answer = ask(client, method, url)
                status, bodies[place] = answer.status_code, answer.body
                told = aviary.strangers(role, bodies[place])
                wrong += [f"{method} {address.name} ({place}) tells {what}" for what in told]
                if status not in expected(role, address, place):
                    wrong.append(f"{method} {address.name} ({place}): {status}")
                is_told = b"This is done by" if isinstance(address.policy, Policy) else b"Your role"
                if status == 403 and is_told not in bodies[place]:
                    wrong.append(f"{method} {address.name} ({place}): 403 without saying who can")
                if method == "get" and place == OWN and is_form(answer, address.name):
                    forms += 1
                    wrong += [] if has_key(answer) else [f"{address.name}: two presses of its form are two acts"]
                if status != 404:
                    bodies.pop(place)
            if len(bodies) > 1 and len({same_page(body) for body in bodies.values()}) > 1:
                wrong.append(f"{method} {address.name}: an unseen row is not answered like a missing one")
    assert not wrong, "\n".join(wrong)
    assert forms > FEWEST_FORMS.get(role, -1), "the walk finds the forms"
    assert not TOKEN.findall(caplog.text), "a log line tells what stands in a record"
    assert not TOKEN.findall("\n".join(leaving)), "a mail or a message for a worker tells what stands in a record"
    assert not WITH_RECORDS & {role} or aviary.found_kinds() >= {"record", "card", "draft", "ward", "import"}


def test_no_mail_and_no_message_tells_what_stands_in_a_record(world, aviary, leaving, settings):
    """Acts on records full of tokens, of which others learn by mail, in the bell, or through the workers."""
    settings.ATTACHMENT_SCAN_COMMAND = "true"
    records, now, secret = world.records[OWN], timezone.now(), next(iter(aviary.canaries))
    worker, office = world.cast.of("CW"), world.cast.mae_sot
    officers = [world.cast.of(role) for role in ("FO", "PM", "DPO")]
    with transaction.atomic():
        User.objects.filter(pk__in=[person.pk for person in officers]).update(email="someone@example.org")
        request = AssistanceRequest.rows.get(pk=records.fund_request.pk)
        request.urgency = "24h"
        tell_officers(request=request, by=worker, now=now)
        note_complaint(
            request=request, kind="staff_harm", told_by=request.requester, relation="mother", channel="phone",
            told_on=timezone.localdate(), what=f"{secret} was asked for money", by=worker, now=now,
        )  # fmt: skip
        report_concern(office=office, who=secret, what=secret, when=secret, wants_answer=False, by=worker, now=now)
        photo = SimpleUploadedFile(f"{secret}.png", picture())
        add_attachment(subject=records.case, file=photo, title=secret, paper_kind="certificate", by=worker, now=now)
        transaction.set_rollback(True)
    assert all(any(what in one for one in leaving) for what in ("'task':", "'action':")), "messages and bells as well"
    assert sum("Subject:" in one for one in leaving) > 1, "some of it goes by mail"
    assert not TOKEN.findall("\n".join(leaving))


def test_signed_out_is_led_to_the_sign_in(world):
    client = Client(raise_request_exception=False)
    wrong = []
    for address in [a for a in addresses() if a.name not in PUBLIC_VIEWS | {"schema"}]:
        row = ADDRESSES.get(address.name)
        url = reverse(address.name, kwargs=row.find(world, OWN) if row else None)
        for method in ("get", "post"):
            with transaction.atomic():
                response = getattr(client, method)(url)
                transaction.set_rollback(True)
            if response.status_code != 302 or not response["Location"].startswith("/account/sign-in/"):
                wrong.append(f"{method} {address.name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_description_of_the_api_is_no_page_and_says_so():
    assert Client().get(reverse("schema")).status_code == 401


def test_public_addresses_open_without_sign_in(world):
    client = Client(raise_request_exception=False)
    for name in PUBLIC_VIEWS - {"health"}:  # 503 where no worker runs; tests/home looks after it
        status = ask(client, "get", reverse(name, kwargs=PUBLIC_KWARGS.get(name))).status_code
        assert status < 500 and status != 403, name


def test_library_addresses_never_fall_over(world):
    for name in LIBRARY_VIEWS & {a.name for a in addresses()}:
        for method in ("get", "post"):
            client = signed_in(world.cast.of("CW"))
            client.raise_request_exception = False
            assert ask(client, method, reverse(name)).status_code < 500, name
