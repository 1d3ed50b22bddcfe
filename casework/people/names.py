"""Names as people write them, in any script, and the keys by which they are found again.

Burmese and Karen names have no family name: one full name is one unit, and nothing here ever takes its last word for a
surname. Titles (Ma, Naw, Saw, Daw, ด.ญ.) are kept apart and ignored in keys. Rules BR-NAME-1, 2, 3, 4.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.digits import clean_line, without_zero_width
from casework.kernel.refusals import Finding, error, warning

from . import burmese_letters, thai_letters
from .sounds import sound_of
from .states import Script
from .zawgyi import looks_like_zawgyi

LONGEST_KEY = 300
LEADING_VOWELS = "เแโใไເແໂໃໄ"
"""Thai and Lao vowels that are written before the consonant they follow in speech."""

_BLOCKS = (
    (Script.THAI, 0x0E00, 0x0E7F),
    (Script.LAO, 0x0E80, 0x0EFF),
    (Script.MYANMAR, 0x1000, 0x109F),
    (Script.MYANMAR, 0xA9E0, 0xA9FF),
    (Script.MYANMAR, 0xAA60, 0xAA7F),
    (Script.KHMER, 0x1780, 0x17FF),
)

# Titles that stand before a name with a space. The unsure ones are also first syllables of names (Min Htet,
# Sai Mon): they come off only when at least two more words follow.
_SURE = {
    "u", "daw", "ko", "ma", "maung", "mg", "saw", "naw", "mahn", "nant", "nang", "mr", "mrs", "ms", "miss",
    "ဦး", "ဒေါ်", "ကို", "မ", "မောင်", "စော", "နော်", "မန်း", "နန့်", "နန်း", "နီၢ်", "စီၤ",
    "ด.ช", "ด.ญ", "ดช", "ดญ", "เด็กชาย", "เด็กหญิง", "นาย", "นาง", "นางสาว", "น.ส", "นส",
}  # fmt: skip
_UNSURE = {"sa", "nan", "mi", "min", "minh", "khun", "sai", "မိ", "မင်း", "ခွန်", "စိုင်း", "စဝ်", "နင်း"}
# Titles written together with the name.
_ATTACHED = re.compile(r"^(ด\.\s*[ชญ]\.?|เด็กชาย|เด็กหญิง|นางสาว|น\.\s*ส\.?|นาย|นาง|ဒေါ်|ဦး|နီၢ်|စီၤ)(?=[ก-ฮเ-ไက-အဧ])")

_BABY_OF = re.compile(
    r"^\s*(?=[bcdinsดทบลเ])(?:(?:new\s*born\s+)?(?:baby|bb|infant|child|son|daughter)(?:\s+(?:boy|girl))?\s+of\b"
    r"|b\s*/\s*o\b\.?"
    r"|(?:ด\.?[ชญ]\.?\s*|เด็ก(?:ชาย|หญิง)\s*)?"
    r"(?:บุตร(?:ชาย|สาว|ี)?|ลูก(?:ชาย|สาว)?(?=\s*(?:ของ|นาง|น\.?ส))|ทารก)\s*(?:ของ)?)"
    r"\s*[:.]?\s*(?P<mother>.+)$",
    re.IGNORECASE,
)
_CHILD_WORDS: dict[str, str] = {Script.LATIN: "Baby of %s", Script.MYANMAR: "%s ၏ ကလေး"}
SCRIPT_OF = {
    "en": Script.LATIN, "th": Script.THAI, "my": Script.MYANMAR, "km": Script.KHMER, "lo": Script.LAO,
}  # fmt: skip
"""Language of the page or paper → the script its reader reads."""
_CHILD = ("ကလေး", "ဖိုသူငယ်", "ဖိုခွား")
_CHILD_OF = re.compile(r"^\s*(?P<mother>.+?)\s*(?:၏|ရဲ့|ရဲ့)?\s*(?:မွေးကင်းစကလေး|ကလေး|ဖိုသူငယ်|ဖိုခွား)\s*$")


# Runs of one kind of writing: Myanmar, Thai or Lao, anything else between spaces and signs.
_RUNS = re.compile(r"[က-႟ꧠ-꧿ꩠ-ꩿ]+|[฀-໿]+|[^\s\-.,/()က-႟ꧠ-꧿ꩠ-ꩿ฀-໿]+")


def script_of(letter: str) -> Script | None:
    """The script of one letter, or None for a sign that belongs to none."""
    code = ord(letter)
    for script, first, last in _BLOCKS:
        if first <= code <= last:
            return script
    if not letter.isalpha():
        return None
    return Script.LATIN if "LATIN" in unicodedata.name(letter, "") else Script.OTHER


def scripts_in(text: str) -> set[Script]:
    """Every script the text has letters of."""
    return {script for script in map(script_of, text) if script is not None}


def guess_script(text: str) -> Script:
    """The script most of the text is in; OTHER when it has no letters."""
    if text.isascii():
        return Script.LATIN if any(letter.isalpha() for letter in text) else Script.OTHER
    counts: dict[Script, int] = {}
    for letter in clean_line(text):
        script = script_of(letter)
        if script is not None:
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else Script.OTHER


def split_honorific(full: str) -> tuple[str, str]:
    """A name's title and the rest:

    ("Naw", "Ku Moo"), ("", "Moo"). The title comes off only when a name remains.
    """
    text = clean_line(full)
    if attached := _ATTACHED.match(text):
        return attached[0].strip(), text[attached.end() :].strip()
    first, _space, rest = text.partition(" ")
    word = unicodedata.normalize("NFC", first).casefold().rstrip(".")
    enough = 1 if word in _SURE else 2 if word in _UNSURE else None
    if enough is None or len(rest.split()) < enough:
        return "", text
    return first, rest


def baby_of(full: str) -> str:
    """The mother's name in "Baby of Ma Win", "บุตรนางวิน"; "" when the name is the child's own."""
    text = clean_line(full)
    found = _BABY_OF.match(text) or (None if text.isascii() else _CHILD_OF.match(text))
    return found["mother"].strip() if found else ""


def child_of(mother: str, script: str) -> str:
    """What a child without a name is called in a script: "Baby of Ma Win", "บุตรนางวิน", "บุตรของ Ma Win"."""
    if script != Script.THAI:
        return _CHILD_WORDS.get(script, _CHILD_WORDS[Script.LATIN]) % mother
    if guess_script(mother) != Script.THAI:
        return f"บุตรของ {mother}"
    return f"บุตร{mother}" if mother.startswith("นาง") else f"บุตรนาง{mother}"


def readers_script() -> Script:
    """The script that the reader of the page reads."""
    return SCRIPT_OF.get((get_language() or "en")[:2], Script.LATIN)


def as_called(full: str, script: str = "") -> str:
    """A kept name for the reader of a script, or of the page: "Baby of Ma Win" in their words, others as written."""
    mother, script = baby_of(full), script or readers_script()
    is_foreign = mother and guess_script(full.replace(mother, "", 1)) != script
    return child_of(mother, script) if is_foreign else full


def all_as_called(names: Iterable[str], script: str) -> tuple[str, ...]:
    """Kept names as as_called() gives them. Most are told apart at once, as long lists need it."""
    return tuple([as_called(name, script) if _BABY_OF.match(name) or name.endswith(_CHILD) else name for name in names])


def romanised(full: str) -> list[str]:
    """The name without its title in Latin letters, one item per written word or read syllable, lower case."""
    text = baby_of(full) or full
    bare = split_honorific(without_zero_width(clean_line(text)))[1]
    words: list[str] = []
    for run in _RUNS.findall(bare[:LONGEST_KEY]):
        words.extend(_in_latin(run))
    return [word for word in words if word]


@lru_cache(maxsize=20_000)  # words repeat from name to name
def _in_latin(run: str) -> tuple[str, ...]:
    script = script_of(run[0])
    if script == Script.MYANMAR:
        return tuple(burmese_letters.romanise(run))
    if script in (Script.THAI, Script.LAO):
        return tuple(thai_letters.romanise(run))
    kinds = "LN" if script == Script.LATIN else "LNM"  # é is e; a Khmer vowel is a mark and stays
    letters = unicodedata.normalize("NFKD", run.casefold())
    plain = "".join(letter for letter in letters if unicodedata.category(letter)[0] in kinds)
    return (unicodedata.normalize("NFC", plain),)


@dataclass(frozen=True)
class NameKeys:
    """What is stored beside a name to find it again."""

    search: str  # letters: no title, no tones, no spaces, Latin, lower case ("soethetnaing")
    phonetic: str  # sound as one word: equal for all spellings of one spoken name, joined or apart
    matching: str  # sounds sorted and spaced: equal also when the words stand in another order
    sort: str  # what lists sort by


@lru_cache(maxsize=10_000)  # whoever stores a name asks for each of its keys, an import for thousands together
def keys_of(full: str) -> NameKeys:
    """All keys of a name, worked out once."""
    words = romanised(full)
    sounds = [code for word in words for code in sound_of(word)]
    return NameKeys(
        search="".join(words)[:LONGEST_KEY],
        phonetic=re.sub(r"(.)\1+", r"\1", "".join(sounds))[:LONGEST_KEY],
        matching=" ".join(sorted(sounds))[:LONGEST_KEY],
        sort=_thai_order(full) or " ".join(words)[:LONGEST_KEY],
    )


def search_key(full: str) -> str:
    """The name for comparing letters: no title, no tones, no spaces, Latin, lower case ("soethetnaing")."""
    return keys_of(full).search


def phonetic_key(full: str) -> str:
    """How the name sounds, as one word: equal for all spellings of one spoken name, joined or apart."""
    return keys_of(full).phonetic


def matching_sounds(full: str) -> str:
    """The sound codes sorted and spaced: equal also when the words were written in another order."""
    return keys_of(full).matching


def sort_key(full: str) -> str:
    """What lists sort by: Thai with its leading vowels after their consonant, every other script romanised.

    Lists that mix scripts sort Latin, Burmese and Karen together by sound, Thai after them by its own alphabet.
    """
    return keys_of(full).sort


def _thai_order(full: str) -> str:
    """The sort key of a Thai or Lao name, or "" for other scripts."""
    if full.isascii():
        return ""
    text = without_zero_width(split_honorific(full)[1])
    if guess_script(text) not in (Script.THAI, Script.LAO):
        return ""
    bare = re.sub("[็-๎]", "", text)
    return re.sub("([เ-ไເ-ໄ])([ก-ฮກ-ຮ])", r"\2\1", bare).casefold()[:LONGEST_KEY]


def initials(full: str) -> str:
    """Up to two first letters for the avatar; of a Thai or Lao word its consonant, not the vowel written before it."""
    words = [word.lstrip(LEADING_VOWELS) or word for word in full.split()[:2]]
    return "".join(word[0] for word in words).upper()


def name_findings(full: str, *, field: str) -> list[Finding]:
    """What is wrong with one name: BR-NAME-1, 3, 4. A missing surname is never wrong (BR-NAME-2)."""
    text = clean_line(full)
    if not any(letter.isalpha() for letter in text):
        return [error("BR-NAME-1", field, _("Write the name. “Baby of …” is enough until the child has one."))]
    findings = []
    if {Script.THAI, Script.LATIN} <= scripts_in(text):
        sentence = _("This name mixes Thai and English letters. Write each spelling in its own box.")
        findings.append(warning("BR-NAME-3", field, sentence))
    if looks_like_zawgyi(text):
        sentence = _("This text may be in the old Zawgyi letters. Compare it with the preview.")
        findings.append(warning("BR-NAME-4", field, sentence))
    return findings
