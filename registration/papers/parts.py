"""Small values that several papers share, all in ready words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Said:
    """Something said in the family's language, with the Thai beside it when that is another language."""

    main: str
    th: str = ""


@dataclass(frozen=True, kw_only=True)
class Names:
    """A person's name in the scripts it is known in; any may be empty."""

    th: str = ""
    latin: str = ""
    my: str = ""


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """Who makes the paper and how to reach them."""

    name: str
    address: str
    phone: str
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of staff named on a paper."""

    name: str
    position: str = ""


NOTHING = Said(main="")
