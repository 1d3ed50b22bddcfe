"""Who can say something about the birth, and the family's letters of assignment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.kernel.acts import act
from casework.kernel.refusals import Conflict, Finding, Refusal, error, refuse_errors
from registration.models import BirthRecord, LetterOfAssignment, Witness
from registration.rules import guards

from .progress import note


@act
def add_witness(*, birth: BirthRecord, by: User, today: date, **facts: Any) -> Witness:
    """Write down a witness. Raises Conflict (BR-CLOSED-1) and Refusal (BR-WIT-1 to -3)."""
    guards.can_work(birth).insist()
    witness = Witness(birth=birth, created_by=by, **facts)
    refuse_errors(_witness_findings(witness, today))
    witness.save()
    note(birth, "witness.added", by)
    return witness


@act
def change_witness(*, witness: Witness, by: User, today: date, **facts: Any) -> Witness:
    """Correct a witness, say whether they are willing and when they gave a statement. Raises as add_witness."""
    guards.can_work(witness.birth).insist()
    changes = changed_fields(witness, facts)
    refuse_errors(_witness_findings(witness, today))
    witness.save()
    note(witness.birth, "witness.changed", by, changes=changes)
    return witness


def _witness_findings(witness: Witness, today: date) -> Iterator[Finding]:
    if not witness.name.strip():
        yield error("BR-WIT-1", "name", _("Write the witness’s name."))
    if not witness.kinds:
        yield error("BR-WIT-2", "kinds", _("Choose what the witness can say."))
    if witness.statement_on and witness.statement_on > today:
        yield error("BR-WIT-3", "statement_on", _("The statement cannot be in the future."))


@act
def add_letter(*, birth: BirthRecord, by: User, today: date, **facts: Any) -> LetterOfAssignment:
    """Write down a letter of assignment. Raises Conflict (BR-CLOSED-1) and Refusal (BR-POA-2, BR-POA-3)."""
    guards.can_work(birth).insist()
    letter = LetterOfAssignment(birth=birth, created_by=by, **facts)
    refuse_errors(_letter_findings(letter, today))
    letter.save()
    note(birth, "letter.added", by)
    return letter


@act
def change_letter(*, letter: LetterOfAssignment, by: User, today: date, **facts: Any) -> LetterOfAssignment:
    """Correct a letter of assignment. Raises as add_letter, and Conflict (BR-POA-4) for one that was ended."""
    _insist_it_stands(letter)
    changes = changed_fields(letter, facts)
    refuse_errors(_letter_findings(letter, today))
    letter.save()
    note(letter.birth, "letter.changed", by, changes=changes)
    return letter


@act
def end_letter(*, letter: LetterOfAssignment, on: date, by: User, today: date) -> LetterOfAssignment:
    """The family took its letter of assignment back: from that day nobody notifies with it (BR-POA-1).

    Raises Conflict (BR-CLOSED-1, BR-POA-4), and Refusal (BR-POA-3, BR-POA-5) for a day that cannot be.
    """
    _insist_it_stands(letter)
    if on > today:
        raise Refusal("BR-POA-5", "revoked_on", _("This cannot be in the future."))
    if letter.signed_on and on < letter.signed_on:
        raise Refusal("BR-POA-3", "revoked_on", _("The letter ends before it was signed."))
    letter.revoked_on = on
    letter.save(update_fields=["revoked_on"])
    note(letter.birth, "letter.ended", by)
    return letter


def _insist_it_stands(letter: LetterOfAssignment) -> None:
    guards.can_work(letter.birth).insist()
    if letter.revoked_on is not None:
        raise Conflict("BR-POA-4", "", _("This letter was ended. Add a new one."))


def _letter_findings(letter: LetterOfAssignment, today: date) -> Iterator[Finding]:
    signed, until = letter.signed_on, letter.valid_until
    if signed and signed > today:
        yield error("BR-POA-2", "signed_on", _("The letter cannot be signed in the future."))
    if signed and until and until < signed:
        yield error("BR-POA-3", "valid_until", _("The letter ends before it was signed."))
