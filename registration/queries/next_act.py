"""The next act of a record, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from casework.cases.rules import close_blockers
from casework.cases.states import CloseReason
from casework.kernel.refusals import Finding
from casework.programmes.contributions import Words
from registration.models import BirthRecord
from registration.rules import guards
from registration.states import Status

from .facts import facts_of

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


WHERE_TO_MEND = {
    "registry_office": "office",
    "track": "track",
    "late_reason": "late",
    "wanted": "facts",
    "birth": "facts",
    "child_name_Thai": "facts",
    "informant_relation": "facts",
    "": "witness",
}
"""What keeps a record from being complete → the page on which it is mended."""


def where_to_mend(finding: Finding, birth: BirthRecord) -> str:
    """Where on the site a finding is mended; empty where the sentence says all, such as to close the case."""
    if finding.field == "discrepancies":
        return "#differences-title"
    page = WHERE_TO_MEND.get(finding.field)
    return reverse(f"registration:{page}", args=[birth.pk]) if page and finding.code != "BR-READY-6" else ""


def to_do(birth: BirthRecord, missing: int, today: date) -> Iterator[tuple[Words, str]]:
    """What keeps a record from being complete, each with where it is mended; the list of papers names the papers."""
    if missing:
        words = ngettext("%(n)d needed paper is still missing.", "%(n)d needed papers are still missing.", missing)
        yield words % {"n": missing}, "#papers"
    for finding in guards.ready_findings(birth, facts_of(birth), today=today):
        if finding.code != "BR-READY-1":
            yield finding.sentence, where_to_mend(finding, birth)


def still_open(birth: BirthRecord, today: date) -> list[tuple[str, str]]:
    """What stands against closing the registration and its case as completed, each with where it is settled."""
    answers = {
        f"follow_up_{kind}": reverse("registration:follow-up", args=[pk])
        for pk, kind in birth.follow_ups.values_list("pk", "kind")
    }
    record, case = reverse("registration:detail", args=[birth.pk]), reverse("cases:detail", args=[birth.case_id])
    findings = guards.close_findings(birth, reason=CloseReason.COMPLETED, today=today)
    own = {str(finding.sentence): answers.get(finding.field, record) for finding in findings}
    return [(sentence, own.get(sentence, case)) for sentence in close_blockers(birth.case)]
