"""The languages of papers: three that the pages speak as well, and Khmer and Lao, which only papers do (decision 51).

Words in Khmer and Lao are the English ones, translated by the catalogues of locale/km and locale/lo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext, override

from casework.programmes.contributions import Words

FURTHER = ("km", "lo")
"""What papers for families speak and pages do not."""
NAMES = {"my": "မြန်မာ", "th": "ไทย", "en": "English", "km": "ខ្មែរ", "lo": "ລາວ"}
"""Each language in its own letters."""
READ_TO_YOU = "What stands here in Thai or English we read to you. Ask us."
"""Said on papers in Khmer and Lao: names of places, and what the organisation wrote, have no words in these."""
_IN_MYANMAR_LETTERS = frozenset({"my", "ksw", "pwo", "mnw", "shn", "rhg"})


class NotTranslated(LookupError):  # noqa: N818  what went wrong
    """Words of a paper that its catalogue does not have: a fault of ours, never said in English instead."""


def translated(words: str, language: str) -> str:
    """English words of ours in a further language. Raises NotTranslated."""
    with override(language):
        said = gettext(words) if words else ""
    if words and said == words:
        raise NotTranslated(f"{language}: {words!r}")
    return said


def words_in(words: Mapping[str, str], language: str) -> str:
    """Words by language in one of them; in a further one from the catalogue. Raises NotTranslated, KeyError."""
    return translated(words["en"], language) if language in FURTHER else words[language]


def of_row(words: str, language: str) -> str:
    """English words of a row that an organisation may change, in a further language where the catalogue has them."""
    try:
        return translated(words, language) if language in FURTHER else words
    except NotTranslated:
        return words


def family_language(spoken: str, languages: Sequence[str]) -> str:
    """The language of a paper for a family: its own where there is a paper in it, else one it may read.

    That is the first, Burmese, for who writes with its letters and while nothing is known; English for others.
    """
    if spoken in languages:
        return spoken
    return languages[0] if not spoken or spoken in _IN_MYANMAR_LETTERS or "en" not in languages else "en"


def unwritten(spoken: TextChoices | None) -> Words:
    """The name of the language a family speaks, where no paper is written in it."""
    return spoken.label if spoken and spoken not in NAMES else ""
