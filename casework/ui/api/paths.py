"""Where a rule's field stands in a body: rules speak of the boxes of pages, a body has names and rows of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NUMBERED = re.compile(r"(?P<stem>.*[_-])(?P<number>\d+)")
_ROW_BY_ID = re.compile(r"(?P<rows>\w+)\[(?P<by>\w+)=\*\](?P<rest>.*)")


def path_of(field: str, names: Mapping[str, str], sent: Any) -> str:
    """The path in the body that was sent of a field that a rule names; the field itself where `names` has no other.

    A star stands for the number at the end of the field: `row_*` may be `rows.*`, the row in that place, or
    `lots[lot=*].found`, a fact of the row whose `lot` it is. What was not sent among the rows is about all of them.
    """
    if field in names:
        return names[field]
    numbered = _NUMBERED.fullmatch(field)
    path = names.get(f"{numbered['stem']}*") if numbered else None
    if numbered is None or path is None:
        return field
    by_id = _ROW_BY_ID.fullmatch(path)
    if by_id is None:
        return path.replace("*", numbered["number"])
    place = _place(sent, by_id["rows"], by_id["by"], numbered["number"])
    return by_id["rows"] if place is None else f"{by_id['rows']}.{place}{by_id['rest']}"


def _place(sent: Any, rows: str, by: str, number: str) -> int | None:
    listed = sent.get(rows) if isinstance(sent, Mapping) else None
    found = (place for place, one in enumerate(listed or ()) if str(one.get(by)) == number)
    return next(found, None)
