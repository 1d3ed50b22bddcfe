"""What administrators do with a second person: give and end roles, make a new password, add and change offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel import dates
from casework.programmes.contributions import ProposalKind, Words, registry

from .models import Grant, Office, User
from .services import add_office, change_office, change_user, end_grant, give_grant, set_one_time_password
from .states import Role

GIVE, END, RESET, CHANGE, OFFICE_ADD, OFFICE_CHANGE = (
    "accounts.grant.give",
    "accounts.grant.end",
    "accounts.user.reset",
    "accounts.user.change",
    "accounts.office.add",
    "accounts.office.change",
)


def _partner(proposal: Any, by: User) -> User | None:
    """The second person; nobody when the only administrator acts alone."""
    return None if proposal.proposed_by_id == by.pk else by


def _give(proposal: Any, by: User, now: datetime) -> None:
    facts = proposal.facts
    give_grant(
        user=User.objects.get(pk=proposal.subject_id), role=facts["role"], programme=facts["programme"],
        office=Office.objects.get(pk=facts["office"]), given_by=proposal.proposed_by,
        confirmed_by=_partner(proposal, by), today=timezone.localdate(now),
        valid_to=date.fromisoformat(facts["valid_to"]), reason=proposal.reason,
    )  # fmt: skip


def _end(proposal: Any, by: User, now: datetime) -> None:
    end_grant(grant=Grant.objects.get(pk=proposal.subject_id), ended_by=by, now=now, reason=proposal.reason)


def _reset(proposal: Any, by: User, now: datetime) -> None:
    set_one_time_password(
        user=User.objects.get(pk=proposal.subject_id), encoded=proposal.facts["password"], by=by, now=now
    )


def _change(proposal: Any, by: User, now: datetime) -> None:
    change_user(user=User.objects.get(pk=proposal.subject_id), by=by, **proposal.facts)


def _add_office(proposal: Any, by: User, now: datetime) -> None:
    add_office(by=by, **proposal.facts)


def _change_office(proposal: Any, by: User, now: datetime) -> None:
    change_office(office=Office.objects.get(pk=proposal.subject_id), by=by, **proposal.facts)


def _person_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"is_active": User.objects.values_list("is_active", flat=True).get(pk=subject_id)}


def _details_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return User.objects.filter(pk=subject_id).values(*facts).get()


def _grant_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"ended_at": Grant.objects.values_list("ended_at", flat=True).get(pk=subject_id)}


def _office_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return Office.objects.filter(pk=subject_id).values(*facts).get()


def programme_words(key: str) -> Words:
    """A programme's name; "all programmes" for none."""
    labels = {programme.key: programme.label for programme in registry.programmes()}
    return labels.get(key, key) if key else _("all programmes")


def _role_facts(role: str, office: Office, programme: str) -> list[tuple[Words, Words]]:
    return [
        (_("Role"), Role(role).label),
        (_("Office"), office.name_now),
        (_("Programme"), programme_words(programme)),
    ]


def _describe_give(proposal: Any) -> Iterable[tuple[Words, Words]]:
    facts = proposal.facts
    office = Office.objects.get(pk=facts["office"])
    until = dates.short(date.fromisoformat(facts["valid_to"]), (get_language() or "en")[:2])
    person = User.objects.get(pk=proposal.subject_id)
    return [
        (_("Person"), person.name_now),
        *_role_facts(facts["role"], office, facts["programme"]),
        (_("Until"), until),
    ]


def _describe_end(proposal: Any) -> Iterable[tuple[Words, Words]]:
    grant = Grant.objects.select_related("user", "office").get(pk=proposal.subject_id)
    return [(_("Person"), grant.user.name_now), *_role_facts(grant.role, grant.office, grant.programme)]


def _describe_person(proposal: Any) -> Iterable[tuple[Words, Words]]:
    return [(_("Person"), User.objects.get(pk=proposal.subject_id).name_now)]


def _describe_details(proposal: Any) -> Iterable[tuple[Words, Words]]:
    return [*_describe_person(proposal), *_fields_told(proposal, User)]


def _describe_office(proposal: Any) -> Iterable[tuple[Words, Words]]:
    return _fields_told(proposal, Office)


def _fields_told(proposal: Any, model: type[Model]) -> list[tuple[Words, Words]]:
    words = {field.name: field.verbose_name for field in model._meta.fields}
    return [(words[name], _told(value) or "–") for name, value in proposal.facts.items()]


def _told(value: Any) -> str:
    """A value of a field; the letters of an office by their names."""
    if isinstance(value, list):
        return ", ".join(str(kind.title) for kind in registry.gather("document_kinds") if kind.key in value)
    return str(value)


def _about_grant(proposal: Any) -> list[int]:
    return list(Grant.objects.filter(pk=proposal.subject_id).values_list("user_id", flat=True))


KINDS = (
    ProposalKind(
        key=GIVE, label=_("Give a role"), action="accounts.grant.confirm", execute=_give, current=_person_now,
        excluded=lambda proposal: [proposal.subject_id], described=_describe_give, alone_until_second=True,
    ),
    ProposalKind(
        key=END, label=_("End a role"), action="accounts.grant.confirm", execute=_end, current=_grant_now,
        excluded=_about_grant, described=_describe_end, alone_until_second=True,
    ),
    ProposalKind(
        key=RESET, label=_("Make a new password"), action="accounts.user.reset", execute=_reset, current=_person_now,
        excluded=lambda proposal: [proposal.subject_id], described=_describe_person, alone_until_second=True,
    ),
    ProposalKind(
        key=CHANGE, label=_("Change a person’s name or position"), action=CHANGE, execute=_change, current=_details_now,
        excluded=lambda proposal: [proposal.subject_id], described=_describe_details, alone_until_second=True,
    ),
    ProposalKind(
        key=OFFICE_ADD, label=_("Add an office"), action="accounts.office.confirm", execute=_add_office,
        described=_describe_office, alone_until_second=True,
    ),
    ProposalKind(
        key=OFFICE_CHANGE, label=_("Change an office"), action="accounts.office.confirm", execute=_change_office,
        current=_office_now, described=_describe_office, alone_until_second=True,
    ),
)  # fmt: skip
