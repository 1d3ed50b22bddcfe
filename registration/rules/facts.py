"""The facts of a birth as typed values, whatever door they came through: page, API or spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from casework.kernel.dates import BirthDate, Precision
from registration.states import ParentRole

UNKNOWN_BIRTH = BirthDate(None, Precision.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """An identity paper as shown at the desk."""

    type: str
    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    original_seen: bool = False


@dataclass(frozen=True, kw_only=True)
class ParentFacts:
    """What is known of one parent. `names` maps a script code to the full name."""

    role: str
    knowledge: str
    names: dict[str, str] = field(default_factory=dict)
    birth: BirthDate = UNKNOWN_BIRTH
    person_id: int | None = None
    reason: str = ""
    papers: tuple[PaperFacts, ...] = ()
    has_paper: bool | None = None
    nationality_claimed: str = ""
    status_group: str = ""
    marriage: str = ""
    surname_consent: bool | None = None

    @property
    def shows_paper(self) -> bool | None:
        """Whether the parent has a paper; None when nobody asked."""
        return True if self.papers else self.has_paper


@dataclass(frozen=True, kw_only=True)
class BirthFacts:
    """One child's birth. Weights in grams, dates Gregorian."""

    names: dict[str, str]
    is_baby_of: bool = False
    birth: BirthDate = UNKNOWN_BIRTH
    born_as_told: str = ""
    sex: str = "U"
    weekday_told: int | None = None
    time: time | None = None
    plurality: int = 1
    birth_order: int | None = None
    weight_g: int | None = None
    gestation_weeks: int | None = None
    place_kind: str = ""
    facility_id: int | None = None
    is_certifying: bool = True
    """Whether the facility issues the delivery certificate; one of an NGO may give a paper of its own (B3)."""
    place_code: str = ""
    is_place_unknown: bool = False
    place_text: str = ""
    country: str = "TH"
    attendant: str = ""
    hospital_no_child: str = ""
    hospital_no_mother: str = ""
    proof: str = "none"
    proof_number: str = ""
    proof_issued_on: date | None = None
    proof_held_by: str = ""
    proof_seen: bool = False
    parents: tuple[ParentFacts, ...] = ()
    channel: str = ""
    registry_office_id: int | None = None
    informant_relation: str = ""
    informant_name: str = ""
    is_already_registered: bool = False
    wanted: str = ""
    is_in_care: bool = False
    late_reason: str = ""
    late_text: str = ""
    interpreter_language: str = ""
    phones: tuple[str, ...] = ()
    phone_rule: str = "not_asked"
    address_text: str = ""
    address_code: str = ""

    def parent(self, role: str) -> ParentFacts | None:
        """The mother or the father, as told."""
        return next((parent for parent in self.parents if parent.role == role), None)

    @property
    def mother(self) -> ParentFacts | None:
        return self.parent(ParentRole.MOTHER)

    @property
    def father(self) -> ParentFacts | None:
        return self.parent(ParentRole.FATHER)
