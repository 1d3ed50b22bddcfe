"""The row of an invented child that the template of a register shows, and how it is told apart from a real one."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import short
from casework.people.states import CHILD_SEX, PaperType, Sex

CHILD = "Saw Example"
ALIVE = {"th": "มีชีพ", "my": "အသက်ရှင်"}
"""As delivery rooms write it."""
DAYS_AGO = {"born": 12, "opened": 7, "submitted": 5}


def example_row(today: date) -> dict[str, str]:
    """A birth that was notified and has no certificate yet, written in the language of now."""
    language = (get_language() or "en")[:2]
    return {
        "number": "1",
        "child": CHILD,
        "child_th": "ซอ ตัวอย่าง",
        "child_my": "စော နမူနာ",
        "sex": str(CHILD_SEX[Sex.MALE]),
        "time": "08:30",
        "weight_g": "2900",
        "life": ALIVE.get(language, "live birth"),
        "hospital_no": "HN-0001",
        "mother": "Naw Example",
        "mother_th": "นอ ตัวอย่าง",
        "mother_my": "နော် နမူနာ",
        "mother_doc": str(PaperType.PASSPORT.label),
        "mother_no": "MX000001",
        "phone": "0800000000",
        "delivery_proof": "✓",
        "place": "Mae Sot Hospital",
        "remarks": _("An example. Take this row out."),
        **{key: short(today - timedelta(days=days), language) for key, days in DAYS_AGO.items()},
    }


def is_example(child: str) -> bool:
    """Whether a row is the template's own, which is of nobody."""
    return child == CHILD
