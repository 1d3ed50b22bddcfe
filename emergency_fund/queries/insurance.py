"""Prices of insurances, covers that stand in the way, and the insurances of a request as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.aid.models import InsuranceCover
from casework.aid.queries import of_children
from casework.aid.states import COVERS, CoverState, Scheme
from casework.people.models import Person
from casework.reference.models import Facility
from casework.reference.queries import term
from casework.ui.templatetags.words import baht
from emergency_fund.insurance_states import LIVE, WAS_ORDERED, PolicyState
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy, InsuranceTariff
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import insurance as rules
from emergency_fund.states import LineKind, LineState

TO_RENEW = (PolicyState.ACTIVE, PolicyState.EXPIRING, PolicyState.EXPIRED)
COLOURS: dict[str, str] = {
    PolicyState.QUOTED: "grey", PolicyState.ORDERED: "blue", PolicyState.ACTIVE: "green",
    PolicyState.EXPIRING: "amber", PolicyState.EXPIRED: "red", PolicyState.REJECTED: "red",
}  # fmt: skip


def newborn_days(today: date) -> int:
    """Within how many days of birth a newborn is insured from its birth."""
    return int(term(f"{PROGRAMME}.newborn_days", today))


def age_on(child: Person, on: date) -> int | None:
    """The whole years of a child on a day; None where its birth date is not known."""
    age = child.birth.age_on(on)
    return None if age is None else age[0]


def tariffs_on(scheme: str, on: date) -> list[InsuranceTariff]:
    """What a scheme costs on a day, for each age."""
    return list(InsuranceTariff.objects.live(on).filter(scheme=scheme))


def overlapping(child: Person, first: date, last: date, *, but: InsuranceCover | None = None) -> Any:
    """First and last day of a cover of the child that shares a day with these, by any programme; or None."""
    covers = InsuranceCover.rows.filter(of_children([child.record_now().pk]), state__in=COVERS)
    rows = covers.filter(valid_from__lte=last, valid_to__gte=first)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.order_by("-valid_to").values_list("valid_from", "valid_to").first()


def is_card_of_another(child: Person, number: str) -> bool:
    """Whether a cover in force of another child has this card."""
    rows = InsuranceCover.rows.filter(card_number=number, state=CoverState.ACTIVE)
    return rows.exclude(of_children([child.record_now().pk])).exists()


def quote_of(line: AssistanceLine) -> InsurancePolicy | None:
    """The insurance that a line buys now."""
    return InsurancePolicy.rows.filter(line=line, state__in=LIVE).select_related("cover", "tariff").first()


def is_replaced(policy: InsurancePolicy) -> bool:
    """Whether an insurance ran out, and its line buys another one."""
    return policy.state == PolicyState.EXPIRED and quote_of(policy.line) is not None


def is_ready_to_pay(line: AssistanceLine) -> bool:
    """Whether the insurance of a line was ordered, or it buys something else."""
    if line.kind != LineKind.HEALTH_INSURANCE:
        return True
    return InsurancePolicy.rows.filter(line=line, state__in=WAS_ORDERED).exists()


def ended_on(line: AssistanceLine, today: date) -> date | None:
    """The last day of the line's insurance where that is over; None otherwise."""
    if line.kind != LineKind.HEALTH_INSURANCE:
        return None
    rows = InsurancePolicy.rows.filter(line=line, state__in=WAS_ORDERED).order_by("-pk")
    last: date | None = rows.values_list("cover__valid_to", flat=True).first()
    return last if last is not None and last < today else None


def waits_for_order(lines: Iterable[AssistanceLine]) -> set[int]:
    """Ids of the lines that cannot be paid yet, as their insurance was not ordered."""
    insured = {line.pk for line in lines if line.kind == LineKind.HEALTH_INSURANCE}
    ordered = InsurancePolicy.rows.filter(line__in=insured, state__in=WAS_ORDERED).values_list("line_id", flat=True)
    return insured - set(ordered) if insured else set()


def first_day(child: Person, today: date) -> date:
    """The day from which the child would be insured: after what covers it now, of a newborn its birth, else today."""
    covers = InsuranceCover.rows.filter(of_children([child.record_now().pk]), state__in=COVERS, valid_to__gte=today)
    last = covers.order_by("-valid_to").values_list("valid_to", flat=True).first()
    if last is not None:
        return last + timedelta(days=1)
    born = child.born_on
    return born if born is not None and rules.is_newborn(born, today, newborn_days(today)) else today


def scheme_choices(today: date) -> list[tuple[str, str]]:
    """The insurances that have a price, each with what it costs for which age."""
    rows = InsuranceTariff.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).order_by("age_from")
    told: dict[str, list[str]] = {}
    for row in rows:
        words = {"low": row.age_from, "high": row.age_to, "price": baht(row.price), "months": row.months}
        told.setdefault(row.scheme, []).append(
            _("ages %(low)s–%(high)s: %(price)s for %(months)s months") % words
        )  # fmt: skip
    return [(key, f"{label} ({'; '.join(told[key])})") for key, label in Scheme.choices if key in told]


def fitting_scheme(child: Person, on: date) -> str:
    """The scheme that is for the child's age on a day and costs something; nothing where none is."""
    age = age_on(child, on)
    if age is None:
        return ""
    rows = InsuranceTariff.objects.live(on).filter(age_from__lte=age, age_to__gte=age, premium__gt=0)
    return rows.order_by("premium").values_list("scheme", flat=True).first() or ""


def hospitals() -> list[Facility]:
    """Hospitals in use."""
    return sorted(Facility.objects.filter(is_active=True), key=str)


@dataclass(frozen=True, kw_only=True)
class InsuranceShown:
    """The insurance of a line as the page of its request shows it, with what the person may do next."""

    line: AssistanceLine
    child: str
    policy: InsurancePolicy | None
    may_quote: bool
    may_order: bool
    may_take_card: bool
    may_end: bool
    may_renew: bool

    @property
    def colour(self) -> str:
        """The colour of the badge that says how it stands."""
        return COLOURS.get(self.policy.state, "grey") if self.policy else "grey"


def insurances_of(request: AssistanceRequest, lines: Iterable[Any], may_do: Mapping[str, bool]) -> list[InsuranceShown]:
    """The insurances of a request's lines, of each line the newest; one query, none without such a line."""
    wanted = [shown for shown in lines if shown.line.kind == LineKind.HEALTH_INSURANCE]
    newest = _newest([shown.line.pk for shown in wanted]) if wanted else {}
    return [_shown(request, shown, newest.get(shown.line.pk), may_do) for shown in wanted]


def _shown(
    request: AssistanceRequest, shown: Any, policy: InsurancePolicy | None, may_do: Mapping[str, bool]
) -> InsuranceShown:
    line, may_tend = shown.line, may_do["ask"] and policy is not None
    state = policy.state if policy is not None else ""
    return InsuranceShown(
        line=line, child=shown.child, policy=policy,
        may_quote=may_do["screen"] and bool(
            rules.can_quote(line.kind, line.state, request.state, has_price=state in LIVE)
        ),
        may_order=may_tend and bool(rules.can_order(state, line.state)),
        may_take_card=may_tend and bool(rules.can_take_card(state)),
        may_renew=may_tend and may_do["case"] and state in TO_RENEW,
        may_end=may_tend and line.state != LineState.ASKED and bool(rules.can_end(state, PolicyState.CANCELLED)),
    )  # fmt: skip


def _newest(lines: Sequence[int]) -> dict[int, InsurancePolicy]:
    rows = InsurancePolicy.rows.filter(line__in=lines).select_related("cover__hospital", "line", "renews__cover")
    return {policy.line_id: policy for policy in rows.order_by("pk")}
