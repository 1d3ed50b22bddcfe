"""States of a concern about staff."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConcernState(TextChoices):
    NEW = "new", _("Not yet looked into")
    HANDLED = "handled", _("Looked into")


CONCERN_EDGES = {ConcernState.NEW: {ConcernState.HANDLED}, ConcernState.HANDLED: {ConcernState.NEW}}
