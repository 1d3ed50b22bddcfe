"""The words of dates in English, Thai, Burmese, Khmer and Lao: months, weekdays, and a date written out.

Kept as tables, not in the message catalogues: a paper in Thai needs the Thai months whatever the screen
speaks, and the same tables read what people type. Digits stay 0-9 except where a letter asks for Thai ones.
Thai dates carry the Buddhist year alone, all others the common year alone; `both` gives the two for legal papers.
Khmer and Lao are spoken by papers alone.
"""

from __future__ import annotations

from datetime import date

BUDDHIST_OFFSET = 543  # พ.ศ. = ค.ศ. + 543 since 1 January 1941
_NB = "\u00a0"

_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_TH_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MY = (
    "ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်",
    "ဇူလိုင်", "ဩဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ", "နိုဝင်ဘာ", "ဒီဇင်ဘာ",
)  # fmt: skip
_KM = (
    "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា",
    "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
)  # fmt: skip
_LO = (
    "ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ",
    "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ",
)  # fmt: skip
_LONG = {"en": _EN, "th": _TH, "my": _MY, "km": _KM, "lo": _LO}
_SHORT = _LONG | {"en": tuple(name[:3] for name in _EN), "th": _TH_SHORT}

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "th": ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"),
    "my": ("တနင်္လာနေ့", "အင်္ဂါနေ့", "ဗုဒ္ဓဟူးနေ့", "ကြာသပတေးနေ့", "သောကြာနေ့", "စနေနေ့", "တနင်္ဂနွေနေ့"),
    "km": ("ថ្ងៃចន្ទ", "ថ្ងៃអង្គារ", "ថ្ងៃពុធ", "ថ្ងៃព្រហស្បតិ៍", "ថ្ងៃសុក្រ", "ថ្ងៃសៅរ៍", "ថ្ងៃអាទិត្យ"),
    "lo": ("ວັນຈັນ", "ວັນອັງຄານ", "ວັນພຸດ", "ວັນພະຫັດ", "ວັນສຸກ", "ວັນເສົາ", "ວັນອາທິດ"),
}

WEEKDAY_WORDS = sorted(
    {
        *_WEEKDAYS["en"], *(name[:3] for name in _WEEKDAYS["en"]), *_WEEKDAYS["my"],
        *(word for name in _WEEKDAYS["th"] for word in (name, name.removeprefix("วัน"))),
    },
    key=len, reverse=True,
)  # fmt: skip
"""What stands before a date for its weekday, the longest first."""

# Spellings people also use.
_ALSO = {
    "sept": 9, "june": 6, "july": 7, "သြဂုတ်": 8, "ဖေဖဝါရီ": 2, "มกรา": 1, "กุมภา": 2, "กุมภาพัน": 2, "กุมภาพันธุ์": 2,
    "มีนา": 3, "เมษา": 4, "พฤษภา": 5, "มิถุนา": 6, "กรกฎา": 7, "กรกฏา": 7, "กรกฏาคม": 7, "สิงหา": 8, "กันยา": 9,
    "ตุลา": 10, "พฤศจิกา": 11, "ธันวา": 12,
}  # fmt: skip


def _bare(word: str) -> str:
    return word.casefold().replace(".", "").replace(" ", "").replace("\u00a0", "")


_NUMBERS = {
    _bare(name): number for table in (*_LONG.values(), *_SHORT.values()) for number, name in enumerate(table, start=1)
} | _ALSO


def _spoken(language: str) -> str:
    """The table's key for a language code; an unknown one speaks English."""
    root = language.split("-")[0].lower()
    return root if root in _LONG else "en"


def month_number(word: str) -> int | None:
    """The month a name means (1-12), long or short, English, Thai or Burmese; None when it is no month."""
    bare = _bare(word)
    return _NUMBERS.get(bare) or _NUMBERS.get(bare.removeprefix("เดือน").removesuffix("လ"))


def month_words(month: int) -> tuple[str, ...]:
    """Every word that is read as month 1-12, small and without dots and spaces, as `month_number` compares them."""
    return tuple(word for word, number in _NUMBERS.items() if number == month)


def month_name(month: int, language: str) -> str:
    """The full name of month 1-12."""
    return _LONG[_spoken(language)][month - 1]


def month_short(month: int, language: str) -> str:
    """The short name of month 1-12 (Burmese, Khmer and Lao have none and give the full one)."""
    return _SHORT[_spoken(language)][month - 1]


def weekday_name(weekday: int, language: str) -> str:
    """The name of a weekday counted as Python does: Monday is 0."""
    return _WEEKDAYS[_spoken(language)][weekday]


def year_text(year: int, language: str) -> str:
    """A common year as the language writes it: Buddhist in Thai, common otherwise."""
    return str(year + BUDDHIST_OFFSET if _spoken(language) == "th" else year)


def year_with_era(year: int, language: str) -> str:
    """A year that stands alone: "พ.ศ. 2554" in Thai, "2011" otherwise."""
    return f"พ.ศ.{_NB}{year_text(year, language)}" if _spoken(language) == "th" else year_text(year, language)


def short(on: date, language: str) -> str:
    """'23 Nov 2026', '23 พ.ย. 2569', '23 နိုဝင်ဘာ 2026' (the day does not break from its month)."""
    return f"{on.day}{_NB}{month_short(on.month, language)} {year_text(on.year, language)}"


def month_and_year(on: date, language: str) -> str:
    """'Nov 2026', 'พ.ย. 2569'."""
    return f"{month_short(on.month, language)}{_NB}{year_text(on.year, language)}"


def long(on: date, language: str) -> str:
    """'23 November 2026', '23 พฤศจิกายน 2569'."""
    return f"{on.day}{_NB}{month_name(on.month, language)} {year_text(on.year, language)}"


def both(on: date, language: str) -> str:
    """A date in both calendars, for legal papers and slips the family takes to an office."""
    return f"{on.day}{_NB}{month_in_both(on, language)}"


def month_in_both(on: date, language: str) -> str:
    """'November 2026 (พ.ศ. 2569)', 'พฤศจิกายน พ.ศ. 2569 (ค.ศ. 2026)'."""
    return f"{month_name(on.month, language)} {year_in_both(on.year, language)}"


def year_in_both(year: int, language: str) -> str:
    """'2026 (พ.ศ. 2569)', 'พ.ศ. 2569 (ค.ศ. 2026)'."""
    buddhist = year + BUDDHIST_OFFSET
    match _spoken(language):
        case "th":
            return f"พ.ศ.{_NB}{buddhist} (ค.ศ.{_NB}{year})"
        case "my":
            return f"{year} (ထိုင်းနှစ်{_NB}{buddhist})"
        case "km":
            return f"{year} (ឆ្នាំថៃ{_NB}{buddhist})"
        case "lo":
            return f"{year} (ປີໄທ{_NB}{buddhist})"
        case _:
            return f"{year} (พ.ศ.{_NB}{buddhist})"
