"""What was chosen from a list to which the organisation may add."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Refusal
from casework.reference.codes import is_known
from registration.open_lists import BLOCKS, CHANNELS, LATE_REASONS, RETURN_REASONS

BY_FIELD = {"channel": CHANNELS, "late_reason": LATE_REASONS, "block": BLOCKS, "return_reason": RETURN_REASONS}


def insist_on_known(**told: str) -> None:
    """Refuse (BR-LIST-1) an answer that is not in its list; none at all is another rule's."""
    for field, code in told.items():
        if code and not is_known(BY_FIELD[field], code):
            raise Refusal("BR-LIST-1", field, _("This answer is not in the list. Choose another one."))
