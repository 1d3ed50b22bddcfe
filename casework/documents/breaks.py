"""Where Burmese may be broken into lines.

WeasyPrint breaks Thai at words (through Pango and libthai) but never breaks unspaced Burmese, which then runs
out of its box. A zero-width space before each syllable gives it the places; browsers know them by dictionary.
"""

from __future__ import annotations

import re

_BASE = "\u1000-\u102a\u103f-\u1049\u104e\u1065\u1066\u106e-\u1070\u1075-\u1081"
_SYLLABLE = re.compile(
    rf"(?<=[\u1000-\u109f])(?<!\u1039)"  # after Burmese script, but not inside a stack
    rf"(?=[{_BASE}](?!\u1037?\u103a|\u1039))"  # before a base letter that is neither killed nor stacking
)
_DIGITS = re.compile(r"(?<=[\u1040-\u1049])\u200b(?=[\u1040-\u1049])")


def syllable_breaks(text: str) -> str:
    """Put U+200B before each Burmese syllable that follows Burmese text; numbers stay whole. Idempotent."""
    return _DIGITS.sub("", _SYLLABLE.sub("\u200b", text))
