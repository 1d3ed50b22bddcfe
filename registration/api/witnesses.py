"""Witnesses of a birth, letters of assignment, and the steps of an inquiry: written down, put right, ended."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.people.states import SpokenLanguage
from casework.ui.api.resources import Resource, act
from casework.ui.api.serializers import Day, Partly, Shown, Told, ToldOf, optional_line
from registration.models import InquiryStep, LetterOfAssignment, Witness
from registration.services import office, witnesses

from .base import EDIT, NUMBER, OFFICE


class WitnessShown(Shown):
    """Somebody who can say something about the birth."""

    class Meta:
        model = Witness
        fields = ("id", "name", "kinds", "relation", "contact", "is_willing", "statement_on")


class LetterShown(Shown):
    """A letter of assignment; from `revoked_on` on it does not hold."""

    class Meta:
        model = LetterOfAssignment
        fields = (
            "id", "giver", "receiver", "scope", "language_explained", "signed_on", "valid_until", "giver_id_copy",
            "revoked_on",
        )  # fmt: skip


class InquiryStepShown(Shown):
    """One step of the inquiry that a visit led to."""

    class Meta:
        model = InquiryStep
        fields = ("id", "kind", "planned_on", "done_on", "outcome", "cost_baht", "paid_by")


class WitnessTold(ToldOf):
    """Somebody who can say something about the birth."""

    example = {"name": "Naw Dah", "kinds": ["parentage"], "relation": "neighbour", "is_willing": True}

    class Meta:
        model = Witness
        fields = ("name", "kinds", "relation", "contact", "is_willing", "statement_on")
        extra_kwargs = {
            "name": {"required": False, "allow_blank": True, "default": ""},
            "kinds": {"required": False, "default": list, "max_length": 10},
        }


class WitnessChange(Partly, WitnessTold):
    """What is different of a witness now; what is left out stays."""

    example = {"statement_on": "2026-11-24"}


class LetterTold(ToldOf):
    """A letter by which the family lets somebody notify the birth."""

    language_explained = serializers.ChoiceField(choices=SpokenLanguage.choices)
    example = {
        "giver": "Naw Paw", "receiver": "The clinic", "scope": "Notify the birth", "language_explained": "my",
        "signed_on": "2026-11-24",
    }  # fmt: skip

    class Meta:
        model = LetterOfAssignment
        fields = ("giver", "receiver", "scope", "language_explained", "signed_on", "valid_until", "giver_id_copy")


class LetterChange(Partly, LetterTold):
    """What is different of a letter now; what is left out stays."""

    example = {"valid_until": "2027-11-24"}


class LetterEndTold(Told):
    """The day from which the letter does not hold."""

    revoked_on = Day()
    example = {"revoked_on": "2026-11-28"}


class InquiryStepTold(ToldOf):
    """A step of the inquiry that a visit led to."""

    example = {"kind": "home_visit", "planned_on": "2026-12-01", "cost_baht": "200.00", "paid_by": "The clinic"}

    class Meta:
        model = InquiryStep
        fields = ("kind", "planned_on", "cost_baht", "paid_by")
        extra_kwargs = {"planned_on": {"default": None}, "cost_baht": {"min_value": 0}}


class InquiryDoneTold(Told):
    """How a step went."""

    done_on = Day()
    outcome = optional_line(300)
    example = {"done_on": "2026-12-01", "outcome": "They saw the house"}


class Witnesses(Resource):
    """Those who speak for the family."""

    @act("add-witness", policy=EDIT, told=WitnessTold)
    def add_witness(self, values: dict[str, Any]) -> None:
        """Write down a witness."""
        witnesses.add_witness(birth=self.row, **values, **self.by)

    @act(rf"witnesses/(?P<witness>{NUMBER})/change", policy=EDIT, told=WitnessChange)
    def change_witness(self, values: dict[str, Any], witness: str) -> None:
        """Put a witness right, say whether they are willing and when they gave a statement."""
        witnesses.change_witness(witness=self.get_part(self.row.witnesses, witness), **values, **self.by)

    @act("add-letter", policy=EDIT, told=LetterTold)
    def add_letter(self, values: dict[str, Any]) -> None:
        """Write down a letter of assignment."""
        witnesses.add_letter(birth=self.row, **values, **self.by)

    @act(rf"letters/(?P<letter>{NUMBER})/change", policy=EDIT, told=LetterChange)
    def change_letter(self, values: dict[str, Any], letter: str) -> None:
        """Put a letter of assignment right."""
        witnesses.change_letter(letter=self.get_part(self.row.letters, letter), **values, **self.by)

    @act(rf"letters/(?P<letter>{NUMBER})/end", policy=EDIT, told=LetterEndTold)
    def end_letter(self, values: dict[str, Any], letter: str) -> None:
        """The family took its letter back."""
        witnesses.end_letter(letter=self.get_part(self.row.letters, letter), on=values["revoked_on"], **self.by)

    @act(rf"visits/(?P<visit>{NUMBER})/add-inquiry-step", policy=OFFICE, told=InquiryStepTold)
    def add_inquiry_step(self, values: dict[str, Any], visit: str) -> None:
        """Note a step of the inquiry."""
        office.add_inquiry_step(visit=self.get_part(self.row.submissions, visit), by=self.request.user, **values)

    @act(rf"inquiry-steps/(?P<inquiry>{NUMBER})/finish", policy=OFFICE, told=InquiryDoneTold)
    def finish_inquiry_step(self, values: dict[str, Any], inquiry: str) -> None:
        """Note how a step of the inquiry went."""
        office.finish_inquiry_step(step=self.get_part(self.row.inquiry_steps, inquiry), **values, **self.by)
