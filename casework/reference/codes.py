"""Codes of open lists: which are offered on a day, which are known, what they are called.

What the programme knows is asked of nobody. The words of the organisation's own codes are kept in the process for five
minutes, as texts are that are written once (decisions 27, 28, 41): a list that shows them asks for none of its rows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.spoken import in_each_language
from casework.programmes.contributions import Given, OpenList, Words

from .models import OWN_CODE, ListedCode, open_lists

KEPT_FOR = 300
"""Seconds for which words are kept."""
OTHER = "other"
"""Stands last in every list."""


def offered(entry: OpenList, on: date) -> list[tuple[str, Words]]:
    """The codes offered on a day with their words, the organisation's own before “other”."""
    rows = ListedCode.objects.live(on).filter(list=entry.key)
    here = {row.code: row for row in rows}
    known = [(code, words) for code, words in entry.codes.choices if code not in here or here[code].is_offered]
    own = [(row.code, row.name_now) for row in here.values() if row.is_offered and row.code not in entry.codes.values]
    last = [pair for pair in known if pair[0] == OTHER]
    return [*(pair for pair in known if pair[0] != OTHER), *own, *last]


@dataclass(frozen=True, kw_only=True)
class KnownCode:
    """A code that may stand in records, its words by language, and whether it is offered for new ones."""

    code: str
    names: Mapping[str, str]
    is_offered: bool


def known(entry: OpenList, on: date) -> Iterator[KnownCode]:
    """Every code that is or was in the list: those offered on the day in their order, then the others."""
    own = _named(ListedCode.objects.filter(list=entry.key).order_by("valid_from"), on)
    here = [code for code, _words in offered(entry, on)]
    for code in dict.fromkeys([*here, *entry.codes.values, *(code for _list, code in own)]):
        names = own.get((entry.key, code), {})
        if code in entry.codes.values:
            names = in_each_language(lambda code=code: entry.codes(code).label)  # type: ignore[misc]
        yield KnownCode(code=code, names=names, is_offered=code in here)


def given(on: date) -> Iterator[Given]:
    """What is offered on a day of the codes that programmes know and an organisation need not offer."""
    withdrawn = set(ListedCode.objects.live(on).filter(is_offered=False).values_list("list", "code"))
    for entry in open_lists().values():
        for code, label in entry.codes.choices:
            if code not in entry.fixed and (entry.key, code) not in withdrawn:
                answers = {"list": entry.key, "code": code, "is_offered": ""}
                yield Given(group=entry.label, label=label, act=_("Stop offering"), answers=answers)


def is_known(entry: OpenList, code: str) -> bool:
    """Whether the code is the programme's, or was ever one of the organisation: what was chosen once stays true."""
    rows = ListedCode.objects.filter(list=entry.key, code=code)
    return code in entry.codes.values or (re.match(OWN_CODE, code) is not None and rows.exists())


def words(entry: OpenList, code: str, language: str = "") -> str:
    """What a code is called: the programme's in the language of the page, one's own in the language asked for.

    Without a language in that of the page. A code that is not known stands for itself, and is not asked for again as
    long as the others are kept.
    """
    if code in entry.codes.values:
        return str(entry.codes(code).label)
    kept = (entry.key, code)
    if kept not in _own_names():
        _read.cache_clear()  # added since
    names = _own_names().setdefault(kept, {})
    return names.get(language or (get_language() or "en")[:2]) or names.get("en") or code


def _own_names() -> dict[tuple[str, str], dict[str, str]]:
    return _read(int(time.monotonic() // KEPT_FOR), timezone.localdate())


@lru_cache(maxsize=1)
def _read(moment: int, today: date) -> dict[tuple[str, str], dict[str, str]]:
    return _named(ListedCode.objects.order_by("valid_from"), today)


def _named(listed: Iterable[ListedCode], today: date) -> dict[tuple[str, str], dict[str, str]]:
    """The names of rows, the oldest first: of a code those that hold today, else the last ones, else those to come."""
    rows = list(listed)
    begun = {(row.list, row.code): row for row in rows if row.valid_from <= today}
    newest = {(row.list, row.code): row for row in reversed(rows)} | begun
    return {key: {"en": row.name_en, "th": row.name_th, "my": row.name_my} for key, row in newest.items()}
