"""What the duplicate check compares of a row of the register."""

from __future__ import annotations

from typing import Any

from casework.people.match_features import Features, paper_key
from registration.imports.rules import CHILD_NAMES, MOTHER_NAMES
from registration.imports.words import NO_PAPER


def features_of(values: dict[str, Any]) -> Features:
    """The features of a sound row: every spelling of both names, the birth, the numbers."""
    paper, number = values["mother_doc"], values["mother_no"]
    proof = values["delivery_proof"]
    return Features.of_names(
        child=[values[key] for key in CHILD_NAMES],
        mother=[values[key] for key in MOTHER_NAMES],
        born_on=values["born"],
        sex=values["sex"],
        plurality=2 if values["is_twin"] else 1,
        birth_order=values["twin"] or None,
        mother_papers=frozenset({paper_key(paper, number)} if number and paper != NO_PAPER else ()),
        phones=frozenset({values["phone"]} if values["phone"] else ()),
        hospital_no=values["hospital_no"],
        certificate_no="" if proof == "yes" else proof,
        child_number=values["child_number"],
        weight_g=values["weight_g"],
    )
