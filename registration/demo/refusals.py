"""In the demo: a father who does not acknowledge his child, and somebody who must not be given a certificate."""

from __future__ import annotations

from datetime import timedelta

from registration.models import BirthRecord
from registration.refusal_states import HeardFrom, OtherParentSays, Refused, RefusedBecause, RefusingParent
from registration.refusal_states import RefusalWay as Way
from registration.services.collectors import name_collector
from registration.services.refusals import record_refusal
from registration.states import InformantRelation

from .clinic import DemoClinic, at_desk, lead_of


def load_refusals(clinic: DemoClinic) -> None:
    """What stands between a family and its certificate."""
    refuse(clinic)
    bar(clinic)


def _gathering(clinic: DemoClinic, *, days: int) -> BirthRecord:
    born = clinic.today - timedelta(days=days)
    birth = clinic.confirm(clinic.intake(clinic.facts(born), born + timedelta(days=1)), born + timedelta(days=1))
    birth.refresh_from_db()
    return birth


def refuse(clinic: DemoClinic) -> None:
    """The father is not sure; the mother wants the certificate, on her side alone if need be."""
    birth, today = _gathering(clinic, days=8), clinic.today
    record_refusal(
        birth=birth, parent=RefusingParent.FATHER, what=Refused.PATERNITY, because=RefusedBecause.DOUBT,
        words="“I was away at sea when it began.”", heard_from=HeardFrom.SELF, other_parent=OtherParentSays.WANTS,
        refused_on=today - timedelta(days=2), way=Way.MOTHERS_SIDE,
        next_step="Ask the mother which papers of her side she can bring", next_step_on=today + timedelta(days=2),
        by=lead_of(birth), now=at_desk(today, 40), today=today,
    )  # fmt: skip


def bar(clinic: DemoClinic) -> None:
    """A former employer holds the mother's papers already; the aunt may come instead."""
    birth = _gathering(clinic, days=10)
    name_collector(
        birth=birth, is_allowed=False, name="U Maung Lay", relation=InformantRelation.OTHER,
        reason="Former employer, holds the mother's passport", by=lead_of(birth),
    )  # fmt: skip
    name_collector(
        birth=birth, is_allowed=True, name="Daw San Htwe", relation=InformantRelation.RELATIVE, reason="",
        by=lead_of(birth),
    )  # fmt: skip
