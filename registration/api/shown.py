"""How a birth is answered. A parent's status in Thailand is never shown here."""

from __future__ import annotations

from rest_framework import serializers

from casework.people.api.persons import PersonLine, PersonShown
from casework.reference.api import CodeLine
from casework.ui.api.serializers import Shown
from registration.models import (
    BirthRecord,
    ChecklistItem,
    Collector,
    ConsularStep,
    CounterCheck,
    CounterLine,
    FollowUp,
    Outcome,
    ParentLink,
    ParentRefusal,
    RegistryOffice,
    Submission,
)
from registration.open_lists import BLOCKS, CHANNELS, LATE_REASONS, RETURN_REASONS
from registration.queries.facts import is_place_unknown

from .care import DeathShown, YoungMotherShown
from .corrections import CorrectionShown, DifferenceShown
from .witnesses import InquiryStepShown, LetterShown, WitnessShown


class RegistryOfficeShown(Shown):
    """A district office or municipality that registers births."""

    example = {"id": 2, "name_en": "Mae Sot City Municipality registry", "name_th": "เทศบาลนครแม่สอด",
               "name_my": "မဲဆောက် မြူနီစပယ် မှတ်ပုံတင်ရုံး",
               "kind": "municipality",
               "place": "6306", "address": "", "phone": "", "hours": "", "accepts_late": True,
               "accepts_home_birth": True}  # fmt: skip

    class Meta:
        model = RegistryOffice
        fields = (
            "id", "name_en", "name_th", "name_my", "kind", "place", "address", "phone", "hours", "accepts_late",
            "accepts_home_birth",
        )  # fmt: skip


class BirthLine(Shown):
    """A birth in a list."""

    number = serializers.CharField(source="case.number")
    child = PersonLine(source="case.child")
    example = {
        "id": 12, "case": 7, "number": "MS-2026-0007", "child": PersonLine.example, "office": 1, "status": "gathering",
        "status_since": "2026-11-23", "suspension": "none", "track": "T1", "track_proposed": "T1", "registry_office": 2,
        "notify_due_on": "2026-12-05", "notify_effective_on": "2026-12-08", "is_backlog": False,
    }  # fmt: skip

    class Meta:
        model = BirthRecord
        fields: tuple[str, ...] = (
            "id", "case", "number", "child", "office", "status", "status_since", "suspension", "track",
            "track_proposed", "registry_office",
            "notify_due_on", "notify_effective_on", "is_backlog",
        )  # fmt: skip


class ParentShown(Shown):
    """What is known of one parent."""

    person = PersonLine()

    class Meta:
        model = ParentLink
        fields = (
            "id",
            "role",
            "knowledge",
            "person",
            "reason",
            "nationality_claimed",
            "marriage",
            "surname_consent",
            "has_paper",
        )


class ItemShown(Shown):
    """One paper of the checklist."""

    key = serializers.CharField(source="requirement.key")
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    block = CodeLine(BLOCKS)

    class Meta:
        model = ChecklistItem
        fields = (
            "id",
            "key",
            "label",
            "level",
            "is_wanted",
            "state",
            "responsible",
            "due_on",
            "block",
            "blocked_since",
            "waive_reason",
            "waiver_asked_on",
            "waiver_asked_why",
            "waiver_declined_why",
            "version",
        )

    def get_label(self, item: ChecklistItem) -> str:
        return item.label("en")


class VisitShown(Shown):
    """One visit to the registry office."""

    steps = InquiryStepShown(many=True)
    return_reason = CodeLine(RETURN_REASONS)

    class Meta:
        model = Submission
        fields = (
            "id", "number", "registry_office", "submitted_on", "by", "accompanied_by", "receipt_no", "officer",
            "result", "result_on",
            "return_reason", "result_text", "appointment_on", "fine_baht", "other_cost_baht", "steps",
        )  # fmt: skip


class OutcomeShown(Shown):
    """The certificate, its check and its handover."""

    class Meta:
        model = Outcome
        fields = (
            "registered_on", "registry_office", "form", "certificate_no", "name_th", "born_on", "sex", "mother",
            "father", "nationality",
            "register", "notified_in_time", "checked_by", "checked_on", "handed_over_to", "handed_over_relation",
            "handed_over_sign",
            "handed_over_on",
        )  # fmt: skip


class CounterLineShown(Shown):
    """One line of a check at the counter."""

    class Meta:
        model = CounterLine
        fields = ("key", "agreed", "answer", "on_draft")


class CounterCheckShown(Shown):
    """The draft certificate compared with the agreed spelling before it was signed."""

    lines = CounterLineShown(many=True)

    class Meta:
        model = CounterCheck
        fields = ("id", "checked_by", "checked_at", "lines")


class CollectorShown(Shown):
    """Who may, or must not, be given the certificate. The reason is not answered here."""

    class Meta:
        model = Collector
        fields = ("id", "is_allowed", "name", "relation", "ended_on")


class RefusalShown(Shown):
    """What a parent refuses, and how it goes on. The parent's own words are not answered here."""

    class Meta:
        model = ParentRefusal
        fields = (
            "id", "parent", "what", "because", "heard_from", "other_parent", "refused_on", "way", "state", "ended_on",
            "ended_text",
        )  # fmt: skip


class FollowUpShown(Shown):
    """A public service the family is offered after the handover."""

    class Meta:
        model = FollowUp
        fields = ("id", "kind", "answer", "answered_on", "note", "referral")


class ConsularShown(Shown):
    """What the family decided about registration with its own state."""

    class Meta:
        model = ConsularStep
        fields = ("offered_on", "risk_discussed", "decision", "due_on", "applied_on", "result")


class BirthShown(BirthLine):
    """A birth with its checklist, visits and certificate."""

    child = PersonShown(source="case.child")
    is_place_unknown = serializers.SerializerMethodField()
    parents = ParentShown(many=True)
    items = ItemShown(many=True)
    visits = VisitShown(source="submissions", many=True)
    outcome = OutcomeShown(allow_null=True)
    differences = DifferenceShown(source="discrepancies", many=True)
    counter_checks = CounterCheckShown(many=True)
    corrections = CorrectionShown(many=True)
    refusals = RefusalShown(many=True)
    collectors = CollectorShown(many=True)
    follow_ups = FollowUpShown(many=True)
    consular = ConsularShown(allow_null=True)
    witnesses = WitnessShown(many=True)
    letters = LetterShown(many=True)
    death = DeathShown(allow_null=True)
    young_mother = YoungMotherShown(allow_null=True)
    channel = CodeLine(CHANNELS)
    late_reason = CodeLine(LATE_REASONS)
    example = {
        **BirthLine.example, "child": PersonShown.example, "channel": "ward", "weight_g": 3100,
        "place_kind": "hospital",
        "parents": [{"id": 31, "role": "mother", "knowledge": "known", "person": PersonLine.example}],
        "items": [{"id": 90, "key": "first_proof", "label": "Delivery certificate", "level": "star",
        "state": "needed", "version": 1}],
        "visits": [], "outcome": None, "differences": [], "counter_checks": [],
        "corrections": [], "refusals": [], "collectors": [], "follow_ups": [], "consular": None,
        "witnesses": [{"id": 5, "name": "Naw Dah", "kinds": ["parentage"], "is_willing": True}], "letters": [],
        "death": None, "young_mother": None,
    }  # fmt: skip

    class Meta(BirthLine.Meta):
        fields = (
            *BirthLine.Meta.fields, "channel", "late_reason", "late_text", "is_already_registered", "wanted",
            "is_in_care", "time",
            "weekday_told", "place_kind", "facility", "place", "is_place_unknown", "place_text", "country", "attendant",
            "plurality", "birth_order", "weight_g",
            "gestation_weeks", "hospital_no_child", "hospital_no_mother", "proof", "proof_number", "proof_issued_on",
            "proof_held_by",
            "proof_seen", "informant_relation", "informant_name", "sibling_group", "parents", "items", "visits",
            "outcome", "differences",
            "counter_checks", "corrections", "refusals", "collectors", "follow_ups", "consular", "witnesses", "letters",
            "death", "young_mother",
        )  # fmt: skip

    def get_is_place_unknown(self, birth: BirthRecord) -> bool:
        """Whether the district of a birth at home or on the way was said to be not known."""
        return is_place_unknown(birth)
