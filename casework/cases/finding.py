"""One search for children and their families: case numbers, names, papers, phones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.people.queries.search import FoundPerson, find_people
from casework.programmes.contributions import registry

QUICK_HITS = 8
ALL_HITS = 40
LONGEST = 200
FEWEST = 2
"""Letters of a search: one letter would find everybody."""
MOST_OF_FAMILIES = 100


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result: the person and the case through which the reader reaches them, if any."""

    person: FoundPerson
    case: Case | None
    welcome_url: str = ""
    family: tuple[Case, ...] = ()
    """Cases of the children of somebody's family, for who has no case: a mother is asked for, her child is meant."""

    @property
    def url(self) -> str:
        """The person's case, else the only case of their family, else the person's page."""
        case = self.case or (self.family[0] if len(self.family) == 1 else None)
        return (
            reverse("cases:detail", args=[case.pk]) if case else reverse("people:person", args=[self.person.person_id])
        )


def search(text: str, user: Any, limit: int) -> tuple[list[Case], list[Hit]]:
    """Cases by number or tracking code, and persons by everything else, with their cases; nine queries at most."""
    words = clean_line(to_ascii_digits(text))[:LONGEST]
    if len(words) < FEWEST:
        return [], []
    plain = re.sub(r"\s", "", words).upper()
    visible = Case.objects.visible_to(user)
    cases = list(
        visible.filter(
            Q(number=plain) | Q(tracking_code=plain) | Q(number__endswith=f"-{plain.zfill(4)}", number__regex=r"\d")
        )
        .select_related("child")
        .prefetch_related("child__names")[:QUICK_HITS]
        if re.search(r"\d", plain) or len(plain) == 6
        else []
    )
    people = find_people(words, user, limit)
    by_child: dict[int, Case] = {}
    for case in visible.filter(child__in=[p.person_id for p in people]).select_related("lead").order_by("pk"):
        by_child[case.child_id] = case
    away = welcome_pages([*cases, *by_child.values()])
    for case in cases:
        case.welcome_url = away.get(case.pk, "")
    found = [(person, by_child.get(person.person_id)) for person in people]
    families = cases_of_families(visible, [person.person_id for person, case in found if case is None])
    return cases, [
        Hit(
            person=person,
            case=case,
            welcome_url=away.get(case.pk, "") if case else "",
            family=tuple(families.get(person.person_id, ())),
        )
        for person, case in found
    ]


def cases_of_families(visible: QuerySet[Case], persons: list[int]) -> dict[int, list[Case]]:
    """Person → the cases of the family in which they live."""
    if not persons:
        return {}
    living = visible.filter(family__members__person__in=persons, family__members__until_on__isnull=True)
    rows = living.annotate(member=F("family__members__person")).select_related("child").order_by("-pk")
    families: dict[int, list[Case]] = {}
    for case in rows.prefetch_related("child__names")[:MOST_OF_FAMILIES]:
        families.setdefault(case.member, []).append(case)
    return families


def welcome_pages(cases: list[Case]) -> dict[int, str]:
    """Case → where a family that was away is welcomed back, by the programmes."""
    today = timezone.localdate()
    return {pk: url for programme in registry for pk, url in programme.welcome_back(cases, today).items()}
