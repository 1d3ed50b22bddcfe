"""A form of the tests' own, and the people who type in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casework.programmes.contributions import Contribution, DraftForm, registry
from tests.factories.accounts import make_worker


class Sample(Contribution):
    """A form of two steps."""

    key = "tests_drafts"
    draft_forms = (
        DraftForm(
            key="tests.intake",
            label="New birth",
            action="drafts.draft.take",
            url=lambda draft: f"/somewhere/{draft.pk}",
            title=lambda data: data.get("mother", {}).get("mother_name", ""),
            steps={"mother": "Mother", "father": "Father"},
        ),
    )


@pytest.fixture(autouse=True)
def _form() -> Iterator[None]:
    registry.entries[Sample.key] = Sample()
    yield
    del registry.entries[Sample.key]


@pytest.fixture
def clerk(db):
    return make_worker("CW", "MS")


@pytest.fixture
def colleague(db):
    return make_worker("CW", "MS")


@pytest.fixture
def stranger(db):
    return make_worker("CW", "CM")
