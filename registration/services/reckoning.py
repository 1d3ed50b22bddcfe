"""Keep true what rests on the facts of a birth and on the day: the end of the 15 days, the way they point to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.kernel.acts import act
from casework.kernel.dates import BirthDate, Precision
from casework.kernel.requests import moment_of_act
from casework.people.models import Person
from casework.people.names import scripts_in
from casework.people.states import Script
from registration.certificate_states import CounterLineKey, DifferenceOn
from registration.models import BirthRecord
from registration.queries.facts import facts_of
from registration.rules.guards import OPEN_DISCREPANCY
from registration.rules.tracks import reckoned
from registration.states import UNSUBMITTED, ParentRole, Status

from .discrepancies import note_difference
from .matching import refresh_matches
from .office import compare_again
from .progress import back_to_gathering, date_items, note

Changes = Mapping[str, tuple[Any, Any]]
NAMED = {
    ParentRole.MOTHER: CounterLineKey.MOTHER,
    ParentRole.FATHER: CounterLineKey.FATHER,
}


@act
def reckon(*, birth: BirthRecord, by: User | None, today: date) -> bool:
    """Reckon time limit and proposed way anew; the confirmed way stays, a person confirms another (decision 21).

    Writes only what changed; answers whether something did.
    """
    changes = changed_fields(birth, reckoned(facts_of(birth), birth.track, today=today))
    if changes:
        birth.save(update_fields=list(changes))
        date_items(birth)
        note(birth, "limits.changed", by, changes=changes)
    return bool(changes)


def reckon_all(*, today: date) -> int:
    """Reckon every record that is not at the office yet, each for itself; answers how many changed.

    A day more makes a birth late, a holiday of a new year moves the end of the 15 days.
    """
    waiting = BirthRecord.rows.filter(status__in=UNSUBMITTED)
    return sum(_reckon_one(pk, today) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)))


@act
def _reckon_one(pk: int, today: date) -> bool:
    birth = BirthRecord.rows.select_for_update(of=("self",)).filter(pk=pk, status__in=UNSUBMITTED).first()
    return birth is not None and reckon(birth=birth, by=None, today=today)


@act
def look_again(*, person: Person, by: User, changes: Changes) -> None:
    """What is written of a child or parent changed: look at what rests on it (C5, C6, C8, decision 22).

    Before the office has the papers, the limits are reckoned and a ready record goes back to gathering; afterwards the
    change is a difference.
    """
    now = moment_of_act()
    of_person = Q(case__child=person) | Q(parents__person=person)
    for birth in BirthRecord.rows.filter(of_person).order_by("pk").distinct():
        if birth.status in UNSUBMITTED:
            reckon(birth=birth, by=by, today=localdate(now))
        elif birth.status != Status.CLOSED:
            _note_changes(birth, person, changes, by)
        if birth.status == Status.READY:
            reason = gettext("A name, birth date or sex of the family was changed.")
            back_to_gathering(birth=birth, by=by, today=localdate(now), reason=reason)
        refresh_matches(birth, now=now)


def _note_changes(birth: BirthRecord, person: Person, changes: Changes, by: User) -> None:
    """What the papers at the office, or the certificate, say otherwise by now."""
    if hasattr(birth, "outcome"):
        compare_again(outcome=birth.outcome, by=by)
        return
    for field, written, right in _lines(birth, person, changes):
        known = birth.discrepancies.filter(field=field, value_b=written, source_b=DifferenceOn.LETTER)
        if not known.filter(state__in=OPEN_DISCREPANCY).exists():
            note_difference(birth=birth, field=field, right=right, written=written, on=DifferenceOn.LETTER, by=by)


def _lines(birth: BirthRecord, person: Person, changes: Changes) -> Iterator[tuple[str, str, str]]:
    """Line of the certificate, what was written on it before, what is right: sex and date of the child, Thai names."""
    is_child = birth.case.child_id == person.pk
    if is_child:
        yield from _lines_of_child(person, changes)
    before, after = changes.get("full", ("", ""))
    if Script.THAI in scripts_in(before):
        roles = birth.parents.filter(person=person).values_list("role", flat=True)
        lines = [CounterLineKey.CHILD] if is_child else [NAMED[ParentRole(role)] for role in roles if role in NAMED]
        yield from ((line, before, after) for line in lines)


def _lines_of_child(child: Person, changes: Changes) -> Iterator[tuple[str, str, str]]:
    before, after = changes.get("sex", ("", ""))
    if before and after:
        yield CounterLineKey.SEX, str(before), str(after)
    now = child.birth
    was = BirthDate(
        changes.get("born_on", (now.on,))[0], Precision(changes.get("born_precision", (now.precision,))[0])
    )  # fmt: skip
    if was.contradicts(now):
        yield CounterLineKey.BORN, was.iso, now.iso
