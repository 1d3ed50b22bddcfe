"""What the duplicate check compares of one child, and the keys by which candidates are fetched.

Candidates come in three passes over one array column of keys: the child's name as it sounds with a birth within 800
days, the mother's likewise, and the birth date with a day either side; shared numbers are a fourth, which needs no
date. Fetch rows whose stored keys (`blocking_keys`) overlap the asked ones (`probing_keys`), then score each.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache

from django.utils.functional import cached_property

from casework.kernel.dates import Precision

from .identifiers import normalise_number
from .names import baby_of, keys_of

NAME_PASS_DAYS = 800  # the window of the two name passes
_LONGEST_BLOCK = 80
_NO_TWINS = re.compile(
    r"ไม่\s*(?:ใช่|เป็น|มี)?\s*(?:ลูก|ครรภ์)?แฝด|\b(?:not?|non)[\s-]+(?:an?\s+)?(?:twins?|triplets?)\b|(?:အမွှာ|အမြွှာ)\s*မ\S*",
    re.IGNORECASE,
)
_TWINS = re.compile(r"แฝด|\btwins?\b|\btriplets?\b|အမွှာ|အမြွှာ", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Features:
    """One child as the check sees it: keys instead of names, numbers as text, nothing else."""

    child_keys: tuple[str, ...] = ()
    child_sounds: tuple[str, ...] = ()
    mother_keys: tuple[str, ...] = ()
    mother_sounds: tuple[str, ...] = ()
    born_on: date | None = None
    precision: str = Precision.EXACT
    sex: str = "U"
    plurality: int = 1
    birth_order: int | None = None
    mother_papers: frozenset[str] = frozenset()  # "type:number"
    phones: frozenset[str] = frozenset()
    hospital_no: str = ""
    certificate_no: str = ""
    facility: str = ""
    child_number: str = ""
    weight_g: int | None = None
    is_baby_of: bool = False

    @classmethod
    def of_names(cls, *, child: Iterable[str], mother: Iterable[str], **others: object) -> Features:
        """Features from names as written. A child called only "baby of ..." has no name of its own to compare."""
        written = [name for name in child if name.strip()]
        own = [name for name in written if not baby_of(name)]
        mothers = [*(name for name in mother if name.strip()), *filter(None, map(baby_of, written))]
        child_keys, child_sounds = _keys(own)
        mother_keys, mother_sounds = _keys(mothers)
        return cls(
            child_keys=child_keys,
            child_sounds=child_sounds,
            mother_keys=mother_keys,
            mother_sounds=mother_sounds,
            is_baby_of=bool(written) and not own,
            **others,  # type: ignore[arg-type]
        )

    @cached_property
    def has_exact_birth(self) -> bool:
        return self.born_on is not None and self.precision == Precision.EXACT

    @cached_property
    def child_syllables(self) -> int:
        """The length of the child's shortest name as it sounds; 0 without one."""
        return _shortest(self.child_sounds)

    @cached_property
    def mother_syllables(self) -> int:
        """The same of the mother."""
        return _shortest(self.mother_sounds)


def _shortest(sounds: Iterable[str]) -> int:
    return min([sound.count(" ") + 1 for sound in sounds], default=0)


def _keys(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Search and matching keys of several spellings, each once."""
    all_keys = [keys_of(name) for name in names]
    searches = dict.fromkeys(keys.search for keys in all_keys if keys.search)
    sounds = dict.fromkeys(keys.matching for keys in all_keys if keys.matching)
    return tuple(searches), tuple(sounds)


def paper_key(kind: str, number: str) -> str:
    """How a mother's paper is compared: its type and its number, however it is spaced."""
    bare = normalise_number(number)
    return f"{kind}:{bare}" if bare else ""


def mentions_twins(remark: str) -> bool:
    """Whether a remark says twins, in Thai, English or Burmese: such a row has a plurality of at least 2."""
    return bool(_TWINS.search(_NO_TWINS.sub(" ", remark)))


def blocking_keys(features: Features) -> list[str]:
    """The keys stored with a child, at most 80 characters each, sorted."""
    keys = _name_keys("c", features.child_sounds) | _name_keys("m", features.mother_sounds)
    if features.born_on is not None and features.has_exact_birth:
        keys.add(day_key(features.born_on))
    return sorted(keys | _number_keys(features))


def probing_keys(features: Features) -> list[str]:
    """The keys to ask for: the stored ones and those of the neighbouring days."""
    return sorted({*blocking_keys(features), *neighbouring_days(features)})


def neighbouring_days(features: Features) -> Sequence[str]:
    """The keys of a day either side of the birth, and of day and month exchanged."""
    if features.born_on is None or not features.has_exact_birth or features.born_on in (date.min, date.max):
        return ()
    return _keys_near(features.born_on)


@lru_cache(maxsize=10_000)  # the days of a register come again and again
def _keys_near(born_on: date) -> Sequence[str]:
    near = [born_on + timedelta(days=step) for step in (-1, 1)]
    return tuple(day_key(day) for day in (*near, *exchanged(born_on)))


def day_key(day: date) -> str:
    """The key of a birth on an exact day."""
    return f"d:{day.isoformat()}"


def exchanged(on: date) -> list[date]:
    """The date with day and month exchanged, when there is such another date."""
    return [date(on.year, on.day, on.month)] if on.day <= 12 and on.day != on.month else []


def _name_keys(kind: str, sounds: Iterable[str]) -> set[str]:
    """A name's sounds, and each name of three or more syllables with one of them missing: one may be misheard."""
    keys = set()
    for sound in sounds:
        syllables = sound.split()
        keys.add(_short(kind, sound))
        if len(syllables) >= 3:
            keys |= {
                _short(kind, " ".join(syllables[:at] + syllables[at + 1 :])) for at in range(min(len(syllables), 8))
            }
    return keys


def _number_keys(features: Features) -> set[str]:
    numbers = {("n", features.child_number), ("h", features.hospital_no), ("k", features.certificate_no)}
    numbers |= {("p", paper) for paper in features.mother_papers} | {("t", phone) for phone in features.phones}
    return {_short(kind, number) for kind, number in numbers if number}


def _short(kind: str, value: str) -> str:
    key = f"{kind}:{value}"
    if len(key) <= _LONGEST_BLOCK:
        return key
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"


def fingerprint(one: Features, other: Features) -> str:
    """A digest of all compared values, whichever child stands first: when it changes, a decision is asked again."""
    parts = sorted(repr(_comparable(features)) for features in (one, other))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _comparable(features: Features) -> list[tuple[str, object]]:
    return [
        (name, sorted(value) if isinstance(value, frozenset | tuple) else str(value))
        for name, value in sorted((field.name, getattr(features, field.name)) for field in fields(features))
    ]
