"""When facts of a case were last confirmed, and how long nobody did anything on it."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.audit.models import Event

from .models import Case, FactConfirmed
from .queries import event_words
from .states import FactAnswer

DAYS_OF_A_MONTH = 30
NO_CONTACT = frozenset({"cases.facts.confirmed", "cases.case.closed"})
"""Acts that are no contact with the family."""
TAKEN_UP = frozenset({"cases.next_step.changed", "cases.case.reopened", "cases.case.resumed"})
"""Acts of today that say that somebody works on the case again."""


def value_digest(value: str) -> str:
    """What is kept of a confirmed value, so that a later change is noticed without keeping the value twice."""
    return salted_hmac("cases.fact", value).hexdigest()[:32]


def last_confirmed(case: Case) -> dict[str, FactConfirmed]:
    """Fact → the last time it was asked; one query."""
    rows = FactConfirmed.rows.filter(case=case).select_related("by")
    return {row.key: row for row in rows.order_by("key", "-at", "-pk").distinct("key")}


def confirmed_words(row: FactConfirmed | None, value: str, today: date) -> str:
    """ "confirmed 3 days ago by Naw Kham", "changed today by …", or nothing when the fact reads otherwise by now."""
    if row is None or (row.answer == FactAnswer.STILL_TRUE and row.value_digest != value_digest(value)):
        return ""
    when = _ago((today - timezone.localdate(row.at)).days)
    words = _("changed %(when)s by %(who)s") if row.answer == FactAnswer.CHANGED else _("confirmed %(when)s by %(who)s")
    return words % {"when": when, "who": row.by.name_now}


def _ago(days: int) -> str:
    if days <= 0:
        return _("today")
    if days < 2 * DAYS_OF_A_MONTH:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    months = days // DAYS_OF_A_MONTH
    return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}


def last_act(case: str, today: date) -> Subquery:
    """When somebody last did more than look on the case at the end of a path, as part of another query.

    Of today only what takes the case up counts: while a family is welcomed back its old facts are changed.
    """
    known = [action for action, words in event_words().items() if words.kind != "access" and action not in NO_CONTACT]
    rows = Event.objects.filter(case_id_of=OuterRef(case), action__in=known, actor__isnull=False)
    counted = rows.filter(Q(at__date__lt=today) | Q(action__in=TAKEN_UP))
    return Subquery(counted.order_by("-at").values("at")[:1])


def closed_by(case: Case) -> Event | None:
    """Who closed the case last, and when."""
    rows = Event.objects.filter(case_id_of=case.pk, action="cases.case.closed").select_related("actor")
    return rows.order_by("-id").first()
