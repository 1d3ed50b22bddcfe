"""Small values that several papers share, all in ready words."""

from __future__ import annotations

from dataclasses import dataclass

from casework.documents.said import NOTHING, Clinic, Person, Said

__all__ = ["NOTHING", "Clinic", "Names", "Person", "Said"]


@dataclass(frozen=True, kw_only=True)
class Names:
    """A person's name in the scripts it is known in; any may be empty.

    A child without a name `is_called` by its mother's: each reader reads that once, and no spelling of it is agreed.
    """

    th: str = ""
    latin: str = ""
    my: str = ""
    further: str = ""
    """In Khmer or Lao letters."""
    is_called: bool = False
