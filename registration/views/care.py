"""Acts for hard births: the child died, the mother is a child herself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.cases.models import Case
from registration.forms import care
from registration.models import BirthRecord, ChildDeath, YoungMother
from registration.queries.care import death_of, young_mother_on
from registration.queries.panel import is_child_mother
from registration.services import deaths, young_mothers

from .records import EDIT, BirthForm


class ChildDied(BirthForm):
    """The child died: one act (day.md 8)."""

    policy = EDIT
    form_class = care.DeathForm
    title = gettext_lazy("The child died")
    lead = gettext_lazy(
        "Vaccination, insurance, school and referrals end at once. The birth and the death are both notified. "
        "A twin who lives is not touched."
    )
    verb = gettext_lazy("Write it down")
    success_message = gettext_lazy("It is written down. The page says what must be notified until when.")

    def save(self, form: forms.Form) -> ChildDeath:
        return deaths.record_child_death(
            birth=self.row, by=self.user, now=timezone.now(), today=self.today, **form.cleaned_data
        )


class DeathForm(BirthForm):
    """A form about the death that stands on the record; 404 where there is none."""

    death: ChildDeath

    def admit_loaded(self) -> None:
        super().admit_loaded()
        found = death_of(self.row)
        if found is None:
            raise Http404
        self.death = found


class DeathNotified(DeathForm):
    shows_stored = True
    policy = EDIT
    form_class = care.NotifiedForm
    title = gettext_lazy("Birth and death at the registry office")
    success_message = gettext_lazy("It is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.death, name) for name in care.NotifiedForm.base_fields}

    def save(self, form: forms.Form) -> ChildDeath:
        return deaths.note_death_notified(death=self.death, by=self.user, today=self.today, **form.cleaned_data)


class TakeBackDeath(DeathForm):
    policy = Policy(action="registration.birth.reopen")
    form_class = care.TakeBackForm
    title = gettext_lazy("The death was written down by mistake")
    verb = gettext_lazy("The child lives")
    success_message = gettext_lazy("The death is taken back. Look at the public services again.")

    def save(self, form: forms.Form) -> BirthRecord:
        return deaths.take_back_death(
            death=self.death, reason=form.cleaned_data["reason"], by=self.user, today=self.today
        )


class YoungMotherPage(BirthForm):
    """A form about a mother who was under 18; 404 for any other."""

    policy = EDIT

    def admit_loaded(self) -> None:
        super().admit_loaded()
        if not is_child_mother(self.row):
            raise Http404


class RecordYoungMother(YoungMotherPage):
    shows_stored = True
    form_class = care.YoungMotherForm
    title = gettext_lazy("The mother is a child herself")
    lead = gettext_lazy("Speak with her alone. What she says about the father stays off prints and lists.")
    success_message = gettext_lazy("It is noted.")

    def get_initial(self) -> dict[str, Any]:
        row = young_mother_on(self.row)
        if row is None:
            return {"consent_by": "open"}
        held = {name: getattr(row, name) for name in care.YoungMotherForm.base_fields}
        return held | {"spoken_alone": {True: "yes", False: "no", None: ""}[row.spoken_alone]}

    def save(self, form: forms.Form) -> YoungMother:
        return young_mothers.record_young_mother(
            birth=self.row, values=form.cleaned_data, by=self.user, today=self.today
        )


class OpenMothersCase(YoungMotherPage):
    form_class = care.MothersLeadForm
    title = gettext_lazy("Her own case")
    lead = gettext_lazy("She is a child with a case of her own: her own plan, her own notes, her own worker.")
    verb = gettext_lazy("Open her case")
    success_message = gettext_lazy("The mother has a case of her own.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.row.office_id}

    def save(self, form: forms.Form) -> Case:
        return young_mothers.open_mothers_case(
            birth=self.row, lead=form.cleaned_data["lead"], by=self.user, now=timezone.now(), today=self.today
        )

    def get_success_url(self) -> str:
        return reverse("registration:detail", args=[self.row.pk])
