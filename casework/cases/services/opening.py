"""Open the case of a child of whom no birth is registered: a family comes with older children (programmes.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.cases.models import Case
from casework.cases.opening_rules import Beginning, NewHome, opening_findings, programmes_for
from casework.cases.states import Origin, Readers
from casework.kernel.acts import act
from casework.kernel.refusals import Finding, Refusal, refuse_errors
from casework.people.models import Family, FamilyMember, Person
from casework.people.queries.match_panel import said_to_be
from casework.people.services.duplicates import BirthFacts, find_duplicates, refresh_match_key
from casework.people.services.families import NewMember, add_members, add_phone, create_family
from casework.people.services.persons import NewPerson, create_persons
from casework.people.services.said import decide_said
from casework.people.states import Decision, FamilyRole
from casework.programmes.contributions import registry

from .cases import open_case
from .reach import refresh_reach
from .records import add_note, give_notice

CARER_SEX = {FamilyRole.MOTHER: "F", FamilyRole.FATHER: "M"}


@act
def open_for_family(
    *, child: Person | NewPerson, home: Family | NewHome, told: Beginning, office: Office, by: User, now: datetime,
    said: Mapping[str, str] | None = None,
) -> Case:  # fmt: skip
    """Open the case of a child, new or known, in its family, new or known, with the notice and what it is about.

    `said` holds what was said of children who look alike. Raises Refusal CAS-OPEN-2 for a new child that was said to be
    a known one, CAS-OPEN-3 and 4, CAS-OPEN-5 for a programme that does not begin this way or that the person does not
    work for in the office, CAS-NEXT-1 and 2, BR-NOTICE-1 and 2, CAS-RECV-1; and what open_case() and the people room
    raise.
    """
    today = timezone.localdate(now)
    refuse_errors(opening_findings(told, home if isinstance(home, NewHome) else None, today=today))
    if told.programme not in [programme.key for programme in programmes_for(by, office.pk)]:
        raise Refusal("CAS-OPEN-5", "programme", _("Choose the programme that works on the case."))
    if isinstance(child, NewPerson):
        _refuse_known(said or {}, by)
    person, family = _write_people(child, home, by=by, today=today)
    case = open_case(
        child=person, office=office, programme=told.programme, lead=by, by=by, opened_on=today, now=now, family=family,
        received_on=told.received_on, origin=Origin.PAPER if told.received_on else Origin.TYPED,
        next_step=told.next_step.strip(), next_step_on=told.next_step_on, came_by=told.came_by,
    )  # fmt: skip
    for beside in Case.rows.filter(family=family).open().exclude(pk=case.pk):
        refresh_reach(beside)  # a new brother or sister is seen where the others are
    give_notice(
        case=case, language=told.notice_language, interpreter=told.interpreter, given_on=told.notice_on, by=by,
        today=today,
    )  # fmt: skip
    add_note(case=case, text=told.about, readers=Readers.TEAM, programme=told.programme, by=by, now=now)
    compare_child(case, now=now)
    decide_said(
        child=person, said=said or {}, by=by, now=now, reason=str(_("Said while the case was opened.")),
        question=str(_("A case was opened for a child that looks like this one. Is it the same child?")),
    )  # fmt: skip
    return case


def _refuse_known(said: Mapping[str, str], by: User) -> None:
    """A child that was said to be one we know gets no second record: its case is gone on with, or opened for it."""
    known = next(iter(said_to_be(Decision.SAME, said, by)), None)
    if known is not None:
        sentence = _("You said that this is a child we know. Go on with that record.")
        raise Refusal.of([Finding(code="CAS-OPEN-2", field="", sentence=sentence, url=page_of_child(known.pk, by))])


def page_of_child(child_id: int, user: Any) -> str:
    """The newest case of a known child, else the page on which one is opened for it."""
    case = Case.objects.visible_to(user).filter(child=child_id).order_by("-pk").first()
    if case is not None:
        return reverse("cases:detail", args=[case.pk])
    return f"{reverse('cases:open')}?child={child_id}"


def _write_people(child: Person | NewPerson, home: Family | NewHome, *, by: User, today: Any) -> tuple[Person, Family]:
    """The child and its family as they are stored then; who lives there already stays as they are."""
    new = [replace(child, languages=child.languages or _spoken_in(home))] if isinstance(child, NewPerson) else []
    if isinstance(home, NewHome) and home.carer_names:
        sex = CARER_SEX.get(FamilyRole(home.carer_role), "U")
        new.append(NewPerson(names=home.carer_names, sex=sex, languages=home.languages))
    added = create_persons(new, by=by, today=today) if new else []
    person = added.pop(0) if isinstance(child, NewPerson) else child
    members = [NewMember(person=person, role=FamilyRole.CHILD)]
    if isinstance(home, Family):
        if not FamilyMember.rows.filter(family=home, person=person, until_on__isnull=True).exists():
            add_members(members, family=home, by=by)
        return person, home
    family = create_family(address_text=home.address_text, by=by)
    members += [NewMember(person=carer, role=home.carer_role, is_main_carer=True) for carer in added]
    add_members(members, family=family, by=by)
    if home.phone:
        owner = added[0] if added else None
        add_phone(family=family, number=home.phone, person=owner, rule=home.phone_rule, by=by)
    return person, family


def _spoken_in(home: Family | NewHome) -> list[str]:
    """What a family speaks."""
    if isinstance(home, NewHome):
        return list(home.languages)
    spoken = Person.rows.filter(memberships__family=home, memberships__until_on__isnull=True)
    return sorted({code for codes in spoken.values_list("languages", flat=True) for code in codes})


def compare_child(case: Case, *, now: datetime) -> None:
    """Write what the duplicate check compares of the child, and look for records of the same child."""
    living: Any = FamilyMember.rows.filter(family=case.family_id, until_on__isnull=True)
    mother = living.filter(role=FamilyRole.MOTHER).select_related("person").first() if case.family_id else None
    phones = tuple(case.family.phones.values_list("number", flat=True)) if case.family else ()
    facts = BirthFacts(
        office_id=case.office_id, mother=mother.person if mother else None, phones=phones, is_sealed=case.is_sealed,
        is_open=case.is_open,
    )  # fmt: skip
    key = refresh_match_key(child=case.child, facts=facts)
    find_duplicates(child=case.child, now=now, key=key)


@act
def compare_again(*, child: Person) -> None:
    """A name, birth date or sex was changed: compare anew a child that only direct programmes work for.

    What other programmes know of the child, such as the facts of its birth, they compare themselves.
    """
    case = Case.rows.filter(child=child).open().select_related("family", "child").first()
    direct = {programme.key for programme in registry.programmes() if programme.first_step}
    if case is not None and direct.issuperset(case.live_programmes):
        compare_child(case, now=timezone.now())
