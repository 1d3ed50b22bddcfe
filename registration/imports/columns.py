"""The columns of a birth register and how each is read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.imports.cells import (
    as_text,
    date_reader,
    mark_reader,
    number_reader,
    phone_reader,
    text_reader,
    thai_id_reader,
)
from casework.imports.columns import ColumnSpec
from casework.imports.questions import DAYS
from casework.imports.reading import Raw
from casework.kernel.digits import to_ascii_digits
from casework.people.identifiers import normalise_number
from casework.people.states import CHILD_SEX, PaperType
from casework.ui.templatetags.words import grams
from registration.imports import life, readers, words
from registration.imports.twins import read_twin
from registration.states import CertificateForm

_OF_ROW = frozenset({""})
_OF_MOTHER = frozenset({"mother"})
_OF_FAMILY = frozenset({"", "mother", "father", "child", "guardian"})
_READ_DAY = date_reader("born")
_DATE_SHAPE = re.compile(r"^\S{0,12}\s*\d{1,4}\D{1,20}\d{1,4}\s*$|\d[-/. ]\d{1,2}[-/. ]\d")


def looks_date(raw: Raw) -> bool:
    """Whether a cell looks like a day."""
    if isinstance(raw, date):
        return True
    is_shaped = isinstance(raw, str) and bool(_DATE_SHAPE.search(to_ascii_digits(raw)))
    return is_shaped or bool(_READ_DAY(raw, date.max).value)


def looks_phone(raw: Raw) -> bool:
    """Whether a cell looks like a phone number."""
    digits = normalise_number(raw).lstrip("+")
    return digits.isdecimal() and 8 <= len(digits) <= 12


def looks_thai_id(raw: Raw) -> bool:
    """Whether a cell looks like a 13-digit number, also one that lost its zeros."""
    digits = normalise_number(raw)
    return digits.isdecimal() and (len(digits) == 13 or (not isinstance(raw, str) and len(digits) >= 10))


def looks_sex(raw: Raw) -> bool:
    """Whether a cell says a sex."""
    return readers.may_be_sex(raw)


def looks_time(raw: Raw) -> bool:
    """Whether a cell holds an hour."""
    return not readers.read_time(raw, date.min).findings


def looks_weight(raw: Raw) -> bool:
    """Whether a cell holds a birth weight."""
    return isinstance(readers.read_weight(raw, date.min).value, int) and not isinstance(raw, date)


def looks_form(raw: Raw) -> bool:
    """Whether a cell names a form of certificate."""
    return isinstance(raw, str) and not readers.read_form(raw, date.min).findings


def looks_paper(raw: Raw) -> bool:
    """Whether a cell names a paper."""
    return isinstance(raw, str) and not readers.read_paper(raw, date.min).findings


def looks_running(raw: Raw) -> bool:
    """Whether a cell holds a small whole number, also one of a year such as 12/2567."""
    return bool(re.fullmatch(r"[0-9]{1,6}(?:/[0-9]{2,4})?", to_ascii_digits(as_text(raw))))


def looks_numbered(raw: Raw) -> bool:
    """Whether a cell holds a number of a paper: there is a digit in it."""
    return any(letter.isdecimal() for letter in as_text(raw))


def looks_name(raw: Raw) -> bool:
    """Whether a cell is mostly letters, with the marks above and below them."""
    return isinstance(raw, str) and sum(unicodedata.category(letter)[0] in "LM" for letter in raw) * 2 > len(
        as_text(raw)
    )


COLUMNS = (
    ColumnSpec(
        key="number",
        label=_("Running number"),
        headings=words.NUMBER,
        about=_OF_ROW,
        read=text_reader(),
        looks=looks_running,
    ),
    ColumnSpec(
        key="opened",
        label=_("Date opened"),
        headings=words.OPENED,
        about=_OF_ROW,
        read=date_reader("opened"),
        asks=DAYS,
        looks=looks_date,
    ),
    ColumnSpec(
        key="child",
        label=_("Child’s name"),
        headings=words.NAME,
        read=readers.read_child,
        required=True,
        looks=looks_name,
    ),
    ColumnSpec(
        key="child_th",
        label=_("Child’s name in Thai"),
        headings=words.NAME,
        script="th",
        read=readers.read_child,
        looks=looks_name,
    ),
    ColumnSpec(
        key="child_my",
        label=_("Child’s name in Burmese"),
        headings=words.NAME,
        script="my",
        read=readers.read_child,
        looks=looks_name,
    ),
    ColumnSpec(
        key="sex",
        label=_("Sex"),
        headings=words.SEX_HEADINGS,
        read=readers.read_sex,
        asks=(readers.SEX_NUMBERS,),
        words=CHILD_SEX,
        required=True,
        looks=looks_sex,
        by_cells=True,
    ),
    ColumnSpec(
        key="born",
        label=_("Date of birth"),
        headings=words.BORN,
        read=date_reader("born"),
        asks=DAYS,
        required=True,
        looks=looks_date,
        by_cells=True,
    ),
    ColumnSpec(key="time", label=_("Time of birth"), headings=words.TIME, read=readers.read_time, looks=looks_time),
    ColumnSpec(
        key="weight_g",
        label=_("Birth weight"),
        headings=words.WEIGHT,
        read=readers.read_weight,
        asks=(readers.POUNDS,),
        looks=looks_weight,
        write=grams,
    ),
    ColumnSpec(
        key="life",
        label=_("Born alive"),
        headings=life.HEADINGS,
        read=life.read_life,
        words={"alive": _("Yes")},
        looks=life.looks_life,
        by_cells=True,
    ),
    ColumnSpec(key="twin", label=_("Twin"), headings=words.TWIN, read=read_twin),
    ColumnSpec(
        key="hospital_no",
        label=_("Hospital number"),
        headings=words.HOSPITAL_NO,
        read=number_reader(longest=20),
        by_place=True,
    ),
    ColumnSpec(
        key="hospital_no_mother",
        label=_("Hospital number, mother"),
        headings=words.HOSPITAL_NO,
        about=_OF_MOTHER,
        read=number_reader(longest=20),
        by_place=True,
    ),
    ColumnSpec(
        key="mother",
        label=_("Mother’s name"),
        headings=words.NAME,
        about=_OF_MOTHER,
        read=readers.read_mother,
        looks=looks_name,
    ),
    ColumnSpec(
        key="mother_th",
        label=_("Mother’s name in Thai"),
        headings=words.NAME,
        about=_OF_MOTHER,
        script="th",
        read=readers.read_mother,
    ),
    ColumnSpec(
        key="mother_my",
        label=_("Mother’s name in Burmese"),
        headings=words.NAME,
        about=_OF_MOTHER,
        script="my",
        read=readers.read_mother,
    ),
    ColumnSpec(
        key="father",
        label=_("Father’s name"),
        headings=words.NAME,
        about=frozenset({"father"}),
        read=readers.read_name,
        looks=looks_name,
    ),
    ColumnSpec(
        key="mother_doc",
        label=_("Mother’s paper"),
        headings=words.PAPER,
        about=_OF_MOTHER,
        read=readers.read_paper,
        words={words.NO_PAPER: _("None"), **dict(PaperType.choices)},
        looks=looks_paper,
        by_place=True,
    ),
    ColumnSpec(
        key="mother_no",
        label=_("Number of the mother’s paper"),
        headings=words.PAPER_NUMBER,
        about=_OF_MOTHER,
        read=readers.read_as_it_stands,
        looks=looks_numbered,
        by_place=True,
        may_repeat=True,
    ),
    ColumnSpec(
        key="phone",
        label=_("Phone"),
        headings=words.PHONE,
        about=_OF_FAMILY,
        read=phone_reader("phone"),
        looks=looks_phone,
        may_repeat=True,
    ),
    ColumnSpec(
        key="delivery_proof",
        label=_("Delivery certificate (Tor.Ror.1/1)"),
        headings=words.DELIVERY_PROOF,
        read=mark_reader("delivery_proof"),
        words={"yes": _("Yes")},
    ),
    ColumnSpec(
        key="submitted",
        label=_("Birth notified on"),
        headings=words.SUBMITTED,
        read=date_reader("submitted"),
        asks=DAYS,
        looks=looks_date,
    ),
    ColumnSpec(
        key="registered",
        label=_("Birth certificate received on"),
        headings=words.REGISTERED,
        read=date_reader("registered"),
        asks=DAYS,
        looks=looks_date,
        either=words.REGISTERED_OR_OPENED,
        rival="opened",
    ),
    ColumnSpec(
        key="form",
        label=_("Form of the certificate"),
        headings=words.FORM,
        read=readers.read_form,
        words=dict(CertificateForm.choices),
        looks=looks_form,
    ),
    ColumnSpec(
        key="child_number",
        label=_("Child’s 13-digit number"),
        headings=words.CHILD_NUMBER,
        read=thai_id_reader("child_number"),
        looks=looks_thai_id,
        by_place=True,
        either=words.WHOSE_NUMBER,
        rival="mother_no",
    ),
    ColumnSpec(
        key="address",
        label=_("Address"),
        headings=words.ADDRESS,
        about=_OF_FAMILY,
        read=text_reader(longest=300),
    ),
    ColumnSpec(key="place", label=_("Place of birth"), headings=words.PLACE, read=text_reader()),
    ColumnSpec(
        key="remarks",
        label=_("Remarks"),
        headings=words.REMARKS,
        about=_OF_ROW,
        read=text_reader(longest=500),
    ),
)
