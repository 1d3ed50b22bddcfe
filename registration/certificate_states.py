"""States and code lists of the certificate: the check at the counter, and a correction found later (day.md 9)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CounterLineKey(TextChoices):
    """The lines of the agreed spelling, in the order in which a draft certificate is read."""

    CHILD = "name_th", _("Child")
    SEX = "sex", _("Sex")
    BORN = "born_on", _("Date of birth")
    PLACE = "place", _("Place of birth")
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")


class CounterAnswer(TextChoices):
    SAME = "same", _("Same")
    DIFFERENT = "different", _("Different")


class DifferenceOn(TextChoices):
    """The paper on which a difference was found by hand."""

    CERTIFICATE = "certificate", _("Birth certificate")
    LETTER = "letter", _("Our letter to the office")
    PROOF = "proof", _("First proof of birth")
    PARENT_PAPER = "parent_paper", _("A parent’s paper")
    REGISTER = "register", _("House or profile register")
    OTHER = "other", _("Another paper")


class CorrectionState(TextChoices):
    OPEN = "open", _("Being prepared")
    ASKED = "asked", _("Asked for at the office")
    APPOINTED = "appointed", _("Appointment made")
    CORRECTED = "corrected", _("Corrected certificate is here")
    HANDED_OVER = "handed_over", _("Handed over again")
    REFUSED = "refused", _("Refused by the office")
    WITHDRAWN = "withdrawn", _("Not wanted any more")


CORRECTION_EDGES = {
    CorrectionState.OPEN: {CorrectionState.ASKED, CorrectionState.WITHDRAWN},
    CorrectionState.ASKED: {
        CorrectionState.APPOINTED,
        CorrectionState.CORRECTED,
        CorrectionState.REFUSED,
        CorrectionState.WITHDRAWN,
    },
    CorrectionState.APPOINTED: {
        CorrectionState.APPOINTED,  # another day
        CorrectionState.CORRECTED,
        CorrectionState.REFUSED,
        CorrectionState.WITHDRAWN,
    },
    CorrectionState.CORRECTED: {CorrectionState.HANDED_OVER},
    CorrectionState.REFUSED: {CorrectionState.ASKED, CorrectionState.WITHDRAWN},
}

OPEN_CORRECTIONS = (
    CorrectionState.OPEN,
    CorrectionState.ASKED,
    CorrectionState.APPOINTED,
    CorrectionState.CORRECTED,
    CorrectionState.REFUSED,
)


class FeePayer(TextChoices):
    FAMILY = "family", _("The family")
    CLINIC = "clinic", _("The clinic")
    OTHER = "other", _("Somebody else")
    NOBODY = "nobody", _("Nothing to pay")
