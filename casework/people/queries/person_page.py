"""Everything the person page shows, as ready words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from casework.people import identifiers
from casework.people.models import Family, IdentityDocument, Person, PersonMerge
from casework.people.names import initials
from casework.people.rules import UNDO_DAYS
from casework.people.states import NameKind, PaperType, SpokenLanguage, Verification

from .families import FamilyCard, family_cards
from .records import RecordLine, records_of


@dataclass(frozen=True)
class NameLine:
    """One name with its kind."""

    id: int
    full: str
    kind: str
    is_primary: bool


@dataclass(frozen=True)
class PaperLine:
    """A paper with its number hidden but for the last three characters."""

    id: int
    type: str
    masked: str
    country: str
    issued_on: date | None
    expires_on: date | None
    name_as_written: str
    checked: str
    is_checked: bool
    is_expired: bool
    is_current: bool


@dataclass(frozen=True)
class PersonPageRows:
    """The whole page."""

    initials: str
    name: str
    other_names: tuple[str, ...]
    languages: str
    names: tuple[NameLine, ...]
    papers: tuple[PaperLine, ...]
    former_papers: tuple[PaperLine, ...]
    families: tuple[FamilyCard, ...]
    former_families: tuple[FamilyCard, ...]
    records: tuple[RecordLine, ...]
    merges: tuple[PersonMerge, ...]


def person_page(person: Person, *, user: Any, today: date) -> PersonPageRows:
    """The page of one person as this user may see it, in a fixed number of queries."""
    papers = [paper_line(paper, today) for paper in IdentityDocument.rows.filter(person=person).order_by("pk")]
    memberships = dict(person.memberships.order_by("-pk").values_list("family_id", "until_on"))
    cards = family_cards(Family.rows.filter(pk__in=memberships), of=person, user=user, today=today)
    names = person.name_list()
    return PersonPageRows(
        initials=initials(person.name),
        name=person.name,
        other_names=tuple(name.full for name in names[1:]),
        languages=", ".join(str(SpokenLanguage(code).label) for code in person.languages),
        names=tuple(NameLine(n.pk, n.full, str(NameKind(n.kind).label), n.is_primary) for n in names),
        papers=tuple(line for line in papers if line.is_current),
        former_papers=tuple(line for line in papers if not line.is_current),
        families=tuple(card for card in cards if _lives_in(person, card)),
        former_families=tuple(card for card in cards if not _lives_in(person, card)),
        records=tuple(records_of([person.pk], user).get(person.pk, [])),
        merges=tuple(undoable_merges(person, today)),
    )


def _lives_in(person: Person, card: FamilyCard) -> bool:
    return any(member.person_id == person.pk for member in card.members)


def paper_line(paper: IdentityDocument, today: date) -> PaperLine:
    """A paper in words."""
    return PaperLine(
        id=paper.pk,
        type=str(PaperType(paper.type).label),
        masked=identifiers.mask(paper.number),
        country=paper.country,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        name_as_written=paper.name_as_written,
        checked=str(Verification(paper.verification).label),
        is_checked=paper.verification in (Verification.SEEN_ORIGINAL, Verification.CONFIRMED),
        is_expired=paper.expires_on is not None and paper.expires_on < today,
        is_current=paper.is_current,
    )


def undoable_merges(person: Person, today: date) -> list[PersonMerge]:
    """Merges into this record that can still be taken back."""
    merges = PersonMerge.objects.filter(kept=person, undone_at__isnull=True).select_related("confirmed_by")
    return [merge for merge in merges if (today - timezone.localdate(merge.merged_at)).days <= UNDO_DAYS]
