"""What is written down of hard births."""

from __future__ import annotations

from registration.models import BirthRecord, ChildDeath, YoungMother


def death_of(birth: BirthRecord) -> ChildDeath | None:
    """The death written down on the record."""
    return ChildDeath.rows.filter(birth=birth).first()


def young_mother_on(birth: BirthRecord) -> YoungMother | None:
    """What was done for a mother under 18."""
    return YoungMother.rows.filter(birth=birth).select_related("own_case", "spoken_by").first()
