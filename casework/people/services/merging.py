"""Make two records of one person one, and take that back within 30 days. Both numbers keep working."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.audit.services import Changes, changed_fields
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal, error, refuse_errors
from casework.people.models import (
    ConflictOfInterest,
    DuplicateHit,
    FamilyMember,
    IdentityDocument,
    MatchKey,
    Person,
    PersonMerge,
    PersonName,
    Phone,
)
from casework.people.queries.match_keys import blocks_of, features_of_key
from casework.people.rules import can_confirm_merge, can_undo_merge
from casework.people.states import HitState
from casework.programmes.contributions import registry

from .history import record_act
from .persons import WRITTEN_ON_PAPERS, tell_rooms

# What a person chooses side by side; names, papers, families and phones of both are kept.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": (),
    "sex": ("sex",),
    "birth": ("born_on", "born_precision", "born_as_told"),
    "death": ("died_on",),
    "languages": ("languages", "needs_interpreter"),
}
KEPT, DROPPED = "kept", "dropped"
UNDECIDED: dict[str, Any] = {
    "decision": "", "reason": "", "decided_by": None, "decided_at": None, "keep": None, "choices": {},
}  # fmt: skip


@transaction.atomic
def merge(
    *,
    kept: Person,
    dropped: Person,
    choices: Mapping[str, str],
    by: Any,
    confirmed_by: Any,
    now: datetime,
) -> PersonMerge:
    """Merge one record into another: the chosen values win, everything else of both is kept.

    `choices` maps a key of FIELDS to "kept" or "dropped". Afterwards every room is told (`person_merged`), and of what
    the kept record says otherwise by now (`person_changed`, `person_died`).
    Raises Conflict when the proposer confirms (PPL-MERGE-1) or a record was merged meanwhile (PPL-MERGE-2), Refusal
    where a room says what of the dropped record has to end first (PPL-MERGE-7).
    """
    can_confirm_merge(proposed_by_id=by.pk, user_id=confirmed_by.pk).insist()
    for contribution in registry if choices.get("death") == DROPPED else ():
        contribution.hold_for_death(kept)
    rows = _hold(kept.pk, dropped.pk)
    if kept.pk == dropped.pk or any(row.merged_into_id for row in rows.values()):
        raise Conflict("PPL-MERGE-2", "", _("One of these records was merged already. Look at it again."))
    kept, dropped = rows[kept.pk], rows[dropped.pk]
    refuse_loss(kept=kept, dropped=dropped)
    done = PersonMerge.objects.create(
        kept=kept,
        dropped=dropped,
        choices=dict(choices),
        before=_values(kept),
        moved=_move_rows(kept, dropped),
        proposed_by=by,
        confirmed_by=confirmed_by,
        merged_at=now,
    )
    changes = _take_values(kept, dropped, choices)
    Person.rows.filter(pk=dropped.pk).update(merged_into=kept, version=F("version") + 1)
    MatchKey.objects.filter(child=dropped).update(blocks=[])
    _settle_hits(kept, dropped)
    told = {"merged": (dropped.pk, kept.pk), **changes}
    record_act("people.person.merged", person=kept, by=confirmed_by, changes=told)
    for contribution in registry:
        contribution.person_merged(kept, dropped)
    if changes.keys() & WRITTEN_ON_PAPERS or choices.get("name") == DROPPED:
        tell_rooms(kept, confirmed_by, changes)
    for contribution in registry if changes.get("died_on", ("",))[0] is None else ():
        contribution.person_died(kept, confirmed_by)
    return done


def _hold(*people: int) -> dict[int, Person]:
    """The records as they stand now, held until what is done with them is done; always in the same order."""
    return Person.rows.select_for_update(of=("self",)).order_by("pk").in_bulk(people)


def refuse_loss(*, kept: Person, dropped: Person) -> None:
    """Raise Refusal (PPL-MERGE-7) where a merge would end what is on its way for the family."""
    refuse_errors(
        error("PPL-MERGE-7", "keep", sentence)
        for contribution in registry
        for sentence in contribution.merge_blockers(kept, dropped)
    )


def _values(person: Person) -> dict[str, Any]:
    """The values a merge can change, as they are stored in JSON."""
    names = [field for fields in FIELDS.values() for field in fields]
    values = {name: getattr(person, name) for name in names}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    primary = PersonName.rows.filter(person=person, is_primary=True).first()
    return plain | {"primary_name": primary.pk if primary else None}


def _move_rows(kept: Person, dropped: Person) -> dict[str, list[int]]:
    """Give the kept record what hangs on the dropped one; answer which rows moved. Repeated ones stay behind."""
    names = PersonName.rows.filter(person=dropped).exclude(full__in=PersonName.rows.filter(person=kept).values("full"))
    same = IdentityDocument.rows.filter(person=kept, is_current=True).values_list("type", "number")
    repeated = Q(pk__in=())
    for type, number in same:
        repeated |= Q(type=type, number=number)
    papers = IdentityDocument.rows.filter(person=dropped).exclude(repeated)
    families = FamilyMember.rows.filter(person=kept).values("family_id")
    members = FamilyMember.rows.filter(person=dropped).exclude(family__in=families)
    phones = Phone.rows.filter(person=dropped)
    lasting = Q(ended_at__isnull=True, until_on__isnull=True)
    known = ConflictOfInterest.rows.filter(lasting, person=kept).values("user")
    conflicts = ConflictOfInterest.rows.filter(person=dropped).exclude(lasting & Q(user__in=known))
    # ids first: moving changes what the queries find
    moved = {
        "names": list(names.values_list("pk", flat=True)),
        "papers": list(papers.values_list("pk", flat=True)),
        "members": list(members.values_list("pk", flat=True)),
        "phones": list(phones.values_list("pk", flat=True)),
        "conflicts": list(conflicts.values_list("pk", flat=True)),
        "former_primary": list(PersonName.rows.filter(person=dropped, is_primary=True).values_list("pk", flat=True)),
    }
    PersonName.rows.filter(pk__in=moved["names"]).update(person=kept, is_primary=False)
    IdentityDocument.rows.filter(pk__in=moved["papers"]).update(person=kept)
    FamilyMember.rows.filter(pk__in=moved["members"]).update(person=kept)
    Phone.rows.filter(pk__in=moved["phones"]).update(person=kept)
    ConflictOfInterest.rows.filter(pk__in=moved["conflicts"]).update(person=kept)
    return moved


def _take_values(kept: Person, dropped: Person, choices: Mapping[str, str]) -> Changes:
    """Write the values chosen from the dropped record; answers what changed."""
    chosen = [field for key, fields in FIELDS.items() if choices.get(key) == DROPPED for field in fields]
    changes = _write(kept, {field: getattr(dropped, field) for field in chosen})
    if choices.get("name") == DROPPED:
        _choose_name(kept, dropped)
    return changes


def _write(kept: Person, values: dict[str, Any]) -> Changes:
    """Write values of the kept record; answers what changed."""
    changes = changed_fields(kept, values)
    kept.version += 1
    kept.save(update_fields=[*changes, "version"])
    return changes


def _choose_name(kept: Person, dropped: Person) -> None:
    """Make the main name of the dropped record the main name of the kept one."""
    moved = PersonMerge.objects.filter(kept=kept, dropped=dropped, undone_at__isnull=True).get().moved
    chosen = PersonName.rows.filter(person=kept, pk__in=moved["former_primary"]).first()
    if chosen is None:  # the same name stood on both
        former = PersonName.rows.get(person=dropped, is_primary=True)
        chosen = PersonName.rows.get(person=kept, full=former.full)
    PersonName.rows.filter(person=kept, is_primary=True).update(is_primary=False)
    PersonName.rows.filter(pk=chosen.pk).update(is_primary=True)


def _settle_hits(kept: Person, dropped: Person) -> None:
    """Other pairs of the dropped record are settled: the kept record is compared anew."""
    others = DuplicateHit.rows.filter(Q(first=dropped) | Q(second=dropped), state=HitState.OPEN)
    for hit in others.exclude(Q(first=kept) | Q(second=kept)):
        move(hit, HitState.STALE)


def newest_merge(person: Person) -> PersonMerge:
    """The newest merge into a record that was not undone. Raises Conflict without one (PPL-MERGE-6)."""
    merged: PersonMerge | None = person.merges_kept.filter(undone_at__isnull=True).order_by("-merged_at").first()
    if merged is None:
        raise Conflict("PPL-MERGE-6", "", _("No other record was merged into this one. Nothing is to be taken back."))
    return merged


@transaction.atomic
def unmerge(*, merged: PersonMerge, by: Any, now: datetime, today: date, reason: str) -> PersonMerge:
    """Take a merge back: rows return, values of before return where nobody changed them since.

    Raises Conflict after 30 days or when it was undone (PPL-MERGE-3, 4), Refusal without a reason (PPL-MERGE-5).
    """
    if not reason.strip():
        raise Refusal("PPL-MERGE-5", "reason", _("Say why the merge is taken back."))
    merged = PersonMerge.objects.select_for_update().get(pk=merged.pk)
    is_undone = merged.undone_at is not None
    can_undo_merge(merged_on=timezone.localdate(merged.merged_at), today=today, is_undone=is_undone).insist()
    rows = _hold(merged.kept_id, merged.dropped_id)
    kept, dropped = rows[merged.kept_id], rows[merged.dropped_id]
    PersonName.rows.filter(person=kept, is_primary=True).update(is_primary=False)
    PersonName.rows.filter(pk__in=merged.moved["names"], person=kept).update(person=dropped)
    PersonName.rows.filter(pk__in=merged.moved["former_primary"]).update(is_primary=True)
    _restore_primary(kept, merged.before["primary_name"])
    IdentityDocument.rows.filter(pk__in=merged.moved["papers"], person=kept).update(person=dropped)
    FamilyMember.rows.filter(pk__in=merged.moved["members"], person=kept).update(person=dropped)
    Phone.rows.filter(pk__in=merged.moved["phones"], person=kept).update(person=dropped)
    ConflictOfInterest.rows.filter(pk__in=merged.moved.get("conflicts", []), person=kept).update(person=dropped)
    changes = _restore_values(kept, dropped, merged)
    Person.rows.filter(pk=dropped.pk).update(merged_into=None, version=F("version") + 1)
    _compare_again(dropped)
    _reopen_pair(kept, dropped)
    merged.undone_by, merged.undone_at = by, now
    merged.save(update_fields=["undone_by", "undone_at"])
    kept.refresh_from_db()
    dropped.refresh_from_db()
    told = {"merged": (kept.pk, dropped.pk), **changes}
    record_act("people.person.unmerged", person=kept, by=by, changes=told, reason=reason)
    for contribution in registry:
        contribution.person_unmerged(kept, dropped)
    if changes.keys() & WRITTEN_ON_PAPERS or merged.choices.get("name") == DROPPED:
        tell_rooms(kept, by, changes)
    return merged


def _reopen_pair(kept: Person, dropped: Person) -> None:
    """What was decided of the two no longer holds."""
    first, second = sorted((kept.pk, dropped.pk))
    for hit in DuplicateHit.rows.filter(first_id=first, second_id=second, state=HitState.DECIDED):
        move(hit, HitState.OPEN, **UNDECIDED)


def _compare_again(dropped: Person) -> None:
    """Give the record back the keys under which it is found."""
    key = MatchKey.objects.filter(child=dropped).first()
    if key:
        key.blocks = blocks_of(features_of_key(key))
        key.save(update_fields=["blocks"])


def _restore_primary(kept: Person, primary: int | None) -> None:
    """The main name of before, or the oldest name if it was removed since."""
    names = PersonName.rows.filter(person=kept)
    chosen = names.filter(pk=primary).first() or names.order_by("pk").first()
    if chosen:
        PersonName.rows.filter(pk=chosen.pk).update(is_primary=True)


def _restore_values(kept: Person, dropped: Person, merged: PersonMerge) -> Changes:
    """Give back the values the merge replaced, unless somebody changed them afterwards; answers what changed."""
    before: dict[str, Any] = {}
    for key, fields in FIELDS.items():
        taken = merged.choices.get(key) == DROPPED
        if taken and all(getattr(kept, field) == getattr(dropped, field) for field in fields):
            before |= {field: merged.before[field] for field in fields}
    values = {
        name: date.fromisoformat(value) if name.endswith("_on") and value else value for name, value in before.items()
    }
    return _write(kept, values)
