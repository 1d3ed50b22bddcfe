"""Which papers a registration needs, and whether they are there (C4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from registration.models import BirthRecord, ChecklistItem, ParentLink, Requirement
from registration.states import IN_HAND, NEEDS_LETTER, ItemState, Knowledge, Marriage, ParentRole, RequirementLevel

Parents = Mapping[str, ParentLink]
"""What is recorded of the parents, by role."""


def _is_reachable(parent: ParentLink) -> bool:
    return parent.knowledge in (Knowledge.KNOWN, Knowledge.ABSENT_CONTACTABLE)


def _has_parent(role: str) -> Callable[[BirthRecord, Parents], bool]:
    def condition(birth: BirthRecord, parents: Parents) -> bool:
        parent = parents.get(role)
        return parent is not None and _is_reachable(parent)

    return condition


def _other_registry(birth: BirthRecord, parents: Parents) -> bool:
    office = birth.registry_office
    if office is None or not office.place_id:
        return False
    born = birth.place_id or (birth.facility.place_id if birth.facility else None)
    return born is not None and not born.startswith(office.place_id[:4])


def _own_registry(birth: BirthRecord, parents: Parents) -> bool:
    return not _other_registry(birth, parents)


def _fathers_surname(birth: BirthRecord, parents: Parents) -> bool:
    father = parents.get(ParentRole.FATHER)
    if father is None or not _is_reachable(father) or father.marriage not in (Marriage.CUSTOMARY, Marriage.NONE):
        return False
    return father.surname_consent is True


CONDITIONS: dict[str, Callable[[BirthRecord, Parents], bool]] = {
    "": lambda birth, parents: True,
    "mother_known": _has_parent(ParentRole.MOTHER),
    "father_known": _has_parent(ParentRole.FATHER),
    "other_registry": _other_registry,
    "own_registry": _own_registry,
    "by_letter": lambda birth, parents: birth.informant_relation in NEEDS_LETTER,
    "fathers_surname": _fathers_surname,
}
"""Named conditions that requirement rows may use."""
PARENTS_REGISTER = "parent_register"
"""The requirement of a parent's register at another office, which only a parent who can be reached has."""
NOTIFIER = "notifier_id"
"""The requirement of who notifies: a parent's own paper, or the paper of somebody else."""
INSISTED = frozenset({"other_registry"})
"""Conditions whose papers no other of their group stands for: another office wants the first proof or DNA (C4)."""


def requirements_for(birth: BirthRecord, on: date) -> list[Requirement]:
    """The requirement rows that hold for this registration on a day: its track, its conditions, its office."""
    rows = Requirement.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on).filter(
        Q(registry_office__isnull=True) | Q(registry_office_id=birth.registry_office_id)
    )
    parents = {parent.role: parent for parent in birth.parents.all()}
    return [
        row
        for row in rows
        if (not row.tracks or birth.track in row.tracks)
        and CONDITIONS.get(row.condition, CONDITIONS[""])(birth, parents)
        and (row.key != PARENTS_REGISTER or any(map(_is_reachable, parents.values())))
    ]


@dataclass(frozen=True)
class Completeness:
    """What the checklist lacks, and how much of it is there."""

    missing: tuple[ChecklistItem, ...]
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return not self.missing


def is_settled(item: ChecklistItem) -> bool:
    """★ must be in hand or waived; ☆ may also be impossible with its reason; helpful papers never stop anything."""
    if item.level == RequirementLevel.HELPFUL or item.state in IN_HAND:
        return True
    return item.level == RequirementLevel.OPEN_STAR and item.state == ItemState.IMPOSSIBLE and bool(item.block)


def completeness(items: Iterable[ChecklistItem]) -> Completeness:
    """Whether all that is still wanted is there. Items of one group stand for each other, insisted ones excepted.

    Those that stand for each other count as one.
    """
    listed = list(items)
    spared = stood_for(listed)
    needed = [item for item in listed if item.is_wanted and item.level != RequirementLevel.HELPFUL]
    missing = tuple(item for item in needed if not is_settled(item) and item.pk not in spared)
    total, left = (len({_counted_as(item) for item in some}) for some in (needed, missing))
    return Completeness(missing=missing, done=total - left, total=total)


def stood_for(items: Iterable[ChecklistItem]) -> set[int]:
    """The items in whose place another of their group is there."""
    listed = list(items)
    settled = {_group_of(item, IN_HAND) for item in listed} - {""}
    return {item.pk for item in listed if item.state not in IN_HAND and _is_spared_by(item, settled)}


def in_place_of(items: Iterable[ChecklistItem]) -> dict[int, list[ChecklistItem]]:
    """Item → the others of its group, of which one is enough; none where one of them is insisted on anyway."""
    listed = [item for item in items if item.is_wanted]
    groups: dict[str, list[ChecklistItem]] = {}
    for item in listed:
        groups.setdefault(item.requirement.alternative, []).append(item)
    insisted = {item.requirement.alternative for item in listed if item.requirement.condition in INSISTED} | {""}
    return {
        item.pk: [one for one in groups[item.requirement.alternative] if one.pk != item.pk]
        for item in listed
        if item.requirement.alternative not in insisted
    }


def _group_of(item: ChecklistItem, states: Collection[str]) -> str:
    return item.requirement.alternative if item.state in states else ""


def _is_spared_by(item: ChecklistItem, groups: Set[str]) -> bool:
    own = item.requirement.alternative
    return bool(own) and own in groups and item.requirement.condition not in INSISTED


def _counted_as(item: ChecklistItem) -> str | int:
    """The group of an item that others stand for, else the item itself."""
    return item.requirement.alternative if _is_spared_by(item, {item.requirement.alternative}) else item.pk
