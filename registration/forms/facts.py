"""Cleaned answers of the intake to BirthFacts."""

from __future__ import annotations

from typing import Any

from casework.accounts.models import User
from casework.people.fields import names_from
from casework.people.identifiers import normalise_number
from casework.people.names import child_of
from registration.forms.parents import NO_PAPER
from registration.rules.facts import UNKNOWN_BIRTH, BirthFacts, PaperFacts, ParentFacts
from registration.services.intake import NoticeFacts
from registration.states import FACILITY_PLACES

YES = {"yes": True, "no": False}


def parent_from(answers: dict[str, Any], role: str) -> ParentFacts | None:
    """One parent, or None when the question was not reached."""
    knowledge = answers.get(f"{role}_knowledge")
    if not knowledge:
        return None
    kind = answers.get(f"{role}_paper_type") or ""
    papers: tuple[PaperFacts, ...] = ()
    if kind and kind != NO_PAPER:
        papers = (
            PaperFacts(
                type=kind,
                number=normalise_number(answers.get(f"{role}_paper_number") or ""),
                expires_on=answers.get(f"{role}_paper_expires"),
                original_seen=bool(answers.get(f"{role}_paper_seen")),
            ),
        )
    return ParentFacts(
        role=role,
        knowledge=knowledge,
        names=names_from(answers, role),
        birth=answers.get(f"{role}_birth") or UNKNOWN_BIRTH,
        person_id=answers.get(f"{role}_person"),
        reason=answers.get(f"{role}_reason") or "",
        papers=papers,
        has_paper=kind != NO_PAPER if kind else None,
        nationality_claimed=answers.get(f"{role}_nationality") or "",
        status_group=answers.get(f"{role}_status") or "",
        marriage=answers.get("marriage") or "",
        surname_consent=YES.get(answers.get("surname_consent") or "") if role == "father" else None,
    )


def facts_from(answers: dict[str, Any]) -> BirthFacts:
    """The whole intake. Answers that were not reached stay at their defaults."""
    mother = parent_from(answers, "mother")
    names = names_from(answers, "child")
    is_baby_of = bool(answers.get("is_baby_of")) and not names
    is_single = answers.get("plurality") == "1"  # what was said of twins before it was corrected does not count
    if is_baby_of and mother:
        names = {script: child_of(text, script) for script, text in mother.names.items()}
    facility, place, office = answers.get("facility"), answers.get("place"), answers.get("registry_office")
    plain = {
        name: answers.get(name) or ""
        for name in (
            "place_kind",
            "place_text",
            "attendant",
            "hospital_no_child",
            "hospital_no_mother",
            "proof_number",
            "proof_held_by",
            "channel",
            "informant_relation",
            "informant_name",
            "wanted",
            "late_reason",
            "address_text",
        )
    }
    return BirthFacts(
        names=names,
        is_baby_of=is_baby_of,
        birth=answers.get("birth") or UNKNOWN_BIRTH,
        sex=answers.get("sex") or "U",
        weekday_told=int(answers["weekday_told"]) if answers.get("weekday_told") else None,
        time=answers.get("time"),
        plurality=int(answers.get("plurality") or 1),
        birth_order=int(answers["birth_order"]) if answers.get("birth_order") and not is_single else None,
        weight_g=answers.get("weight_g"),
        gestation_weeks=answers.get("gestation_weeks"),
        facility_id=facility.pk if facility and answers.get("place_kind") in FACILITY_PLACES else None,
        is_certifying=facility is None or facility.issues_first_proof,
        place_code=place.code if place else "",
        is_place_unknown=bool(answers.get("is_place_unknown")),
        country=answers.get("country") or "TH",
        proof=answers.get("proof") or "none",
        proof_issued_on=answers.get("proof_issued_on"),
        proof_seen=bool(answers.get("proof_seen")),
        parents=tuple(parent for parent in (mother, parent_from(answers, "father")) if parent),
        registry_office_id=office.pk if office else None,
        is_already_registered=bool(answers.get("is_already_registered")),
        is_in_care=bool(answers.get("is_in_care")),
        interpreter_language=answers.get("notice_language") or "",
        phones=(answers["phone"],) if answers.get("phone") else (),
        phone_rule=answers.get("phone_rule") or "not_asked",
        **plain,
    )


def notice_from(answers: dict[str, Any], given_by: User | None = None) -> NoticeFacts:
    """How the family was informed, and by whom where it was not who opens the case."""
    return NoticeFacts(
        given_by=given_by,
        language=answers.get("notice_language") or "",
        given_on=answers["notice_on"],
        interpreter=answers.get("interpreter") or "",
    )
