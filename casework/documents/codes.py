"""Verification codes: unguessable, and without letters that look alike."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
"""30^12, about 2^59."""


def new_code() -> str:
    """A fresh code as it is stored, such as K7PD3MXA9QRT."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """A code as it is printed: K7PD-3MXA-9QRT."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def bare(text: str, most: int = LENGTH + 4) -> str:
    """A code as somebody types it, without spaces and hyphens, in capitals; what is longer than `most` is cut off."""
    return "".join(c for c in text.upper() if c.isalnum())[:most]
