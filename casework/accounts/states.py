"""The roles of the people who use Casework, and the kinds of offices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role of the truth table (safety.md §1)."""

    CASEWORKER = "CW", _("Caseworker")
    SUPERVISOR = "SUP", _("Supervisor or legal officer")
    PSYCHOLOGIST = "PSY", _("Psychologist")
    TRAFFICKING = "TRF", _("Trafficking focal point")
    FUND_OFFICER = "FO", _("Fund officer")
    FUND_MANAGER = "FA", _("Fund manager")
    CASHIER = "CSH", _("Cashier or store keeper")
    MANAGER = "PM", _("Programme manager")
    TRAINER = "TRN", _("Training and campaign officer")
    MONITORING = "ME", _("Monitoring officer")
    DATA_PROTECTION = "DPO", _("Data protection officer")
    ADMINISTRATOR = "SYS", _("Administrator")
    AUDITOR = "AUD", _("Auditor")
    PARTNER = "EXT", _("Partner")
    WARD = "WRD", _("Ward liaison")


class OfficeKind(TextChoices):
    """A practice office works like any other and is kept out of every number."""

    OFFICE = "office", _("Office")
    PRACTICE = "practice", _("Practice")
