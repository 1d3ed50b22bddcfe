"""Invented names of few syllables, in Latin and Burmese letters, and how another clerk would spell them."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from casework.people.names import NameKeys, keys_of

# one spoken syllable: how it is written in Latin letters, the usual way first, and in Burmese letters
SYLLABLES = (
    (("Paw", "Por"), "ဖော"), (("Wah", "Wa"), "ဝါး"), (("Moo", "Mu"), "မူ"), (("Eh", "Ae"), "အဲ"),
    (("Htoo", "Htu", "Too"), "ထူး"), (("Say", "Sei"), "စေး"), (("Gay", "Ghay"), "ဂေး"), (("Hser", "Ser"), "ဆာ"),
    (("Nay", "Ne"), "နေ"), (("Ku", "Koo"), "ကူး"), (("Ler", "Lar"), "လာ"), (("Doh", "Do"), "ဒို"),
    (("Aung", "Ong"), "အောင်"), (("Win", "Winn"), "ဝင်း"), (("Kyaw", "Gyaw"), "ကျော်"), (("Zaw", "Saw"), "ဇော်"),
    (("Moe", "Mo"), "မိုး"), (("Soe", "So"), "စိုး"), (("Hla", "La"), "လှ"), (("Mya", "Myar"), "မြ"),
    (("Khin", "Kin"), "ခင်"), (("Myint", "Myin"), "မြင့်"), (("Than", "Thann"), "သန်း"), (("Tin", "Tinn"), "တင်"),
    (("Phyo", "Pyo"), "ဖြိုး"), (("Nwe", "Nway"), "နွယ်"), (("Su", "Suu"), "စု"), (("Wai", "Way"), "ဝေ"),
    (("Zin", "Zinn"), "ဇင်"), (("Lwin", "Lwinn"), "လွင်"), (("Hnin", "Nin"), "နှင်း"), (("Cho", "Choe"), "ချို"),
    (("Aye", "Ay"), "အေး"), (("Lin", "Linn"), "လင်း"), (("Thet", "Thett"), "သက်"), (("Min", "Minn"), "မင်း"),
    (("Oo", "U"), "ဦး"), (("Kyi", "Gyi"), "ကြည်"), (("Yin", "Yinn"), "ယဉ်"), (("San", "Sann"), "စန်း"),
    (("Mar", "Ma"), "မာ"), (("Htwe", "Htway", "Twe"), "ထွေး"), (("Naing", "Nai"), "နိုင်"), (("Hein", "Heinn"), "ဟိန်း"),
    (("Myat", "Myatt"), "မြတ်"), (("Thu", "Thuu"), "သူ"), (("Yu", "Yuu"), "ယု"), (("Ei", "Eai"), "အိ"),
    (("Htet", "Tet"), "ထက်"), (("Lay", "Lei"), "လေး"), (("Noe", "No"), "နိုး"), (("Khant", "Kant"), "ခန့်"),
    (("Thiri", "Thiry"), "သီရိ"), (("Sandar", "Sanda"), "စန္ဒာ"), (("Thida", "Thidar"), "သီတာ"), (("Nilar", "Nila"), "နီလာ"),
    (("Yamin", "Yaminn"), "ယမင်း"), (("Kham", "Kam"), "ခမ်း"), (("Hseng", "Seng"), "ဆိုင်"), (("Noi", "Noy"), "နွယ်"),
)  # fmt: skip
TITLES_OF_MOTHERS = ("Ma", "Naw", "Daw", "Nang", "")
TITLES_OF_FATHERS = ("U", "Saw", "Ko", "Sai", "")

Name = tuple[int, ...]
"""The syllables of a name, by their place in SYLLABLES."""


def new_name(chance: Random, *, least: int = 2) -> Name:
    """Two to four syllables, mostly three."""
    return tuple(chance.choices(range(len(SYLLABLES)), k=max(least, chance.choice((2, 3, 3, 3, 4)))))


def in_latin(name: Name, title: str = "") -> str:
    """The name as it is usually written."""
    return " ".join(filter(None, [title, *(SYLLABLES[at][0][0] for at in name)]))


def in_burmese(name: Name) -> str:
    """The name in Burmese letters."""
    return "".join(SYLLABLES[at][1] for at in name)


def respelled(name: Name, chance: Random) -> str:
    """The name as another clerk hears it: another spelling of some syllables, words joined, at times one left out."""
    words = [chance.choice(SYLLABLES[at][0]) for at in name]
    if len(words) > 2 and chance.random() < 0.05:
        words.pop(chance.randrange(len(words)))
    if chance.random() < 0.2:
        return "".join(words).capitalize()
    return " ".join(words)


@lru_cache(maxsize=100_000)
def keys(full: str) -> NameKeys:
    """The keys of a name; mothers come again with every brother and sister."""
    return keys_of(full)
