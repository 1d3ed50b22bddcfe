"""A new case: first the search, then one page (interface.md §4, rows 7, 35 and 36)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.scopes import own_offices
from casework.accounts.models import Office
from casework.accounts.states import OfficeKind
from casework.cases.finding import ALL_HITS, search
from casework.cases.models import Case, NoticeGiven
from casework.cases.opening_forms import FindForm, OpeningForm, features_of
from casework.cases.opening_rules import NEW_CASE, OPEN, programmes_for
from casework.cases.services.opening import open_for_family
from casework.drafts.forms import RESERVED, held_values
from casework.drafts.pages import LATER, NOTHING_TYPED, OnePage, put_aside
from casework.drafts.services import DraftConflict, finish_draft
from casework.kernel.acts import saved_whole
from casework.kernel.dates import add_years
from casework.kernel.digits import row_number
from casework.kernel.refusals import Conflict, Refusal
from casework.people.models import Family, Person
from casework.people.names import guess_script
from casework.people.queries.families import FamilyCard, family_cards
from casework.people.queries.match_panel import MOST_TOLD, answer_said, panel, told_in
from casework.people.queries.search import read_query
from casework.people.states import FamilyRole
from casework.programmes.contributions import Programme
from casework.ui.sends import where_once
from casework.ui.views import PageView, put_refusal

SIBLING = "sibling"
"""The button that saves, and goes on with a brother or sister."""
CHILD_UNTIL = 18
NOT_TYPED = {"then", "said", *RESERVED}


class FindFirst(PageView):
    """Who it is about: perhaps we know the child or the family already."""

    policy = Policy(action=OPEN)
    template_name = "cases/find.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": FindForm(self.kept_form), "asked": False, **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindForm(request.POST)
        if not form.is_valid():
            return render(request, self.template_name, self.get_context_data(form=form), status=422)
        words = form.cleaned_data["words"]
        cases, hits = search(words, self.user, ALL_HITS)
        grown = grown_among([hit.person.person_id for hit in hits], self.user, self.today)
        found = {"cases": cases, "hits": hits, "grown": grown, "words": words, "asked": True}
        return render(request, self.template_name, self.get_context_data(form=form, **found))


def grown_among(persons: list[int], user: Any, today: date) -> set[int]:
    """Those of the persons who are no children: by their birth date, else by what they are in a family."""
    if not persons:
        return set()
    people = Person.objects.lookup_for(user).filter(pk__in=persons)
    young = Q(memberships__role__in=(FamilyRole.CHILD, FamilyRole.SIBLING))
    grown = Q(born_on__lte=add_years(today, -CHILD_UNTIL)) | (Q(born_on=None, memberships__isnull=False) & ~young)
    return set(people.filter(grown).values_list("pk", flat=True))


class OpeningPage(OnePage):
    """What the page of a new case and its panel share: the child or family it begins from, and what is typed."""

    policy = Policy(action=OPEN)
    draft_form = NEW_CASE

    @cached_property
    def offices(self) -> list[Office]:
        """Where the person may open a case; practice only when there is no other. PermissionDenied if nowhere."""
        offices = [office for office in own_offices(self.user) if office.is_active and self.programmes_in(office)]
        if not offices:
            raise PermissionDenied(_("You have no office in which cases are opened."))
        return [office for office in offices if office.kind != OfficeKind.PRACTICE] or offices

    def programmes_in(self, office: Office) -> list[Programme]:
        return programmes_for(self.user, office.pk)

    @cached_property
    def office(self) -> Office:
        """The office that is chosen, else the person’s first."""
        chosen = row_number(self.sent.get("office", ""))
        return next((office for office in self.offices if office.pk == chosen), self.offices[0])

    @cached_property
    def child(self) -> Person | None:
        """The known child for whom the case is opened."""
        return self.person_named("child")

    @cached_property
    def brother_or_sister(self) -> Person | None:
        """The person of the family whose case is opened next."""
        return self.person_named("family_of")

    @cached_property
    def home(self) -> Family | None:
        """The family in which the child lives, where it is known."""
        person = self.child or self.brother_or_sister
        living = {"members__person": person, "members__until_on__isnull": True}
        return Family.objects.visible_to(self.user).filter(**living).order_by("-pk").first() if person else None

    @property
    def home_card(self) -> FamilyCard | None:
        """The known family as it is shown."""
        person = self.child or self.brother_or_sister
        if self.home is None or person is None:
            return None
        homes = Family.objects.visible_to(self.user).filter(pk=self.home.pk)
        return next(iter(family_cards(homes, of=person, user=self.user, today=self.today)), None)

    def person_named(self, name: str) -> Person | None:
        """The person that the page or its address names; 404 for one whom the reader does not see."""
        named = self.sent.get(name) or self.request.GET.get(name)
        if not named:
            return None
        people = Person.objects.lookup_for(self.user).current()
        person = people.filter(pk=row_number(named)).first()
        if person is None:
            raise Http404
        return person

    @property
    def typed(self) -> dict[str, Any]:
        """What a draft keeps of the page."""
        lists = {"languages", "told"}
        post = self.request.POST
        values = {name: post.getlist(name)[:MOST_TOLD] if name in lists else post[name] for name in post}
        return {name: value for name, value in values.items() if name not in NOT_TYPED}

    def form(self, data: Any = None, **options: Any) -> OpeningForm:
        """The page’s form, bound to what was sent."""
        programmes = {programme.key: programme.label for office in self.offices for programme in
                      self.programmes_in(office)}  # fmt: skip
        return OpeningForm(
            data, programmes=list(programmes.items()), offices=self.offices, is_child_known=self.child is not None,
            is_home_known=self.home is not None, **options,
        )  # fmt: skip

    def similar(self, sent: Any, told: dict[str, str]) -> dict[str, Any]:
        """The panel of children who look alike; none where the child is one we know."""
        if self.child is not None:
            return {}
        form = self.form(sent)
        form.is_valid()
        return panel(
            features_of(form.cleaned_data), told, self.user, office_id=self.office.pk, draft=None,
            answer_url=reverse("cases:open-matches"),
        )  # fmt: skip


class OpenCase(OpeningPage):
    """One page, one save. What is typed is kept as a draft by itself."""

    template_name = "cases/open.html"

    def way_out(self) -> str:
        return reverse("cases:find")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = self.child and Case.objects.visible_to(self.user).filter(child=self.child).open().first()
        if known:
            messages.info(request, _("This child has an open case already: this one."))
            return HttpResponseRedirect(reverse("cases:detail", args=[known.pk]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.sent
        form = kwargs.pop("form", None) or self.form(self.kept_form, initial=self.begins_with())
        told = told_in(sent.getlist("told"))
        return super().get_context_data(
            form=form,
            child=self.child,
            family_of=self.brother_or_sister,
            home=self.home_card,
            told=told,
            draft=self.draft,
            draft_form=NEW_CASE,
            device_id=(self.kept_form or self.request.POST).get("device_id") or uuid4(),
            office=self.office,
            page_has_errors=form.is_bound and bool(form.errors),
            **self.similar(sent, told),
            **kwargs,
        )

    def begins_with(self) -> dict[str, Any]:
        """What was kept; else what the search was for, and what is usual."""
        if self.draft is not None:
            return held_values(self.form(), self.sent)
        first = self.programmes_in(self.office)[0]
        usual = {"notice_on": self.today, "next_step_on": self.today, "next_step": first.first_step}
        asked = {**self.told_before(), **as_asked(self.sent.get("words", ""))}
        return {**usual, "programme": first.key, "office": self.office.pk, **asked}

    def told_before(self) -> dict[str, Any]:
        """How the family came and was informed today, for a brother or sister: nobody is asked twice (WCAG 3.3.7)."""
        if self.brother_or_sister is None:
            return {}
        notices = NoticeGiven.objects.visible_to(self.user).filter(case__child=self.brother_or_sister)
        notice = notices.filter(given_on=self.today).order_by("-pk").first()
        informed = {"notice_language": notice.language, "interpreter": notice.interpreter} if notice else {}
        return {"came_by": self.request.GET.get("came_by", ""), **informed}

    def post(self, request: HttpRequest) -> HttpResponse:
        if "words" in request.POST:
            return render(request, self.template_name, self.get_context_data())
        form, then = self.form(request.POST), request.POST.get("then", "")
        if then == LATER:
            return self.keep_typed(form)
        if form.is_valid():
            try:
                with saved_whole():
                    return HttpResponseRedirect(where_once(request, lambda: self.open(form, then)))
            except DraftConflict as conflict:
                put_refusal(form, Refusal(conflict.code, "", conflict.sentence))
            except Conflict:
                raise
            except Refusal as refusal:
                put_refusal(form, refusal)
        return render(request, self.template_name, self.get_context_data(form=form), status=422)

    def keep_typed(self, form: OpeningForm) -> HttpResponse:
        """Put aside what is typed."""
        try:
            kept = self.save_typed(self.office.pk)
        except Refusal as refusal:
            put_refusal(form, Refusal(refusal.code, "", refusal.sentence))
            kept = None
        else:
            if kept is None:
                messages.error(self.request, NOTHING_TYPED)
        if kept is not None:
            return put_aside(self.request, kept)
        return render(self.request, self.template_name, self.get_context_data(form=form), status=422)

    def open(self, form: OpeningForm, then: str) -> str:
        """Open the case; answers where to go: its page, or the page of a brother or sister."""
        self.hold_typed()
        case = open_for_family(
            child=self.child or form.new_child(),
            home=self.home or form.new_home(),
            told=form.beginning(),
            office=self.office,
            by=self.user,
            now=timezone.now(),
            said=told_in(self.request.POST.getlist("told")),
        )
        if self.draft is not None:
            finish_draft(draft=self.draft, by=self.user, record=case)
        messages.success(self.request, _("Case %(number)s is open.") % {"number": case.number})
        if then == SIBLING:
            return f"{reverse('cases:open')}?family_of={case.child_id}&came_by={form.cleaned_data['came_by']}"
        return reverse("cases:detail", args=[case.pk])


def as_asked(words: str) -> dict[str, str]:
    """What was searched for, as the page takes it: a phone, or the name of the child and of who looks after it."""
    asked = read_query(words)
    named = (("child", asked.name), ("carer", asked.relative))
    told = {f"{who}_name_{guess_script(name)}": name for who, name in named if name}
    return told | ({"phone": asked.number} if asked.number.startswith("0") else {})


class OpeningMatches(OpeningPage):
    """The panel of children who look alike, asked again while typing; it never stops the typing."""

    template_name = "people/_similar.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        told = told_in(request.POST.getlist("told"))
        said = answer_said(request.POST.get("said", ""), self.user)
        if said is not None:
            told[said[0]] = said[1]
        told = {key: answer for key, answer in told.items() if answer}
        return render(request, self.template_name, {**self.similar(request.POST, told), "told": told})
