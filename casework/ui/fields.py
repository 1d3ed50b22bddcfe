"""Form fields for what people type at the desk. Each turns text into a value and wrong text into a sentence.

The rules stand in the kernel; a field only translates its refusals into form errors with the same code.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kernel import dates
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.money import parse_money
from casework.kernel.refusals import Level, Refusal
from casework.ui.widgets import BirthDateWidget, PartsDateWidget, about_parts

F = TypeVar("F", bound=forms.Field)


def as_validation_error(refusal: Refusal) -> ValidationError:
    """The findings of a refusal as form errors with the same codes."""
    return ValidationError([ValidationError(str(f.sentence), code=f.code) for f in refusal.findings])


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    """Turn a Refusal inside the block into a ValidationError."""
    try:
        yield
    except Refusal as refusal:
        raise as_validation_error(refusal) from refusal


def needed(field: F, *answers: Any) -> F:
    """A field that a rule requires and the form does not: always, or with an answer that its label names."""
    field.needed_for = answers  # type: ignore[attr-defined]
    return field


class PartsDateField(forms.Field):
    """A day in three boxes, พ.ศ. or ค.ศ.; gives a date. A year from 2400 on is Buddhist by itself."""

    widget = PartsDateWidget
    boxes: tuple[str, ...] = ("d", "m", "y")

    def clean(self, value: Any) -> Any:
        value = value if isinstance(value, dict) else {}
        if self.is_empty(value):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        with refusals_as_errors():
            return self.read(value)

    def is_empty(self, value: dict[str, str]) -> bool:
        """Whether nothing was typed; the calendar alone is no answer."""
        return not any(value.get(box) for box in self.boxes)

    def read(self, value: dict[str, str]) -> Any:
        """The date of the boxes; raises Refusal with the codes of dates.read_parts."""
        return _day(value["d"], value["m"], value["y"], value.get("era", ""))

    def has_changed(self, initial: Any, data: Any) -> bool:
        if not initial and self.is_empty(data or {}):
            return False
        widget = self.widget
        shown: dict[str, str] = widget.shown(initial) if isinstance(widget, PartsDateWidget) else {}
        before = shown | {"era": ""}
        return before != dict(data or {}) | {"era": ""}


def ask_day(label: Any) -> PartsDateField:
    """The field for the true day of what is perhaps written down later; empty means today."""
    told = gettext_lazy("The true day, where it is written down later, as in a village.")
    return PartsDateField(label=label, required=False, help_text=told)


def _day(day: str, month: str, year: str, era: str) -> dt.date:
    chosen = era if era in ("be", "ce") else "auto"
    return dates.parse_parts(day, month, year, era=chosen, today=timezone.localdate(), field="")


class BirthDateField(PartsDateField):
    """A birth date as far as it is known: day, month, year, estimated age or nothing. Gives a BirthDate."""

    widget = BirthDateWidget
    boxes = ("d", "m", "y", "years", "months")

    def is_empty(self, value: dict[str, str]) -> bool:
        return value.get("precision") != dates.Precision.UNKNOWN and super().is_empty(value)

    def read(self, value: dict[str, str]) -> dates.BirthDate:
        born = self._born(value, value.get("precision") or dates.Precision.EXACT)
        findings = dates.birth_date_findings(born, today=timezone.localdate(), field="")
        errors = [finding for finding in findings if finding.level is Level.ERROR]
        if errors:
            raise Refusal.of(errors)
        return born

    def _born(self, value: dict[str, str], precision: str) -> dates.BirthDate:
        day, month, year, era = (value.get(part, "") for part in ("d", "m", "y", "era"))
        match precision:
            case dates.Precision.UNKNOWN:
                return dates.BirthDate(None, dates.Precision.UNKNOWN)
            case dates.Precision.ESTIMATED:
                return self._kept(value) or self._from_age(value.get("years", ""), value.get("months", ""))
            case dates.Precision.YEAR:
                return dates.BirthDate(_day("1", "1", year, era), dates.Precision.YEAR)
            case dates.Precision.MONTH:
                return dates.BirthDate(_day("1", month, year, era), dates.Precision.MONTH)
            case dates.Precision.EXACT:
                if not day:
                    sentence = _("Write the day of birth, or choose what is known: “Month and year”, “Year only”.")
                    raise Refusal("E-DATE-2", "", sentence)
                return dates.BirthDate(_day(day, month, year, era))
        raise Refusal("E-DATE-2", "", _("Choose how well the date of birth is known."))

    def _kept(self, value: dict[str, str]) -> dates.BirthDate | None:
        """The estimate that stood in the boxes, where the age is still the one shown for it."""
        about = dates.BirthDate.from_iso(value.get("about", ""))
        if about is None or about.on is None:
            return None
        shown = about_parts(about.on)
        same = all(to_ascii_digits(value.get(box, "")) == shown[box] for box in ("years", "months"))
        return dates.BirthDate(about.on, dates.Precision.ESTIMATED) if same else None

    def _from_age(self, years: str, months: str) -> dates.BirthDate:
        numbers = [to_ascii_digits(text) or "0" for text in (years, months)]
        if not (years or months) or not all(re.fullmatch(r"[0-9]{1,3}", n) for n in numbers):
            raise Refusal("E-DATE-2", "", _("Write the estimated age in years, in months, or both, for example 2."))
        whole = [int(n) for n in numbers]
        if whole[0] > dates.OLDEST_AGE or whole[1] > 11 + 12 * (whole[0] == 0):
            raise Refusal("E-DATE-4", "", _("An age is at most 120 years, and its months at most 11. Check the age."))
        return dates.BirthDate.from_age(years=whole[0], months=whole[1], asked_on=timezone.localdate())


class NameField(forms.CharField):
    """A name or other single line as people write it, in any script: tidied, never reformed."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, strip=True, **options)

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class DigitsField(forms.CharField):
    """A number kept as text, in any digits, with its leading zeros; spaces and hyphens are dropped."""

    width = "w-20"

    def __init__(self, *, length: int | None = None, max_length: int = 30, **options: Any) -> None:
        self.length = length
        super().__init__(max_length=max_length + 20, **options)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> str:
        text = re.sub(r"[\s\-–.]", "", to_ascii_digits(super().to_python(value) or ""))
        if text and not re.fullmatch(r"[0-9]+", text):
            raise ValidationError(
                _("“%(label)s” has digits only. Take out the letters and signs.")
                % {"label": self.label or _("This answer")},
                code="E-DIGITS-1",
            )
        if text and self.length and len(text) != self.length:
            raise ValidationError(
                _("“%(label)s” has %(wanted)s digits; here are %(found)s.")
                % {"label": self.label or _("This answer"), "wanted": self.length, "found": len(text)},
                code="E-DIGITS-2",
            )
        return text


class InAnyDigits(forms.Field):
    """Base of numbers that are typed in any digits: a number box of the browser takes only its own."""

    widget = forms.TextInput
    inputmode = "numeric"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": self.inputmode, "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_ascii_digits(value) if isinstance(value, str) else value)


class WholeNumberField(InAnyDigits, forms.IntegerField):
    """A whole number in any digits."""


class NumberField(InAnyDigits, forms.DecimalField):
    """A number in any digits."""

    inputmode = "decimal"


class TimeOfDayField(forms.TimeField):
    """A time of day in any digits, with a colon, a dot or neither between hours and minutes."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(format="%H:%M"))
        super().__init__(input_formats=["%H:%M", "%H%M", "%H:%M:%S"], **options)
        self.error_messages["invalid"] = _("Write the time like 03:20, from 00:00 to 23:59.")

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_ascii_digits(value).strip().replace(".", ":") if isinstance(value, str) else value)


class ReadField(forms.Field):
    """One box whose text is read as something else; subclasses say how in `read`."""

    longest = 30
    inputmode = "decimal"
    width = "w-10"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": self.inputmode, "autocomplete": "off", "maxlength": str(self.longest * 2)}

    def to_python(self, value: Any) -> Any:
        text = clean_line(str(value)) if value is not None else ""
        if not text:
            return None
        if len(text) > self.longest:
            raise ValidationError(
                _("“%(label)s” has more than %(longest)s characters. Write only the number.")
                % {"label": self.label or _("This answer"), "longest": self.longest},
                code="E-TEXT-1",
            )
        with refusals_as_errors():
            return self.read(text)

    def read(self, text: str) -> Any:
        """The value of tidied, non-empty text; raises Refusal or ValidationError."""
        raise NotImplementedError


class MoneyField(ReadField):
    """An amount in baht in any digits, with or without ฿ and commas; gives a Decimal."""

    unit: Any = gettext_lazy("baht")
    is_baht = True

    def read(self, text: str) -> Decimal:
        return parse_money(text, field="", is_baht=self.is_baht)

    def in_currency(self, unit: str) -> None:
        """Take it in another currency, of which `unit` stands beside it; an amount of baht is refused."""
        self.unit, self.is_baht = unit, False


_KILOGRAMS = ("kg", "kilo", "กก", "กิโล", "ကီလို")
_GRAMS = ("g", "กรัม", "ဂရမ်")
LIGHTEST, HEAVIEST = 300, 7000  # grams (BR-BIRTH-3)


class WeightField(ReadField):
    """A birth weight in whole grams, from 3100, 3,100, 3.1, "3.1 kg", in any digits (BR-BIRTH-3)."""

    unit = gettext_lazy("g or kg")

    def read(self, text: str) -> int:
        number, unit = self._parts(to_ascii_digits(text).casefold())
        grams = number * 1000 if unit == "kg" or (not unit and number < 10) else number
        if not LIGHTEST <= grams <= HEAVIEST:
            raise ValidationError(self._out_of_range(number), code="BR-BIRTH-3")
        return round(grams)

    def _parts(self, text: str) -> tuple[Decimal, str]:
        found = re.fullmatch(r"([0-9][0-9 ,.]*)\s*([^\d]*)", text.strip())
        unit = found[2].strip().replace(".", "") if found else ""
        kind = "kg" if unit.startswith(_KILOGRAMS) else "g" if unit.startswith(_GRAMS) else unit
        try:
            if found is None or kind not in ("", "kg", "g"):
                raise InvalidOperation
            return _decimal(found[1]), kind
        except InvalidOperation:
            sentence = _("Write the birth weight in grams or kilograms, for example 3100 or 3.1.")
            raise ValidationError(sentence, code="E-WEIGHT-1") from None

    def _out_of_range(self, number: Decimal) -> str:
        sentence = _("The birth weight must be between 0.3 and 7 kg.")
        for factor in (Decimal(100), Decimal("0.1"), Decimal(1), Decimal(10), Decimal(1000)):
            if 1500 <= number * factor <= 5500:
                guess = f"{(number * factor / 1000).normalize():f}"
                question = _("Did you mean %(kilograms)s kg?") % {"kilograms": guess}
                return f"{sentence} {question}"
        return sentence


def _decimal(text: str) -> Decimal:
    """Read 3100, 3 100, 3,100, 3.1 and 3,1."""
    bare = text.replace(" ", "")
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", bare):
        bare = bare.replace(",", "")
    return Decimal(bare.replace(",", "."))
