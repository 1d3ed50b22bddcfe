"""How a romanised name sounds, coarsely: one code for all the spellings one spoken name gets.

Burmese, Karen, Mon, Shan and Thai names have no fixed Latin spelling: Kyaw, Jaw and Kjaw, Phyo and Hpyo,
Tin and Tinn, Aung and Ong, Yadanar and Ratana are one name each. A syllable becomes first consonant, glide,
vowel and final: breath (h) and voice (t/d, p/b) fall away, r sounds as y, every stopped final is T and
every nasal one N.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Spellings read before anything else; the order matters.
_SPELLINGS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"(?<![ae])i([nm])e$", r"ai\1"),
        (r"(?<=[aou][nmkt])e$", ""),
        (r"aa", "a"),
        (r"(?<=[^aeiou])y(?![aeiou])", "i"),
        (r"(?<=[^aeiou])u(?=[ai])", "w"),
        (r"ph|hp|bh|f", "p"),
        (r"kh?y(?=[aeiou])|khj|kj|gy(?=[aeiou])|gj|chh|ch|ty(?=[aeiou])|tj", "j"),
        (r"hsh|sh|hry|hy(?=[aeiou])", "x"),
        (r"th|ht|dh|hs(?=t)", "t"),
        (r"kh|hk|gh|q", "k"),
        (r"hs|sz|^ts|z", "s"),
        (r"c(?=[ei])", "s"),
        (r"ck?", "k"),
        (r"h(?=[nmlwrv])", ""),
        (r"(?<=[nmlrwvkgtdpbsyj])h(?=[aeiou])", ""),
        (r"v", "w"),
        (r"d", "t"),
        (r"b", "p"),
        (r"g(?!$)(?<!ng)", "k"),
    )
]
_VOWELS = {
    "a": "A", "aa": "A", "e": "E", "ae": "E", "ay": "E", "ey": "E", "ei": "E", "eh": "E", "aye": "E", "ai":
    "E", "aei": "E", "ea": "I", "ia": "I", "ie": "I", "i": "I", "ee": "I", "y": "I", "o": "O", "oe": "O",
    "oo": "U", "u": "U", "ou": "U", "ue": "U", "uu": "U", "aw": "O", "au": "O", "ow": "O", "ao": "O", "oa":
    "O", "eou": "O", "ua": "O", "uo": "O", "ui": "I", "oi": "O", "oy": "O", "eo": "O", "io": "O", "eu": "U",
    "iu": "U",
}  # fmt: skip
_GLIDE_VOWEL = "(?:aye(?![aeiou])|[aeo]y(?![aeiou])|[aeo]w(?![aeiou])|[aeiou]+)"
_SYLLABLE = re.compile(
    rf"(?P<onset>ng|[^aeiou]?)(?P<glide>[yrwl]?)(?P<vowel>{_GLIDE_VOWEL})(?P<tail>[rhwy]*(?![aeiouy]))"
    rf"(?P<final>(?:ng?k?|[mnktpsjl]+?)(?![aeiou]|[yrwl][aeiou]))?"
)
_ONSET = {"r": "Y", "ng": "N", "g": "K", "x": "X", "h": "H"}
_NASAL = frozenset("nmlg")


@lru_cache(maxsize=20_000)  # names are made of few words: an import meets each of them again and again
def sound_of(word: str) -> tuple[str, ...]:
    """The sound codes of the syllables of one romanised word: 'hlahtinn' gives ('LA', 'TIN'); other scripts stay."""
    text = word.lower()
    for pattern, sound in _SPELLINGS:
        text = pattern.sub(sound, text)
    text = re.sub(r"([^aeiou])\1+", r"\1", text)
    codes = tuple(_code(found) for found in _SYLLABLE.finditer(text))
    return codes or (text.upper() or word,)


def _code(found: re.Match[str]) -> str:
    onset, glide, vowel, final = found["onset"], found["glide"], found["vowel"], found["final"] or ""
    first = _ONSET.get(onset, onset.upper())
    middle = {"": "", "y": "Y", "r": "Y", "w": "W", "l": "L"}[glide]
    nasal = bool(final) and final[0] in _NASAL
    last = "N" if nasal else "T" if final else ""
    return first + middle + _vowel(vowel, nasal=nasal) + last


def _vowel(vowel: str, *, nasal: bool) -> str:
    """The class of a vowel; before a nasal ai (Naing, Nine) has its own, and ou is o (Moung, Maung)."""
    if nasal and vowel in ("ai", "ay"):
        return "V"
    if nasal and vowel == "ou":
        return "O"
    return _VOWELS.get(vowel) or _VOWELS.get(vowel[:2]) or _VOWELS[vowel[:1]]
