"""A stored record as answers of the intake forms, to change its facts or to begin the other twin's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from casework.access.scopes import live_grants, offices_of
from casework.drafts.models import Draft
from casework.kernel.dates import BirthDate, Precision
from casework.people.states import Script
from registration.models import BirthRecord, ParentLink
from registration.querysets import ASK_STATUS, PROGRAMME
from registration.rules.liaison import PARENTS, status_fields
from registration.states import ParentRole

from .facts import is_place_unknown, names_by_script

SCRIPTS = (Script.LATIN, Script.THAI, Script.MYANMAR)
MOST_OFFERED = 4
"""Places among the babies that the step of the child offers."""
MOST_TOLD_APART = 3
"""The intake asks for one, two, or three and more."""


def answers_of(birth: BirthRecord) -> dict[str, Any]:
    """Initial values of the steps child, birth and papers."""
    child = birth.case.child
    names = names_by_script(child)
    values = {
        name: getattr(birth, name)
        for name in (
            "birth_order",
            "time",
            "weight_g",
            "channel",
            "place_kind",
            "facility",
            "place",
            "place_text",
            "country",
            "attendant",
            "hospital_no_child",
            "hospital_no_mother",
            "gestation_weeks",
            "proof",
            "proof_number",
            "proof_held_by",
            "proof_issued_on",
            "proof_seen",
            "registry_office",
            "informant_relation",
            "informant_name",
            "late_reason",
            "is_already_registered",
            "wanted",
            "is_in_care",
        )
    }
    return {
        **values,
        **{f"child_name_{script}": names.get(script, "") for script in SCRIPTS},
        "is_place_unknown": is_place_unknown(birth),
        "sex": child.sex,
        "birth": child.birth,
        "weekday_told": "" if birth.weekday_told is None else str(birth.weekday_told),
    }


def twin_answers(birth: BirthRecord, today: date) -> dict[str, dict[str, Any]]:
    """Step → typed answers for the other twin: mother, father, birth, papers and notice are the same.

    Whose twin it is stands beside the steps, so that a step that is sent again does not lose it.
    """
    notice = birth.case.notices_given.order_by("-given_on").first()
    return {
        "mother": {
            "plurality": str(min(max(birth.plurality, 2), MOST_TOLD_APART)),
            **parent_answers(birth, ParentRole.MOTHER),
            **_parent_born(birth, ParentRole.MOTHER, today),
        },
        "father": {
            **parent_answers(birth, ParentRole.FATHER),
            **_parent_born(birth, ParentRole.FATHER, today),
            **_of_parents_together(birth),
        },
        "birth": {
            "channel": birth.channel,
            "place_kind": birth.place_kind,
            "facility": birth.facility_id or "",
            "place": birth.place_id or "",
            **({"is_place_unknown": "on"} if is_place_unknown(birth) else {}),
            "place_text": birth.place_text,
            "country": birth.country,
            "attendant": birth.attendant,
            "hospital_no_mother": birth.hospital_no_mother,
            "gestation_weeks": birth.gestation_weeks or "",
        },
        "papers": {
            "proof": birth.proof,
            "registry_office": birth.registry_office_id or "",
            "informant_relation": birth.informant_relation,
            "informant_name": birth.informant_name,
            "late_reason": birth.late_reason,
        },
        "notice": {
            "notice_language": notice.language if notice else "",
            "interpreter": notice.interpreter if notice else "",
            **(_date("notice_on", notice.given_on) if notice else {}),
        },
        "twin": {"twin_of": birth.pk},
        "child": {"birth_order": _next_order(birth), **_born("birth", birth.case.child.birth, today)},
    }


def twin_draft(birth: BirthRecord, user: Any, form: str) -> Draft | None:
    """The intake of the other twin that the person has begun and not finished."""
    own = Draft.objects.visible_to(user).filter(owner=user, form=form)
    return own.filter(data__twin__twin_of=birth.pk).order_by("pk").first()


def tells_of_sealed_twin(user: Any) -> Q:
    """Drafts of the other twin of a birth that a seal hides from the person: they tell of its parents and papers.

    The number stands in what a browser sent, so whatever is no number counts as none.
    """
    told = KeyTextTransform("twin_of", KeyTransform("twin", OuterRef("data")))
    number = Func(told, Value(r"^\d{1,18}$"), function="substring", output_field=TextField())
    first = BirthRecord.rows.filter(pk=Cast(number, BigIntegerField()), case__is_sealed=True)
    return Q(Exists(first)) & ~Q(Exists(first.visible_to(user)))


def tells_of_status(user: Any) -> Q:
    """Drafts in which somebody asked for the status of a parent, of offices where the person may not know it.

    Who began them as a caseworker and is a liaison now does not go on with them; a colleague does.
    """
    if _knows_status(user):
        return Q(pk__in=())
    knowing = offices_of(user, ASK_STATUS, programme=PROGRAMME)
    asked = (Q(**{f"data__{role}__has_any_keys": [*status_fields(role)]}) for role in PARENTS)
    telling = Draft.rows.filter(reduce(or_, asked), pk=OuterRef("pk"))
    return Q(Exists(telling)) & ~Q(office_id__in=knowing)


def _knows_status(user: Any) -> bool:
    """Whether the person may know the status of parents in every office they work for."""
    return {grant.office_id for grant in live_grants(user)} <= offices_of(user, ASK_STATUS, programme=PROGRAMME)


def may_be_hidden(user: Any, data: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a draft can tell what the person may not know: it names another twin, or the status of a parent."""
    if data.get("twin", {}).get("twin_of"):
        return True
    return not _knows_status(user) and any(set(status_fields(role)) & set(data.get(role, {})) for role in PARENTS)


def hidden_drafts(user: Any) -> Q:
    """Drafts that tell what the person may not know."""
    return tells_of_sealed_twin(user) | tells_of_status(user)


def _next_order(birth: BirthRecord) -> str:
    """The first place among the babies that none has yet; empty where nobody said which one this baby is."""
    if not birth.birth_order:
        return ""
    held = BirthRecord.rows.filter(sibling_group=birth.sibling_group, sibling_group__isnull=False)
    taken = {birth.birth_order, *held.values_list("birth_order", flat=True)}
    return next((str(place) for place in range(1, MOST_OFFERED + 1) if place not in taken), "")


def _date(name: str, on: date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year), f"{name}_era": "ce"}


def _born(name: str, born: BirthDate, today: date) -> dict[str, str]:
    """The boxes of a date of birth, only as far as it is known."""
    told = {f"{name}_precision": str(born.precision)}
    if born.on is None or born.precision == Precision.UNKNOWN:
        return told
    if born.precision == Precision.ESTIMATED:
        years, months, _days = born.age_on(today) or (0, 0, 0)
        age = {f"{name}_years": str(years)} if years else {f"{name}_months": str(months)}
        return told | age | {f"{name}_about": born.on.isoformat()}
    not_known = {Precision.MONTH: ("d",), Precision.YEAR: ("d", "m")}.get(born.precision, ())
    return told | _date(name, born.on) | {f"{name}_{box}": "" for box in not_known}


def _parent_born(birth: BirthRecord, role: str, today: date) -> dict[str, str]:
    link = ParentLink.rows.filter(birth=birth, role=role, person__isnull=False).select_related("person").first()
    return _born(f"{role}_birth", link.person.birth, today) if link else {}


def _of_parents_together(birth: BirthRecord) -> dict[str, str]:
    link = ParentLink.rows.filter(birth=birth, role=ParentRole.FATHER).first()
    if link is None:
        return {}
    consent = {True: "yes", False: "no"}.get(link.surname_consent, "")
    return {"marriage": link.marriage, "surname_consent": consent}


def parent_answers(birth: BirthRecord, role: str) -> dict[str, Any]:
    """What is known of one parent, as typed."""
    link = ParentLink.rows.filter(birth=birth, role=role).select_related("person").first()
    if link is None:
        return {}
    answers = {
        f"{role}_knowledge": link.knowledge,
        f"{role}_person": link.person_id or "",
        f"{role}_reason": link.reason,
        f"{role}_nationality": link.nationality_claimed,
        f"{role}_status": link.status_group,
        f"{role}_paper_type": "none" if link.has_paper is False else "",
    }
    if role == ParentRole.FATHER:
        consent = {True: "yes", False: "no", None: ""}[link.surname_consent]
        answers |= {"marriage": link.marriage, "surname_consent": consent}
    names = names_by_script(link.person) if link.person else {}
    return answers | {f"{role}_name_{script}": text for script, text in names.items()}
