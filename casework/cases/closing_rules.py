"""What each reason for closing a case asks for: where the family went, since when, who told us, what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kernel.refusals import Finding, error
from casework.reference.queries import term

from .calls_queries import unanswered_days
from .models import Case
from .states import ABROAD, GONE, CloseReason, Country, NewsFrom

ATTEMPTS = "cases.lost_contact_days"


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Where a family went, since when, and who told us."""

    on: date | None = None
    place_code: str = ""
    country: str = ""
    news_from: str = ""


NOT_GONE = Gone()


def gone_findings(case: Case, *, reason: str, gone: Gone, today: date) -> Iterator[Finding]:
    """CAS-GONE-1 to CAS-GONE-5: the day, the province or the country, who told us; and counted attempts."""
    if reason not in GONE:
        return
    if gone.on is None:
        yield error("CAS-GONE-1", "gone_on", gettext_lazy("Give the day; the last one known, when it is not certain."))
    elif gone.on > today:
        yield error("CAS-GONE-1", "gone_on", gettext_lazy("This day is in the future. Check the date."))
    if gone.news_from not in NewsFrom.values:
        yield error("CAS-GONE-4", "news_from", gettext_lazy("Choose who told us."))
    if reason in ABROAD:
        if gone.country not in Country.values:
            yield error("CAS-GONE-3", "country", gettext_lazy("Choose the country."))
    elif reason == CloseReason.TRANSFERRED_OUT:
        yield from _province_findings(case, gone)
    else:
        yield from _attempt_findings(case, today)


def _province_findings(case: Case, gone: Gone) -> Iterator[Finding]:
    if not gone.place_code:
        yield error("CAS-GONE-2", "place", gettext_lazy("Choose the province or district to which the family moved."))
    elif case.office.province_code and gone.place_code.startswith(case.office.province_code):
        yield error(
            "CAS-GONE-2",
            "place",
            gettext_lazy("This is the province of our office. Go on with the case, or choose where the family moved."),
        )


def _attempt_findings(case: Case, today: date) -> Iterator[Finding]:
    """CAS-GONE-5: calls on enough days stayed unanswered; a family that must not be called is not counted."""
    if case.do_not_contact:
        return
    needed, days = int(term(ATTEMPTS, today)), unanswered_days(case)
    if days < needed:
        sentence = _("Calls on %(days)d days stayed unanswered; %(needed)d are needed. Try again on another day.")
        yield error("CAS-GONE-5", "reason", sentence % {"days": days, "needed": needed})
