"""Why things move in and out of a store, and how much of an item a family gets."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MovementKind(TextChoices):
    """What happens to a lot at a place; the sign says whether it comes (+1) or goes (-1)."""

    RECEIVE = "receive", _("Received")
    HAND_OVER = "hand_over", _("Handed over")
    TAKE_BACK = "take_back", _("Taken back")
    MOVE_OUT = "move_out", _("Moved away")
    MOVE_IN = "move_in", _("Moved here")
    COUNT_MORE = "count_more", _("Counted more")
    COUNT_LESS = "count_less", _("Counted less")
    WRITE_OFF = "write_off", _("Written off")


COMES = frozenset({MovementKind.RECEIVE, MovementKind.TAKE_BACK, MovementKind.MOVE_IN, MovementKind.COUNT_MORE})

CONFIRMED = frozenset({MovementKind.COUNT_MORE, MovementKind.COUNT_LESS, MovementKind.WRITE_OFF})
"""What is only written down when a second person has confirmed it."""


class WriteOffCause(TextChoices):
    """Why goods are no longer of use."""

    EXPIRED = "expired", _("Expired")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost or stolen")


class KitKey(TextChoices):
    """The kits that are packed."""

    HYGIENE = "hygiene", _("Hygiene kit")


class Basis(TextChoices):
    """What the quantity of a kit's item is counted by (Sphere handbook, hygiene promotion standard 1.2)."""

    HOUSEHOLD = "household", _("per household")
    PERSON_MONTH = "person_month", _("per person and month")
    FEMALE_10_49 = "female_10_49", _("per woman or girl of 10 to 49 and month")
    INFANT_MONTH = "infant_month", _("per child under 2 and month")
