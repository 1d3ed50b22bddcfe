"""Where Burmese may be broken into lines, and where Thai dates and form numbers may not.

WeasyPrint breaks Thai at words (through Pango and libthai) but never breaks unspaced Burmese, which then runs
out of its box. A zero-width space before each syllable gives it the places; browsers know them by dictionary.
Pango takes a no-break space beside Thai for a place to break: a line would end with "(ค.ศ.". So a year stays with its
era, a day with its month, a form with its number, and a number with its price, by a mark around both. Khmer and
Lao bring their zero-width spaces in the catalogues.
"""

from __future__ import annotations

import re

from casework.kernel.date_words import month_name, month_short

_BASE = "\u1000-\u102a\u103f-\u1049\u104e\u1065\u1066\u106e-\u1070\u1075-\u1081"
_SYLLABLE = re.compile(
    rf"(?<=[\u1000-\u109f])(?<!\u1039)"  # after Burmese script, but not inside a stack
    rf"(?=[{_BASE}](?!\u1037?\u103a|\u1039))"  # before a base letter that is neither killed nor stacking
)
_WORDS = (
    "မှတ်ပုံတင်", "မွေးဖွား", "မွေးစာရင်း", "စာရွက်စာတမ်း", "စာရွက်", "ကာကွယ်ဆေး", "ကျန်းမာရေး", "အာမခံ", "သဘောတူ", "သဘောမတူ",
    "အဖွဲ့အစည်း", "အကူအညီ", "အချက်အလက်", "အထောက်အထား", "ကျွန်ုပ်", "ဝန်ထမ်း", "စကားပြန်", "မိသားစု", "ထိုင်းနှစ်", "ထိုင်းနိုင်ငံ",
    "ဘာသာစကား", "ပြင်ဆင်", "ကြည့်ရှု", "ရုပ်သိမ်း", "ပြောပြ", "ရေးမှတ်", "သိမ်းထား", "ဆုံးဖြတ်", "လက်ခံ", "တော်စပ်", "ချိန်းဆို",
    "ပါသည်", "ပါမည်", "ယူလာ", "ဖုန်းဆက်", "မူကြမ်း", "အမည်", "အခမဲ့", "စနေနေ့", "တနင်္ဂနွေနေ့", "တနင်္လာနေ့",
)  # fmt: skip
"""Common words of our papers, which are not broken inside."""
_DIGITS = re.compile(r"(?<=[\u1040-\u1049])\u200b(?=[\u1040-\u1049])")
_WHOLE = re.compile("|".join("\u200b?".join(word) for word in sorted(_WORDS, key=len, reverse=True)))

_MONTHS = "|".join(re.escape(name(month, "th")) for month in range(1, 13) for name in (month_name, month_short))
_TOGETHER = re.compile(
    rf"<[^>]*>|(?:ที่\u00a0)?\d{{1,2}}\u00a0(?:{_MONTHS})|\(?[พค]\.ศ\.\u00a0\d{{4}}\)?|\(?ท\.ร\.\d+(?:/\d)?\)?"
    r"|\d+\u00a0(?:[^\s<]+\u00a0)?×\u00a0[^\s<]+"
)


def syllable_breaks(text: str) -> str:
    """Put U+200B before each Burmese syllable that follows Burmese text; numbers and common words stay whole.

    Idempotent.
    """
    return _WHOLE.sub(_rejoined, _DIGITS.sub("", _SYLLABLE.sub("\u200b", text)))


def _rejoined(found: re.Match[str]) -> str:
    return found[0].replace("\u200b", "")


def thai_kept_whole(html: str) -> str:
    """Keep Thai days with their months, years with their eras, and forms with their numbers, on one line."""
    head, body, rest = html.partition("<body")
    return head + body + _TOGETHER.sub(_on_one_line, rest)


def _on_one_line(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else f'<span class="nowrap">{found[0]}</span>'
