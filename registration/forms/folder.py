"""“My papers”, the folder a family is offered when its case is closed."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from casework.documents.wording import NAMES
from casework.programmes.contributions import ClosingPaper
from registration.models import BirthRecord
from registration.queries.pack import spoken_language
from registration.services.folder import order_folder


def folder_offer(birth: BirthRecord) -> ClosingPaper:
    """The folder in the language the family is spoken to."""
    return ClosingPaper(
        key="folder",
        label=_("Print “My papers”, the folder for the family"),
        languages=tuple(NAMES.items()),
        language=spoken_language(birth),
        order=partial(order_folder, birth),
    )
