"""Forms for any reference table, made from its fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.kernel.digits import to_ascii_digits
from casework.programmes.contributions import ReferenceTable
from casework.reference.models import Place
from casework.ui.fields import NameField, NumberField, PartsDateField, WholeNumberField

from .reference_services import is_dated

SET_BY_US = {"valid_to", "checked_on", "version"}
KNOWN_BY = {"key", "language", "list", "code"}
SHORT_TEXT = 200


class PlaceCodeField(forms.CharField):
    """A place by its official code; gives the Place."""

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Place) else value

    def clean(self, value: Any) -> Place | None:
        code = to_ascii_digits(super().clean(value) or "").strip()
        if not code:
            return None
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise ValidationError(_("No place has this code. Use 2, 4 or 6 digits, such as 6306 for Mae Sot."))
        return place


def form_field(field: models.Field, **options: Any) -> forms.Field | None:
    """The input that fits a column."""
    words: dict[str, Any] = {"label": _capital(field.verbose_name), "required": not field.blank}
    if isinstance(field, models.DateField):
        return PartsDateField(**words)
    if isinstance(field, models.ForeignKey) and field.related_model is Place:
        return PlaceCodeField(**words, help_text=_("Official code with 2, 4 or 6 digits, such as 6306 for Mae Sot."))
    if isinstance(field, ArrayField) and field.base_field.choices:
        choices = field.base_field.choices
        return forms.MultipleChoiceField(**words, choices=choices, widget=forms.CheckboxSelectMultiple)
    if isinstance(field, models.DecimalField):
        options["form_class"] = NumberField
    elif isinstance(field, models.IntegerField) and not field.choices:
        options["form_class"] = WholeNumberField
    made = field.formfield(**options)
    if isinstance(field, models.CharField) and (field.max_length or 0) > SHORT_TEXT and made is not None:
        made.widget = forms.Textarea(attrs={"rows": 3})
    return made


def _capital(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def field_names(table: ReferenceTable) -> list[str]:
    """The fields people fill in; dated tables ask for the first day and the source too."""
    names = [name for name in table.fields if name not in SET_BY_US]
    extra = ("valid_from", "source") if is_dated(table.model) else ()
    return names + [name for name in extra if name not in names]


def row_form(table: ReferenceTable, *, is_new_version: bool = False) -> type[forms.Form]:
    """A form class for the table's rows; a new version keeps what the row is known by."""
    names = [name for name in field_names(table) if not (is_new_version and name in KNOWN_BY)]
    fields = {name: form_field(table.model._meta.get_field(name)) for name in names}
    return type("RowForm", (forms.Form,), {name: field for name, field in fields.items() if field is not None})


def proposed(form: type[forms.Form]) -> type[forms.Form]:
    """The same form for who proposes: with the reason that the second person reads."""
    why = _("Who confirms reads this.")
    return type("ProposedForm", (form,), {"reason": NameField(label=_("Why"), max_length=300, help_text=why)})


def row_values(row: models.Model, table: ReferenceTable) -> dict[str, Any]:
    """What stands in the row, for the form."""
    values = {name: getattr(row, name) for name in field_names(table)}
    return {name: plain(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def plain(number: Decimal) -> str:
    """A number without zeros that say nothing."""
    return f"{number.normalize():f}"


class EndForm(forms.Form):
    """The last day on which a rule holds."""

    on = PartsDateField(label=_("Last day"), required=True)
