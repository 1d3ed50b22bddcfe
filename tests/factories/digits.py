"""Numbers as people type them with Thai and Burmese keyboards."""

from __future__ import annotations

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")


def thai_digits(text: str) -> str:
    """A text with its digits 0-9 in Thai."""
    return text.translate(_THAI)


def burmese_digits(text: str) -> str:
    """A text with its digits 0-9 in Burmese."""
    return text.translate(_BURMESE)
