"""Burmese typed the old Zawgyi way: telling it from Unicode, and showing how it would read.

Zawgyi puts the marks in the order they are drawn and gives the shapes of one letter many code points, among
them ones that Unicode uses for Karen, Mon and Shan. So nothing is ever converted by itself: the person sees
a preview and decides.
"""

from __future__ import annotations

import re
import unicodedata

_LETTER = "[\u1000-\u1021\u1025\u1027\u1029\u103f\u104e]"

# Orders and letters that only the one way of typing has; the number says how surely.
_ZAWGYI_SIGNS = [
    (re.compile(pattern), weight)
    for pattern, weight in (
        (r"(?:^|[^\u1000-\u109f])\u1031[\u103b\u107e-\u1084]?[\u1000-\u1021]", 3),  # vowel e written first
        (r"(?:^|[\u102b-\u103a\u1060-\u1069\u1086-\u1097])\u1031[\u1000-\u1021]", 2),
        (r"[\u1000-\u1021]\u1039(?![\u1000-\u1021])", 3),  # virama where Unicode has asat
        (r"[\u102b-\u1032\u1036]\u1039", 2),
        (r"(?:^|[^\u1000-\u1021\u103b-\u103e])[\u103b\u107e-\u1084](?=[\u1000-\u1021])", 3),  # medial r first
        (r"[\u1000-\u1021][\u1033\u1034]", 2),  # Zawgyi's second u and uu
        (r"[\u1000-\u1021]\u103a[\u102c-\u1032\u103d\u1033]", 2),  # medial y at asat's place
        (r"[\u1060\u1065-\u1069\u106c\u106d\u1070-\u107c\u1085\u108f-\u1097]", 1),  # stacked shapes
        (r"[\u1064\u1086-\u108e]", 1),
        (r"\u106a|\u106b", 1),
    )
]
_UNICODE_SIGNS = [
    (re.compile(pattern), weight)
    for pattern, weight in (
        (r"[\u1000-\u1021][\u103b-\u103e]*\u1031(?=[\u102b\u102c\u1038\u1037]|$|\s)", 2),
        (r"[\u1000-\u1021]\u103a(?:[\u1037\u1038]|$|\s|[\u1000-\u1021](?![\u1039]))", 2),  # asat
        (r"[\u1000-\u1021]\u1039[\u1000-\u1021]", 2),  # a stack
        (r"\u102b\u103a|\u102c\u103a", 2),  # o' with asat
        (r"[\u1000-\u1021]\u103c|[\u1000-\u1021]\u103e", 1),
        (r"[\u1060-\u1064]\u103a|[\u1063\u1064](?:$|\s|[\u1000-\u1021])", 3),  # S'gaw Karen tones
        (r"(?:^|[^\u1000-\u1021\u1025-\u102a\u108f])[\u1075-\u107c]", 2),  # Shan letters begin a syllable
        (r"[\u1075-\u1081\u1022\u1083-\u1086]\u103a|[\u1082\u1087-\u108d]", 1),  # Shan
    )
]

# One step after another turns Zawgyi into Unicode: shapes first, then the order of the marks.
_SHAPES = {
    "\u106a": "\u1009", "\u106b": "\u100a", "\u108f": "\u1014", "\u1090": "\u101b", "\u1086": "\u103f",
    "\u1033": "\u102f", "\u1034": "\u1030", "\u1094": "\u1037", "\u1095": "\u1037", "\u1088":
    "\u103e\u102f", "\u1089": "\u103e\u1030", "\u108a": "\u103c\u103d", "\u1087": "\u103e", "\u108e":
    "\u102d\u1036", "\u1060": "\ue000\u1000", "\u1061": "\ue000\u1001", "\u1062": "\ue000\u1002", "\u1063":
    "\ue000\u1003", "\u1065": "\ue000\u1005", "\u1066": "\ue000\u1006", "\u1067": "\ue000\u1006", "\u1068":
    "\ue000\u1007", "\u1069": "\ue000\u1008", "\u106c": "\ue000\u100b", "\u106d": "\ue000\u100c", "\u1070":
    "\ue000\u100f", "\u1071": "\ue000\u1010", "\u1072": "\ue000\u1010", "\u1096": "\ue000\u1010\u103c",
    "\u1073": "\ue000\u1011", "\u1074": "\ue000\u1011", "\u1075": "\ue000\u1012", "\u1076": "\ue000\u1013",
    "\u1077": "\ue000\u1014", "\u1078": "\ue000\u1015", "\u1079": "\ue000\u1016", "\u107a": "\ue000\u1017",
    "\u107b": "\ue000\u1018", "\u1093": "\ue000\u1018", "\u107c": "\ue000\u1019", "\u1085": "\ue000\u101c",
    "\u105a": "\u102b\u1039", "\u106e": "\u100d\ue000\u100d", "\u106f": "\u100e\ue000\u100d", "\u1091":
    "\u100f\ue000\u100d", "\u1092": "\u100b\ue000\u100c", "\u1097": "\u100b\ue000\u100b",
    **dict.fromkeys("\u107d", "\u103a"), **dict.fromkeys("\u107e\u107f\u1080\u1081\u1082\u1083\u1084",
    "\u103b"),
}  # fmt: skip
_KINZI = "\u1004\u103a\u1039"
_MOVED = str.maketrans("\u1039\u103a\u103b\u103c\u103d", "\u103a\u103b\u103c\u103d\u103e")
_STACK = "\ue000"  # stands for the virama until the marks are in order
_SYLLABLE = re.compile(f"(\u1031?)(\u103c?)({_LETTER})({_STACK}{_LETTER})?([\u1064\u108b-\u108d]?)([\u103b-\u103e]*)")


def looks_like_zawgyi(text: str) -> bool:
    """Whether Burmese text is more likely typed in Zawgyi than in Unicode;

    Karen and Shan are left in peace.
    """
    old = sum(weight * len(sign.findall(text)) for sign, weight in _ZAWGYI_SIGNS)
    if not old:
        return False
    new = sum(weight * len(sign.findall(text)) for sign, weight in _UNICODE_SIGNS)
    return old >= 2 and old > new


def zawgyi_to_unicode(text: str) -> str:
    """How Zawgyi text reads in Unicode: a preview for a person to accept or not."""
    plain = "".join(_SHAPES.get(letter, letter) for letter in text)
    plain = plain.translate(_MOVED)
    plain = re.sub("\u1040(?=[\u102b-\u103e])|(?<=[\u1031\u103c])\u1040", "\u101d", plain)
    plain = _SYLLABLE.sub(_ordered, plain)
    plain = re.sub("[\u102b-\u103e]{2,}", lambda marks: _sorted_marks(marks[0]), plain)
    return unicodedata.normalize("NFC", plain.replace(_STACK, "\u1039"))


def _ordered(found: re.Match[str]) -> str:
    """A syllable's parts as Unicode wants them: kinzi, letter, stack, medials, then the vowel e."""
    e, r, letter, stack, kinzi, medials = (part or "" for part in found.groups())
    above = {"\u108b": "\u102d", "\u108c": "\u102e", "\u108d": "\u1036"}.get(kinzi, "")
    return (_KINZI if kinzi else "") + letter + stack + "".join(sorted(set(r + medials))) + e + above


_MARKS = "\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c\u103a\u1036\u1037\u1038"
_ORDER = {mark: place for place, mark in enumerate(_MARKS)}


def _sorted_marks(marks: str) -> str:
    return "".join(sorted(marks, key=lambda mark: _ORDER.get(mark, len(_ORDER))))
