"""The page of a person, and the forms for its names, facts and papers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.audit.services import record_event
from casework.kernel.refusals import Level, Refusal
from casework.people import identifiers
from casework.people.forms import AcknowledgingForm, FactsForm, NameForm, PaperForm
from casework.people.models import Person
from casework.people.queries.person_page import person_page
from casework.people.queries.similar import hits_of
from casework.people.services import papers, persons
from casework.people.states import sex_labels
from casework.ui.views import RowAct, RowForm, RowPage, of_ours

SEE = Policy(action="people.person.see")
EDIT = Policy(action="people.person.edit")


class PersonPage(RowPage):
    """Names in all scripts, papers with hidden numbers, families, contacts, and where the person appears."""

    policy = SEE
    model = Person
    row_name = "person"
    template_name = "people/person.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.row.merged_into_id:
            return HttpResponseRedirect(reverse("people:person", args=[self.row.merged_into_id]))
        record_event("people.person.opened", actor=request.user, subject=self.row)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = person_page(self.row, user=self.request.user, today=self.today)
        hits = hits_of(self.row, self.request.user)
        return super().get_context_data(**kwargs) | {"page": page, "hits": hits, "today": self.today}


class PartMixin:
    """Something that hangs on the person of the address, such as one name or one paper; and the way back."""

    part_name: ClassVar[str] = ""
    part: Any = None

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)  # type: ignore[misc]
        if self.part_name and "part" in kwargs:
            self.part = self.parts().filter(pk=kwargs["part"]).first()
            if self.part is None:
                raise Http404

    def parts(self) -> Any:
        """The rows of this kind that hang on the person."""
        return getattr(self.row, self.part_name).all()  # type: ignore[attr-defined]

    def way_back(self) -> str:
        """The page the reader came from, if it is ours, else the person."""
        request = self.request  # type: ignore[attr-defined]
        wanted = request.POST.get("next") or request.GET.get("next", "")
        return of_ours(request, wanted) or reverse("people:person", args=[self.row.pk])  # type: ignore[attr-defined]


class PersonForm(PartMixin, RowForm):
    """A form about a person or one of their parts. Warnings come back with a tick box."""

    policy = EDIT
    model = Person
    row_name = "person"
    template_name = "people/form.html"
    title: ClassVar[Any] = ""
    intro: ClassVar[Any] = ""

    def get_success_url(self) -> str:
        return self.way_back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"title": self.title, "intro": self.intro, "part": self.part, "back_url": self.way_back()}
        return super().get_context_data(**kwargs) | told

    def save(self, form: Any) -> Any:
        """Call the service; when all that stands against saving are warnings, ask for the tick box."""
        try:
            return self.write(form)
        except Refusal as refusal:
            if isinstance(form, AcknowledgingForm) and all(f.level is Level.WARNING for f in refusal.findings):
                form.ask([finding.code for finding in refusal.findings])
            raise

    def write(self, form: Any) -> Any:
        """Call the one service this form is for."""
        raise NotImplementedError


class NameAdd(PersonForm):
    """Add a name."""

    form_class = NameForm
    title = _("Add a name")
    success_message = _("The name is saved.")

    def write(self, form: NameForm) -> Any:
        told = form.cleaned_data
        return persons.add_name(
            person=self.row,
            full=told["name"],
            kind=told["kind"],
            is_primary=told["is_primary"],
            acknowledged=form.acknowledged_codes(),
            by=self.request.user,
        )


class NameEdit(PersonForm):
    """Correct a name."""

    shows_stored = True
    template_name = "people/name_form.html"
    form_class = NameForm
    part_name = "names"
    title = _("Change the name")
    success_message = _("The name is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_new": False}

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.part.full, "kind": self.part.kind}

    def write(self, form: NameForm) -> Any:
        told = form.cleaned_data
        return persons.change_name(
            name=self.part,
            full=told["name"],
            kind=told["kind"],
            keep_former=told["keep_former"],
            acknowledged=form.acknowledged_codes(),
            by=self.request.user,
        )


class PersonAct(PartMixin, RowAct):
    """A button about a person or one of their parts."""

    policy = EDIT
    model = Person

    def back(self) -> str:
        return self.way_back()


class NameChoose(PersonAct):
    """Make a name the main one."""

    part_name = "names"
    success_message = _("The main name is changed.")

    def act(self) -> Any:
        return persons.make_name_primary(name=self.part, by=self.request.user)


class NameRemove(PersonAct):
    """Take a name away."""

    part_name = "names"
    success_message = _("The name is taken away.")

    def act(self) -> Any:
        return persons.remove_name(name=self.part, by=self.request.user)


class FactsEdit(PersonForm):
    """Correct sex, birth date and languages."""

    shows_stored = True
    form_class = FactsForm
    title = _("Birth date, sex and languages")
    success_message = _("The facts are saved.")

    def get_initial(self) -> dict[str, Any]:
        person = self.row
        return {
            "sex": person.sex,
            "birth": person.birth,
            "born_as_told": person.born_as_told,
            "languages": person.languages,
            "needs_interpreter": person.needs_interpreter,
        }

    def get_form(self, *args: Any) -> Any:
        form = super().get_form(*args)
        form.fields["sex"].choices = list(sex_labels(self.row.birth, self.today).items())
        return form

    def write(self, form: FactsForm) -> Any:
        told, by = form.cleaned_data, self.request.user
        birth, as_told, why = told["birth"], told["born_as_told"], told["reason"]
        persons.change_birth(person=self.row, birth=birth, born_as_told=as_told, reason=why, by=by, today=self.today)
        return persons.change_facts(
            person=self.row,
            sex=told["sex"],
            languages=told["languages"],
            needs_interpreter=told["needs_interpreter"],
            by=by,
        )


class PaperAdd(PersonForm):
    """Add an identity paper."""

    form_class = PaperForm
    title = _("Add an identity paper")
    success_message = _("The paper is saved.")

    def write(self, form: PaperForm) -> Any:
        return papers.add_paper(
            person=self.row,
            by=self.request.user,
            today=self.today,
            acknowledged=form.acknowledged_codes(),
            **form.paper_values(),
        )


class PaperEdit(PersonForm):
    """Correct an identity paper."""

    shows_stored = True
    template_name = "people/paper_form.html"
    form_class = PaperForm
    part_name = "papers"
    title = _("Change the paper")
    success_message = _("The paper is saved.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.part, name) for name in PaperForm.base_fields if hasattr(self.part, name)}

    def write(self, form: PaperForm) -> Any:
        return papers.change_paper(
            paper=self.part,
            by=self.request.user,
            today=self.today,
            acknowledged=form.acknowledged_codes(),
            **form.paper_values(),
        )


class PaperReplace(PaperAdd):
    """Add the paper that takes another one's place."""

    part_name = "papers"
    title = _("Replace the paper")
    intro = _("The former paper is kept under “Earlier papers”.")

    def get_initial(self) -> dict[str, Any]:
        return {"type": self.part.type, "country": self.part.country}

    def write(self, form: PaperForm) -> Any:
        return papers.replace_paper(
            paper=self.part,
            by=self.request.user,
            today=self.today,
            acknowledged=form.acknowledged_codes(),
            **form.paper_values(),
        )


class PaperRetire(PersonAct):
    """Say that a paper no longer holds."""

    part_name = "papers"
    success_message = _("The paper is now under “Earlier papers”.")

    def act(self) -> Any:
        return papers.retire_paper(paper=self.part, by=self.request.user)


class PaperNumber(PersonAct):
    """Show the whole number of a paper; the history keeps who looked."""

    policy = Policy(action="people.paper.reveal")
    part_name = "papers"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = identifiers.group_thai_id(papers.reveal_number(paper=self.part, by=request.user))
        context = {"person": self.row, "paper": self.part, "number": number, "back_url": self.way_back()}
        template = "people/_paper_number.html" if request.headers.get("HX-Request") else "people/paper_number.html"
        return render(request, template, context)
