"""What may be said of the needs of the children of a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate
from casework.kernel.refusals import Finding, error
from emergency_fund.states import NeedKind


@dataclass(frozen=True, kw_only=True)
class NeedSaid:
    """How serious one need of one child is, from 0 to 3, with a note for who works on the request."""

    child_id: int
    need: str
    severity: int
    note: str = ""


def needs_asked(born: BirthDate, today: date, school_from: int) -> list[NeedKind]:
    """What is asked about a child: school only of one that can be old enough."""
    is_too_young = born.is_under(school_from, today)
    return [need for need in NeedKind if need != NeedKind.SCHOOL or not is_too_young]


def against_needs(
    needs: Sequence[NeedSaid], *, children: Mapping[int, BirthDate], today: date, school_from: int
) -> Iterator[Finding]:
    """E-EAF-177 to 179: needs of the children it is for (by their ids), each said once, school not before its time."""
    if {said.child_id for said in needs} - set(children):
        told = _("The request asks nothing for this child. Say the needs of the children it is for.")
        yield error("E-EAF-177", "needs", told)
    if len({(said.child_id, said.need) for said in needs}) < len(needs):
        yield error("E-EAF-178", "needs", _("Say each need of a child once."))
    known = [said for said in needs if said.child_id in children]
    if any(said.need not in needs_asked(children[said.child_id], today, school_from) for said in known):
        told = _("A child under %(age)s does not go to school yet. Leave that need out.")
        yield error("E-EAF-179", "needs", told % {"age": school_from})
