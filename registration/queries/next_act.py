"""The next act of a record, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.programmes.contributions import Words
from registration.states import Status

OPEN = pgettext_lazy("to do", "Open")
NEXT: dict[str, tuple[Words, Words]] = {
    Status.DRAFT: (_("Finish the intake"), OPEN),
    Status.ASSESSING: (_("Confirm the way of registration"), _("Confirm")),
    Status.GATHERING: (_("Gather the missing papers"), _("Open list")),
    Status.READY: (_("Take the papers to the registry office"), _("Record visit")),
    Status.SUBMITTED: (_("Ask the registry office for the result"), _("Record result")),
    Status.INQUIRY: (_("Follow the inquiry"), OPEN),
    Status.REGISTERED: (_("Compare and hand over the certificate"), _("Hand over")),
    Status.HANDED_OVER: (_("Link the child to public services"), pgettext_lazy("to do", "Answer")),
}
FOR_THE_DEAD: dict[str, tuple[Words, Words]] = {
    **dict.fromkeys((Status.ASSESSING, Status.GATHERING, Status.READY), (_("Notify the birth and the death"), OPEN)),
    Status.HANDED_OVER: (_("Close the registration"), OPEN),
}
"""In calm words."""


def next_words(status: str, *, died: bool = False) -> tuple[str, str]:
    """What to do next on a record of this status, and the verb of its button; of a child who died, in calm words."""
    title, verb = (died and FOR_THE_DEAD.get(status)) or NEXT.get(status, ("", ""))
    return str(title), str(verb)
