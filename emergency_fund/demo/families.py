"""Invented families that come to the fund: a mother, one to three children, a case of one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from casework.cases.models import Case
from casework.cases.services import cases
from casework.kernel.dates import BirthDate
from casework.people.models import Family
from casework.people.services.families import NewMember, add_members, create_family
from casework.people.services.persons import NewPerson, create_persons
from casework.people.states import FamilyRole, Script
from emergency_fund.querysets import PROGRAMME

from .teams import Team

# Latin and Burmese letters of the same invented names
MOTHERS = (
    ("Naw Ku Paw", "နော်ကူးဖော"), ("Ma Nwe Nwe", "မနွယ်နွယ်"), ("Daw Hla Tin", "ဒေါ်လှတင်"), ("Mi Ei Chan", "မိအိချမ်း"),
    ("Naw Htoo Gay", "နော်ထူးဂေး"), ("Ma Su Lwin", "မစုလွင်"), ("Nang Kham Lin", "နန်းခမ်းလင်း"),
    ("Ma Cho Mar", "မချိုမာ"), ("Naw Ler Say", "နော်လာစေး"), ("Daw Myint Kyi", "ဒေါ်မြင့်ကြည်"), ("Ma Thet Htwe", "မသက်ထွေး"),
    ("Naw Eh Wah", "နော်အဲဝါး"), ("Ma Aye Myat", "မအေးမြတ်"), ("Mi San Yu", "မိစန်းယု"), ("Nang Hom", "နန်းဟွမ်"),
)  # fmt: skip
CHILDREN = (
    ("Zaw Htet", "ဇော်ထက်"), ("Moo Ler", "မူလာ"), ("Khin Thu", "ခင်သူ"), ("Lin Naing", "လင်းနိုင်"), ("Paw Htoo", "ဖောထူး"),
    ("Nway Yin", "နွယ်ယဉ်"), ("Aung Hein", "အောင်ဟိန်း"), ("Say Eh", "စေးအဲ"), ("Hnin Wai", "နှင်းဝေ"), ("Kyaw Soe", "ကျော်စိုး"),
    ("Ku Moo", "ကူးမူ"), ("Myat Su", "မြတ်စု"), ("Than Zin", "သန်းဇင်"),
)  # fmt: skip
LAST = (
    ("Aye", "အေး"), ("Mya", "မြ"), ("Phyo", "ဖြိုး"), ("Lay", "လေး"), ("Khant", "ခန့်"), ("Noe", "နိုး"), ("Min", "မင်း"),
    ("Thiri", "သီရိ"),
)  # fmt: skip
FROM_ELSEWHERE: dict[int, tuple[str, tuple[str, ...]]] = {
    4: ("km", ("Sok Chanthou", "Sok Dara", "Sok Bopha", "Sok Vichea")),
    9: ("lo", ("Noy Vongsa", "Khamla Vongsa", "Dao Vongsa", "Bounmy Vongsa")),
}
"""Which families of the year speak Khmer and Lao, and what mother and children are called."""
PLACES = {"MS": ("Mae Pa", "630607"), "RN": ("Pak Nam", "850103"), "PN": ("Bang Muang", "820604")}
OLDEST = 15


@dataclass(kw_only=True)
class Household:
    """A family of the demo, and what it asked for so far."""

    case: Case
    family: Family
    mother: Any
    children: list[Any]
    asked: int = 0
    last_on: date | None = None
    insured: set[int] = field(default_factory=set)


class Neighbourhood:
    """Invents one family after the other; no two are called the same."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.count = chance, 0

    def move_in(self, team: Team, at: datetime, on: date) -> Household:
        """A new family at an office, with the case of its youngest child."""
        chance, lead = self.chance, team.askers[self.count % len(team.askers)]
        self.count += 1
        place, code = PLACES[team.office.code]
        family = create_family(by=lead, address_text=place, place_code=code)
        ages = sorted(chance.sample(range(1, OLDEST), k=chance.choice((1, 2, 2, 3))))
        born = [on - timedelta(days=365 * age - chance.randrange(300)) for age in ages]
        new = [self._person(CHILDREN, n, day, chance.choice("FM")) for n, day in enumerate(born)]
        grown = born[-1] - timedelta(days=chance.randrange(18 * 365, 30 * 365))
        mother, *children = create_persons([self._person(MOTHERS, 0, grown, "F"), *new], by=lead, today=on)
        members = [NewMember(person=mother, role=FamilyRole.MOTHER, is_main_carer=True)]
        members += [NewMember(person=child, role=FamilyRole.CHILD) for child in children]
        add_members(members, family=family, by=lead)
        case = cases.open_case(
            child=children[0], office=team.office, programme=PROGRAMME, lead=lead, by=lead, opened_on=on, now=at,
            family=family,
        )  # fmt: skip
        return Household(case=case, family=family, mother=mother, children=children)

    def _person(self, firsts: Any, nth: int, born: date, sex: str) -> NewPerson:
        n = self.count * 3 + nth
        if self.count in FROM_ELSEWHERE:
            language, called = FROM_ELSEWHERE[self.count]
            name = called[0 if firsts is MOTHERS else nth + 1]
            in_latin: dict[str, str] = {Script.LATIN: name}
            return NewPerson(names=in_latin, birth=BirthDate(born), sex=sex, languages=[language])
        first, last = firsts[n % len(firsts)], LAST[(n // len(firsts)) % len(LAST)]
        names: dict[str, str] = {Script.LATIN: f"{first[0]} {last[0]}", Script.MYANMAR: first[1] + last[1]}
        return NewPerson(names=names, birth=BirthDate(born), sex=sex, languages=["my"])
