"""Two kinds of acts of the tests' own, and the people who propose and confirm them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from casework.access.rights import truth_table
from casework.accounts.models import Office
from casework.approvals.services import proposals as services
from casework.programmes.contributions import Contribution, ProposalKind, registry
from tests.factories.accounts import make_office, make_worker

NOW = timezone.now()


def rename(proposal, by, now) -> None:
    Office.objects.filter(pk=proposal.subject_id).update(name_en=proposal.facts["name"])
    if proposal.facts["name"] == "Broken":
        raise RuntimeError


def name_now(subject_id, facts) -> dict:
    return {"name": Office.objects.get(pk=subject_id).name_en}


class Sample(Contribution):
    """Renaming an office."""

    key = "tests_approvals"
    rights = {"tests.office.rename": "CW:propose SUP:A", "tests.office.close": "SYS:A"}
    proposal_kinds = (
        ProposalKind(
            key="tests.rename",
            label="New name of an office",
            action="tests.office.rename",
            execute=rename,
            current=name_now,
            excluded=lambda proposal: proposal.facts.get("about", []),
            described=lambda proposal: [("New name", proposal.facts["name"])],
        ),
        ProposalKind(
            key="tests.close", label="Close", action="tests.office.close", execute=rename, alone_until_second=True
        ),
    )


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    registry.entries[Sample.key] = Sample()
    truth_table.cache_clear()
    yield
    del registry.entries[Sample.key]
    truth_table.cache_clear()


@pytest.fixture
def office(db):
    return make_office("MS")


@pytest.fixture
def clerk(office):
    return make_worker("CW", "MS")


@pytest.fixture
def supervisor(office):
    return make_worker("SUP", "MS")


@pytest.fixture
def second_supervisor(office):
    return make_worker("SUP", "MS")


def proposal_of(by, office, name="Clinic desk", kind="tests.rename", **more):
    facts = {"name": name, **more.pop("facts", {})}
    return services.propose(
        kind=kind,
        subject=office,
        summary=lambda: gettext("Office"),
        facts=facts,
        by=by,
        now=NOW,
        office_id=office.pk,
        **more,
    )
