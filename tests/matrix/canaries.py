"""Canaries: a token in every protected field of the world's records, and who may find it in what they are answered.

The walks over addresses look for them in every answer. Nothing is asked a second time for it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps

from casework.documents.pages import page_text
from tests.database import as_owner
from tests.factories import cases

from .places import OWN, SEALED, Records, World

TOKEN = re.compile(r"kq[0-9a-z]{4}qk")
DESK = frozenset({"CW", "SUP"})

READERS = {
    "record": DESK,
    "card": DESK | {"PSY"},  # the desk card: name, next step, safety note (day.md 1)
    "draft": DESK | {"PSY", "TRF"},  # no case yet: who may take it over
    "ward": DESK,
    "import": DESK,
    "legal": frozenset({"SUP"}),
    "compartment": frozenset[str](),  # of its readers only, who also work on the case
    "concern": frozenset({"DPO"}),
    "request": DESK | {"FO", "FA", "PM", "AUD"},  # what a family asks of the fund
    "receiver": DESK | {"CSH"},  # whom a payment may be handed to
    "payment": DESK | {"FO", "FA", "PM", "AUD", "CSH"},
    "name_on_a_request": DESK | {"PSY", "FO", "FA", "CSH"},  # of the child and of who asks, not for the manager (P)
}
"""Which roles of the record's own office may read it (truth table, safety.md §1)."""

UNSEALED = frozenset({"draft", "ward", "import"})
"""What no seal covers: it is no case yet."""

PROTECTED: dict[str, dict[str, str]] = {
    "case": {
        "cases.Case pk": "risk_reason hold_text close_text next_step=card safety_note=card",
        "cases.Assessment case": "strengths child_views carer_views who_present",
        "cases.Need assessment__case": "text",
        "cases.NoticeGiven case": "interpreter",
        "cases.Consent case": "recipient given_by_name relation interpreter",
        "cases.Assignment case": "reason",
        "cases.CasePlan case": "decision_text",
        "cases.Goal plan__case": "title",
        "cases.Step goal__plan__case": "title responsible_text",
        "cases.Task case": "title",
        "cases.ContactAttempt case": "said",
        "referrals.Referral case": "reason override_reason answer_text",
        "documents.Attachment case_id_of": "title",
        "documents.CaptureLink case_id_of": "title",
        "registration.BirthRecord case": "track_reason late_text wanted place_text hospital_no_child "
        "hospital_no_mother proof_number informant_name case_closed_reason",
        "registration.Outcome birth__case": "certificate_no child_number name_th handed_over_to handed_over_sign",
        "registration.Discrepancy birth__case": "value_a value_b settled_text",
        "registration.Correction birth__case": "receipt_no appointment_time result_text handed_over_to",
        "registration.Collector birth__case": "name reason ended_text",
        "registration.LetterOfAssignment birth__case": "giver receiver scope",
        "registration.Witness birth__case": "contact name relation",
        "registration.ParentLink birth__case": "reason nationality_claimed",
        "registration.ParentRefusal birth__case": "words ended_text",
        "registration.ChecklistItem birth__case": "waive_reason waiver_asked_why waiver_declined_why",
        "registration.FollowUp birth__case": "note",
        "registration.ConsularStep birth__case": "result",
        "registration.ChildDeath birth__case": "told_by",
        "registration.YoungMother birth__case": "consent_note interpreter reported_to",
        "registration.Submission birth__case": "receipt_no officer result_text",
        "registration.InquiryStep submission__birth__case": "outcome paid_by",
    },
    "child": {"people.PersonName person": "full=card"},
    "relative": {"people.PersonName person": "full"},
    "receiving": {"people.PersonName person": "full=receiver"},
    "asking": {"people.PersonName person": "full=name_on_a_request"},
    "request": {
        "emergency_fund.AssistanceRequest pk": "need=request old_incident_reason=request told=request",
        "emergency_fund.NeedsAssessment request": "note=request",
        "emergency_fund.ChildNeed assessment__request": "note=request",
        "emergency_fund.Appeal request": "why=request told=request first_told=request",
        "emergency_fund.Complaint request": "what=request answer=request",
        "emergency_fund.PostDistributionCheck delivery__line__request": "said=request",
        "emergency_fund.AssistanceLine request": "words=payment provider=payment",
        "emergency_fund.InsurancePolicy line__request": "ended_reason=request",
        "emergency_fund.Collector request": "name=receiver relation=receiver paper=receiver",
    },
    "person": {
        "people.Person pk": "born_as_told",
        "people.IdentityDocument person": "number issuer name_as_written",
    },
    "family": {
        "people.Family pk": "address_text contact_note",
        "people.Phone family": "whose best_hour may_say",
    },
    "note": {"cases.Note pk": "text"},
    "legal note": {"cases.Note pk": "text=legal"},
    "restricted note": {"cases.Note pk": "text=compartment"},
    "draft": {"drafts.Draft pk": "title=draft"},
    "photo of a draft": {"documents.Attachment pk": "title=draft"},
    "ward": {"registration.WardBirth list": "mother=ward reason=ward"},
    "import": {"imports.ImportRow run": "label=import"},
    "concern": {"concerns.StaffConcern pk": "who=concern what=concern"},
}
"""By what its rows hang on: model and path to it, and its fields with who may read them ("record" when not said)."""

WITHOUT_CANARY = {
    "aid.AidGiven": "kind period programme subject_type",
    "aid.InsuranceCover": "card_number programme subject_type",
    "approvals.Absence": "reason",
    "approvals.ApprovalRequest": "bypass_reason kind programme subject_type",
    "approvals.Proposal": "decision_reason fingerprint kind programme reason subject_type",
    "cases.Case": "number sort_name tracking_code",
    "cases.Consent": "purpose",
    "cases.Enrolment": "outcome programme",
    "cases.FactConfirmed": "key value_digest",
    "cases.ListFile": "file sha256",
    "cases.Note": "programme",
    "cases.Step": "record_type",
    "concerns.StaffConcern": "answer sent_as when",
    "documents.Attachment": "file mime paper_kind sha256 subject_type",
    "documents.CaptureLink": "device_digest subject_type token_digest",
    "documents.Document": "failure file kind language sha256 subject_type title verification_code",
    "documents.PaperReturn": "subject_type",
    "documents.PrintPack": "subject_type",
    "drafts.Draft": "form programme step",
    "emergency_fund.AssistanceLine": "period",
    "emergency_fund.AssistanceRequest": "number",
    "emergency_fund.Complaint": "number",
    "emergency_fund.Delivery": (
        "key number received_name relation witness provider_receipt account_number account_holder account_reference "
        "paper_receipt remark"
    ),
    "emergency_fund.DeliveryFile": "file_name paid_from sha256",
    "emergency_fund.DeliveryReturn": "key reason",
    "emergency_fund.EntitlementUpdate": "note",
    "emergency_fund.FamilyAccount": "holder number",
    "emergency_fund.PickedItem": "reason",
    "emergency_fund.RequestClosing": "comment",
    "funds.Advance": "number purpose",
    "funds.AdvanceEntry": "key reason reference subject_type",
    "funds.AuditSample": "number population_sha256 programme seed",
    "funds.BatchLine": "explanation",
    "funds.BudgetEntry": "key reason reference subject_type",
    "funds.BudgetLine": "name_en name_my name_th programme",
    "funds.CashBox": "name_en name_my name_th retired_reason",
    "funds.CashCount": "explanation",
    "funds.CashMovement": "key reason reference subject_type",
    "funds.FinanceAnswer": "file file_name sha256",
    "funds.FinanceBatch": "csv_file csv_sha256 number programme reason xlsx_file xlsx_sha256",
    "funds.FundingSource": "closed_reason code donor",
    "imports.ImportRow": "sheet subject_type",
    "imports.ImportRun": "digest failure file_name programme specification undo_reason",
    "notifications.Notice": "action label subject_type url",
    "people.DuplicateHit": "answer_text band fingerprint question reason",
    "people.ConflictOfInterest": "ended_reason named_by organisation organisation_key reason",
    "people.Family": "place_code",
    "people.IdentityDocument": "born_as_written country",
    "people.PersonName": "honorific phonetic_key search_key sort_key",
    "people.Phone": "number",
    "referrals.Referral": "outcome programme record_type",
    "registration.AcknowledgedWarning": "code",
    "registration.BirthRecord": "country interpreter_language",
    "registration.Correction": "handed_over_sign",
    "registration.Discrepancy": "field source_a source_b",
    "registration.LetterOfAssignment": "language_explained",
    "registration.Outcome": "father mother nationality sex",
    "registration.ReportedBirths": "source",
    "registration.WardBirth": "hospital_no hospital_no_child hospital_no_mother key phone",
    "registration.WrongNameTold": "place",
    "reports.ChangeReason": "key reason",
    "reports.MonthClose": "board remark",
    "reports.ReportRun": "board donor filters language name period",
    "reports.ReportTemplate": "board donor language name",
    "stock.Movement": "key reason reference subject_type",
    "stock.Store": "name_en name_my name_th",
}
"""Fields of guarded rows without one: codes, keys and digests, numbers that are shown in groups, rows that are
never changed, and rows that the world has none of. A new field of text stands here or above."""


def fields_with_canary() -> set[str]:
    """The names of the fields above."""
    return {name for models in PROTECTED.values() for name in _named(models)}


def fields_without_canary() -> set[str]:
    """The names of the fields that have none."""
    return set(_named(WITHOUT_CANARY))


def _named(models: Mapping[str, str]) -> Iterator[str]:
    for model_and_path, fields in models.items():
        for field in fields.split():
            yield f"{model_and_path.split()[0]}.{field.partition('=')[0]}"


@dataclass(frozen=True)
class Canary:
    """Where a token stands."""

    field: str
    place: str
    kind: str

    def may_be_found_by(self, role: str) -> bool:
        """Whether the table lets this role of Mae Sot read it."""
        is_there = self.place == OWN or (self.place == SEALED and self.kind in UNSEALED)
        return role in READERS[self.kind] and is_there


class Aviary:
    """The tokens of a world."""

    def __init__(self, world: World) -> None:
        self.canaries: dict[str, Canary] = {}
        self.found: set[str] = set()
        for place, records in world.records.items():
            self._seed_records(world, place, records)

    def strangers(self, role: str, body: bytes) -> Iterable[str]:
        """What stands in an answer and is not for this role, in words."""
        for token in set(TOKEN.findall(readable(body))) & set(self.canaries):
            canary = self.canaries[token]
            if canary.may_be_found_by(role):
                self.found.add(token)
            else:
                yield f"{canary.field} ({canary.place})"

    def found_kinds(self) -> set[str]:
        """The kinds of which a token was shown to somebody who may read it: one that is never shown guards nothing."""
        return {self.canaries[token].kind for token in self.found}

    def _seed_records(self, world: World, place: str, records: Records) -> None:
        rows = rows_of(records) | {
            "import": [world.runs[place].run_id] if place in world.runs else [],
            "concern": [world.concern.pk] if place == OWN else [],
        }
        for kind, models in PROTECTED.items():
            for model_and_path, fields in models.items():
                model, path = model_and_path.split()
                self._seed(model, path, rows[kind], fields, place)

    def _seed(self, label: str, path: str, ids: list[int], fields: str, place: str) -> None:
        rows = apps.get_model(label)._default_manager  # type: ignore[attr-defined]
        for pk in rows.filter(**{f"{path}__in": ids}).values_list("pk", flat=True):
            changes = {}
            for field_and_kind in fields.split():
                field, _, kind = field_and_kind.partition("=")
                changes[field] = token = f"kq{_letters(len(self.canaries))}qk"
                self.canaries[token] = Canary(f"{label}.{field}", place, kind or "record")
            with as_owner():  # of an assessment, too, which nobody changes
                rows.filter(pk=pk).update(**changes)


def rows_of(records: Records) -> dict[str, list[int]]:
    """The ids of a place's rows, by what canaries hang on."""
    births = [records.birth, records.second, records.outcome.birth, records.compared.birth]
    children = [birth.case.child_id for birth in births]
    families = [birth.case.family_id for birth in births]
    family_members = apps.get_model("people.FamilyMember").rows.filter(family__in=families)
    requests = [
        records.fund_request, records.payable, records.insurance_line.request, records.fund_appeal.request,
    ]  # fmt: skip
    asking = {person for one in requests for person in (one.case.child_id, one.requester_id)}
    relatives = set(family_members.values_list("person_id", flat=True)) - {*children, *asking}
    receiving = relatives & set(
        family_members.filter(family__in=[one.family_id for one in requests]).values_list("person_id", flat=True)
    )
    notes = [cases.make_note(records.case, records.lead).pk]
    legal = [cases.make_note(records.case, records.lead, readers="legal").pk]
    restricted = [
        cases.make_note(records.case, records.lead, readers=readers).pk for readers in ("psychosocial", "trafficking")
    ]
    relatives_asking = asking - set(children)
    return {
        "case": [birth.case_id for birth in births],
        "child": [pk for pk in children if pk not in asking],
        "relative": sorted(relatives - receiving),
        "receiving": sorted(receiving),
        "asking": sorted(asking),
        "request": [one.pk for one in requests],
        "person": [*children, *sorted(relatives | relatives_asking)],
        "family": families,
        "note": notes,
        "legal note": legal,
        "restricted note": restricted,
        "draft": [records.draft.pk],
        "photo of a draft": [records.draft_photo.pk],
        "ward": [records.ward.pk],
    }


def _letters(number: int) -> str:
    """Four letters and digits for a number."""
    signs = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(signs[number // 36**place % 36] for place in (3, 2, 1, 0))


def readable(body: bytes) -> str:
    """What a person can read in an answer: a page, a spreadsheet, a paper."""
    if body.startswith(b"%PDF-"):
        return "\n".join(page_text(body))
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return body.decode(errors="replace")
