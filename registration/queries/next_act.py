"""The next act of a record, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registration.states import Status


def next_words(status: str, *, died: bool = False) -> tuple[str, str]:
    """What to do next on a record of this status, and the verb of its button; of a child who died, in calm words."""
    if died and status in (Status.HANDED_OVER, Status.ASSESSING, Status.GATHERING, Status.READY):
        title = _("Close the registration") if status == Status.HANDED_OVER else _("Notify the birth and the death")
        return title, pgettext("to do", "Open")
    words: dict[str, tuple[str, str]] = {
        Status.DRAFT: (_("Finish the intake"), pgettext("to do", "Open")),
        Status.ASSESSING: (_("Confirm the way of registration"), _("Confirm")),
        Status.GATHERING: (_("Gather the missing papers"), _("Open list")),
        Status.READY: (_("Take the papers to the registry office"), _("Record visit")),
        Status.SUBMITTED: (_("Ask the registry office for the result"), _("Record result")),
        Status.INQUIRY: (_("Follow the inquiry"), pgettext("to do", "Open")),
        Status.REGISTERED: (_("Compare and hand over the certificate"), _("Hand over")),
        Status.HANDED_OVER: (_("Link the child to public services"), pgettext("to do", "Answer")),
    }
    return words.get(status, ("", ""))
