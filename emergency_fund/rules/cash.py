"""From which box cash is paid: E-EAF-140 and 141."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error

FIELD = "paid_from"
FROM_BANK = "bank"
"""The answer that a hospital or shop is paid by the office's bank."""
OTHERS = _("This box belongs to another office. Choose one of the office of the request.")


def against_box(box_office_id: int | None, *, office_id: int, has_boxes: bool) -> Iterator[Finding]:
    """An office that keeps its cash in boxes names the one it is paid from, and it is its own."""
    if box_office_id is None:
        if has_boxes:
            yield error("E-EAF-140", FIELD, _("Choose the cash box."))
    elif box_office_id != office_id:
        yield error("E-EAF-141", FIELD, OTHERS)


def against_holder(holder: int, kept_out: frozenset[int], related: frozenset[int]) -> Iterator[Finding]:
    """E-EAF-142 and 172: who asked for it, assessed or approved it does not carry the money to the family either.

    Nor does who declared to belong to it, or to have to do with who is paid.
    """
    if holder in kept_out:
        told = _("Who holds this advance asked for this, assessed or approved it. Pay it from a cash box.")
        yield error("E-EAF-142", FIELD, told)
    elif holder in related:
        told = _("Who holds this advance declared a conflict of interest here. Pay it from a cash box.")
        yield error("E-EAF-172", FIELD, told)
