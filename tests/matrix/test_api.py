"""Every address of the API × method × role × place, by session and by token, against the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.access.policies import Policy
from casework.access.rights import truth_table
from casework.accounts.models import User
from casework.accounts.states import Role
from casework.accounts.tokens import make_token
from casework.approvals.models import ApprovalPolicy
from casework.home.api.urls import urlpatterns
from tests.factories.cast import signed_in

from .places import (
    MISSING,
    NOWHERE,
    OTHER,
    OWN,
    SEALED,
    Find,
    World,
    board,
    draft,
    of,
    office_month,
    report,
    run,
    seen_now,
    ward,
    ward_count,
    ward_list,
)

pytestmark = pytest.mark.django_db
PLACES = (OWN, OTHER, SEALED, MISSING)
SEEN_BY = frozenset({"CW", "SUP"})
FUND = frozenset({"FO", "FA", "PM", "AUD"})
"""Who sees requests to the fund of their office, of a sealed case without its names (tests/api)."""
BUDGET = frozenset({"FA", "PM", "AUD"})
CASH = BUDGET | {"CSH"}
FIGURES = frozenset({"CW", "SUP", "FO", "FA", "CSH", "PM", "TRN", "ME", "DPO", "AUD"})
"""Who sees every row of their office counted; the other two (PSY, TRF) only the cases given to them."""
OF_THE_OFFICE = {
    "fund-requests": FUND, "appeals": FUND, "complaints": FUND - {"AUD"}, "payment-checks": FUND | {"CSH"},
    "cash-boxes": CASH, "cash-counts": CASH, "advances": CASH, "stores": frozenset({"CSH", "PM", "AUD"}),
    "budget-lines": BUDGET, "budget-entries": BUDGET, "budget-moves": BUDGET, "finance-batches": BUDGET,
    "audit-samples": BUDGET - {"FA"}, "absences": BUDGET - {"AUD"}, "conflicts-of-interest": BUDGET,
    "funding-sources": BUDGET, "approval-policies": BUDGET | {"FO", "SYS"}, "role-pairs": BUDGET | {"FO", "SYS"},
    "report-templates": frozenset(Role.values) - {"WRD", "SYS", "EXT"},
    "kits": frozenset({"CSH", "PM", "AUD"}), "proposals": frozenset({"SYS"}), "birth-drafts": frozenset({"PSY", "TRF"}),
    "boards": FIGURES | {"PSY", "TRF"}, "months": FIGURES, "reports": FIGURES,
}  # fmt: skip
"""Rows that further roles of the office see, of a sealed case as well, by the name of the resource."""
WITH_CASE = frozenset({"fund-requests", "appeals", "complaints", "payment-checks", "birth-drafts"})


def of_the_site(choose: Callable[[World], Model]) -> Find:
    """A row that is the same wherever it is asked for."""
    return lambda world, place: {"pk": NOWHERE if place == MISSING else choose(world).pk}


OF_THE_SITE: dict[str, Find] = {
    "kits": of_the_site(lambda world: world.kit),
    "report-templates": of_the_site(lambda world: world.template),
    "funding-sources": of_the_site(lambda world: world.records[OWN].budget_source),
    "role-pairs": of_the_site(lambda world: world.pair), "proposals": of_the_site(lambda world: world.proposal),
    "approval-policies": of_the_site(lambda world: ApprovalPolicy.objects.order_by("pk")[0]), "boards": board,
}  # fmt: skip
"""Rows that no one office owns: the same is seen from everywhere."""
ALLOWED = frozenset({200, 201, 204, 400, 404, 409, 412, 422, 428})
ROWS: dict[str, Find] = {
    "cases": of("case"), "births": of("birth"), "persons": of("person"), "referrals": of("referral"),
    "duplicates": of("hit"), "duplicates-elsewhere": of("elsewhere"),
    "birth-drafts": draft(), "documents": of("document"), "attachments": of("attachment"),
    "fund-requests": of("fund_request"), "appeals": of("fund_appeal"), "payment-checks": of("fund_check"),
    "complaints": of("fund_complaint"),
    "cash-boxes": of("cash_box"), "cash-counts": of("cash_count"), "advances": of("advance"), "stores": of("store"),
    "budget-lines": of("budget_line"), "budget-entries": of("budget_gift"), "budget-moves": of("budget_line"),
    "finance-batches": of("batch"), "audit-samples": of("sample"), "absences": of("absence"),
    "conflicts-of-interest": of("conflict"), "ward-births": ward, "ward-counts": ward_count, "ward-lists": ward_list,
    "imports": run("run"), "import-rows": run("row"), "months": office_month, "reports": report,
    **OF_THE_SITE,
}  # fmt: skip
"""How the row of each resource is found."""
PARTS = {
    "task": "task", "consent": "consent", "item": "item", "visit": "visit", "refusal": "refusal",
    "follow_up": "follow_up", "difference": "discrepancy", "witness": "witness", "letter": "letter",
    "inquiry": "inquiry", "goal": "goal", "step": "step", "parent": "parent", "collector": "collector",
    "correction": "correction", "name": "name", "paper": "paper", "member": "member", "family": "family",
    "phone": "phone",
}  # fmt: skip
BY_SESSION = frozenset({"SUP", "FO"})
"""One who sees records and one who sees the fund: the door changes nothing of what a role may do."""
OWN_HEADERS = frozenset({"X-Request-Id", "Set-Cookie"})


@dataclass(frozen=True)
class Operation:
    """One method of one address, with the policy it declares."""

    resource: str
    name: str
    method: str
    parts: tuple[str, ...]
    policy: Any

    @property
    def has_row(self) -> bool:
        return bool(self.parts)

    def pk(self, world: World, place: str) -> Any:
        """The row of a place."""
        return ROWS[self.resource](world, place)["pk"]

    def url(self, world: World, place: str) -> str:
        """The address of the row of a place."""
        return reverse(f"api:{self.name}", kwargs={part: self._number(part, world, place) for part in self.parts})

    def _number(self, part: str, world: World, place: str) -> Any:
        if part == "pk":
            return self.pk(world, place)
        return getattr(world.records[place], PARTS[part]).pk if place in world.records else NOWHERE


def operations() -> list[Operation]:
    """Every operation of the API, read from its router."""
    found = []
    for pattern in urlpatterns:
        view = pattern.callback
        for method, action in view.actions.items():
            parts = tuple(pattern.pattern.regex.groupindex)
            resource, policy = view.initkwargs["basename"], view.cls.spec_of(action).policy
            found.append(Operation(resource, pattern.name, method, parts, policy))
    return found


OPERATIONS = operations()


def by_session(user: User) -> Client:
    return seen_now(signed_in(user))


def by_token(user: User) -> Client:
    token = make_token(user=user, now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {token}"})


def ask(client: Client, method: str, url: str) -> Any:
    """The answer to a request that leaves nothing behind."""
    with transaction.atomic():
        more = {"content_type": "application/json", "data": {}} if method == "post" else {}
        answer = getattr(client, method)(url, **more)
        answer.body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def is_of_cases(operation: Operation) -> bool:
    """Whether the row is seen with the case it hangs on."""
    return operation.resource in WITH_CASE or operation.resource not in OF_THE_OFFICE


def is_seen(role: str, operation: Operation, place: str) -> bool:
    """Whether the row of a place is the role's to see."""
    kind = operation.resource
    if kind in OF_THE_SITE:
        return place != MISSING and role in OF_THE_OFFICE[kind]
    return place == OWN and ((role in SEEN_BY and is_of_cases(operation)) or role in OF_THE_OFFICE.get(kind, ()))


def places_of(role: str, operation: Operation, *, is_token: bool) -> tuple[str, ...]:
    """Where the row is looked for: for the fund's people not where they see it in other words.

    Everywhere by token; by session in two places, for the same view looks it up.
    """
    if not operation.has_row or not sees_some(role, operation):
        return (OWN,)
    if not is_token:
        return (OWN, OTHER)
    return (OWN, OTHER, MISSING) if role in OF_THE_OFFICE.get(operation.resource, ()) else PLACES


def sees_some(role: str, operation: Operation) -> bool:
    """Whether the role sees rows of this kind somewhere, or there are none to be seen."""
    return not operation.has_row or role in SEEN_BY or role in OF_THE_OFFICE.get(operation.resource, ())


_missed: dict[tuple[Any, str, str], tuple[int, bytes, dict[str, str]]] = {}


def missed(client: Client, door: Any, operation: Operation, world: World) -> tuple[int, bytes, dict[str, str]]:
    """What is said of a row that is not there: the same to all who see none, so that one of them is asked."""
    key = door, operation.method, operation.name
    if key not in _missed:
        _missed[key] = told(ask(client, operation.method, operation.url(world, MISSING)))
    return _missed[key]


def expected(role: str, operation: Operation, place: str, *, is_token: bool) -> frozenset[int]:
    """The statuses the table allows."""
    if operation.has_row and not is_seen(role, operation, place):
        return frozenset({404})
    if not isinstance(operation.policy, Policy):
        return ALLOWED
    right = truth_table()[operation.policy.action].get(role)
    if right is None or (right.is_fresh and is_token):
        return frozenset({403})
    return ALLOWED


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """What somebody could compare: status, body and headers but for the number of the request."""
    return answer.status_code, answer.body, {k: v for k, v in answer.headers.items() if k not in OWN_HEADERS}


def is_fresh(operation: Operation) -> bool:
    """Whether somebody needs a fresh proof for it, which a token never is."""
    rights = truth_table()[operation.policy.action] if isinstance(operation.policy, Policy) else {}
    return any(right.is_fresh for right in rights.values())


@pytest.mark.parametrize("door", [by_session, by_token])
@pytest.mark.parametrize("role", Role.values)
def test_operations_of_a_role(world, aviary, role, door):
    """All of them by token; by session for some roles, and for the others where the door makes a difference."""
    client = door(world.cast.of(role))
    client.raise_request_exception = False
    wrong = []
    for operation in OPERATIONS if door is by_token or role in BY_SESSION else filter(is_fresh, OPERATIONS):
        unseen = [] if sees_some(role, operation) else [missed(client, door, operation, world)]
        for place in places_of(role, operation, is_token=door is by_token):
            answer = ask(client, operation.method, operation.url(world, place))
            if answer.status_code not in expected(role, operation, place, is_token=door is by_token):
                wrong.append(f"{operation.method} {operation.name} ({place}): {answer.status_code} {answer.body[:200]}")
            body = aviary.strangers(role, answer.body)
            wrong += [f"{operation.method} {operation.name} ({place}) tells {what}" for what in body]
            if operation.has_row and not is_seen(role, operation, place):
                unseen.append(told(answer))
        if any(one != unseen[-1] for one in unseen):
            wrong.append(f"{operation.method} {operation.name}: an unseen row is not answered like a missing one")
    assert not wrong, "\n".join(wrong)


def test_parts_of_other_records_are_not_found(world):
    client = signed_in(world.cast.of("SUP"))
    other, wrong = world.records[OTHER], []
    for operation in OPERATIONS:
        for part in [part for part in operation.parts if part != "pk"]:
            kwargs = {"pk": operation.pk(world, OWN), part: getattr(other, PARTS[part]).pk}
            answer = ask(client, operation.method, reverse(f"api:{operation.name}", kwargs=kwargs))
            asked_first = (400, 428) if operation.method == "post" else ()  # a body or a state
            if answer.status_code not in (404, *asked_first):
                wrong.append(f"{operation.name}: {answer.status_code}")
            if operation.method == "get":
                continue
            with transaction.atomic():
                headers = {"If-Match": "*"}
                told_, url = BODIES.get(operation.name, {}), reverse(f"api:{operation.name}", kwargs=kwargs)
                answer = client.post(url, told_, "application/json", headers=headers)
                transaction.set_rollback(True)
            if answer.status_code != 404:
                wrong.append(f"{operation.name}: {answer.status_code} {answer.content[:200]}")
    assert not wrong, "\n".join(wrong)


BODIES = {
    "births-set-item": {"state": "requested"},
    "births-waive-item": {"reason": "x"},
    "births-record-result": {"result": "inquiry", "result_on": "2026-11-20"},
    "births-end-refusal": {"state": "withdrawn", "ended_on": "2026-11-20"},
    "births-answer-follow-up": {"answer": "declined"},
    "births-settle-difference": {"state": "accepted_as_is", "text": "The office writes it so"},
    "births-change-refusal": {"way": "talk_again", "other_parent": "wants", "next_step_on": "2026-11-20"},
    "births-end-letter": {"revoked_on": "2026-11-20"},
    "births-add-inquiry-step": {"kind": "photo"},
    "births-finish-inquiry-step": {"done_on": "2026-11-20"},
    "births-correction-asked": {"asked_on": "2026-11-20"},
    "births-correction-appointment": {"appointment_on": "2026-11-20", "registry_office": 1},
    "births-correction-fee": {"fee_paid_by": "nobody"},
    "births-correction-done": {"result_on": "2026-11-20"},
    "births-correction-refused": {"result_on": "2026-11-20"},
    "births-hand-over-correction": {"handed_over_sign": "thumb", "handed_over_on": "2026-11-20"},
    "births-tick-told": {"place": "referral-1"},
    "cases-add-step": {"title": "Call"},
    "persons-add-phone": {"number": "0812344471"},
    "persons-change-name": {"name": "Nan Wah"},
    "persons-replace-paper": {"type": "passport", "verification": "not_checked"},
}


def test_lists_hold_only_the_own_office(world):
    client = signed_in(world.cast.of("CW"))
    for name, kind in (("cases", "case"), ("births", "birth"), ("persons", "person")):
        numbers, url = set(), reverse(f"api:{name}-list")
        while url:
            page = client.get(url).json()
            numbers |= {row["id"] for row in page["results"]}
            url = page["next"]
        assert getattr(world.records[OWN], kind).pk in numbers
        assert not numbers & {getattr(world.records[place], kind).pk for place in (OTHER, SEALED)}, name


def test_it_is_read_and_posted_to_and_nothing_else():
    """What else an address took would be walked with the rest, as an operation of its router."""
    assert {operation.method for operation in OPERATIONS} == {"get", "post"}


@pytest.mark.parametrize("method", ["put", "options"])
def test_other_methods_do_nothing(world, method):
    """One that no address takes, and the one that the framework would answer by itself."""
    clients = {role: signed_in(world.cast.of(role)) for role in ("SUP", "PM", "SYS")}
    for operation in OPERATIONS:
        is_supervisors = not isinstance(operation.policy, Policy) or "SUP" in truth_table()[operation.policy.action]
        seen_by = OF_THE_OFFICE.get(operation.resource, frozenset({"PM"}))
        by_supervisor = is_supervisors and is_of_cases(operation)
        client = clients["SUP" if by_supervisor else "PM" if "PM" in seen_by else "SYS"]
        with transaction.atomic():
            answer = getattr(client, method)(operation.url(world, OWN))
            transaction.set_rollback(True)
        assert answer.status_code == 405, f"{method} {operation.name}"


def test_nobody_speaks_without_signing_in(world):
    for operation in OPERATIONS:
        answer = ask(Client(), operation.method, operation.url(world, OWN))
        assert answer.status_code == 401, operation.name


def test_a_session_needs_the_token_of_its_forms(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast.of("SUP"), backend="django.contrib.auth.backends.ModelBackend")
    posts = [operation for operation in OPERATIONS if operation.method == "post"]
    assert {ask(client, "post", operation.url(world, OWN)).status_code for operation in posts} == {403}


def test_the_operations_are_found():
    assert len(OPERATIONS) > 30
    assert {operation.resource for operation in OPERATIONS if operation.has_row} == set(ROWS)
