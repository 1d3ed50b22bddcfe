"""The frame of letters about a case: sender, contact, and who signs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.accounts.models import Office, User
from casework.approvals.queries.signing import Signer, signers
from casework.documents.kinds import Choice
from casework.documents.letters import SIGNING, Signatory
from casework.documents.said import Person, clinic, staff_name
from casework.kernel import dates
from casework.kernel.refusals import Refusal

from .models import Case

_FOR = {"th": "ลงนามแทน {}", "en": "for {}"}


def who_can_sign(subject: Any) -> list[Choice]:
    """Give the people who sign letters about a record today; the one who signs by default first."""
    office_id, programmes = subject.access_place()
    return [_choice(signer) for signer in signers(office_id, programmes, timezone.localdate())]


def _choice(signer: Signer) -> Choice:
    label = signer.user.name_now
    if signer.absent is not None:
        label = _("%(deputy)s, for %(who)s") % {"deputy": label, "who": signer.absent.name_now}
    kept = (signer.user.pk, signer.absent.pk if signer.absent else None)
    return Choice(
        key="-".join(str(pk or "") for pk in kept), label=label, options=dict(zip(SIGNING, kept, strict=True))
    )


def letter_frame(subject: Any, case: Case, office: Office, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What every letter has, as fields of `OfficialLetter`, but the receiver. Raises Refusal E-PRT-3."""
    on = date.fromisoformat(facts["letter_date"])
    return {
        "number": facts["letter_number"],
        "date": dates.long(on, language),
        "sender": clinic(office, language),
        "contact": Person(name=staff_name(case.lead, language) or office.name(language)),
        "contact_phone": office.phone.replace(" ", "\u00a0"),
        "signatory": _signatory(subject, case, facts, on, language),
    }


def _signatory(subject: Any, case: Case, facts: Mapping[str, Any], on: date, language: str) -> Signatory:
    signer = _signer(subject, case, facts, on)
    return Signatory(
        name=staff_name(signer.user, language),
        position=_position(signer.user, language),
        signs_for=_FOR[language].format(_named(signer.absent, language)) if signer.absent else "",
    )


def _signer(subject: Any, case: Case, facts: Mapping[str, Any], on: date) -> Signer:
    """Who was chosen, else the first who signs on the day of the letter, else who leads the case."""
    if facts.get("signatory"):
        people = User.objects.in_bulk([pk for key in SIGNING if (pk := facts.get(key))])
        return Signer(user=people[facts["signatory"]], absent=people.get(facts.get("signs_for")))
    office_id, programmes = subject.access_place()
    found = next(iter(signers(office_id, programmes, on)), None)
    if found is not None:
        return found
    if case.lead is None:
        raise Refusal("E-PRT-3", "signatory", _("Nobody can sign: the office has no supervisor and the case no lead."))
    return Signer(user=case.lead)


def _named(user: User, language: str) -> str:
    """A name with its position."""
    joint = " " if language == "th" else ", "
    return joint.join(filter(None, (staff_name(user, language), _position(user, language))))


def _position(user: User, language: str) -> str:
    return user.position_th if language == "th" else user.position_en or user.position_th
