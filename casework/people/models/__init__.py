"""Persons, their names in all scripts, papers, families and contacts, and what makes two records look alike."""

from .conflicts import ConflictOfInterest
from .families import Family, FamilyMember, Phone
from .matching import DuplicateHit, MatchKey, PersonMerge
from .person import IdentityDocument, Person, PersonName
from .reach import PersonReach

__all__ = [
    "ConflictOfInterest",
    "DuplicateHit",
    "Family",
    "FamilyMember",
    "IdentityDocument",
    "MatchKey",
    "Person",
    "PersonMerge",
    "PersonName",
    "PersonReach",
    "Phone",
]
