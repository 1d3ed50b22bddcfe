"""What an easy birth of an office most often is: its hospital, its registry office, the language of its families."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone

from casework.accounts.models import Office
from casework.cases.models import NoticeGiven
from casework.reference.codes import offered
from casework.reference.models import Facility
from registration.models import BirthRecord, RegistryOffice
from registration.open_lists import CHANNELS

LOOKED_AT = 50
"""The latest births that say what is usual."""

GUESSED = frozenset(
    {
        "channel", "place_kind", "proof", "proof_held_by", "notice_on", "informant_relation", "mother_knowledge",
        "father_knowledge", "facility", "registry_office", "notice_language", "country",
    }
)  # fmt: skip
"""What the page of an easy birth begins with; none of it was typed."""


def usual_answers(office: Office) -> dict[str, Any]:
    """Answers to begin with: the only choice there is, else the one most of the latest births had.

    A language is given only when all of the latest families were informed in it.
    """
    latest = BirthRecord.rows.filter(office=office).order_by("-pk")
    births = list(latest.values_list("facility_id", "registry_office_id")[:LOOKED_AT])
    given = NoticeGiven.rows.filter(case__office=office).order_by("-pk").values_list("language", flat=True)
    languages = set(given[:LOOKED_AT])
    return {
        "facility": most(facility for facility, _registry in births) or only(Facility),
        "registry_office": most(registry for _facility, registry in births) or only(RegistryOffice),
        "notice_language": languages.pop() if len(languages) == 1 else "",
    }


def answers_as_before(birth: BirthRecord) -> dict[str, Any]:
    """What the next birth shares with the one that was logged before it: the place, the office, the day and language.

    All of it is guessed: a page that says nothing else is not typed. A code that is offered no longer is left out.
    """
    given = birth.case.notices_given.order_by("-pk").first()
    told = {"notice_on": given.given_on, "notice_language": given.language} if given else {}
    is_offered = birth.channel in dict(offered(CHANNELS, timezone.localdate()))
    return {
        "channel": birth.channel if is_offered else "", "place_kind": birth.place_kind, "facility": birth.facility_id,
        "registry_office": birth.registry_office_id, **told,
    }  # fmt: skip


def most(chosen: Any) -> int | None:
    """The choice made most often."""
    counted = Counter(pk for pk in chosen if pk is not None).most_common(1)
    return counted[0][0] if counted else None


def only(model: type[Facility] | type[RegistryOffice]) -> int | None:
    """The choice in use when there is one alone."""
    rows = list(model.objects.filter(is_active=True).values_list("pk", flat=True)[:2])
    return rows[0] if len(rows) == 1 else None
