"""A made-up register with the habits of a busy ward: respelled names, slipped dates, lost numbers, twins, siblings."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.people.match_features import Features, paper_key

_KAREN = (
    *("Ku", "Moo", "Paw", "Htoo", "Wah", "Say", "Eh", "Ler", "Shee", "Gay", "Doh", "Thaw"),
    *("Htee", "Wee", "Hser", "Mu", "Lay", "Baw", "Khu", "Thay", "Poe", "Nay", "Klo", "Taw"),
)
_BURMESE = (
    *("Aung", "Win", "Htun", "Kyaw", "Zaw", "Moe", "Soe", "Hla", "Mya", "Thida", "Thandar", "Nilar"),
    *("Sandar", "Khin", "Myint", "Than", "Tin", "Phyo", "Nwe", "Su", "Wai", "Zin", "Lwin", "Hnin"),
    *("Ei", "Yadanar", "Cho", "Aye", "Nay", "Lin", "Thet", "Min", "Oo", "Kyi", "Yin", "San"),
    *("Mar", "Htwe", "Naing", "Hein", "Kaung", "Myat", "Thiri", "May", "Khaing"),
)
_THAI = (
    *("Somchai", "Suda", "Malee", "Anong", "Wichai", "Kanya", "Ratana", "Siriporn", "Boonmee"),
    *("Prasert", "Nattapong", "Chaiwat", "Dara", "Kim"),
)
_SPELLINGS = [
    ("ht", "t"), ("hp", "p"), ("kh", "k"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("ay", "ae"), ("in", "inn"),
    ("an", "ann"), ("aw", "or"), ("ky", "gy"), ("ph", "hp"), ("z", "s"), ("th", "t"), ("h", ""), ("i", "y"),
    ("ar", "a"), ("aung", "ong"), ("ai", "ay"), ("oe", "o"),
]  # fmt: skip


@dataclass
class Entry:
    """One line of the register; `child` says who it is about."""

    child: int
    name: str
    mother: str
    born: date
    sex: str
    paper: str
    phone: str
    hospital_no: str
    child_number: str
    weight: int
    extra: dict = field(default_factory=dict)

    def features(self) -> Features:
        return Features.of_names(
            child=[self.name],
            mother=[self.mother],
            born_on=self.born,
            sex=self.sex,
            mother_papers=frozenset(filter(None, [self.paper])),
            phones=frozenset(filter(None, [self.phone])),
            hospital_no=self.hospital_no,
            child_number=self.child_number,
            weight_g=self.weight or None,
            **self.extra,
        )


class Register:
    """Writes entries with a seed: the same seed, the same register."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.entries: list[Entry] = []
        self.children = 0

    def write(self, families: int) -> list[Entry]:
        """Fill the register: one birth a family, sometimes twins, a sibling later, or the same child again."""
        for _family in range(families):
            first = self._birth(self._mother())
            luck = self.dice.random()
            if luck < 0.03:
                self._twin(first)
            elif luck < 0.15:
                self._sibling(first)
            elif luck < 0.30:
                self._again(first)
        return self.entries

    def _mother(self) -> dict:
        has_paper, has_phone = self.dice.random() < 0.6, self.dice.random() < 0.8
        return {
            "mother": self._name("F"),
            "paper": paper_key("passport", f"M{self._digits(7)}") if has_paper else "",
            "phone": f"08{self._digits(8)}" if has_phone else "",
        }

    def _birth(self, mother: dict, born: date | None = None) -> Entry:
        born = born or date(2018, 1, 1) + timedelta(days=self.dice.randrange(2600))
        sex = self.dice.choice("FM")
        is_unnamed = self.dice.random() < 0.25
        entry = Entry(
            child=self.children,
            name=f"Baby of {mother['mother']}" if is_unnamed else self._name(sex),
            born=born,
            sex=sex,
            hospital_no=f"{self._digits(6)}/{born.year % 100}",
            child_number=f"7{self._digits(12)}" if self.dice.random() < 0.5 else "",
            weight=self.dice.randrange(1900, 4200, 10) if self.dice.random() < 0.8 else 0,
            **mother,
        )
        self.children += 1
        self.entries.append(entry)
        return entry

    def _kept(self, entry: Entry) -> dict:
        return {"mother": entry.mother, "paper": entry.paper, "phone": entry.phone}

    def _twin(self, first: Entry) -> None:
        self._birth(self._kept(first), first.born + timedelta(days=self.dice.random() < 0.1))

    def _sibling(self, first: Entry) -> None:
        self._birth(self._kept(first), first.born + timedelta(days=self.dice.randrange(320, 1400)))

    def _again(self, first: Entry) -> None:
        """The same child, entered again by somebody else."""
        slip = self.dice.choice([0, 0, 0, 0, 0, 1, -1, 2])
        born = first.born + timedelta(days=slip)
        if self.dice.random() < 0.06 and first.born.day <= 12:
            born = date(first.born.year, first.born.day, first.born.month)
        is_named_now = first.name.startswith("Baby of") and self.dice.random() < 0.3
        mother = self._respelled(first.mother)
        named = self._name(first.sex) if is_named_now else self._respelled(first.name)
        entry = Entry(
            child=first.child,
            name=f"Baby of {mother}" if first.name.startswith("Baby of") and not is_named_now else named,
            mother=mother,
            born=born,
            sex=first.sex if self.dice.random() < 0.97 else "U",
            paper=first.paper if self.dice.random() < 0.7 else "",
            phone=first.phone if self.dice.random() < 0.75 else f"09{self._digits(8)}",
            hospital_no=first.hospital_no if self.dice.random() < 0.6 else "",
            child_number=first.child_number if self.dice.random() < 0.5 else "",
            weight=first.weight,
        )
        self.entries.append(entry)

    def _name(self, sex: str) -> str:
        kind = self.dice.random()
        if kind < 0.35:
            return f"{'Naw' if sex == 'F' else 'Saw'} " + " ".join(
                self.dice.choices(_KAREN, k=self.dice.choice([2, 3]))
            )
        if kind < 0.85:
            title = "Ma" if sex == "F" else "Maung"
            return f"{title} " + " ".join(self.dice.choices(_BURMESE, k=self.dice.choice([2, 3, 3, 4])))
        return " ".join(self.dice.sample(_THAI, 2))

    def _respelled(self, name: str) -> str:
        words = name.split()
        for at in range(len(words)):
            if self.dice.random() < 0.4:
                old, new = self.dice.choice(_SPELLINGS)
                words[at] = words[at].lower().replace(old, new, 1).capitalize() or words[at]
        if self.dice.random() < 0.1 and len(words) > 2:
            words[1:] = reversed(words[1:])
        joined = self.dice.random() < 0.1 and len(words) > 2
        return " ".join([*words[:-2], "".join(words[-2:]).capitalize()] if joined else words)

    def _digits(self, count: int) -> str:
        return "".join(self.dice.choices("0123456789", k=count))
