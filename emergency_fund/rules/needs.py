"""What may be said of the needs of the children of a request."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error


@dataclass(frozen=True, kw_only=True)
class NeedSaid:
    """How serious one need of one child is, from 0 to 3, with a note for who works on the request."""

    child_id: int
    need: str
    severity: int
    note: str = ""


def against_needs(needs: Sequence[NeedSaid], *, children: Collection[int]) -> Iterator[Finding]:
    """E-EAF-177 and 178: needs of the children the request is for (`children` are their ids), each said once."""
    if {said.child_id for said in needs} - set(children):
        told = _("The request asks nothing for this child. Say the needs of the children it is for.")
        yield error("E-EAF-177", "needs", told)
    if len({(said.child_id, said.need) for said in needs}) < len(needs):
        yield error("E-EAF-178", "needs", _("Say each need of a child once."))
