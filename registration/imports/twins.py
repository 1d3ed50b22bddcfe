"""Whether a cell says twin, and which one: 'แฝด 1', 'Twin B', 'แฝดน้อง', '2/2', 'singleton'."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from casework.imports.cells import ReadCell, as_text, says_nothing
from casework.imports.reading import Raw
from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import warning
from casework.people.match_features import mentions_twins

_SINGLE = re.compile(
    r"n|✗|0|f|false|ไม่|ไม่ใช่|ไม่เป็น|ไม่ใช่แฝด|ไม่แฝด|(?:ครรภ์|ท้อง)?เดี่ยว|ปกติ|คนเดียว|1\s*คน|single(?:ton)?|normal|one"
    r"|not? (?:a )?twins?|မဟုတ်(?:ပါ)?|တစ်ဦးတည်း"
)
_PLACES = {
    1: ("1", "1st", "i", "a", "ก", "พี่", "หนึ่ง", "first", "one", "elder", "older", "အကြီး", "က"),
    2: ("2", "2nd", "ii", "b", "ข", "น้อง", "สอง", "second", "two", "younger", "အငယ်", "ခ"),
    3: ("3", "3rd", "iii", "c", "ค", "สาม", "third", "three", "ဂ"),
    4: ("4", "4th", "iv", "d", "ง", "fourth", "four"),
}
_TWIN = re.compile(
    r"(?:(?:เป็น)?(?:ครรภ์|ลูก|เด็ก)?แฝด(?:คน)?|twins?|triplets?|babies|baby|คน|အမွှာ|အမြွှာ|x|y|yes|✓|✔|/|true|ใช่|เป็น|มี|ဟုတ်|ရှိ)?"
    r"\s*(?:ที่|no\.?|#|-)?\s*[(]?(?P<order>"
    + "|".join(
        re.escape(word)
        for word in sorted((word for words in _PLACES.values() for word in words), key=len, reverse=True)
    )
    + r")?[)]?(?:\s*(?:twin|แฝด|/\s*[2-4]|of\s+[2-4]))?[.]?"
)


_IN_A_NAME = re.compile(
    r"(?:แฝด|အမွှာ|အမြွှာ)[^\s()]*(?:\s*(?:คนที่|ที่)?\s*[1-4](?!\d))?|\btwins?(?:[\s#.-]*(?:[1-4]|[a-d]|i{1,3}))?\b"
)


def twin_in_name(name: str) -> int | None:
    """1 or 2 where a name says which twin it is, 'ด.ช. เอ (แฝดพี่)', None where it only says twin, else 0."""
    if not mentions_twins(name):
        return 0
    found = _IN_A_NAME.search(to_ascii_digits(name).casefold())
    return (found and read_twin(found[0], date.min).value) or None


def twin_in_remark(remark: str) -> int | None:
    """As twin_in_name, of a remark that says nothing else; in a longer one another child may be meant."""
    if not mentions_twins(remark):
        return 0
    return read_twin(remark, date.min).value or None


def read_twin(raw: Raw, today: date) -> ReadCell:
    """1 or 2 for the first or second twin, 0 for a single child, None when the cell only says twins.

    What says neither is a single child, and is told.
    """
    text = to_ascii_digits(as_text(raw)).casefold()
    if says_nothing(text) or _SINGLE.fullmatch(text):
        return ReadCell(0)
    if found := _TWIN.fullmatch(text):
        told = (found["order"] or "").strip(" .")
        return ReadCell(next((place for place, words in _PLACES.items() if told in words), None))
    sentence = _("“%(written)s” does not say whether the child is a twin. It was read as a single child.")
    return ReadCell(0, None, (warning("E-IMP-20", "twin", sentence % {"written": text[:60]}),))
