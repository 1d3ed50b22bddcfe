"""The numbers of the duplicate check: what each agreement is worth, and where the bands begin.

The score adds, for each thing compared, the base-2 logarithm of how much likelier that outcome is for one child entered
twice than for two children (Fellegi and Sunter). Where the bands begin, and what the rules D2 to D6 ask, are dated rows
that the staff may change (queries/thresholds.py); the worth of each agreement is trained and stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Weights:
    """One dated set of numbers; the defaults were set on generated records and a clinic's kind of register."""

    # How alike names must be (0-1): for the bands of the score, then for the rules D3, D4, D6.
    alike_same: float = 0.92
    alike_close: float = 0.80
    alike_some: float = 0.65
    alike_little: float = 0.45
    d3_mother: float = 0.55
    d3_child: float = 0.45
    d4_child: float = 0.70
    d4_mother: float = 0.60
    d6_mother: float = 0.60

    # Days between the births.
    d2_days: int = 270
    d3_days: int = 5
    d4_days: int = 1095
    d5_days: int = 5
    d6_days: int = 270
    twin_days: int = 2

    # Before anything is compared: most candidates are two children.
    prior: float = -10.5

    child_same: float = 8.0
    child_close: float = 5.0
    child_some: float = 2.0
    child_little: float = -1.0
    child_other: float = -5.0
    mother_same: float = 8.0
    mother_close: float = 5.0
    mother_some: float = 1.5
    mother_little: float = -2.0
    mother_other: float = -6.0

    born_same: float = 8.0
    born_near: float = 5.0  # within twin_days, or day and month exchanged
    born_year_slip: float = 3.0  # day and month the same, the year one off
    born_month: float = 0.0  # within 31 days
    born_sibling_gap: float = -3.0  # too near for a sibling, too far for a slip
    born_far: float = -7.0
    born_overlap: float = 2.0  # imprecise dates that can be the same day
    born_apart: float = -4.0

    sex_same: float = 0.9
    sex_other: float = -3.0
    paper_same: float = 10.0
    paper_other: float = -4.0
    phone_same: float = 7.0
    phone_other: float = -1.5
    number_same: float = 20.0
    number_slip: float = 8.0
    number_other: float = -6.0
    hospital_same: float = 15.0
    hospital_other: float = -1.0
    certificate_same: float = 15.0
    weight_same: float = 4.0
    weight_near: float = 1.0
    weight_other: float = -3.0

    # Where the bands begin.
    high_at: float = 6.0
    medium_at: float = 4.0
    low_at: float = 0.0

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Weights:
        """The defaults with some numbers replaced; unknown names are ignored, so that old rows stay readable."""
        kinds: dict[str, type] = {field.name: int if field.type == "int" else float for field in fields(cls)}
        return cls(**{name: kinds[name](value) for name, value in values.items() if name in kinds})

    def values(self) -> dict[str, float]:
        """Every number by name, to be stored."""
        return asdict(self)


DEFAULT_WEIGHTS = Weights()
