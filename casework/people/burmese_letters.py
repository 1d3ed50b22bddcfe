"""Burmese and S'gaw Karen letters written in Latin ones, the way families spell their names.

Not a scholar's system: စိုးသက်နိုင် becomes "soe thet naing" because that is what stands on the other
papers. Written from the spelling rules: a syllable is a consonant, its medials, a vowel, and a killed final
consonant.
"""

from __future__ import annotations

import re

_CONSONANTS = {
    "က": "k", "ခ": "kh", "ဂ": "g", "ဃ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ဈ": "z", "ဉ": "ny",
    "ည": "ny", "ဋ": "t", "ဌ": "ht", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "ht", "ဒ": "d", "ဓ": "d",
    "န": "n", "ပ": "p", "ဖ": "ph", "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "y", "ရ": "y", "လ": "l", "ဝ": "w",
    "သ": "th", "ဟ": "h", "ဠ": "l", "အ": "", "ၐ": "sh", "ၑ": "s", "ၡ": "sh", "ၵ": "k", "ၶ": "kh", "ၸ": "s",
    "ၺ": "ny", "ၼ": "n", "ၽ": "ph", "ၾ": "f", "ႁ": "h", "ၷ": "g", "ၹ": "z", "ၻ": "d", "ၿ": "b", "ႀ": "th",
}  # fmt: skip
_INDEPENDENT = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "oo", "ဧ": "ay", "ဩ": "aw", "ဪ": "aw"}

# What the medials make of a consonant; anything else is y, w after and h before.
_WITH_Y = {"k": "ky", "kh": "ch", "g": "gy"}
_BREATHED = {"y": "sh", "ly": "sh", "thy": "sh", "r": "sh", "hly": "sh"}

_OPEN = {
    "": "a", "ာ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "ay", "ဲ": "e", "ော": "aw", "ို": "o",
    "ိုး": "oe", "ံ": "an", "ုံ": "on", "ိံ": "ein", "ာံ": "an", "ိုံ": "on", "ၢ": "er", "ႃ": "a", "ႄ": "e",
}  # fmt: skip
_KILLED = {
    "က": "k", "ခ": "k", "ဂ": "k", "ဃ": "k", "စ": "s", "ဆ": "s", "ဇ": "s", "တ": "t", "ထ": "t", "ဒ": "t", "ဓ":
    "t", "ဋ": "t", "ဌ": "t", "ဍ": "t", "သ": "t", "ပ": "p", "ဖ": "p", "ဗ": "p", "ဘ": "p", "င": "g", "န": "n",
    "ဏ": "n", "မ": "n", "ည": "y", "ဉ": "g", "ယ": "e", "ဟ": "h", "လ": "e", "ရ": "", "ဝ": "", "ၼ": "n", "ၵ":
    "k",
}  # fmt: skip
_CLOSED = {
    "": {"k": "et", "s": "it", "t": "at", "p": "at", "g": "in", "n": "an", "y": "i", "e": "e", "h": "ah"},
    "ာ": {"k": "et", "t": "at", "n": "an", "e": "ai", "g": "in"},
    "ော": {"k": "auk", "g": "aung"},
    "ို": {"k": "aik", "g": "aing", "h": "oh", "e": "oy"},
    "ိ": {"n": "ein", "t": "eik", "p": "eik"},
    "ု": {"n": "on", "t": "oke", "p": "oke"},
}
_RARE = {"g": "ng", "e": "", "y": ""}  # how a final sounds after a vowel it seldom follows
_ROUND = {"t": "ut", "p": "ut", "n": "un"}  # after w: ထွန်း Htun, ဝတ် Wut

_LETTERS = "".join(_CONSONANTS) + "".join(_INDEPENDENT)
_SYLLABLE = re.compile(rf"([{_LETTERS}])([ျြွှၠႂ]*)((?:[ာိီုူေဲံ့းၢၣၤႃႄ]|(?<=[ာၢၣ])်)*)((?:[{_LETTERS}][့း]*်[့း]*)*)")

_SGAW_TONE = re.compile("ၢ်|ာ်|ၣ်|ၣ|ၤ|း")
_SGAW_OPEN = {"": "a", "ာ": "a", "ံ": "ee", "ၢ": "er", "ု": "u", "ူ": "oo", "့": "ay", "ဲ": "eh", "ိ": "o", "ီ": "aw"}
_SGAW_ONLY = re.compile("[ၡၣၤ]|ၢ်")


def romanise(text: str) -> list[str]:
    """The syllables of Myanmar-script text in Latin letters; what is no such letter is left out."""
    plain = text.replace("င်္", "င်").replace("္", "်").replace("ဿ", "သ်သ").replace("ါ", "ာ").replace("၀", "ဝ")
    if _SGAW_ONLY.search(plain):
        return _romanise_sgaw(plain)
    return [_burmese(*found.groups()) for found in _SYLLABLE.finditer(plain)]


def _burmese(letter: str, medials: str, vowel: str, finals: str) -> str:
    if letter in _INDEPENDENT:
        closed = _CLOSED.get({"ဥ": "ု", "ဣ": "ိ"}.get(letter, "-"), {}).get(_killed(finals), "")
        return closed or _INDEPENDENT[letter]
    onset = _onset(letter, medials)
    killed = _killed(finals)
    sign = re.sub("[့း်]", "", vowel)
    if not killed:
        if letter == "အ" and sign == "ိ":
            return "ei"
        return onset + _OPEN.get(sign + "း" if sign == "ို" and "း" in vowel else sign, "a")
    if sign == "" and killed in _ROUND and onset.endswith("w"):
        if killed == "n" and onset in ("mw", "hmw"):
            return onset[:-1] + "on"
        return (onset if letter == "ဝ" else onset[:-1]) + _ROUND[killed]
    return onset + (_CLOSED.get(sign, {}).get(killed) or _OPEN.get(sign, "a") + _RARE.get(killed, killed))


def _onset(letter: str, medials: str) -> str:
    onset = _CONSONANTS[letter]
    if "ျ" in medials or "ြ" in medials:
        onset = _WITH_Y.get(onset, onset + "y")
    if "ၠ" in medials:
        onset += "l"
    if "ှ" in medials:
        onset = _BREATHED.get(onset, "h" + onset if onset[:1] not in ("h", "") else onset)
    return onset + "w" if "ွ" in medials or "ႂ" in medials else onset


def _killed(finals: str) -> str:
    return _KILLED.get(finals[:1], "") if finals else ""


def _romanise_sgaw(text: str) -> list[str]:
    """S'gaw Karen writes the same signs for other vowels, and has tones and no finals."""
    syllables = []
    for found in re.finditer(rf"([{_LETTERS}])([ျြွှၠ]*)([ာိီုူေဲံ့းၢၣၤ်]*)", text):
        letter, medials, signs = found.groups()
        onset = {"ရ": "r"}.get(letter) or _CONSONANTS.get(letter, _INDEPENDENT.get(letter, ""))
        onset += "".join({"ျ": "y", "ြ": "r", "ွ": "w", "ၠ": "l", "ှ": "h"}[medial] for medial in medials)
        vowel = _SGAW_TONE.sub("", signs)
        syllables.append(onset + "".join(_SGAW_OPEN.get(sign, "") for sign in vowel) if vowel else onset + "a")
    return syllables
