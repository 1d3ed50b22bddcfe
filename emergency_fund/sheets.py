"""Tables of measures in the words of the fund's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casework.reports import figures as f


def sheet_of(
    words: Mapping[str, str], key: str, heading: str, columns: Sequence[str], rows: Sequence[Any], code: str, *,
    parts: int = 0, note: str = "", also: tuple[str, ...] = (),
) -> f.Sheet:  # fmt: skip
    """A table whose title, first column and columns are named by their words; the first `parts` lines make a whole."""
    return f.Sheet(
        key=key, title=words[key], heading=words[heading], columns=tuple(words[name] for name in columns),
        rows=tuple((str(name), cells) for name, cells in rows), code=code, also=also, parts=parts, note=note,
    )  # fmt: skip
