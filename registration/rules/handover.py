"""Who receives a certificate: what must be said of them, and who may and must not be given it (day.md 18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error
from casework.people.match_pairs import are_names_alike
from registration.certificate_states import DifferenceOn
from registration.models import BirthRecord, Collector, Discrepancy
from registration.states import DiscrepancySeverity, DiscrepancyState, InformantRelation

from .guards import OPEN_DISCREPANCY

ONE_OF_THEM = frozenset({InformantRelation.MOTHER, InformantRelation.FATHER})
"""A child has one of each, however the name is spelled."""
ON_CERTIFICATE = frozenset({DifferenceOn.CERTIFICATE.value, "draft"})
"""Where a difference was found that goes out with the certificate; "draft" is its draft at the counter."""
NEED_NO_NAMING = ONE_OF_THEM | {InformantRelation.GUARDIAN}


MISSING = {
    "handed_over_to": _("Write who received the certificate."),
    "handed_over_relation": _("Choose how they belong to the child."),
    "handed_over_sign": _("Choose how they signed for the certificate."),
}


def live_collectors(birth: BirthRecord) -> list[Collector]:
    """Who may and who must not collect, as it stands now."""
    return [row for row in birth.collectors.all() if row.ended_on is None]


def receiver_findings(birth: BirthRecord, *, to: str, relation: str, sign: str) -> Iterator[Finding]:
    """BR-HAND-1 to BR-HAND-3: who receives it is written down, is not barred, and is one of those who may."""
    told = {"handed_over_to": to, "handed_over_relation": relation, "handed_over_sign": sign}
    missing = [field for field, value in told.items() if not value.strip()]
    yield from (error("BR-HAND-1", field, MISSING[field]) for field in missing)
    if missing:
        return
    named = live_collectors(birth)
    may = [row for row in named if row.is_allowed]
    if barred(named, name=to, relation=relation):
        yield error(
            "BR-HAND-2",
            "handed_over_to",
            _("This person must not be given the certificate. Hand it to somebody else, or ask a supervisor."),
        )
    elif may and relation not in NEED_NO_NAMING and not any(_is_named(row, to) for row in may):
        yield error(
            "BR-HAND-3",
            "handed_over_to",
            _("The family named who may collect it, and this person is not among them. Ask the family, then add them."),
        )


def open_on_certificate(birth: BirthRecord) -> list[Discrepancy]:
    """What is known to be wrong on the certificate and is not settled."""
    return [
        row for row in birth.discrepancies.all() if row.source_b in ON_CERTIFICATE and row.state in OPEN_DISCREPANCY
    ]


def to_be_told(birth: BirthRecord) -> list[Discrepancy]:
    """What should be corrected and nobody has asked for yet: the family hears of it with the certificate."""
    return [
        row
        for row in open_on_certificate(birth)
        if row.severity == DiscrepancySeverity.SHOULD_FIX and row.state == DiscrepancyState.OPEN
    ]


def told_findings(birth: BirthRecord, told: str) -> Iterator[Finding]:
    """BR-HAND-4: who hands over a certificate that should be corrected says what the family was told, or why it stays.

    It is handed over all the same; only sex and birth date must be settled (BR-REG-3). It is asked once the
    certificate was compared (BR-REG-5).
    """
    outcome = getattr(birth, "outcome", None)
    is_compared = outcome is not None and outcome.checked_on is not None
    rows = to_be_told(birth)
    if is_compared and rows and not told.strip():
        lines = ", ".join(f"{row.label}: {row.told_a} / {row.told_b}" if row.label else row.told_b for row in rows)
        sentence = _("The certificate differs (%(lines)s). Write what you told the family, or why it stays.")
        yield error("BR-HAND-4", "told", sentence % {"lines": lines})


def barred(named: Iterable[Collector], *, name: str, relation: str) -> Collector | None:
    """The row that forbids giving the certificate to a person; by their name, or by being the mother or the father."""
    return next((row for row in named if not row.is_allowed and is_meant(row, name=name, relation=relation)), None)


def is_meant(row: Collector, *, name: str, relation: str) -> bool:
    """Whether a row speaks of this person."""
    return (row.relation == relation and relation in ONE_OF_THEM) or _is_named(row, name)


def _is_named(row: Collector, name: str) -> bool:
    is_written_the_same = row.name.casefold().split() == name.casefold().split()
    return bool(row.name) and (is_written_the_same or are_names_alike(row.name, name))


def collector_findings(
    birth: BirthRecord, *, is_allowed: bool | None, name: str, relation: str, reason: str
) -> Iterator[Finding]:
    """BR-COL-1 to BR-COL-5: who is meant, why not, and no person on both lists."""
    if is_allowed is None:
        yield error("BR-COL-1", "is_allowed", _("Choose whether this person may collect it."))
        return
    if relation not in InformantRelation.values:
        yield error("BR-COL-2", "relation", _("Choose how this person belongs to the child."))
        return
    if not name.strip() and (is_allowed or relation not in ONE_OF_THEM):
        yield error("BR-COL-3", "name", _("Write the name. Only of a mother or father who must not, it may be empty."))
    if not is_allowed and not reason.strip():
        yield error("BR-COL-4", "reason", _("Write why this person must not be given the certificate."))
    for row in live_collectors(birth):
        if is_meant(row, name=name, relation=relation):
            sentence = (
                _("This person is on the list already.")
                if row.is_allowed == is_allowed
                else _("This person is on the other list. Take them off there first.")
            )
            yield error("BR-COL-5", "name", sentence)
            return
