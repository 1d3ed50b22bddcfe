"""Which script a piece of text is written in, so that pages can mark its language."""

from __future__ import annotations

import re

# Karen, Mon and Shan are written in Myanmar script; "my" gives them the right font and line height.
_RANGES = {
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f",
    "km": "\u1780-\u17ff\u19e0-\u19ff",
    "en": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
_PIECES = re.compile(
    "|".join(f"(?P<{code}>[{letters}][{letters}\u200b-\u200d]*)" for code, letters in _RANGES.items())
    + "|(?P<other>.)",
    re.S,
)


def runs(text: str) -> list[tuple[str, str]]:
    """Split a text into (words, language) by script; digits, spaces and signs go with the words before them.

    The language is "" only where a text has no letters at all. Latin letters count as English.
    """
    if text.isascii():
        return [(text, "en" if any(map(str.isalpha, text)) else "")] if text else []
    found: list[tuple[str, str]] = []
    for match in _PIECES.finditer(text):
        language = "" if match.lastgroup == "other" else str(match.lastgroup)
        if found and (not language or found[-1][1] in ("", language)):
            words, before = found.pop()
            found.append((words + match.group(), language or before))
        else:
            found.append((match.group(), language))
    return found
