"""Identity papers: add, correct, replace, check, and look at a hidden number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.accounts.models import Office
from casework.accounts.queries import practice_offices
from casework.audit.services import changed_fields
from casework.kernel.acts import act
from casework.kernel.digits import clean_line
from casework.kernel.refusals import Finding, Refusal, error, refuse_unacknowledged, warning
from casework.people.models import IdentityDocument, Person
from casework.people.querysets import practised
from casework.people.rules import normalised_number, paper_findings
from casework.people.states import PaperType, Verification

from .history import record_act

SHARED_BY_MANY = frozenset(
    {PaperType.MM_HOUSEHOLD_LIST, PaperType.CAMP_HOUSEHOLD, PaperType.HOUSE_13, PaperType.HOUSE_14}
)


def number_findings(
    *, type: str, number: str, person_id: int | None, user: Any = None, office: Office | None = None
) -> list[Finding]:
    """Whether a number stands on somebody else: an error for a child's number (BR-ID-7), else a warning (BR-PAR-4).

    Numbers of invented people of a practice office and of real ones never meet; `office` is that of a person who is
    just being added.

    With a user, it names the other record and its page when the user may see it; else only that there is one. That a
    sealed record is there is told with BR-ID-7 alone, because the database keeps a child's number once among the real
    children and once among the invented.
    """
    if not number or type in SHARED_BY_MANY:
        return []
    others = IdentityDocument.rows.filter(type=type, number=number, is_current=True, person__merged_into__isnull=True)
    if type != PaperType.CHILD_NUMBER:
        others = others.filter(person__in=Person.rows.all().told_to(user))
    others = others.exclude(person_id=person_id).select_related("person")
    alike = list(others.annotate(practised=practised(OuterRef("person"))))
    own = is_invented(person_id, office) if alike else False
    other = next((paper for paper in alike if paper.practised == own), None)
    if other is None:
        return []
    name = _name_if_seen(other.person, user)
    if type == PaperType.CHILD_NUMBER:
        told = _("Another child already has this number: %(name)s.") % {"name": name} if name else ""
        found = error("BR-ID-7", "number", told or _("Another child already has this number. Check the paper."))
    else:
        told = _("%(name)s has the same paper number. Is it the same person?") % {"name": name} if name else ""
        found = warning("BR-PAR-4", "number", told or _("Another person has the same paper number. Check the paper."))
    return [replace(found, url=reverse("people:person", args=[other.person_id]) if name else "")]


def is_invented(person_id: int | None, office: Office | None = None) -> bool:
    """Whether a person, or who is just being added in an office, is one of practice."""
    if office is not None:
        return office.pk in practice_offices()
    return person_id is not None and Person.rows.filter(practised(OuterRef("pk")), pk=person_id).exists()


def _name_if_seen(person: Person, user: Any) -> str:
    if user is None or not Person.rows.filter(pk=person.pk).visible_to(user).exists():
        return ""
    return person.name


@act
def add_paper(
    *,
    person: Person,
    type: str,
    by: Any,
    today: date,
    number: object = "",
    country: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    issuer: str = "",
    name_as_written: str = "",
    born_as_written: str = "",
    original_seen: bool = False,
    verification: str = "",
    acknowledged: Collection[str] | None = None,
    office: Office | None = None,
) -> IdentityDocument:
    """Add an identity paper; its number is kept as text. `office` is that of a person who is just being added.

    Raises Refusal for a wrong number or dates (BR-ID-1, 3, 6, 8) and for a child number of another child (BR-ID-7).
    Warnings (BR-ID-2, 4, 8, BR-PAR-4) refuse until their code is among `acknowledged`; None: shown elsewhere.
    """
    written = normalised_number(type, number)
    findings = paper_findings(type=type, number=written, issued_on=issued_on, expires_on=expires_on, today=today)
    findings += number_findings(type=type, number=written, person_id=person.pk, user=by, office=office)
    warnings = refuse_unacknowledged(findings, acknowledged)
    if written and IdentityDocument.rows.filter(person=person, type=type, number=written, is_current=True).exists():
        raise Refusal("PPL-PAPER-1", "number", _("This paper is there already."))
    paper = IdentityDocument(
        person=person,
        type=type,
        number=written,
        country=country.upper()[:2],
        issued_on=issued_on,
        expires_on=expires_on,
        issuer=clean_line(issuer)[:120],
        name_as_written=clean_line(name_as_written)[:200],
        born_as_written=clean_line(born_as_written)[:40],
        original_seen=original_seen,
        seen_on=today if original_seen else None,
        verification=verification or _first_verification(original_seen),
        created_by=by,
    )
    _save(paper, office)
    changes = {"paper": ("", type), **_seen(warnings)}
    record_act("people.paper.added", person=person, by=by, subject=paper, changes=changes)
    return paper


def _seen(warnings: Iterable[Finding]) -> dict[str, tuple[str, str]]:
    """The warnings somebody saw and went on, for the history."""
    codes = " ".join(finding.code for finding in warnings)
    return {"warnings_seen": ("", codes)} if codes else {}


def _first_verification(original_seen: bool) -> str:
    return Verification.SEEN_ORIGINAL if original_seen else Verification.NOT_CHECKED


def _save(paper: IdentityDocument, office: Office | None = None) -> None:
    """Save; the database has the last word on a child number that two people give at once."""
    paper.is_invented = paper.type == PaperType.CHILD_NUMBER and is_invented(paper.person_id, office)
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError as failed:
        if "13-digit child number" not in str(failed):
            raise
        told = _("Another child already has this number. Check the paper.")
        raise Refusal("BR-ID-7", "number", told) from failed


@act
def change_paper(
    *,
    paper: IdentityDocument,
    by: Any,
    today: date,
    acknowledged: Collection[str] | None = None,
    **values: Any,
) -> IdentityDocument:
    """Correct what was written of a paper. Raises as add_paper."""
    stored = IdentityDocument.rows.select_for_update(of=("self",)).get(pk=paper.pk)
    if "number" in values or "type" in values:
        type = values.get("type", stored.type)
        values["number"] = normalised_number(type, values.get("number", stored.number))
    changes = changed_fields(stored, values)
    if not changes:
        return stored
    findings = paper_findings(
        type=stored.type, number=stored.number, issued_on=stored.issued_on, expires_on=stored.expires_on, today=today
    )
    findings += number_findings(type=stored.type, number=stored.number, person_id=stored.person_id, user=by)
    warnings = refuse_unacknowledged(findings, acknowledged)
    if "original_seen" in changes:
        stored.seen_on = today if stored.original_seen else None
        if stored.original_seen and stored.verification == Verification.NOT_CHECKED:
            stored.verification = Verification.SEEN_ORIGINAL
    stored.version += 1
    _save(stored)
    record_act(
        "people.paper.changed", person=stored.person, by=by, subject=stored, changes={**changes, **_seen(warnings)}
    )
    return stored


@act
def replace_paper(*, paper: IdentityDocument, by: Any, today: date, **new: Any) -> IdentityDocument:
    """Add the paper that takes another one's place; the former is kept, no longer current. Raises as add_paper."""
    retire_paper(paper=paper, by=by)
    return add_paper(person=paper.person, by=by, today=today, **({"type": paper.type} | new))


@act
def retire_paper(*, paper: IdentityDocument, by: Any, reason: str = "") -> IdentityDocument:
    """Say that a paper no longer holds, such as a card that was lost or belonged to somebody else."""
    paper.is_current = False
    paper.save(update_fields=["is_current"])
    record_act("people.paper.retired", person=paper.person, by=by, subject=paper, reason=reason)
    return paper


@act
def reveal_number(*, paper: IdentityDocument, by: Any) -> str:
    """Return a paper's whole number, and record in the history who looked at it."""
    record_act("people.paper.revealed", person=paper.person, by=by, subject=paper)
    return paper.number
