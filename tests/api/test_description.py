"""The OpenAPI description: valid, complete, with examples, for signed-in people."""

from __future__ import annotations

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from casework.access.checks import all_patterns, declared_policies
from casework.access.policies import Policy, SignedIn


@pytest.fixture(scope="module")
def made() -> tuple[dict, bool]:
    """The description, and whether something was warned of while it was made."""
    return SchemaGenerator().get_schema(public=True), bool(GENERATOR_STATS)


@pytest.fixture(scope="module")
def description(made) -> dict:
    return made[0]


def operations(description: dict):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post"):
                yield path, method, operation


def test_it_is_valid_openapi_3_1_without_warnings(made):
    description, is_warned = made
    validate_schema(description)
    assert description["openapi"].startswith("3.1")
    assert not is_warned


def test_every_resource_is_described(description):
    wanted = {
        "births",
        "cases",
        "persons",
        "duplicates",
        "duplicates-elsewhere",
        "birth-drafts",
        "referrals",
        "documents",
        "fund-requests",
        "appeals",
        "payment-checks",
        "complaints",
        "cash-boxes",
        "cash-movements",
        "cash-counts",
        "advances",
        "funding-sources",
        "budget-lines",
        "budget-entries",
        "budget-moves",
        "finance-batches",
        "audit-samples",
        "proposals",
        "approval-policies",
        "role-pairs",
        "absences",
        "conflicts-of-interest",
        "stores",
        "stock-movements",
        "kits",
        "places",
        "facilities",
        "code-lists",
        "registry-offices",
        "services",
        "attachments",
        "ward-births",
        "ward-counts",
        "ward-lists",
        "imports",
        "import-rows",
        "boards",
        "months",
        "reports",
        "report-templates",
    }

    assert wanted == {path.split("/")[3] for path in description["paths"]}


def test_every_body_has_an_example_and_every_refusal_its_shape(description):
    for path, method, operation in operations(description):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content.get("examples"), (path, method)
        assert "ErrorBody" in str(operation["responses"]["403"]), (path, method)


def test_what_asks_for_acknowledgement_says_so(description):
    for name in ("RequestTold", "MendedTold"):
        (told,) = (one for key, one in description["components"]["schemas"].items() if key.startswith(name))
        assert "E-EAF-10" in told["properties"]["acknowledged"]["description"]


def test_changes_name_their_headers(description):
    for path, method, operation in operations(description):
        names = {parameter["name"]: parameter for parameter in operation.get("parameters", ())}
        if method == "post":
            assert ("If-Match" in names) != ("Idempotency-Key" in names), path
            assert ("412" in operation["responses"]) == ("If-Match" in names), path


def test_a_signed_in_person_reads_it(caller):
    answer = caller("SYS").client.get("/api/v1/schema")

    assert answer.status_code == 200
    assert b"/api/v1/births/" in answer.content


def test_every_operation_declares_its_policy():
    names = [(name, pattern) for name, pattern in all_patterns() if name.startswith("api:")]
    assert len(names) > 20
    for name, pattern in names:
        policies = declared_policies(pattern)
        assert len(policies) == len(pattern.callback.actions)
        assert all(isinstance(policy, Policy | SignedIn) for policy in policies), name
