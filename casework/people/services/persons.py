"""Persons and their names: make, rename, correct."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from casework.audit.services import Act, changed_fields, record_events
from casework.kernel.acts import act
from casework.kernel.dates import BirthDate, Precision, birth_date_findings
from casework.kernel.digits import clean_line
from casework.kernel.refusals import Conflict, Refusal, refuse_errors, refuse_unacknowledged
from casework.people import names as spelling
from casework.people.models import Person, PersonName
from casework.people.states import NameKind, Sex
from casework.programmes.contributions import registry

from .history import record_act
from .naming import OWN, kind_after, kind_of, leave_baby_of

WRITTEN_ON_PAPERS = frozenset({"born_on", "born_precision", "sex"})
UNKNOWN_BIRTH = BirthDate(None, Precision.UNKNOWN)


@dataclass(frozen=True)
class NewName:
    """A name as it was given: the text, its kind, whether it is the main one."""

    full: str
    kind: str = NameKind.AS_SPOKEN
    is_primary: bool = False


Names = Mapping[str, str] | Iterable[NewName]


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """A person to be added: names, birth, sex, languages.

    `names` is {script: text} (the first is the main one) or a list of NewName.
    """

    names: Names
    birth: BirthDate = UNKNOWN_BIRTH
    sex: str = Sex.UNKNOWN
    languages: Collection[str] = ()
    needs_interpreter: bool = False
    born_as_told: str = ""


@act
def create_person(
    *,
    names: Names,
    by: Any,
    today: date,
    birth: BirthDate = UNKNOWN_BIRTH,
    sex: str = Sex.UNKNOWN,
    languages: Collection[str] = (),
    needs_interpreter: bool = False,
    born_as_told: str = "",
    acknowledged: Collection[str] | None = None,
) -> Person:
    """Add a person with at least one name. What a NewPerson holds, see there; raises as create_persons."""
    new = NewPerson(
        names=names,
        birth=birth,
        sex=sex,
        languages=languages,
        needs_interpreter=needs_interpreter,
        born_as_told=born_as_told,
    )
    return create_persons([new], by=by, today=today, acknowledged=acknowledged)[0]


@act
def create_persons(
    new: Sequence[NewPerson], *, by: Any, today: date, acknowledged: Collection[str] | None = None
) -> list[Person]:
    """Add several persons at once, each with at least one name.

    Raises Refusal when there is no name (BR-NAME-1) or the birth date cannot be (BR-DOB-1, E-DATE-4).
    """
    named = [_checked_names(one, today, acknowledged) for one in new]
    persons = Person.rows.bulk_create(_person(one, by) for one in new)
    PersonName.rows.bulk_create(
        _row(person, name, is_primary=name.is_primary)
        for person, names in zip(persons, named, strict=True)
        for name in names
    )
    record_events("people.person.added", actor=by, acts=[Act(subject=person) for person in persons])
    return persons


def _checked_names(new: NewPerson, today: date, acknowledged: Collection[str] | None) -> list[NewName]:
    """The names of a person to be added, exactly one of them the main one."""
    wanted = _as_list(new.names)
    if not wanted:
        raise Refusal("BR-NAME-1", "name", _("Write the name as the family says it. One script is enough."))
    refuse_errors(birth_date_findings(new.birth, today=today, field="birth"))
    for name in wanted:
        refuse_unacknowledged(spelling.name_findings(name.full, field="name"), acknowledged)
    first = next((name for name in wanted if name.is_primary), wanted[0])
    return [replace(name, is_primary=name is first) for name in wanted]


def _person(new: NewPerson, by: Any) -> Person:
    return Person(
        sex=new.sex,
        born_on=new.birth.on,
        born_precision=new.birth.precision,
        born_as_told=clean_line(new.born_as_told)[:80],
        languages=list(new.languages),
        needs_interpreter=new.needs_interpreter,
        created_by=by,
    )


def _as_list(given: Names) -> list[NewName]:
    listed = [NewName(text) for text in given.values()] if isinstance(given, Mapping) else list(given)
    cleaned = [NewName(clean_line(name.full)[:200], name.kind, name.is_primary) for name in listed]
    return [NewName(name.full, kind_of(name.full, name.kind), name.is_primary) for name in cleaned if name.full]


def _row(person: Person, name: NewName, *, is_primary: bool) -> PersonName:
    return PersonName(person=person, kind=name.kind, is_primary=is_primary, **computed(name.full))


def computed(full: str) -> dict[str, str]:
    """The text of a name with what is computed from it: script, title, and the keys for finding and sorting."""
    return {
        "full": full,
        "script": spelling.guess_script(full),
        "honorific": spelling.split_honorific(full)[0][:20],
        "search_key": spelling.search_key(full),
        "phonetic_key": spelling.phonetic_key(full),
        "sort_key": spelling.sort_key(full),
    }


def _locked(person: Person) -> Person:
    """The person's stored row, locked, so that two people cannot change its names at once."""
    stored = Person.rows.select_for_update(of=("self",)).get(pk=person.pk)
    if stored.merged_into_id:
        raise Conflict("PPL-MERGED-1", "", _("This record was merged with another one. Change the other record."))
    return stored


@act
def add_name(
    *,
    person: Person,
    full: str,
    by: Any,
    kind: str = NameKind.AS_SPOKEN,
    is_primary: bool = False,
    acknowledged: Collection[str] | None = None,
) -> PersonName:
    """Add a name in any script. The first name of their own makes what a child was called before an earlier name.

    Raises Refusal when it is empty (BR-NAME-1) or stands there already (PPL-NAME-2).
    """
    person = _locked(person)
    full = clean_line(full)[:200]
    refuse_unacknowledged(spelling.name_findings(full, field="name"), acknowledged)
    if PersonName.rows.filter(person=person, full=full).exists():
        raise Refusal("PPL-NAME-2", "name", _("This name is there already."))
    is_first = not PersonName.rows.filter(person=person, is_primary=True).exists()
    if is_primary:
        PersonName.rows.filter(person=person, is_primary=True).update(is_primary=False)
    row = _row(person, NewName(full, kind_of(full, kind)), is_primary=is_primary or is_first)
    row.save()
    _touch(person)
    record_act("people.name.added", person=person, by=by, changes={"name": ("", full)})
    is_named = leave_baby_of(person=person, named=row, by=by)
    if is_named or is_primary:
        tell_rooms(person, by, {})
    return row


@act
def change_name(
    *,
    name: PersonName,
    full: str,
    by: Any,
    kind: str | None = None,
    keep_former: bool = False,
    acknowledged: Collection[str] | None = None,
) -> PersonName:
    """Correct a name, or replace it and keep the former one as an earlier name, as "baby of" always is.

    Raises as add_name, and Conflict for a name that was taken away meanwhile (PPL-NAME-5).
    """
    person = _locked(name.person)
    name = _current(name)
    full = clean_line(full)[:200]
    refuse_unacknowledged(spelling.name_findings(full, field="name"), acknowledged)
    if PersonName.rows.filter(person=person, full=full).exclude(pk=name.pk).exists():
        raise Refusal("PPL-NAME-2", "name", _("This name is there already."))
    former, was_baby_of = name.full, name.kind == NameKind.BABY_OF
    changes = changed_fields(name, computed(full) | {"kind": kind_after(name, full, kind)})
    if not changes:
        return name
    name.save()
    is_named = was_baby_of and name.kind in OWN
    if (keep_former or is_named) and former != full:
        _row(person, NewName(former, NameKind.PREVIOUS), is_primary=False).save()
    _touch(person)
    told = {field: pair for field, pair in changes.items() if field in ("full", "kind")}
    record_act("people.name.changed", person=person, by=by, changes=told)
    leave_baby_of(person=person, named=name, by=by)
    tell_rooms(person, by, told)
    return name


def _current(name: PersonName) -> PersonName:
    """The stored row of a name whose person is locked."""
    stored = PersonName.rows.filter(pk=name.pk).first()
    if stored is None:
        raise Conflict("PPL-NAME-5", "", _("This name was taken away meanwhile. Look at the person again."))
    return stored


@act
def make_name_primary(*, name: PersonName, by: Any) -> PersonName:
    """Make a name the main one."""
    person = _locked(name.person)
    before = PersonName.rows.filter(person=person, is_primary=True).first()
    if before and before.pk == name.pk:
        return name
    PersonName.rows.filter(person=person, is_primary=True).update(is_primary=False)
    name.is_primary = True
    name.save(update_fields=["is_primary"])
    _touch(person)
    changes = {"main name": (before.full if before else "", name.full)}
    record_act("people.name.chosen", person=person, by=by, changes=changes)
    tell_rooms(person, by, {})
    return name


@act
def remove_name(*, name: PersonName, by: Any) -> None:
    """Take a name away. Raises Conflict for the last one, and for the main one while there are others."""
    person = _locked(name.person)
    count = PersonName.rows.filter(person=person).count()
    if count == 1:
        raise Refusal("PPL-NAME-3", "name", _("A person keeps at least one name. Change it instead."))
    if PersonName.rows.filter(pk=name.pk, is_primary=True).exists():
        raise Refusal("PPL-NAME-4", "name", _("This is the main name. Choose another main name first."))
    full = name.full
    name.delete()
    _touch(person)
    record_act("people.name.removed", person=person, by=by, changes={"name": (full, "")})
    tell_rooms(person, by, {})


@act
def change_birth(
    *, person: Person, birth: BirthDate, by: Any, today: date, born_as_told: str | None = None, reason: str = ""
) -> Person:
    """Correct the birth date and how sure it is. Raises Refusal for a date that cannot be (BR-DOB-1, E-DATE-4)."""
    refuse_errors(birth_date_findings(birth, today=today, field="birth"))
    values: dict[str, Any] = {"born_on": birth.on, "born_precision": str(birth.precision)}
    if born_as_told is not None:
        values["born_as_told"] = clean_line(born_as_told)[:80]
    stored = _locked(person)
    if birth.on and stored.died_on and stored.died_on < birth.on:
        raise Refusal("PPL-DEATH-1", "birth", _("The death is before this birth date. Check both dates."))
    return _change(stored, values, "people.birth.changed", by=by, reason=reason, into=person)


@act
def change_facts(
    *,
    person: Person,
    by: Any,
    sex: str | None = None,
    languages: Collection[str] | None = None,
    needs_interpreter: bool | None = None,
) -> Person:
    """Correct sex, languages and the need of an interpreter; what is None stays."""
    values: dict[str, Any] = {"sex": sex, "languages": None if languages is None else list(languages)}
    values["needs_interpreter"] = needs_interpreter
    told = {field: value for field, value in values.items() if value is not None}
    return _change(_locked(person), told, "people.person.changed", by=by, into=person)


@act
def record_death(*, person: Person, died_on: date | None, by: Any, today: date, reason: str = "") -> Person:
    """Write down a death, or take a wrong one back (None); every room is told of a death (`person_died`).

    Each room first holds what ends with it: who holds that may wait for the person, never the other way round. Raises
    Refusal for a day before birth or in the future.
    """
    for contribution in registry if died_on else ():
        contribution.hold_for_death(person)
    stored = _locked(person)
    was_alive = stored.died_on is None
    if died_on and (died_on > today or (stored.born_on and died_on < stored.born_on)):
        raise Refusal("PPL-DEATH-1", "died_on", _("A death lies between the birth and today. Check the date."))
    person = _change(stored, {"died_on": died_on}, "people.death.recorded", by=by, reason=reason, into=person)
    if died_on and was_alive:
        for contribution in registry:
            contribution.person_died(person, by)
    return person


def _change(stored: Person, values: dict[str, Any], action: str, *, by: Any, into: Person, reason: str = "") -> Person:
    """Write changed values of a locked person, and bring the caller's copy up to date."""
    changes = changed_fields(stored, values)
    if changes:
        stored.save(update_fields=list(changes))
        _touch(stored)
        record_act(action, person=stored, by=by, changes=changes, reason=reason)
        if changes.keys() & WRITTEN_ON_PAPERS:
            tell_rooms(stored, by, changes)
    into.refresh_from_db()
    return into


def tell_rooms(person: Person, by: Any, changes: Mapping[str, Any]) -> None:
    """Let rooms and programmes look at what rests on a changed name, birth date or sex."""
    for contribution in registry:
        contribution.person_changed(person, by, changes)


def _touch(person: Person) -> None:
    Person.rows.filter(pk=person.pk).update(version=F("version") + 1)
