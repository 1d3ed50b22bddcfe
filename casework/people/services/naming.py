"""A child that was called "baby of" its mother is named: which kind a name has then, and what becomes of the others."""

from __future__ import annotations

from typing import Any

from casework.people import names as spelling
from casework.people.models import Person, PersonName
from casework.people.states import NameKind

from .history import record_act

OWN = frozenset({NameKind.AS_SPOKEN, NameKind.OFFICIAL_TH, NameKind.OFFICIAL_HOME, NameKind.ON_CERTIFICATE})
"""Kinds of a name of one's own."""


def kind_of(full: str, told: str) -> str:
    """The kind of a name: BABY_OF for a text such as "Baby of Ma Win" that was told as spoken, else `told`."""
    return NameKind.BABY_OF if told == NameKind.AS_SPOKEN and spelling.baby_of(full) else told


def kind_after(name: PersonName, full: str, told: str | None) -> str:
    """The kind of a name whose text is changed; a form that still says "baby of" to a child’s own name is not heard."""
    kind = kind_of(full, told or name.kind)
    is_left = told is None or bool(spelling.baby_of(name.full))
    is_named = kind == NameKind.BABY_OF and is_left and full != name.full and not spelling.baby_of(full)
    return NameKind.AS_SPOKEN if is_named else kind


def leave_baby_of(*, person: Person, named: PersonName, by: Any) -> bool:
    """With a name of its own, what a child was called before is kept as an earlier name, and is not its main one.

    The papers of the hospital go on saying "baby of", so the child is still found by it. Answers whether its main name
    became another one.
    """
    if named.kind not in OWN:
        return False
    left = PersonName.rows.filter(person=person, kind=NameKind.BABY_OF)
    main = left.filter(is_primary=True).first()
    if not left.update(kind=NameKind.PREVIOUS, is_primary=False) or main is None:
        return False
    named.is_primary = True
    named.save(update_fields=["is_primary"])
    record_act("people.name.chosen", person=person, by=by, changes={"main name": (main.full, named.full)})
    return True
