"""The easy birth: one page, one save; every state still passes through move() and is recorded (day.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.cases.states import Origin
from casework.kernel.acts import act
from casework.kernel.refusals import Refusal, refuse_errors
from registration.models import BirthRecord, ChecklistItem
from registration.rules.checklist import NOTIFIER
from registration.rules.facts import BirthFacts
from registration.rules.refusals import whose_paper
from registration.rules.validations import ready_name_findings
from registration.states import IN_HAND, TIMELY_TRACKS, ParentRole, RequirementLevel

from .intake import NoticeFacts, open_birth
from .progress import confirm_track, make_ready, see_originals


@act
def open_easy_birth(
    *, facts: BirthFacts, notice: NoticeFacts, office: Office, by: User, now: datetime, today: date, papers_seen: bool,
    acknowledged: Sequence[str] = (), received_on: date | None = None, origin: str = Origin.TYPED,
    twin_of: BirthRecord | None = None,
) -> BirthRecord:  # fmt: skip
    """Log a birth that is in time and confirm its way; with all papers seen and nothing missing it is ready to submit.

    Seen are the papers that must be there, those of a parent that were written down, and that of who notifies.
    Raises Refusal like open_birth, BR-EASY-1 when the facts do not make an easy birth: use the steps instead, and
    BR-NAME-1 or 5 when all papers were seen, the agreed spelling among them, and no Thai name of the child is given.
    """
    if papers_seen:
        own = () if facts.is_baby_of else [script for script, name in facts.names.items() if name]
        refuse_errors(ready_name_findings(own))
    birth = open_birth(
        facts=facts, notice=notice, office=office, by=by, now=now, today=today, acknowledged=acknowledged,
        received_on=received_on, origin=origin, twin_of=twin_of,
    )  # fmt: skip
    if birth.track_proposed not in TIMELY_TRACKS:
        raise Refusal(
            "BR-EASY-1", "", _("This birth is not an easy one. Use the full steps; what you typed is kept here.")
        )
    confirm_track(birth=birth, track=birth.track_proposed, reason="", by=by, now=now, today=today)
    if papers_seen:
        see_originals(birth=birth, items=_seen(birth), by=by)
    with suppress(Refusal), transaction.atomic():  # what is missing is gathered; the page says what it is
        make_ready(birth=birth, by=by, today=today)
    return birth


def _seen(birth: BirthRecord) -> list[ChecklistItem]:
    """The papers that the tick tells of, and that are not in hand yet."""
    written = set(birth.parents.filter(has_paper=True).values_list("role", flat=True))
    unwritten = {"", ParentRole.MOTHER, ParentRole.FATHER} - written
    is_notifier_shown = birth.informant_relation not in unwritten
    return [
        item
        for item in birth.items.exclude(state__in=IN_HAND).select_related("requirement")
        if item.level == RequirementLevel.STAR
        or whose_paper(item.requirement) in written
        or (item.requirement.key == NOTIFIER and is_notifier_shown)
    ]
