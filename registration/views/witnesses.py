"""Witnesses and letters of assignment of a birth."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registration.forms import acts
from registration.models import LetterOfAssignment, Witness
from registration.services import witnesses

from .records import EDIT, OpenBirthForm


class AddWitness(OpenBirthForm):
    policy = EDIT
    form_class = acts.WitnessForm
    title = gettext_lazy("Witness")

    def save(self, form: forms.Form) -> Witness:
        return witnesses.add_witness(birth=self.row, by=self.user, today=self.today, **form.cleaned_data)


class ChangeWitness(OpenBirthForm):
    shows_stored = True
    policy = EDIT
    model = Witness
    form_class = acts.WitnessForm
    title = gettext_lazy("Witness")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in acts.WitnessForm.base_fields}

    def save(self, form: forms.Form) -> Witness:
        return witnesses.change_witness(witness=self.row, by=self.user, today=self.today, **form.cleaned_data)


class AddLetter(OpenBirthForm):
    policy = EDIT
    form_class = acts.LetterForm
    title = gettext_lazy("Letter of assignment")

    def save(self, form: forms.Form) -> LetterOfAssignment:
        return witnesses.add_letter(birth=self.row, by=self.user, today=self.today, **form.cleaned_data)


class ChangeLetter(OpenBirthForm):
    shows_stored = True
    policy = EDIT
    model = LetterOfAssignment
    form_class = acts.LetterForm
    title = gettext_lazy("Letter of assignment")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in acts.LetterForm.base_fields}

    def save(self, form: forms.Form) -> LetterOfAssignment:
        return witnesses.change_letter(letter=self.row, by=self.user, today=self.today, **form.cleaned_data)


class EndLetter(OpenBirthForm):
    policy = EDIT
    model = LetterOfAssignment
    form_class = acts.EndLetterForm
    title = gettext_lazy("End this letter")
    lead = gettext_lazy("From that day the clinic does not notify the birth with it.")
    verb = gettext_lazy("End this letter")
    success_message = gettext_lazy("The letter of assignment is ended.")

    def get_initial(self) -> dict[str, Any]:
        return {"revoked_on": self.today}

    def save(self, form: forms.Form) -> LetterOfAssignment:
        return witnesses.end_letter(letter=self.row, on=form.cleaned_data["revoked_on"], by=self.user, today=self.today)
