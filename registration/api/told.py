"""Bodies that are sent about a birth, and the facts they become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from casework.cases.api.base import known_place
from casework.cases.models import NoticeGiven
from casework.people.identifiers import normalise_number
from casework.people.models import IdentityDocument, Person
from casework.people.names import child_of
from casework.people.states import ContactRule, Script, Sex
from casework.reference.api import CodeLine
from casework.reference.models import Facility
from casework.referrals.models import Referral
from casework.ui.api.serializers import BirthDateTold, Day, Line, RowField, Told, ToldOf, optional_line
from registration import states as s
from registration.certificate_states import CounterAnswer, CounterLineKey
from registration.models import (
    BirthRecord,
    ChecklistItem,
    Collector,
    ConsularStep,
    Outcome,
    ParentLink,
    ParentRefusal,
    RegistryOffice,
    Submission,
)
from registration.open_lists import BLOCKS, CHANNELS, LATE_REASONS, RETURN_REASONS
from registration.queries.lists import QUEUES
from registration.refusal_states import RefusalState
from registration.rules.facts import BirthFacts, PaperFacts, ParentFacts
from registration.services.intake import NoticeFacts

LONGEST_NAME = 200
MOST_CODES = 40


def offices(user: Any) -> Any:
    """Registry offices that can be chosen."""
    return RegistryOffice.objects.filter(is_active=True)


class NamesTold(Told):
    """The name in each script in which it is known; one is enough."""

    Latn = optional_line(LONGEST_NAME)
    Thai = optional_line(LONGEST_NAME)
    Mymr = optional_line(LONGEST_NAME)
    example = {"Latn": "Nan Wah", "Mymr": "နန်းဝါ"}


def names_of(told: Mapping[str, str] | None) -> dict[str, str]:
    """Script → name, only those that were written."""
    return {str(Script(script)): text for script, text in (told or {}).items() if text}


class IdentityPaperTold(ToldOf):
    """An identity paper as shown at the desk."""

    class Meta:
        model = IdentityDocument
        fields = ("type", "number", "issued_on", "expires_on", "original_seen")


class ParentTold(ToldOf):
    """What is known of one parent; whoever is not known needs a reason."""

    names = NamesTold(required=False)
    birth = BirthDateTold(required=False)
    person = RowField(lambda user: Person.objects.visible_to(user), required=False, allow_null=True)
    papers = IdentityPaperTold(many=True, required=False, max_length=10)  # type: ignore[call-arg]
    nationality_claimed = serializers.ChoiceField(choices=s.Nationality.choices, required=False, allow_blank=True)

    class Meta:
        model = ParentLink
        fields = (
            "knowledge", "names", "birth", "person", "reason", "papers", "has_paper", "nationality_claimed",
            "status_group", "marriage",
            "surname_consent",
        )  # fmt: skip

    @staticmethod
    def facts(role: str, told: Mapping[str, Any]) -> ParentFacts:
        """The parent as the rules take it."""
        person, papers = told.get("person"), told.get("papers", ())
        plain = {name: value for name, value in told.items() if name not in ("names", "birth", "person", "papers")}
        return ParentFacts(
            role=role,
            names=names_of(told.get("names")),
            birth=BirthDateTold.value(told.get("birth")),
            person_id=person.pk if person else None,
            papers=tuple(PaperFacts(**{**p, "number": normalise_number(p.get("number", ""))}) for p in papers),
            **plain,
        )


class NoticeTold(ToldOf):
    """How the family was informed."""

    class Meta:
        model = NoticeGiven
        fields = ("language", "interpreter", "given_on")


class BirthTold(ToldOf):
    """A birth. `acknowledged` holds the codes of the warnings that somebody has seen."""

    names = NamesTold(required=False)
    is_baby_of = serializers.BooleanField(default=False, help_text="the child is called by the mother’s name for now")
    birth = BirthDateTold(required=False)
    born_as_told = optional_line(80)
    sex = serializers.ChoiceField(choices=Sex.choices, default=Sex.UNKNOWN)
    facility = RowField(lambda user: Facility.objects.filter(is_active=True), required=False, allow_null=True)
    place = Line(max_length=6, required=False, allow_blank=True, help_text="official code of the district")
    is_place_unknown = serializers.BooleanField(
        default=False, help_text="the district of a birth at home or on the way is not known; then without place"
    )
    registry_office = RowField(offices, required=False, allow_null=True)
    mother = ParentTold()
    father = ParentTold()
    phones = serializers.ListField(child=Line(max_length=40), required=False, max_length=5)
    phone_rule = serializers.ChoiceField(choices=ContactRule.choices, default=ContactRule.NOT_ASKED)
    address_text = optional_line(300)
    address_code = Line(max_length=6, required=False, allow_blank=True, help_text="official code of the sub-district")
    notice = NoticeTold()
    twin_of = RowField(lambda user: BirthRecord.objects.visible_to(user), required=False, allow_null=True)
    received_on = Day(required=False, allow_null=True)
    channel = CodeLine(CHANNELS)
    late_reason = CodeLine(LATE_REASONS, required=False, allow_blank=True)
    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES)
    example = {
        "names": NamesTold.example, "birth": BirthDateTold.example, "sex": "F", "weight_g": 3100, "channel": "ward",
        "place_kind": "hospital",
        "facility": 1, "place": "6306", "proof": "TR1_1", "proof_number": "MSH-00042", "proof_seen": True,
        "informant_relation": "mother",
        "mother": {"knowledge": "known", "names": {"Latn": "Naw Paw"}}, "father": {"knowledge": "unknown",
        "reason": "She never told"},
        "phones": ["0812345678"], "notice": {"language": "my", "given_on": "2026-11-23"}, "acknowledged": [],
    }  # fmt: skip
    more_examples = {
        "born at home, district not known": {
            "names": NamesTold.example, "birth": BirthDateTold.example, "sex": "F", "channel": "outreach",
            "place_kind": "home", "is_place_unknown": True, "attendant": "traditional", "proof": "none",
            "mother": {"knowledge": "known", "names": {"Latn": "Naw Paw"}}, "father": {"knowledge": "unknown",
            "reason": "She never told"},
            "phones": ["0812345678"], "notice": {"language": "my", "given_on": "2026-11-23"}, "acknowledged": [],
        },
    }  # fmt: skip

    class Meta:
        model = BirthRecord
        columns = (
            "channel", "interpreter_language", "late_reason", "late_text", "is_already_registered", "wanted",
            "is_in_care", "time",
            "weekday_told", "place_kind", "place_text", "country", "attendant", "plurality", "birth_order",
            "weight_g", "gestation_weeks",
            "hospital_no_child", "hospital_no_mother", "proof", "proof_number", "proof_issued_on", "proof_held_by",
            "proof_seen",
            "informant_relation", "informant_name",
        )  # fmt: skip
        fields = (
            "names", "is_baby_of", "birth", "born_as_told", "sex", "facility", "place", "is_place_unknown",
            "registry_office", "mother", "father", "phones",
            "phone_rule", "address_text", "address_code", "notice", "twin_of", "received_on", "acknowledged", *columns,
        )  # fmt: skip
        extra_kwargs = {
            "weekday_told": {"max_value": 6},
            "plurality": {"min_value": 1, "max_value": 8},
            "birth_order": {"min_value": 1, "max_value": 8},
        }

    def validate_place(self, code: str) -> str:
        return known_place(code)

    def validate_address_code(self, code: str) -> str:
        return known_place(code)

    @classmethod
    def facts(cls, told: Mapping[str, Any]) -> BirthFacts:
        """The birth as the rules take it."""
        names, facility, office = names_of(told.get("names")), told.get("facility"), told.get("registry_office")
        mother = ParentTold.facts(s.ParentRole.MOTHER, told["mother"])
        is_baby_of = told["is_baby_of"] and not names
        if is_baby_of:
            names = {script: child_of(text, script) for script, text in mother.names.items()}
        return BirthFacts(
            names=names,
            is_baby_of=is_baby_of,
            birth=BirthDateTold.value(told.get("birth")),
            facility_id=facility.pk if facility else None,
            is_certifying=facility is None or facility.issues_first_proof,
            registry_office_id=office.pk if office else None,
            place_code=told.get("place", ""),
            parents=(mother, ParentTold.facts(s.ParentRole.FATHER, told["father"])),
            phones=tuple(told.get("phones", ())),
            **{name: told[name] for name in ("born_as_told", "sex", "phone_rule", "address_text", "is_place_unknown")},
            **{name: told[name] for name in (*cls.Meta.columns, "address_code") if name in told},
        )

    @staticmethod
    def notice_facts(told: Mapping[str, Any]) -> NoticeFacts:
        """How the family was informed."""
        return NoticeFacts(**told["notice"])


class TrackTold(Told):
    """The way of registration; another one than proposed needs a reason, a family from an old register the notice."""

    track = serializers.ChoiceField(choices=[row for row in s.Track.choices if row[0] != s.Track.UNCLEAR])
    reason = optional_line(300)
    notice = NoticeTold(required=False)
    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES)
    example = {"track": "T1"}


class ItemTold(ToldOf):
    """Where one paper stands, who gets it and until when; `version` refuses when it was changed meanwhile."""

    state = serializers.ChoiceField(
        choices=[(v, label) for v, label in s.ItemState.choices if v not in (s.ItemState.WAIVED, s.ItemState.SUBMITTED)]
    )
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    block = CodeLine(BLOCKS, required=False, allow_blank=True)
    responsible = serializers.ChoiceField(choices=s.Responsible.choices, required=False)
    example = {"state": "requested", "responsible": "family", "due_on": "2026-12-04", "version": 1}

    class Meta:
        model = ChecklistItem
        fields = ("state", "block", "responsible", "due_on", "version")


class OfficeTold(Told):
    """A registry office."""

    registry_office = RowField(offices)
    example = {"registry_office": 2}


ASKED = ("appointment_on", "fine_baht", "other_cost_baht")
"""When the family comes to the office again, and what it has to pay."""
ASKED_FROM_ZERO = {name: {"min_value": 0} for name in ("fine_baht", "other_cost_baht")}


class VisitTold(ToldOf):
    """A visit to the registry office with the papers in hand."""

    registry_office = RowField(offices)
    accompanied = serializers.BooleanField(default=False, help_text="I went along")
    example = {"registry_office": 2, "submitted_on": "2026-11-24", "by": "parent", "receipt_no": "441"}

    class Meta:
        model = Submission
        fields = ("registry_office", "submitted_on", "by", "receipt_no", "officer", "accompanied", *ASKED)
        extra_kwargs = ASKED_FROM_ZERO


class ResultTold(ToldOf):
    """What the office said to a visit; `pending`: nothing yet, `withdrawn`: the family took its papers back."""

    result = serializers.ChoiceField(choices=[value for value in s.Result if value != s.Result.ACCEPTED])
    result_on = Day()
    return_reason = CodeLine(RETURN_REASONS, required=False, default="")
    result_text = optional_line(300)
    example = {"result": "returned", "result_on": "2026-11-25", "return_reason": "missing_paper",
               "appointment_on": "2026-12-01", "fine_baht": "20.00"}  # fmt: skip

    class Meta:
        model = Submission
        fields = ("result", "result_on", "return_reason", "result_text", *ASKED)
        extra_kwargs = ASKED_FROM_ZERO


class CounterLineTold(Told):
    """One line of the agreed spelling, and what stands on the draft when it is different."""

    key = serializers.ChoiceField(choices=CounterLineKey.choices)
    answer = serializers.ChoiceField(choices=CounterAnswer.choices)
    on_draft = optional_line(200)
    example = {"key": "mother", "answer": "different", "on_draft": "นางหน่อ"}


class CounterTold(Told):
    """The draft certificate compared at the counter, every line of it."""

    lines = CounterLineTold(many=True, max_length=12)  # type: ignore[call-arg]
    example = {"lines": [CounterLineTold.example]}


class OutcomeTold(ToldOf):
    """The certificate as it is written."""

    sex = serializers.ChoiceField(choices=[Sex.FEMALE, Sex.MALE], required=False, allow_blank=True)
    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES)
    example = {
        "registered_on": "2026-11-26",
        "form": "TR03",
        "certificate_no": "12/2569",
        "name_th": "นันวา",
        "acknowledged": [],
    }

    class Meta:
        model = Outcome
        fields = (
            "registered_on", "form", "certificate_no", "child_number", "name_th", "born_on", "sex", "mother",
            "father", "nationality",
            "register", "acknowledged",
        )  # fmt: skip


class LateTold(ToldOf):
    """Why a registration is late."""

    late_reason = CodeLine(LATE_REASONS)
    example = {"late_reason": "distance_work", "late_text": "They worked in the fields"}

    class Meta:
        model = BirthRecord
        fields = ("late_reason", "late_text")
        extra_kwargs = {"late_text": {"default": ""}}


class SettledTold(Told):
    """What happens with a difference; accepted as it is needs words."""

    state = serializers.ChoiceField(choices=[v for v in s.DiscrepancyState.values if v != s.DiscrepancyState.OPEN])
    text = optional_line(300)
    example = {"state": "accepted_as_is", "text": "The office writes it so"}


class FollowUpTold(Told):
    """Whether the family wants a public service, and with which referral of the case it is sent there."""

    answer = serializers.ChoiceField(choices=[v for v in s.FollowUpAnswer.values if v != s.FollowUpAnswer.OPEN])
    note = optional_line(200)
    referral = RowField(lambda user: Referral.objects.visible_to(user), required=False, allow_null=True, default=None)
    example = {"answer": "declined", "note": "They go home next month"}


class ConsularTold(ToldOf):
    """What a family decided about registration with its own state, after the risk was talked about."""

    example = {"offered_on": "2026-11-28", "risk_discussed": True, "decision": "later"}

    class Meta:
        model = ConsularStep
        fields = ("offered_on", "risk_discussed", "decision", "applied_on", "result")
        extra_kwargs = {"result": {"default": ""}}


class HandoverTold(ToldOf):
    """Who received the certificate, and how they signed."""

    handed_over_sign = serializers.ChoiceField(choices=["signature", "thumb"])
    handed_over_on = Day()
    told = Line(
        max_length=300, required=False, allow_blank=True, default="",
        help_text="what the family heard of what should be corrected, or why it stays",
    )  # fmt: skip
    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES)
    example = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb",
               "handed_over_on": "2026-11-28"}  # fmt: skip

    class Meta:
        model = Outcome
        fields = (
            "handed_over_to",
            "handed_over_relation",
            "handed_over_sign",
            "handed_over_on",
            "told",
            "acknowledged",
        )

    @staticmethod
    def handed(told: Mapping[str, Any]) -> dict[str, Any]:
        """To whom, how and when, and what was told, as the services of a handover take it."""
        handed = {name: told.get(f"handed_over_{name}", "") for name in ("to", "relation", "sign", "on")}
        return {**handed, "told": told["told"], "acknowledged": told.get("acknowledged", ())}


class RefusalTold(ToldOf):
    """What a parent refuses and why, what the other parent says, how it goes on, and the next step of the case."""

    next_step = optional_line(200)
    next_step_on = Day()
    example = {
        "parent": "father", "what": "paternity", "because": "doubt", "words": "", "heard_from": "self",
        "other_parent": "wants", "refused_on": "2026-11-23", "way": "mothers_side",
        "next_step": "Notify with the mother", "next_step_on": "2026-11-25",
    }  # fmt: skip

    class Meta:
        model = ParentRefusal
        fields = (
            "parent", "what", "because", "words", "heard_from", "other_parent", "refused_on", "way", "next_step",
            "next_step_on",
        )  # fmt: skip
        extra_kwargs = {"words": {"default": ""}}


class WayTold(ToldOf):
    """How it goes on after a refusal, and the next step of the case."""

    next_step = optional_line(200)
    next_step_on = Day()
    example = {
        "other_parent": "wants", "way": "talk_again", "next_step": "Call him", "next_step_on": "2026-11-30",
    }  # fmt: skip

    class Meta:
        model = ParentRefusal
        fields = ("other_parent", "way", "next_step", "next_step_on")


class RefusalEndTold(Told):
    """How a refusal ended."""

    state = serializers.ChoiceField(choices=[RefusalState.WITHDRAWN, RefusalState.SOLVED])
    ended_text = optional_line(300)
    ended_on = Day()
    example = {"state": "withdrawn", "ended_on": "2026-11-28"}


class CollectorTold(ToldOf):
    """Who may, or must not, be given the certificate, and why not."""

    example = {"is_allowed": True, "name": "Naw Wah", "relation": "grandparent"}

    class Meta:
        model = Collector
        fields = ("is_allowed", "name", "relation", "reason")
        extra_kwargs = {"name": {"default": ""}, "reason": {"default": ""}}


class TakenOffTold(Told):
    """Why somebody is taken off the list."""

    text = optional_line(300)
    example = {"text": "She asked for it"}


class WhyTold(Told):
    """Why a paper cannot be had, or is needed all the same."""

    why = optional_line(300)
    example = {"why": "The hospital burned down"}


class SuspendTold(Told):
    """Whether reminders stop; time limits go on."""

    suspension = serializers.ChoiceField(choices=s.Suspension.choices)
    reason = optional_line(300)
    example = {"suspension": "on_hold", "reason": "They are away until January"}


class BirthsAsked(Told):
    """Filters of the list."""

    queue = serializers.ChoiceField(choices=[(queue.key, queue.label) for queue in QUEUES], default="all")
    office = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    status = serializers.ChoiceField(choices=s.Status.choices, required=False)
