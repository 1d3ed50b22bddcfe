"""Every form of a page carries the key by which two presses are one act."""

from __future__ import annotations

import pytest
from django.db import transaction

from casework.access.public import LIBRARY_VIEWS, PUBLIC_VIEWS
from casework.ui.views import FormPage
from tests.factories.cast import signed_in

from .places import World, seen_now
from .resolver import addresses
from .test_bad_input import url_of

pytestmark = pytest.mark.django_db
OURS = [a for a in addresses() if a.name not in PUBLIC_VIEWS | LIBRARY_VIEWS]
WITHOUT = {
    "cases:file": "answers with a file, and writes down each one",
    "registration:file": "answers with a file, and writes down each one",
    "calls:caller": "looks up, and writes down each look",
    "imports:row": "its form stands only on rows that wait for an answer",
    "concerns:report": "its own mark, which leads to nobody",
}


def without_key(world: World, role: str) -> tuple[set[str], int]:
    """The pages whose form has no key, and how many forms there are."""
    client, found, count = signed_in(world.cast.of(role)), set(), 0
    seen_now(client)
    for address in OURS:
        with transaction.atomic():
            answer = client.get(url_of(address, world))
            transaction.set_rollback(True)
        view = answer.context.get("view") if answer.status_code == 200 and answer.context else None
        if isinstance(view, FormPage) and address.name not in WITHOUT:
            count += 1
            found |= {address.name} if b'name="idempotency_key"' not in answer.content else set()
    return found, count


@pytest.mark.parametrize(("role", "fewest"), [("SUP", 60), ("SYS", 5)])
def test_every_form_is_done_once(world, role, fewest):
    found, count = without_key(world, role)
    assert not found
    assert count > fewest, "the walk finds the forms"
