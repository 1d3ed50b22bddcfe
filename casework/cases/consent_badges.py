"""What the family agreed to share, as marks in the header of a case (interface.md §4, row 16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from casework.programmes.contributions import Badge, registry

from .states import ConsentDecision

NAMED = 2
"""So many purposes a mark names; the others are counted, so that the header stays low."""


class Answer(NamedTuple):
    """The newest answer for one purpose and recipient."""

    purpose: str
    decision: str
    until: date | None
    is_withdrawn: bool

    def stands(self, today: date) -> str:
        """How it stands today: the decision, or that it was withdrawn or has ended."""
        if self.is_withdrawn:
            return "withdrawn"
        if self.decision == ConsentDecision.YES and self.until is not None and self.until < today:
            return "ended"
        return self.decision


def newest_answers(consents: QuerySet[Any]) -> QuerySet[Any]:
    """The newest answer for each purpose and recipient, as JSON."""
    newest = consents.order_by("purpose", "recipient", "-pk").distinct("purpose", "recipient")
    until, withdrawn = (Cast(name, CharField()) for name in ("expires_on", "withdrawn_on"))
    return newest.values(told=JSONObject(purpose="purpose", decision="decision", until=until, withdrawn=withdrawn))


def answers_of_case() -> ArraySubquery:
    """The newest answers, for rows of cases."""
    from .models import Consent

    return ArraySubquery(newest_answers(Consent.rows.filter(case=OuterRef("pk"))))


def answers_told(case: Any) -> list[Answer]:
    """The newest answers of a case; a row of for_page() knows them."""
    kept = getattr(case, "consents_told", None)
    rows = kept if kept is not None else list(newest_answers(case.consents).values_list("told", flat=True))
    return [
        Answer(
            row["purpose"], row["decision"], date.fromisoformat(row["until"]) if row["until"] else None,
            row["withdrawn"] is not None,
        )
        for row in rows
    ]  # fmt: skip


def consent_badges(answers: Sequence[Answer], today: date, *, is_open: bool) -> Iterator[Badge]:
    """What may be shared, what no more, and that nobody asked; missing and withdrawn are told in words."""
    by_standing: dict[str, set[str]] = defaultdict(set)
    for answer in answers:
        by_standing[answer.stands(today)].add(answer.purpose)
    told = {
        "withdrawn": ("amber", _("Consent withdrawn: %(purposes)s")),
        "ended": ("amber", _("Consent ended: %(purposes)s")),
        "yes": ("grey", _("Consent: %(purposes)s")),
        "no": ("grey", _("No consent: %(purposes)s")),
        "on_paper": ("grey", _("Consent on paper, not seen: %(purposes)s")),
    }
    found = [standing for standing in told if standing in by_standing]
    for standing in found:
        kind, words = told[standing]
        yield Badge(kind=kind, text=words % {"purposes": _named(by_standing[standing])}, icon="file-check")
    if is_open and not found:
        yield Badge(kind="grey", text=_("Consent to share not asked"), icon="file-check")


def _named(purposes: set[str]) -> str:
    labels = [str(one.label) for one in registry.gather("consent_purposes") if one.key in purposes]
    names = ", ".join(labels[:NAMED])
    more = len(labels) - NAMED
    return _("%(names)s and %(n)d more") % {"names": names, "n": more} if more > 0 else names
