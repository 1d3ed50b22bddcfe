"""What must hold of names, papers and families: the codes BR-ID-…, BR-NAME-…, BR-PAR-… (birth_registration.md C7)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding

from . import identifiers
from .states import THIRTEEN_DIGITS, PaperType

UNDO_DAYS = 30


def normalised_number(type: str, number: object) -> str:
    """The number of a paper as it is kept: text, with its leading zeros."""
    if type in THIRTEEN_DIGITS:
        return identifiers.normalise_thai_id(number)
    if type == PaperType.G_CODE:
        return identifiers.normalise_g_code(number)
    return identifiers.normalise_number(number)[:40]


def paper_findings(
    *, type: str, number: str, issued_on: date | None, expires_on: date | None, today: date
) -> list[Finding]:
    """What is wrong with a paper as such: BR-ID-1 to 4 (13 digits), 6 (G-code), 8 (dates); `number` is normalised."""
    findings: list[Finding] = []
    if number and type in THIRTEEN_DIGITS:
        findings += identifiers.thai_id_findings(number, field="number")
    if number and type == PaperType.G_CODE:
        findings += identifiers.g_code_findings(number, field="number")
    findings += identifiers.validity_findings(issued_on, expires_on, today=today, field="expires_on")
    return findings


def can_confirm_merge(*, proposed_by_id: int | None, user_id: int | None) -> Verdict:
    """Whoever says two records are the same child does not confirm the merge."""
    if proposed_by_id == user_id:
        return no("PPL-MERGE-1", _("You proposed this merge. Another person confirms it."))
    return YES


def can_undo_merge(*, merged_on: date, today: date, is_undone: bool) -> Verdict:
    """A merge can be undone once, within 30 days."""
    if is_undone:
        return no("PPL-MERGE-3", _("This merge was undone already."))
    if today > merged_on + timedelta(days=UNDO_DAYS):
        return no("PPL-MERGE-4", _("A merge can be undone within 30 days. This one is older."))
    return YES
