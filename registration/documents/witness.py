"""The statements of witnesses, from the stored record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.documents.said import staff_name
from casework.kernel.guards import Verdict
from registration.models import BirthRecord, Witness
from registration.papers.witness import KindOfWitness, Statement, WitnessSheet, WitnessSheetKind
from registration.rules.guards import can_work
from registration.states import ParentRole, WitnessKind
from registration.words.codes import SEXES
from registration.words.witness import KINDS

from . import values


class Witnesses(values.OfBirthRecord, WitnessSheetKind):
    """A page for each witness who is willing; one blank page while nobody is."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        return can_work(subject)

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> WitnessSheet:
        self.can_make(subject).insist()
        mother, father = (values.printed_person(subject, role) for role in (ParentRole.MOTHER, ParentRole.FATHER))
        notice = subject.case.notices_given.order_by("-given_on", "-pk").first()
        willing = subject.witnesses.filter(is_willing=True).order_by("pk")
        statements = tuple(_statement(witness, language) for witness in willing)
        birth_day, place = values.birth_day, values.birth_place
        return WitnessSheet(
            child=values.names(subject.case.child),
            sex=values.coded(SEXES, subject.case.child.sex, language),
            born=values.said(birth_day(subject, language), birth_day(subject, "th"), language),
            place=values.said(place(subject, language), place(subject, "th"), language),
            mother=values.names(mother) if mother else None,
            father=values.names(father) if father else None,
            statements=statements or (Statement(kinds=_kinds((), language)),),
            staff=staff_name(subject.case.lead, language),
            interpreter=notice.interpreter if notice else "",
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )


def _statement(witness: Witness, language: str) -> Statement:
    return Statement(
        name=witness.name, relation=witness.relation, contact=witness.contact, kinds=_kinds(witness.kinds, language)
    )


def _kinds(theirs: Any, language: str) -> tuple[KindOfWitness, ...]:
    return tuple(
        KindOfWitness(words=values.coded(KINDS, kind.value, language), is_theirs=kind in theirs) for kind in WitnessKind
    )
