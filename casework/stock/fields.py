"""The box for a quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import Refusal, refuse_errors
from casework.ui.fields import ReadField

from .rules import against_part

LARGEST = Decimal("9999999.99")
_QUANTITY = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,2})?")


def parse_quantity(text: str) -> Decimal:
    """So much of an item, 0 or more, in any digits, with or without commas. Raises Refusal with E-STK-30 to 32."""
    number = to_ascii_digits(text).strip()
    if re.fullmatch(r"[-−–]\s*[0-9.,]+", number):
        raise Refusal("E-STK-31", "", _("A quantity cannot be negative. Write it without the sign."))
    if not _QUANTITY.fullmatch(number):
        raise Refusal("E-STK-30", "", _("Write the quantity as a number, for example 1,250 or 0.5."))
    quantity = Decimal(number.replace(",", ""))
    if quantity > LARGEST:
        raise Refusal("E-STK-32", "", _("That is more than a store holds. Check the number."))
    return quantity.quantize(Decimal("0.01"))


class QuantityField(ReadField):
    """So much of an item, 0 or more, in any digits, with or without commas: 1,250, ๑๒๕๐, 0.5; gives a Decimal.

    `is_whole` refuses a part of one, for what is counted in whole.
    """

    def __init__(self, *, is_whole: bool = False, **options: Any) -> None:
        self.is_whole = is_whole
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        quantity = parse_quantity(text)
        refuse_errors(against_part(quantity, is_whole=self.is_whole, field=""))
        return quantity
