"""The tables of this room on the shared reference pages, and their rows of the truth table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, ReferenceTable, registry

from .codes import given
from .models import Facility, Holiday, ListedCode, Term, Text

EDIT = "reference.row.edit"


@registry.register
class Reference(Contribution):
    """Places, facilities, holidays, deadlines, texts."""

    key = "reference"
    label = _("Reference rows")
    icon = "table"

    row_words = (
        _("baht"),
        _("days"),
        _("families"),
        _("hours"),
        _("months"),
        _("percent"),
        _("version"),
        _("years"),
        _("Own service rule"),
        _("Own service rule: data minimisation"),
        _("Own service target"),
    )
    history_words = {
        "reference.place": _("Place"),
        "reference.facility": _("Hospital or health centre"),
        "reference.holiday": _("Holiday"),
        "reference.term": _("Term"),
        "reference.text": _("Text for families"),
        "reference.listedcode": _("Code of a list"),
    }
    rights = {
        "reference.row.see": "SUP:A FO:A PM:A TRN:A AUD:A",
        EDIT: "SUP:A FO:propose PM:A TRN:A",
    }
    reference_tables = (
        ReferenceTable(
            key="terms",
            label=_("Deadlines and limits"),
            model=Term,
            fields=("key", "label", "value", "unit"),
            list_fields=("label", "value", "unit"),
            action=EDIT,
        ),
        ReferenceTable(
            key="holidays",
            label=_("Holidays"),
            model=Holiday,
            fields=("on", "name_th", "name_en", "is_working", "source"),
            list_fields=("on", "name_th", "name_en", "is_working"),
            action=EDIT,
            day="on",
        ),
        ReferenceTable(
            key="facilities",
            label=_("Hospitals and clinics"),
            model=Facility,
            fields=("code", "name_th", "name_en", "name_my", "place", "issues_first_proof", "is_active"),
            list_fields=("name_th", "name_en", "place", "is_active"),
            action=EDIT,
        ),
        ReferenceTable(
            key="texts",
            label=_("Notices and consent texts"),
            model=Text,
            fields=("key", "language", "version", "body", "reviewed_by"),
            list_fields=("key", "language", "version", "reviewed_by"),
            action=EDIT,
        ),
        ReferenceTable(
            key="codes",
            label=_("Code lists"),
            model=ListedCode,
            fields=("list", "code", "name_en", "name_th", "name_my", "is_offered"),
            list_fields=("code", "list", "is_offered"),
            action=EDIT,
            given=given,
        ),
    )
    events = (
        EventWords(action="reference.row.added", words=_("Reference row added"), icon="plus", kind="reference"),
        EventWords(action="reference.row.changed", words=_("Reference row changed"), icon="pencil", kind="reference"),
        EventWords(action="reference.row.replaced", words=_("New version of a rule"), icon="history", kind="reference"),
        EventWords(action="reference.row.ended", words=_("Rule ended"), icon="calendar-x-2", kind="reference"),
    )
