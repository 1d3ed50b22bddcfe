"""What is told of people to whoever checks payments: initials, bands of age, numbers; no name (safety.md §1, P)."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no

THAI_BEFORE = "เแโใไ"
"""Thai vowels that are written before the letter a word begins with."""
BANDS = ((4, "0–4"), (11, "5–11"), (17, "12–17"))
GROWN_UP = "18+"


def knows_names(is_known: bool) -> Verdict:
    """E-EAF-265: papers show names; who works on a request without them puts none there."""
    if is_known:
        return YES
    return no(
        "E-EAF-265", _("You work on this without names, which a paper would show. Whoever leads the case adds it.")
    )


def initials(name: str) -> str:
    """The first letter of each word of a name, in whatever script: “Naw Paw Htoo” is “N. P. H.”."""
    found = (_first_letter(word) for word in name.split())
    return " ".join(f"{letter.upper()}." for letter in found if letter)


def _first_letter(word: str) -> str:
    letters = (sign for sign in word if unicodedata.category(sign).startswith("L") and sign not in THAI_BEFORE)
    return next(letters, "")


def age_band(years: int | None) -> str:
    """The band of an age in years; nothing when it is not known."""
    if years is None:
        return ""
    return next((band for oldest, band in BANDS if years <= oldest), GROWN_UP)
