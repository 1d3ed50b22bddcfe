"""Mother and father written into one cell: 'นายโก / นางมะ', 'Ma Win + U Ba'. Their titles tell who is who."""

from __future__ import annotations

import re

from casework.kernel.digits import clean_line
from casework.people.names import guess_script, split_honorific

_BETWEEN = re.compile(r"\s*[/+&;,\n]\s*|\s+(?:and|และ|กับ|နှင့်)\s*")
_LONGEST = 200
_OF = re.compile(r"\b[a-z]\s*/\s*o\b", re.IGNORECASE)
_WOMEN = frozenset({
    "นาง", "นางสาว", "นส", "mrs", "ms", "miss", "daw", "ma", "naw", "nant", "nang", "ဒေါ်", "မ", "နော်", "နန့်", "နန်း",
})  # fmt: skip
_MEN = frozenset({"นาย", "mr", "u", "ko", "maung", "mg", "saw", "mahn", "ဦး", "ကို", "မောင်", "စော", "မန်း"})


def parents_in(text: str) -> tuple[str, str] | None:
    """Mother and father of a cell with two names, one with the title of a woman and one with that of a man."""
    names = [clean_line(name) for name in _BETWEEN.split(text.strip())] if len(text) <= _LONGEST else []
    if len(names) != 2:
        return None
    first, second = (split_honorific(name)[0].casefold().replace(".", "").replace(" ", "") for name in names)
    if first in _WOMEN and second in _MEN:
        return names[0], names[1]
    return (names[1], names[0]) if first in _MEN and second in _WOMEN else None


def are_two_children(name: str) -> bool:
    """Whether two children stand in one cell, each with a title: 'ด.ช.เอ / ด.ช.บี'."""
    names = [clean_line(one) for one in _BETWEEN.split(_OF.sub(" ", name).strip())]
    return len(names) > 1 and all(split_honorific(one)[0] for one in names) and len({*map(guess_script, names)}) == 1


def are_two(name: str) -> bool:
    """Whether a sign stands between two names; "b/o" and "s/o" are none."""
    return len(names := re.split(r"[/+&]", _OF.sub(" ", name))) > 1 and all(len(one.strip()) > 1 for one in names)
