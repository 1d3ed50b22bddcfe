"""Children who look alike: the keys that are compared, the pairs that were found, what people decided of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.acts import act
from casework.kernel.digits import clean_line
from casework.kernel.moves import move, move_all
from casework.kernel.refusals import Conflict, Refusal
from casework.people import identifiers, phones
from casework.people.match_features import Features, fingerprint, paper_key
from casework.people.models import DuplicateHit, IdentityDocument, MatchKey, Person, PersonMerge, PersonName
from casework.people.queries.candidates import Candidate, candidates
from casework.people.queries.match_keys import features_of_key, stored_values
from casework.people.states import Decision, HitState, PaperType
from casework.programmes.contributions import registry

from .families import link_siblings
from .history import record_act
from .merging import UNDECIDED, merge, refuse_loss

MOST_CANDIDATES = 20


@dataclass(frozen=True, kw_only=True)
class BirthFacts:
    """What the rooms above know of a birth, for the comparison. Everything but the office may be missing."""

    office_id: int
    mother: Person | None = None
    plurality: int = 1
    birth_order: int | None = None
    hospital_no: str = ""
    certificate_no: str = ""
    facility: str = ""
    weight_g: int | None = None
    phones: Collection[str] = ()
    is_sealed: bool = False
    is_open: bool = True


def refresh_match_key(*, child: Person, facts: BirthFacts) -> MatchKey:
    """Write what is compared of a child, from its names, its mother's names and papers, and the facts of the birth.

    To be called by every service above that changes one of them. A merged record keeps no key.
    """
    values = stored_values(features_of_child(child, facts))
    values |= {"office_id": facts.office_id, "is_sealed": facts.is_sealed, "is_open": facts.is_open}
    if Person.rows.filter(pk=child.pk, merged_into__isnull=False).exists():
        values["blocks"] = []
    key = MatchKey(child=child, **values)
    MatchKey.objects.bulk_create([key], update_conflicts=True, unique_fields=["child"], update_fields=list(values))
    return key


def features_of_child(child: Person, facts: BirthFacts) -> Features:
    """What is compared of a child as it is stored now."""
    mother = facts.mother
    people = [person.pk for person in (child, mother) if person]
    names = list(PersonName.rows.filter(person_id__in=people).order_by("pk").values_list("person_id", "full"))
    papers = IdentityDocument.rows.filter(person_id__in=people, is_current=True).exclude(number="")
    numbers = list(papers.values_list("person_id", "type", "number"))
    mothers = [paper_key(type, number) for person, type, number in numbers if mother and person == mother.pk]
    own = [number for person, type, number in numbers if person == child.pk and type == PaperType.CHILD_NUMBER]
    return Features.of_names(
        child=[full for person, full in names if person == child.pk],
        mother=[full for person, full in names if mother and person == mother.pk],
        born_on=child.born_on,
        precision=child.born_precision,
        sex=child.sex,
        plurality=facts.plurality,
        birth_order=facts.birth_order,
        mother_papers=frozenset(mothers),
        phones=frozenset(filter(None, map(phones.national_digits, facts.phones))),
        hospital_no=identifiers.normalise_number(facts.hospital_no)[:20],
        certificate_no=identifiers.normalise_number(facts.certificate_no)[:60],
        facility=facts.facility,
        child_number=own[0] if own else "",
        weight_g=facts.weight_g,
    )


@act
def forget_children(*, children: Collection[int]) -> None:
    """Compare children no more whose records were undone; nobody is asked about them any longer."""
    MatchKey.objects.filter(child__in=children).delete()
    theirs = Q(first__in=children) | Q(second__in=children)
    move_all(list(DuplicateHit.rows.filter(theirs, state=HitState.OPEN)), HitState.STALE)


@act
def find_duplicates(*, child: Person, now: datetime, key: MatchKey | None = None) -> list[DuplicateHit]:
    """Compare a child with all others and keep what was found; answer the pairs that are open.

    A decision stands until the compared values change and speak against it; then the pair is open again and keeps who
    answered what. Pairs that no longer look alike become stale. Needs the child's match key, which is read unless it
    was just written.
    """
    key = key or MatchKey.objects.filter(child=child).first()
    if key is None:
        return []
    mine = features_of_key(key)
    found = candidates(mine, office_id=key.office_id, exclude=[child.pk], limit=MOST_CANDIDATES)
    pairs = {_pair(child.pk, c.child_id): c for c in found}
    stored = {
        (hit.first_id, hit.second_id): hit
        for hit in DuplicateHit.rows.select_for_update(of=("self",))
        .filter(_of(child))
        .order_by("first_id", "second_id")
    }
    for pair, candidate in sorted(pairs.items()):
        _keep(pair, candidate, fingerprint(mine, features_of_key(candidate.key)), stored.get(pair), now)
    for pair, hit in stored.items():
        if pair not in pairs and hit.state == HitState.OPEN:
            move(hit, HitState.STALE)
    if not pairs:
        return []
    return list(DuplicateHit.rows.filter(_of(child), state=HitState.OPEN).order_by("-score"))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _of(child: Person) -> Q:
    return Q(first=child) | Q(second=child)


def _keep(pair: tuple[int, int], candidate: Candidate, mark: str, hit: DuplicateHit | None, now: datetime) -> None:
    """Write a pair, or bring a known one up to date."""
    match = candidate.match
    evidence: dict[str, Any] = {
        "labels": list(match.labels),
        "facts": list(match.facts),
        "against": list(match.against),
        "answered": _answered(hit),
    }
    values: dict[str, Any] = {"band": match.band, "score": match.score, "evidence": evidence}
    if hit is None:
        first, second = pair
        DuplicateHit.rows.bulk_create(
            [DuplicateHit(first_id=first, second_id=second, fingerprint=mark, **values)], ignore_conflicts=True
        )
        return
    if hit.state == HitState.OPEN:
        DuplicateHit.rows.filter(pk=hit.pk).update(fingerprint=mark, **values)
    elif hit.state == HitState.STALE:
        move(hit, HitState.OPEN, fingerprint=mark, found_at=now, **values)
    elif hit.fingerprint != mark and _speaks_against(hit, candidate):
        move(hit, HitState.OPEN, fingerprint=mark, found_at=now, **values, keep=None, choices={})


def _answered(hit: DuplicateHit | None) -> dict[str, Any]:
    """The evidence on which a pair was answered last; nothing where the answer was taken back."""
    if hit is None or not hit.decision:
        return {}
    told: dict[str, Any] = hit.evidence if hit.state == HitState.DECIDED else hit.evidence.get("answered", {})
    return {key: told[key] for key in ("facts", "against") if key in told}


def _speaks_against(hit: DuplicateHit, candidate: Candidate) -> bool:
    """Whether a pair looks more like one child than when it was called two; or less, when it was called one."""
    score = candidate.match.score
    return score < hit.score if hit.decision == Decision.SAME else score > hit.score


def _insist_sees_both(hit: DuplicateHit, by: Any) -> None:
    if not DuplicateHit.rows.filter(pk=hit.pk).decidable_by(by).exists():
        raise Refusal("PPL-DUP-1", "", _("Only somebody who sees both records can decide. Ask the other office."))


@act
def decide(
    *,
    hit: DuplicateHit,
    decision: str,
    reason: str,
    by: Any,
    now: datetime,
    keep: Person | None = None,
    choices: Mapping[str, str] | None = None,
) -> DuplicateHit:
    """Say what two records that look alike are: the same child, twins or siblings, another child.

    "Same" proposes a merge (which record to keep, what to take from which) that somebody else confirms. "Sibling" puts
    both into one family. Raises Refusal for "another child" without a reason (PPL-DUP-2), for a pair of which the
    person does not see both (PPL-DUP-1), for "same" without a record to keep (PPL-DUP-3) or where something of the
    other record has to end first (PPL-MERGE-7); Conflict when decided.
    """
    _insist_sees_both(hit, by)
    reason = clean_line(reason)[:300]
    if decision == Decision.DIFFERENT and not reason:
        raise Refusal("PPL-DUP-2", "reason", _("Say in a few words how you know that it is another child."))
    if decision == Decision.SAME and (keep is None or keep.pk not in (hit.first_id, hit.second_id)):
        raise Refusal("PPL-DUP-3", "keep", _("Choose the record to keep."))
    if decision == Decision.SAME and keep is not None:
        refuse_loss(kept=keep, dropped=hit.second if keep.pk == hit.first_id else hit.first)
    move(
        hit,
        HitState.DECIDED,
        decision=decision,
        reason=reason,
        decided_by=by,
        decided_at=now,
        keep=keep if decision == Decision.SAME else None,
        choices=dict(choices or {}) if decision == Decision.SAME else {},
    )
    if decision == Decision.SIBLING:
        link_siblings(first=hit.first, second=hit.second, by=by)
        for contribution in registry:
            contribution.siblings_said(hit.first, hit.second)
    for person in (hit.first, hit.second):
        record_act("people.duplicate.decided", person=person, by=by, subject=hit, reason=f"{decision}: {reason}")
    return hit


@act
def confirm_merge(*, hit: DuplicateHit, by: Any, now: datetime) -> PersonMerge:
    """Merge as proposed. Raises Conflict for one's own proposal (PPL-MERGE-1) and without one (PPL-DUP-7)."""
    hit = DuplicateHit.rows.select_for_update(of=("self",)).get(pk=hit.pk)
    if hit.decision != Decision.SAME or hit.keep_id is None:
        raise Conflict("PPL-DUP-7", "", _("No merge is proposed for these records any more."))
    _insist_sees_both(hit, by)
    kept, dropped = (hit.first, hit.second) if hit.keep_id == hit.first_id else (hit.second, hit.first)
    return merge(kept=kept, dropped=dropped, choices=hit.choices, by=hit.decided_by, confirmed_by=by, now=now)


@act
def reopen(*, hit: DuplicateHit, by: Any, reason: str) -> DuplicateHit:
    """Take a decision back, also a merge that was proposed and not confirmed.

    Raises Conflict when it was merged (PPL-DUP-4), Refusal for who does not see both records (PPL-DUP-1).
    """
    if hit.first.merged_into_id or hit.second.merged_into_id:
        raise Conflict("PPL-DUP-4", "", _("These records were merged. Take the merge back instead."))
    _insist_sees_both(hit, by)
    move(hit, HitState.OPEN, **UNDECIDED)
    record_act("people.duplicate.reopened", person=hit.first, by=by, subject=hit, reason=clean_line(reason)[:300])
    return hit
