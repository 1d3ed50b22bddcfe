"""What attackers and tired clerks send to every form: never a fall, and what was typed is still there."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from casework.access.public import LIBRARY_VIEWS, PUBLIC_VIEWS
from tests.factories.cast import signed_in

from .addresses import ADDRESSES
from .places import OWN, World, seen_now
from .resolver import Address, addresses

pytestmark = pytest.mark.django_db
BAD = {
    "NUL": "Naw\x00Paw",
    "bidi and marks": "\u202ea" + "\u0301" * 10_000,
    "huge number": "9" * 4_400,  # more than Python reads
    "negative": "-1",
    "three kinds of digits": "๒0၂6",
    "exponent": "1e400",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}",
    "long": "ก" * 20_000,
}
ALWAYS = (
    "acknowledged", "version", "then", "next", "papers_seen", "kind", "language", "_draft", "_form", "_step",
    "_version", "_office", "_device",
    "device_id", "twin_of", "duplicate", "decision", "field", "q", "page", "queue",
)  # fmt: skip
OURS = [a for a in addresses() if a.name not in PUBLIC_VIEWS | LIBRARY_VIEWS]


def url_of(address: Address, world: World) -> str:
    row = ADDRESSES.get(address.name)
    return reverse(address.name, kwargs=row.find(world, OWN) if row else None)


def names_of(client, url: str) -> set[str]:
    """The names of every field on the page that an address shows."""
    response = client.get(url)
    forms = [
        value
        for layer in response.context or []
        for value in getattr(layer, "dicts", [layer])
        for value in (value.values() if isinstance(value, dict) else [])
    ]
    listed = [form for value in forms for form in (value if isinstance(value, (list, tuple)) else [value])]
    found = [form for form in listed if hasattr(form, "fields") and hasattr(form, "add_prefix")]
    names = {form.add_prefix(name) for form in found for name in form.fields}
    return names | {f"{name}_{part}" for name in names for part in ("d", "m", "y", "era", "precision")}


@pytest.fixture(scope="module")
def browser(world):
    client = signed_in(world.cast.of("SUP"))
    client.raise_request_exception = False
    return client


@pytest.fixture(scope="module")
def fields(world, browser) -> dict[str, set[str]]:
    """Address → the names of its fields; of the addresses to which something can be sent."""
    seen_now(browser)
    with transaction.atomic():
        names = {address.name: names_of(browser, url_of(address, world)) for address in OURS if address.takes}
        transaction.set_rollback(True)
    return names


@pytest.mark.parametrize("turn", range(4))
def test_no_form_falls_over(world, browser, fields, turn):
    """Each field is sent four of the eight, its neighbour the other four: fields of a kind stand on many pages."""
    values = list(BAD.values())

    def each(names: set[str]) -> dict[str, str]:
        return {name: values[(place + 2 * turn) % len(values)] for place, name in enumerate(sorted(names))}

    sent = {address: each(fields[address.name] | set(ALWAYS)) for address in taking(fields)}
    assert not fallen(browser, world, sent)


def test_lists_for_scalars_and_strange_questions(world, browser, fields):
    lists = {name: ["a", "1", ""] for name in ALWAYS}
    sent = {address: lists | {key: ["a", "1", ""] for key in fields[address.name]} for address in taking(fields)}
    assert not fallen(browser, world, sent)
    for value in BAD.values():
        for name in ("home:search", "home:my-work", "cases:list", "registration:list", "people:duplicates"):
            assert browser.get(reverse(name), dict.fromkeys(ALWAYS, value)).status_code < 500, name


def taking(fields: dict[str, set[str]]) -> list[Address]:
    """The addresses to which something can be sent."""
    return [address for address in OURS if address.name in fields]


def fallen(browser, world: World, sent: dict[Address, dict]) -> list[str]:
    """The addresses that answered with a fall."""
    names = []
    seen_now(browser)
    for address, data in sent.items():
        with transaction.atomic():
            if browser.post(url_of(address, world), data).status_code >= 500:
                names.append(address.name)
            transaction.set_rollback(True)
    return names


def test_the_forms_are_found(fields):
    found = [name for name, listed in fields.items() if name.startswith(("cases:", "registration:")) and listed]
    assert len(found) > 25


def test_what_takes_nothing_is_left_out(fields):
    assert 100 < len(fields) < len(OURS)
