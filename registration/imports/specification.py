"""The clinic's register of births as a kind of spreadsheet that can be brought in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.imports.specification import ImportSpecification
from registration.imports import words
from registration.imports.columns import COLUMNS
from registration.imports.example import example_row
from registration.imports.features import features_of
from registration.imports.loading import load
from registration.imports.rules import MOTHER_NAMES, check_columns, check_row
from registration.imports.undoing import undo

BIRTH_REGISTER = ImportSpecification(
    key="registration.births",
    programme="registration",
    label=_("Birth register"),
    hint=_("One row per child: name, sex, date of birth, mother, notification and certificate."),
    tells=frozenset({*MOTHER_NAMES, "weight_g", "twin", "life", "delivery_proof", "submitted", "registered", "form"}),
    mostly={
        "BR-AGE-1": _("Most people in this file are 18 or older. Is it a register of births?"),
        "BR-OPEN-2": _("No column says when the family first came. The earliest date of each row stands in for it."),
        "BR-PAPER-1": _("Most numbers of papers come without the name of the paper: kept as another paper."),
        "BR-PAR-2": _("Most children have no mother here. Does a column of the file hold the mothers’ names?"),
        "BR-NAME-1": _("Most children have no name here. Does a column of the file hold their names?"),
    },
    dates=("born", "opened", "submitted", "registered"),
    names=("child", "child_th", "child_my", "mother", "mother_th", "mother_my", "father"),
    boxes={"เพศ": words.SEX},
    units=words.UNITS,
    columns=COLUMNS,
    check=check_row,
    check_columns=check_columns,
    features=features_of,
    example=example_row,
    load=load,
    undo=undo,
)
