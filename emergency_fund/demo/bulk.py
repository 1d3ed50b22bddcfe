"""Thousands of invented requests, written in bulk upon families that are there: for measuring, not for showing.

The rows are those the services write, but for the entries of budget lines: each of those changes its line, and is made
by the ledger alone. Most requests are decided and ended; the newest tenth is on its way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from casework.aid.models import AidGiven
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.cases.models import Case
from casework.kernel.pouring import next_ids, pour
from casework.kernel.subjects import subject_type
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, HardshipIncident
from emergency_fund.querysets import PROGRAMME
from emergency_fund.services.deciding import KIND
from emergency_fund.states import DECIDED_WITHIN, MODALITIES, LineKind, Urgency

from .teams import ASKERS, CASHIER, OFFICERS

CHUNK = 2_000
YEARS = 8
OPEN_SHARE = 0.1
ENDED = {"delivered": 78, "rejected": 10, "ineligible": 5, "withdrawn": 4, "expired": 3}
ON_THEIR_WAY = {"submitted": 25, "screened": 25, "in_approval": 30, "returned": 5, "approved": 12, "in_delivery": 3}
CHAINED = {"in_approval": "pending", "rejected": "rejected"}
APPROVED = frozenset({"approved", "in_delivery", "delivered", "expired"})
LINES = {
    "delivered": "delivered", "rejected": "refused", "ineligible": "refused", "withdrawn": "cancelled",
    "expired": "expired", "approved": "approved", "in_delivery": "partly",
}  # fmt: skip
STEPS = [{"role": "FO", "quorum": "any"}]
DECIDE = """
UPDATE approvals_approvalrequest c SET decided_at = r.decided_at,
    state = CASE r.state WHEN 'rejected' THEN 'rejected' ELSE 'approved' END
FROM emergency_fund_assistancerequest r WHERE r.approval_id = c.id AND r.decided_at IS NOT NULL AND c.state = 'pending'
"""
WORDS = "Fever for a week, two nights in hospital. Nobody in the family can pay the bill."


class BulkFund:
    """Invents requests in the order in which they came."""

    def __init__(self, users: dict[str, Any], now: datetime, chance: Random) -> None:
        self.now, self.chance = now, chance
        self.asker = {code: users[names[0]].pk for code, names in ASKERS.items()}
        self.officer, self.second = (users[name].pk for name in OFFICERS)
        self.cashier = users[CASHIER].pk
        self.serial = AssistanceRequest.rows.count()
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.ids: dict[Any, list[int]] = {}

    def fill(self, count: int, *, states: Sequence[str] = ()) -> list[int]:
        """Write that many requests, chunk by chunk, by turns for each family; answer their ids.

        `states` are taken in turn instead of the usual mix.
        """
        homes = list(
            Case.rows.filter(family__isnull=False, office__code__in=ASKERS, is_sealed=False)
            .order_by("pk").values("pk", "child_id", "family_id", "office_id", "office__code")
        )  # fmt: skip
        begin, made = self.now - timedelta(days=365 * YEARS), []
        turns = cycle(homes)
        for first in range(0, count, CHUNK):
            size = min(CHUNK, count - first)
            pks, incidents = next_ids(AssistanceRequest, size), next_ids(HardshipIncident, size)
            self.ids = {model: next_ids(model, size * n) for model, n in ((AssistanceLine, 2), (ApprovalRequest, 1))}
            chunk = zip(pks, incidents, islice(turns, size), strict=True)
            for nth, (pk, incident, home) in enumerate(chunk, start=first):
                at = begin + timedelta(days=365 * YEARS * nth / count)
                is_old = nth < count * (1 - OPEN_SHARE)
                state = states[nth % len(states)] if states else self._pick(ENDED if is_old else ON_THEIR_WAY)
                self._request(pk, incident, home, state, at)
            self._write()
            made += pks
        return made

    def _pick(self, weighted: dict[str, int]) -> str:
        return self.chance.choices(list(weighted), weights=list(weighted.values()))[0]

    def _write(self) -> None:
        """One COPY a table, in the order in which the tables point to each other."""
        order = (
            HardshipIncident, ApprovalRequest, ApprovalAction, AssistanceRequest, AssistanceLine, Delivery, AidGiven,
        )  # fmt: skip
        for model in order:
            pour(model, self.rows[model], now=self.now)
        self.rows.clear()
        with connection.cursor() as cursor:
            cursor.execute(DECIDE)  # nobody acts on a chain that is decided, so that it is afterwards

    def _request(self, pk: int, incident: int, home: dict[str, Any], state: str, at: datetime) -> None:
        chance, asker = self.chance, self.asker[home["office__code"]]
        self.serial += 1
        urgency = chance.choice([*Urgency])
        decided = at + DECIDED_WITHIN[urgency] * chance.uniform(0.2, 1.1) if state in (*APPROVED, "rejected") else None
        on = timezone.localdate(at)
        self.rows[HardshipIncident].append(
            {
                "id": incident, "family_id": home["family_id"], "kind": "illness", "created_by_id": asker,
                "occurred_on": on - timedelta(days=2), "entitlement_status": "not_eligible",
            }
        )  # fmt: skip
        lines = self._lines(pk, home, state, decided)
        chain = self._chain(pk, home, state, sum(line["asked"] for line in lines), at, decided)
        self.rows[AssistanceRequest].append(
            {
                "id": pk, "number": f"EAF-{home['office__code']}-B-{self.serial:06d}", "case_id": home["pk"],
                "family_id": home["family_id"], "office_id": home["office_id"], "requester_id": home["child_id"],
                "channel": "walk_in", "received_at": at, "incident_id": incident, "urgency": urgency.value,
                "need": WORDS, "state": state, "decision_due_at": at + DECIDED_WITHIN[urgency], "approval_id": chain,
                "decided_at": decided, "asked_by_id": asker, "created_by_id": asker,
                "expires_on": _expiry(decided) if state in APPROVED else None,
            }
        )  # fmt: skip

    def _lines(self, pk: int, home: dict[str, Any], state: str, decided: datetime | None) -> list[dict[str, Any]]:
        chance, made = self.chance, []
        kinds = chance.sample([*LineKind], k=chance.choice((1, 2, 2)))
        for kind in kinds:
            line = self.ids[AssistanceLine].pop()
            amount = chance.randrange(300, 2400, 50)
            is_yes = state in APPROVED
            paid = {"delivered": amount, "in_delivery": amount // 2}.get(state, 0)
            made.append(
                {
                    "id": line, "request_id": pk, "child_id": home["child_id"], "kind": kind.value,
                    "modality": MODALITIES[kind][0].value, "words": "", "period": f"bulk-{line}", "asked": amount,
                    "approved": amount if is_yes else None, "paid": paid, "state": LINES.get(state, "asked"),
                }
            )  # fmt: skip
            if paid and decided is not None:
                self._paid(line, paid, home, decided + timedelta(hours=chance.randrange(2, 90)))
            if is_yes and decided is not None:
                self._aid(line, kind, amount, home, state, decided)
        self.rows[AssistanceLine] += made
        return made

    def _paid(self, line: int, amount: int, home: dict[str, Any], at: datetime) -> None:
        self.rows[Delivery].append(
            {
                "line_id": line, "amount": amount, "number": f"R-B-{line}", "key": f"bulk-{line}",
                "received_by_id": home["child_id"], "received_name": "Naw Paw", "relation": "mother",
                "proof": "known_to_staff", "on": timezone.localdate(at), "by_id": self.cashier, "at": at,
            }
        )  # fmt: skip

    def _aid(self, line: int, kind: str, amount: int, home: dict[str, Any], state: str, at: datetime) -> None:
        given = {"delivered": "given", "expired": "cancelled"}.get(state, "promised")
        self.rows[AidGiven].append(
            {
                "child_id": home["child_id"], "family_id": home["family_id"], "programme": PROGRAMME, "kind": str(kind),
                "office_id": home["office_id"], "subject_type": subject_type(AssistanceLine()), "subject_id": line,
                "period": f"bulk-{line}", "amount": amount, "state": given, "promised_on": timezone.localdate(at),
                "given_on": timezone.localdate(at) if given == "given" else None,
            }
        )  # fmt: skip

    def _chain(
        self, pk: int, home: dict[str, Any], state: str, amount: int, at: datetime, decided: datetime | None
    ) -> int | None:  # fmt: skip
        """Of what waits for a decision or has one."""
        end = "approved" if state in APPROVED else CHAINED.get(state)
        if end is None:
            return None
        chain = self.ids[ApprovalRequest].pop()
        self.rows[ApprovalRequest].append(
            {
                "id": chain, "subject_type": subject_type(AssistanceRequest()), "subject_id": pk, "level": 2,
                "office_id_of": home["office_id"], "programme": PROGRAMME, "kind": KIND, "amount": amount,
                "band": {"from": "0", "to": "5000", "steps": STEPS, "cap": "0", "policy": 0}, "roles": ["FO"],
                "subject_version": 1, "barred": sorted({self.officer, self.asker[home["office__code"]]}),
                "persons": [home["child_id"]], "requested_by_id": self.officer, "requested_at": at,
            }
        )  # fmt: skip
        if decided is not None:
            self.rows[ApprovalAction].append(
                {
                    "request_id": chain, "step": 0, "user_id": self.second, "role": "FO", "at": decided,
                    "act": "approve" if end == "approved" else "reject",
                }
            )  # fmt: skip
        return chain


def _expiry(decided: datetime | None) -> date | None:
    return None if decided is None else timezone.localdate(decided + timedelta(days=60))


@transaction.atomic
def load_requests(
    *, users: dict[str, Any], count: int, now: datetime, chance: Random, states: Sequence[str] = ()
) -> list[int]:
    """Write so many requests upon the families that are there; answer their ids."""
    return BulkFund(users, now, chance).fill(count, states=states)
