"""Words that are kept in each language of the site, and told in that of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils import translation


def in_each_language(words: Callable[[], object], most: int = 300) -> dict[str, str]:
    """What the words are in each language, cut to a length."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told[language] = str(words())[:most]
    return told


def in_language(told: Mapping[str, str]) -> str:
    """Of words by language those of the page."""
    return told.get((translation.get_language() or "en")[:2]) or told["en"]
