"""Through which case a person is seen. Cases and programmes say so here; `visible_to()` reads only these rows."""

from __future__ import annotations

from collections.abc import Iterable

from casework.kernel.acts import act
from casework.people.models import MatchKey, Person, PersonReach

CASE = "cases.case"


@act
def set_reach(
    *,
    source_type: str,
    source_id: int,
    person_ids: Iterable[int],
    places: Iterable[tuple[int, str]] = (),
    level: int = 2,
    users: Iterable[int] = (),
) -> None:
    """Replace everything one case (source) opens: its persons, for these places and assigned users.

    A place is (office id, programme; "" when the case is in none). A sealed case gives no places, only users.
    Rows that are already right stay as they are.
    """
    places, users = set(places), set(users)
    wanted = {
        (person_id, office_id, programme, level, None)
        for person_id in set(person_ids)
        for office_id, programme in places
    } | {(person_id, None, "", level, user_id) for person_id in set(person_ids) for user_id in users}
    mine = PersonReach.objects.select_for_update().filter(source_type=source_type, source_id=source_id)
    stored = {
        (row.person_id, row.office_id, row.programme, row.level, row.user_id): row.pk for row in mine.order_by("pk")
    }
    PersonReach.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in wanted]).delete()
    PersonReach.objects.bulk_create(
        PersonReach(
            person_id=person_id, source_type=source_type, source_id=source_id,
            office_id=office_id, programme=programme, level=row_level, user_id=user_id,
        )
        for person_id, office_id, programme, row_level, user_id in sorted(wanted - stored.keys(), key=str)
    )  # fmt: skip


@act
def share_reach(*, of: Person, to: Person) -> None:
    """Let a new member of a family be seen wherever the family's person is seen, until the cases say it anew."""
    PersonReach.objects.bulk_create(
        (
            PersonReach(
                person=to, source_type=row.source_type, source_id=row.source_id,
                office_id=row.office_id, programme=row.programme, level=row.level, user_id=row.user_id,
            )
            for row in PersonReach.objects.filter(person=of)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def clear_reach(*, source_type: str, source_id: int) -> None:
    """Take away everything one source opens."""
    PersonReach.objects.filter(source_type=source_type, source_id=source_id).delete()


def set_match_state(*, child_id: int, is_sealed: bool, is_open: bool) -> None:
    """Tell the duplicate engine that a child's case was sealed, unsealed, closed or opened again."""
    MatchKey.objects.filter(child_id=child_id).update(is_sealed=is_sealed, is_open=is_open)
