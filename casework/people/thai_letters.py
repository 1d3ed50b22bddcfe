"""Thai (and Lao) letters written in Latin ones, close to how names are spelled on other papers.

Thai writes some vowels before their consonant, some not at all. The rules here read a word from left to
right: tone marks and silenced letters fall away, a vowel pattern takes its consonant or cluster, a
consonant with no vowel after it closes the syllable, and a run of bare consonants is read in pairs (พงษ์
"phong", ชนก "chanok").
"""

from __future__ import annotations

import re

_FIRST = {
    **dict.fromkeys("ก", "k"), **dict.fromkeys("ขฃคฅฆ", "kh"), **dict.fromkeys("ง", "ng"), "จ": "ch",
    **dict.fromkeys("ฉชฌ", "ch"), **dict.fromkeys("ซศษส", "s"), **dict.fromkeys("ญย", "y"),
    **dict.fromkeys("ฎด", "d"), **dict.fromkeys("ฏต", "t"), **dict.fromkeys("ฐฑฒถทธ", "th"),
    **dict.fromkeys("ณน", "n"), "บ": "b", "ป": "p", **dict.fromkeys("ผพภ", "ph"), **dict.fromkeys("ฝฟ", "f"),
    "ม": "m", "ร": "r", **dict.fromkeys("ลฬ", "l"), "ว": "w", **dict.fromkeys("หฮ", "h"), "อ": "", "ฤ": "ri", "ฦ": "lu",
}  # fmt: skip
_LAST = {
    **dict.fromkeys("กขคฆ", "k"), "ง": "ng", **dict.fromkeys("จชซฎฏฐฑฒดตถทธศษส", "t"),
    **dict.fromkeys("ญณนรลฬ", "n"), **dict.fromkeys("บปพฟภ", "p"), "ม": "m", "ย": "i", "ว": "o",
}  # fmt: skip

# Parts of names that are not read as they are spelled, written as they sound.
_EXCEPTIONS = [
    (re.compile(written), read)
    for written, read in (
        ("ณัฐ(?=[ก-ฮเ-ไ])", "นัทะ"),
        ("รัตน(?=[ก-ฮะ-ฺ])", "ระตะน"),
        ("เสริ(?=[ฐฎมง])", "เสิ"),
        ("(?<=[ก-ฮ])ทร(?=[เ-ไ]|$)", "ทอน"),
        ("ทรั?พย์", "ซับ"),
        ("ศรี|สรี", "สี"),
        ("จริง", "จิง"),
        ("สร้อย", "สอย"),
        ("ทรง", "ซง"),
    )
]

# Last parts of Thai names that begin a syllable of their own though no vowel shows it.
_ENDINGS = re.compile("(?<=[ก-ฺ]{2})(?=(?:พร|พล|พงษ?|พงศ|ธร|ชนก|ชล|พันธ)(?![ก-ฺ]))")

_C = "[ก-ฮ]"
_LAO = {code: code - 0x80 for code in range(0x0E81, 0x0EDF)}
_TONES = re.compile("[่-๋]|ๆ")
_TONED = re.compile(f"([เแโไใ]{_C})[่-๋](?=[วรลย])")  # the tone mark shows where the first consonant ends
_SILENT = re.compile(f"[ทตดก]ร์|{_C}[ิุ]?์")
_ONSET = f"(?P<onset>ห[งญนมยรลว]|อย|[กขคตปพผทสศซ][รลว]|{_C}\\+{_C}|{_C})"
_END = f"(?P<last>{_C}(?![ะ-ฺ็\\+])(?!รร)(?!อ(?:{_C}|$)))?"

# (what is written, how it sounds, whether a consonant may close it), the longest first.
_PATTERNS = [
    (re.compile(written.replace("C", _ONSET) + (_END if closes else "")), sound)
    for written, sound, closes in (
        ("เCียว", "yo", False),
        ("เCียะ", "ia", False),
        ("เCีย", "ia", True),
        ("เCือ", "uea", True),
        ("เCอะ", "er", False),
        ("เCาะ", "o", False),
        ("เCา", "ao", False),
        ("เCิ", "er", True),
        ("เCย(?![ะ-ฺ])", "oei", False),
        ("เCอ", "er", True),
        ("เC็", "e", True),
        ("เCะ", "e", False),
        ("เC'?(?![ะ-ฺ])", "e", True),
        ("แC็", "ae", True),
        ("แCะ", "ae", False),
        ("แC'?(?![ะ-ฺ])", "ae", True),
        ("โCะ", "o", False),
        ("โC'?(?![ะ-ฺ])", "o", True),
        ("[ไใ]C'?(?![ะ-ฺ])ย?", "ai", False),
        ("Cัวะ?", "ua", False),
        ("Cัย", "ai", False),
        ("Cั", "a", True),
        (f"Cรร(?={_C}(?![ะ-ฺ็]))", "a", True),
        ("Cรร", "an", False),
        ("Cะ", "a", False),
        ("Cำ", "am", False),
        ("Cา", "a", True),
        ("C[ิี]", "i", True),
        ("Cึ", "ue", True),
        ("Cือ?", "ue", True),
        ("C[ุู]", "u", True),
        ("C็อ", "o", True),
        ("Cอ", "o", True),
    )
]


def romanise(text: str) -> list[str]:
    """The syllables of Thai or Lao text in Latin letters; what is no such letter is left out."""
    plain = text.translate(_LAO).replace("ํา", "ำ")
    for written, read in _EXCEPTIONS:
        plain = written.sub(read, plain)
    plain = _TONES.sub("", _TONED.sub(r"\1'", _SILENT.sub("", plain)))
    syllables: list[str] = []
    for word in re.findall("[ก-ฮะ-ฺเ-ๅ็']+", _ENDINGS.sub(" ", plain)):
        syllables.extend(_word(_foreign_clusters(word)))
    return syllables


def _foreign_clusters(word: str) -> str:
    """Join a first consonant to the w or y after it, as in foreign names: นเว nwe, มโย myo, มยัต myat."""
    word = re.sub("^([กขคตปพผทสมนชลซ])([เแโ])([วย])", r"\2\1+\3", word)
    return re.sub("^([มนพผลซ])([วย])(?=[ัิ-ู])", r"\1+\2", word)


def _word(word: str) -> list[str]:
    syllables, at = [], 0
    while at < len(word):
        sound, after = _syllable(word, at)
        if sound:
            syllables.append(sound)
        at = after
    return syllables


def _syllable(word: str, at: int) -> tuple[str, int]:
    for pattern, vowel in _PATTERNS:
        found = pattern.match(word, at)
        if found:
            last = found.groupdict().get("last") or ""
            return _onset(found["onset"]) + vowel + _closing(vowel, last), found.end()
    if not re.match(_C, word[at]):
        return "", at + 1
    run = _bare_run(word, at)
    if run % 2 == 0:
        return _FIRST[word[at]] + "o" + _LAST.get(word[at + 1], ""), at + 2
    return _FIRST[word[at]] + "a", at + 1


def _closing(vowel: str, last: str) -> str:
    """The sound of a final consonant; ว glides: ดาว "dao", แก้ว "kaeo", but พอว "phow" and นิว "niu"."""
    if last == "ว":
        return {"o": "w", "u": "w", "i": "u"}.get(vowel, "o")
    return _LAST.get(last, "")


def _bare_run(word: str, at: int) -> int:
    """How many consonants from here have no vowel of their own; no word has more than twelve."""
    end = at
    while end < min(len(word), at + 12) and re.match(_C, word[end]) and not _has_vowel(word, end):
        end += 1
    return end - at


def _has_vowel(word: str, at: int) -> bool:
    return any(pattern.match(word, at) for pattern, _vowel in _PATTERNS)


def _onset(letters: str) -> str:
    if letters.startswith("ห") and len(letters) > 1:
        letters = letters[1:]
    if letters == "อย":
        return "y"
    return "".join(_FIRST.get(letter, "") for letter in letters)
