"""What must be true of a certificate, and where it differs from the case (BR-REG-1 … BR-REG-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate
from casework.kernel.digits import without_zero_width
from casework.kernel.refusals import Finding, error, warning
from casework.people.identifiers import thai_id_findings
from casework.people.models import IdentityDocument
from casework.people.states import PaperType, Script
from registration.models import BirthRecord, Outcome
from registration.states import CertificateForm, DiscrepancySeverity, Nationality, ParentRole, ParentStatus, Track

THAI_FORMS = frozenset({CertificateForm.TR1, CertificateForm.TR2})
THAI_PREFIXES = ("1", "2")
COPIED = ("certificate_no", "child_number", "name_th", "born_on", "sex", "mother", "father")


def outcome_findings(birth: BirthRecord, values: dict[str, Any], *, today: date) -> Iterator[Finding]:
    """BR-REG-1, -2, -4, the checks of the 13-digit number, and that something was copied (BR-REG-7)."""
    registered_on = values["registered_on"]
    first = birth.submissions.order_by("submitted_on").first()
    born = birth.case.child.birth.earliest
    if registered_on > today:
        yield error("BR-REG-1", "registered_on", _("The registration cannot be in the future."))
    if first and registered_on < first.submitted_on and birth.track != Track.T9:
        yield error("BR-REG-1", "registered_on", _("The registration cannot be before the first visit to the office."))
    if born and registered_on < born:
        yield error("BR-REG-1", "registered_on", _("The registration cannot be before the birth."))
    number = values.get("child_number") or ""
    if number:
        yield from thai_id_findings(number, field="child_number")
    if not any(values.get(name) for name in COPIED):
        sentence = _("Nothing was copied from the certificate: no number, name or date. Copy it, or go on without.")
        yield warning("BR-REG-7", "certificate_no", sentence)
    is_thai = has_thai_parent(birth)
    if values.get("form") in THAI_FORMS and not is_thai:
        yield warning(
            "BR-REG-2",
            "form",
            _("This form is for Thai nationals, but no parent is Thai. Check the nationality entry."),
        )
    if number.startswith(THAI_PREFIXES) and not is_thai:
        yield warning(
            "BR-REG-4", "child_number", _("Numbers beginning with 1 or 2 are for Thai nationals. Check the number.")
        )


def has_thai_parent(birth: BirthRecord) -> bool:
    """Whether a parent is Thai as told, or showed a Thai ID card (numbers 1 to 5, B4)."""
    told = Q(status_group=ParentStatus.THAI) | Q(nationality_claimed=Nationality.THAI)
    card = Q(type=PaperType.THAI_ID, is_current=True, number__regex="^[1-5]")
    cards = IdentityDocument.rows.filter(card, person=OuterRef("person"))
    return birth.parents.filter(told | Exists(cards)).exists()


def compare_certificate(birth: BirthRecord, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Rows for Discrepancy: sex and birth date block, spellings should be corrected. Empty fields are not compared."""
    child = birth.case.child
    if outcome.sex and child.sex != "U" and outcome.sex != child.sex:
        yield _row("sex", child.sex, outcome.sex, DiscrepancySeverity.BLOCKS)
    written = BirthDate(outcome.born_on)
    if child.birth.contradicts(written):
        yield _row("born_on", child.birth.iso, written.iso, DiscrepancySeverity.BLOCKS)
    pairs = [("name_th", child.name_in(Script.THAI), outcome.name_th)]
    links = birth.parents.filter(person__isnull=False).select_related("person").prefetch_related("person__names")
    persons = {link.role: link.person for link in links}
    for role in (ParentRole.MOTHER, ParentRole.FATHER):
        agreed = persons[role].name_in(Script.THAI) if role in persons else ""
        pairs.append((role.value, agreed, getattr(outcome, role.value)))
    for field, ours, theirs in pairs:
        if ours and theirs and not _same(ours, theirs):
            yield _row(field, ours, theirs, DiscrepancySeverity.SHOULD_FIX)


def _same(ours: str, theirs: str) -> bool:
    return "".join(without_zero_width(ours).split()) == "".join(without_zero_width(theirs).split())


def _row(field: str, ours: str, theirs: str, severity: str) -> dict[str, Any]:
    return {
        "field": field,
        "value_a": str(ours),
        "source_a": "case",
        "value_b": str(theirs),
        "source_b": "certificate",
        "severity": severity,
    }
