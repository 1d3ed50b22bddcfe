"""Forms for a person's families: members, address, phones. The address always names the person one came from."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from casework.people.forms import FamilyForm, MemberForm, MembershipForm, PhoneForm
from casework.people.models import Family, FamilyMember, Person, Phone
from casework.people.services import families
from casework.people.services.joining import join_family
from casework.people.states import FamilyRole

from .persons import PersonAct, PersonForm


class FamilyPart:
    """Something that hangs on one of the person's families, as far as the reader may see them."""

    row: Any
    request: Any

    def homes(self) -> QuerySet[Family]:
        """The families of the person, now or earlier."""
        return Family.objects.visible_to(self.request.user).filter(members__person=self.row).distinct()

    def chosen(self, person_id: int | None) -> Person | None:
        """The person of a choice, if the writer may see them."""
        return Person.objects.visible_to(self.request.user).filter(pk=person_id).first() if person_id else None


class MemberAdd(PersonForm):
    """Add somebody to the person's family; the family is started when there is none."""

    form_class = MemberForm
    title = _("Add a family member")
    success_message = _("The family member is saved.")

    def write(self, form: MemberForm) -> Any:
        told = dict(form.cleaned_data)
        names = [text for text in (told.pop("name"), told.pop("name_2")) if text]
        told |= {"acknowledged": form.acknowledged_codes()}
        del told["is_checked"]
        return join_family(of=self.row, names=names, by=self.request.user, today=self.today, **told)


class MemberEdit(FamilyPart, PersonForm):
    """Correct somebody's place in the family, or say since when they no longer live there."""

    shows_stored = True
    form_class = MembershipForm
    part_name = "members"
    title = _("Change the place in the family")
    success_message = _("The family member is saved.")

    def parts(self) -> Any:
        return (
            FamilyMember.objects.visible_to(self.request.user).filter(family__in=self.homes()).select_related("person")
        )

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.part.role, "is_main_carer": self.part.is_main_carer, "until_on": self.part.until_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"about": self.part.person}

    def write(self, form: MembershipForm) -> Any:
        told, by = form.cleaned_data, self.request.user
        families.change_member(member=self.part, role=told["role"], is_main_carer=told["is_main_carer"], by=by)
        if told["until_on"]:
            families.end_member(member=self.part, until_on=told["until_on"], by=by, today=self.today)
        return self.part


class FamilyEdit(FamilyPart, PersonForm):
    """Correct the address and the note on contact."""

    shows_stored = True
    form_class = FamilyForm
    part_name = "families"
    title = _("Address and contact note")
    success_message = _("The address is saved.")

    def parts(self) -> Any:
        return self.homes()

    def get_initial(self) -> dict[str, Any]:
        return {"address_text": self.part.address_text, "contact_note": self.part.contact_note}

    def write(self, form: FamilyForm) -> Any:
        return families.change_family(family=self.part, by=self.request.user, **form.cleaned_data)


class PhoneForms(FamilyPart, PersonForm):
    """The choice of whose phone it is: somebody of the family the writer may see."""

    form_class = PhoneForm
    success_message = _("The phone is saved.")
    written = ("number", "whose", "rule", "best_hour", "may_say")
    """What is stored as it was typed."""

    def family(self) -> Family:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        living = {"memberships__family": self.family(), "memberships__until_on__isnull": True}
        people = Person.objects.visible_to(self.request.user).filter(**living).prefetch_related("names")
        return super().get_form_kwargs() | {"people": [(person.pk, person.name) for person in people]}

    def told(self, form: PhoneForm) -> dict[str, Any]:
        """What was typed, as the services take it."""
        answers = form.cleaned_data
        told = {name: answers[name] for name in self.written}
        return told | {"person": self.chosen(answers["person"]), "acknowledged": form.acknowledged_codes()}


class PhoneAdd(PhoneForms):
    """Add a phone."""

    title = _("Add a phone")
    part_name = "families"

    def parts(self) -> Any:
        return self.homes()

    def family(self) -> Family:
        return self.part

    def write(self, form: PhoneForm) -> Any:
        return families.add_phone(family=self.part, by=self.request.user, **self.told(form))


class PhoneEdit(PhoneForms):
    """Correct a phone, or say that it must not be called."""

    shows_stored = True
    template_name = "people/phone_form.html"
    title = _("Change the phone")
    part_name = "phones"

    def parts(self) -> Any:
        return Phone.objects.visible_to(self.request.user).filter(family__in=self.homes()).select_related("family")

    def family(self) -> Family:
        return self.part.family

    def get_initial(self) -> dict[str, Any]:
        phone = self.part
        return {name: getattr(phone, name) for name in self.written} | {"person": phone.person_id}

    def write(self, form: PhoneForm) -> Any:
        return families.change_phone(phone=self.part, by=self.request.user, **self.told(form))


class PhoneRemove(FamilyPart, PersonAct):
    """Take a phone away."""

    part_name = "phones"
    success_message = _("The phone is taken away.")

    def parts(self) -> Any:
        return Phone.objects.visible_to(self.request.user).filter(family__in=self.homes())

    def act(self) -> Any:
        return families.remove_phone(phone=self.part, by=self.request.user)


class FamilyStart(PersonAct):
    """Start a family for a person who has none, to write down an address or a phone."""

    success_message = _("The family is started. Add the address, phones and people.")

    def act(self) -> Any:
        if self.row.memberships.exists():
            raise Http404
        return families.family_of(person=self.row, by=self.request.user, role=FamilyRole.CHILD)
