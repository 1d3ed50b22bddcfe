"""How forms are drawn: one field template for the whole site, and fields that know their sentences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.translation import gettext as _


class KitBoundField(forms.BoundField):
    """A field on a page: classes of the kit, errors as whole sentences, and the word that marks it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Give plain inputs the looks of the kit."""
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        kind = _kind(widget)
        if kind:
            classes = (kind, built.get("class"), widget.attrs.get("class"), getattr(self.field, "width", ""))
            built["class"] = " ".join(c for c in classes if c)
        return built

    @property
    def is_check(self) -> bool:
        """Whether this is one tick box, whose label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def unit(self) -> str:
        """The unit written behind the box, such as "g"."""
        return str(getattr(self.field, "unit", ""))

    @cached_property
    def sentences(self) -> list[str]:
        """The errors of this field as sentences that name it."""
        found = []
        for error in self.errors.as_data():
            if error.code == "required" and str(error.message) == str(forms.Field.default_error_messages["required"]):
                found.append(_("“%(label)s” needs an answer.") % {"label": self.label})
            elif error.code in ("invalid_choice", "invalid_list"):
                found.append(_("“%(label)s”: choose one of the answers shown.") % {"label": self.label})
            elif words := _in_own_words(error):
                found.append(words)
            else:
                found.extend(str(message) for message in error.messages)
        return found

    @property
    def first_input_id(self) -> str:
        """The id of the first box or choice, for links from the error summary."""
        widget = self.field.widget
        own = self.field.widget.attrs.get("id") or self.auto_id
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{own}_0"
        return str(widget.id_for_label(own) or own)

    @property
    def mark(self) -> str:
        """The word behind the label: the rarer of "required" and "optional", or the answers that call for it.

        A form that stands on one page with others says `marks_required`, so that all of them mark alike.
        """
        cases = [str(case) for case in getattr(self.field, "needed_for", ())]
        if cases:
            return _("(needed for: %(answers)s)") % {"answers": ", ".join(cases)}
        fields = [f.field for f in self.form.visible_fields()]
        marks_required = getattr(self.form, "marks_required", sum(map(_is_needed, fields)) * 2 < len(fields))
        if _is_needed(self.field):
            return _("(required)") if marks_required else ""
        return "" if marks_required or self.is_check else _("(optional)")


def _in_own_words(error: ValidationError) -> str:
    """What Django says in English where it has no Burmese, or no Thai; nothing of what we say ourselves."""
    limits = {
        "max_length": _("This is too long: at most %(limit_value)s letters and signs, it has %(show_value)s."),
        "max_value": _("Write a number that is not above %(limit_value)s."),
        "min_value": _("Write a number that is not below %(limit_value)s."),
    }
    if error.code in limits and error.params and "limit_value" in error.params:
        return limits[error.code] % error.params
    if error.code == "null_characters_not_allowed":
        return _("There is a sign in it that cannot be read. Write it anew.")
    not_read = {
        forms.DecimalField.default_error_messages["invalid"]: _("Write a number, such as 12.5."),
        forms.IntegerField.default_error_messages["invalid"]: _("Write a whole number, such as 12."),
        validate_email.message: _("Write an e-mail address, such as name@example.org."),
    }
    return next((ours for theirs, ours in not_read.items() if str(theirs) == str(error.message)), "")


def _is_needed(field: forms.Field) -> bool:
    """Whether the form or a rule always requires a field."""
    return field.required or getattr(field, "needed_for", None) == ()


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "tick tick--sq"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return "input" if isinstance(widget, forms.widgets.Input) and not widget.is_hidden else ""


class KitRenderer(TemplatesSetting):
    """Named by FORM_RENDERER."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
    bound_field_class = KitBoundField
