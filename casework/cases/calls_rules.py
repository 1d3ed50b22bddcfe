"""Who is calling: which answers fit what is written of the child. Pure; nothing of it is shown to the caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate
from casework.people.match_features import Features
from casework.people.match_pairs import NAMES_ALIKE, compared

RIGHT_ANSWERS = 2  # of the four questions
CHILD, MOTHER, BORN, CODE = "child", "mother", "born", "code"
QUESTIONS = {
    CHILD: _("name of the child"),
    MOTHER: _("name of the mother"),
    BORN: _("date of birth"),
    CODE: _("tracking code"),
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the caller said."""

    child: str = ""
    mother: str = ""
    born_on: date | None = None
    code: str = ""

    @property
    def count(self) -> int:
        """How many questions were answered."""
        return sum(bool(answer) for answer in (self.child, self.mother, self.born_on, self.code))


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is written of the child."""

    children: Sequence[str]
    mothers: Sequence[str]
    birth: BirthDate
    code: str


def right_answers(answers: Answers, known: Known) -> list[str]:
    """The questions that were answered rightly."""
    said = Features.of_names(child=[answers.child], mother=[answers.mother])
    written = Features.of_names(child=known.children, mother=known.mothers)
    pair = compared(said, written)
    found = []
    if pair.child is not None and pair.child >= NAMES_ALIKE:
        found.append(CHILD)
    if pair.mother is not None and pair.mother >= NAMES_ALIKE:
        found.append(MOTHER)
    if answers.born_on is not None and known.birth.is_exact and answers.born_on == known.birth.on:
        found.append(BORN)
    if answers.code and answers.code == known.code:
        found.append(CODE)
    return found
