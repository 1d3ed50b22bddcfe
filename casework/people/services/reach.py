"""Through which case a person is seen. Cases and programmes say so here; `visible_to()` reads only these rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from casework.kernel.acts import act
from casework.people.models import MatchKey, Person, PersonReach

CASE = "cases.case"

_Opened = tuple[int | None, str, int, int | None, datetime | None]
"""Office and programme, level, user, until when."""


@act
def set_reach(
    *,
    source_type: str,
    source_id: int,
    person_ids: Iterable[int],
    places: Iterable[tuple[int, str]] = (),
    level: int = 2,
    users: Mapping[int, datetime | None] | None = None,
) -> None:
    """Replace everything one case (source) opens: its persons, for these places and assigned users.

    A place is (office id, programme; "" when the case is in none). A user has the moment at which the reach ends by
    itself, or None. A sealed case gives no places, only users. Rows that are already right stay as they are.
    """
    opened: list[_Opened] = [(office_id, programme, level, None, None) for office_id, programme in places]
    opened += [(None, "", level, user_id, until_at) for user_id, until_at in (users or {}).items()]
    wanted = {(person_id, *one) for person_id in person_ids for one in opened}
    mine = PersonReach.objects.select_for_update().filter(source_type=source_type, source_id=source_id)
    stored = {
        (row.person_id, row.office_id, row.programme, row.level, row.user_id, row.until_at): row.pk
        for row in mine.order_by("pk")
    }
    PersonReach.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in wanted]).delete()
    PersonReach.objects.bulk_create(
        PersonReach(
            person_id=person_id, source_type=source_type, source_id=source_id,
            office_id=office_id, programme=programme, level=row_level, user_id=user_id, until_at=until_at,
        )
        for person_id, office_id, programme, row_level, user_id, until_at in sorted(wanted - stored.keys(), key=str)
    )  # fmt: skip


@act
def share_reach(*, of: Person, to: Person) -> None:
    """Let a new member of a family be seen wherever the family's person is seen, until the cases say it anew."""
    PersonReach.objects.bulk_create(
        (
            PersonReach(
                person=to, source_type=row.source_type, source_id=row.source_id,
                office_id=row.office_id, programme=row.programme, level=row.level, user_id=row.user_id,
                until_at=row.until_at,
            )
            for row in PersonReach.objects.live().filter(person=of)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def end_reach(*, source_type: str, source_ids: Iterable[int], user_id: int) -> None:
    """Take away what these sources open to one assigned user."""
    opened = PersonReach.objects.filter(source_type=source_type, source_id__in=source_ids)
    opened.filter(user_id=user_id).delete()


def set_match_state(*, child_id: int, is_sealed: bool, is_open: bool) -> None:
    """Tell the duplicate engine that a child's case was sealed, unsealed, closed or opened again."""
    MatchKey.objects.filter(child_id=child_id).update(is_sealed=is_sealed, is_open=is_open)
