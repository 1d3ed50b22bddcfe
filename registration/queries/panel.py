"""What the case page shows of a birth registration: badges, key facts, the tab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Exists,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casework.cases.facts import last_act
from casework.cases.models import Case
from casework.kernel import dates
from casework.programmes.contributions import Badge, Fact
from casework.reference.queries import term_on
from registration.models import BirthRecord, ChecklistItem, ParentLink, ParentRefusal, Submission
from registration.refusal_states import RefusalState
from registration.rules import guards
from registration.rules.checklist import completeness, in_place_of, stood_for
from registration.rules.deadlines import NOTHING_TO_NOTIFY, notify_span
from registration.rules.handover import live_collectors
from registration.states import (
    LATE_TRACKS,
    TIMELY_TRACKS,
    UNSUBMITTED,
    FirstProof,
    ParentRole,
    Result,
    Status,
    Suspension,
)

from .care import death_of, young_mother_on
from .next_act import next_words, to_do
from .standing import facts_of_standing

WELCOME_BACK_MONTHS = "registration.welcome_back_months"

CHILD_MOTHER_YEARS = 18
HEAD = ("outcome", "mother__person")


def _language() -> str:
    return (get_language() or "en")[:2]


def silence(today: date) -> dict[str, Any]:
    """What tells how long nobody heard of the family of a record, as expressions over records."""
    return {"last_act_at": last_act("case", today), "welcome_back_months": term_on(WELCOME_BACK_MONTHS, today)}


def long_waits(today: date) -> dict[str, Any]:
    """What tells whether the office or a certificate has waited for too long, and which papers soon run out (C6)."""
    visits = Submission.rows.filter(birth=OuterRef("pk")).order_by("-number")
    return {
        "handed_in_on": Subquery(visits.values("submitted_on")[:1]),
        "watch_days": term_on("registration.late_processing_watch_days", today),
        "handover_days": term_on("registration.handover_target_days", today),
        "expiry_days": term_on("registration.paper_expiry_days", today),
    }


def birth_of(case: Any) -> BirthRecord | None:
    """The case's birth record with its standing of today, kept on the case object once read."""
    if not hasattr(case, "_birth_record"):
        today = timezone.localdate()
        items = Prefetch("items", ChecklistItem.rows.select_related("requirement", "waived_by"))
        rows = _heads(case, today).annotate(standing=JSONObject(**facts_of_standing(today)), **silence(today))
        rows = rows.select_related("registry_office", "facility", "place", "death", "consular")
        case._birth_record = case._birth_head = _of_case(rows.prefetch_related(items).first(), case)
    return case._birth_record


def birth_head(case: Any) -> BirthRecord | None:
    """The same record as far as the header tells of it, for pages that show no more: a third of the reading."""
    if not hasattr(case, "_birth_head"):
        case._birth_head = _of_case(_heads(case, timezone.localdate()).first(), case)
    return case._birth_head


def _heads(case: Any, today: date) -> QuerySet[BirthRecord]:
    mother = FilteredRelation("parents", condition=Q(parents__role=ParentRole.MOTHER))
    refused = Exists(ParentRefusal.rows.filter(birth=OuterRef("pk"), state=RefusalState.OPEN))
    rows = BirthRecord.rows.filter(case=case)
    return rows.annotate(mother=mother, is_refused_by_parent=refused, **long_waits(today)).select_related(*HEAD)


def _of_case(birth: BirthRecord | None, case: Any) -> BirthRecord | None:
    if birth is not None:
        birth.case = case
    return birth


def days_left_words(birth: BirthRecord, today: date) -> str:
    """“4 days left”, “2 days late” or nothing when there is no deadline."""
    if birth.notify_due_on is None or birth.status not in UNSUBMITTED:
        return ""
    left = (birth.notify_due_on - today).days
    if left >= 0:
        return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    if birth.notify_effective_on and today <= birth.notify_effective_on:
        return _("last day moved to a working day")
    late = (today - birth.notify_effective_on).days if birth.notify_effective_on else -left
    return ngettext("%(n)d day late", "%(n)d days late", late) % {"n": late}


def unsure_limit_words(birth: BirthRecord, today: date) -> str:
    """What is said of the 15 days while the day of birth is not known and they may or may not be over.

    The warning is by the earliest day; nothing is said to be over. Decision 21: the way is that of a late birth.
    """
    born = birth.case.child.birth
    is_asked = birth.status in UNSUBMITTED and birth.country == "TH" and birth.track not in NOTHING_TO_NOTIFY
    if not is_asked or born.is_exact or birth.track_proposed in NOTHING_TO_NOTIFY:
        return ""
    span = notify_span(born)
    if span is None or today > span[1].effective:
        return ""
    words = _("The day of birth is not known. By the earliest day it can be, the birth is to be notified by %(day)s.")
    said = words % {"day": dates.both(span[0].due, _language())}
    if (birth.track or birth.track_proposed) in LATE_TRACKS:
        said += " " + _(
            "Whether it is late is not known; it goes the way of a late one unless a certificate says more."
        )
    return said


def other_way(birth: BirthRecord, today: date) -> str:
    """The way that the facts point to by now, where the confirmed one no longer fits and nobody chose it knowingly."""
    if birth.status not in (Status.GATHERING, Status.READY) or birth.track_proposed in ("", birth.track):
        return ""
    is_chosen = bool(birth.track_reason) and not guards.time_ran_out(birth, today)
    return "" if is_chosen else str(birth.get_track_proposed_display())


def is_overdue(birth: BirthRecord, today: date) -> bool:
    """Not submitted, and the effective end of the period is over."""
    return bool(birth.notify_effective_on and birth.status in UNSUBMITTED and today > birth.notify_effective_on)


def header_badges(case: Any, today: date) -> Iterator[Badge]:
    """How the registration stands, in a word or two."""
    birth = birth_head(case)
    if birth is None:
        return
    if birth.status in (Status.REGISTERED, Status.HANDED_OVER) or (
        birth.status == Status.CLOSED and hasattr(birth, "outcome")
    ):
        yield Badge(kind="green", text=_("Birth registered"), icon="circle-check")
    elif birth.status != Status.CLOSED:
        yield Badge(kind="amber", text=_("No birth certificate"), icon="id-card")
    words = days_left_words(birth, today)
    if words and birth.suspension == Suspension.NONE and not birth.is_backlog and not is_overdue(birth, today):
        yield Badge(kind="blue", text=words, icon="clock")
    yield from flags(birth, today)


def flags(birth: BirthRecord, today: date) -> Iterator[Badge]:
    """What is to be watched (C5): late, refused, too long at the office, a mother who is a child; of `birth_head`."""
    if is_overdue(birth, today) and birth.suspension == Suspension.NONE and not birth.is_backlog:
        yield Badge(kind="red", text=days_left_words(birth, today), icon="clock")
    if birth.status != Status.CLOSED and is_sibling_missing(birth):
        yield Badge(kind="amber", text=_("The other baby has no record yet"), icon="users")
    if is_long_at_office(birth, today):
        days = int(birth.watch_days)  # type: ignore[attr-defined]
        yield Badge(kind="amber", text=_("More than %(n)d days at the office") % {"n": days}, icon="building-2")
    if is_not_collected(birth, today):
        days = int(birth.handover_days)  # type: ignore[attr-defined]
        yield Badge(kind="amber", text=_("Certificate not collected for %(n)d days") % {"n": days}, icon="file-check")
    if birth.status in (Status.GATHERING, Status.READY) and is_refused(birth):
        yield Badge(kind="red", text=_("Refused by the registry office"), icon="circle-alert")
    if birth.status != Status.CLOSED and birth.is_refused_by_parent:  # type: ignore[attr-defined]
        yield Badge(kind="amber", text=_("A parent refuses"), icon="ban")
    if is_child_mother(birth):
        yield Badge(kind="red", text=_("The mother is a child"), icon="shield-alert")


def mother_of(birth: BirthRecord) -> ParentLink | None:
    """What is known of the mother, from the record's own row where it was read with it."""
    if hasattr(birth, "mother"):
        return birth.mother
    return next((link for link in birth.parents.all() if link.role == ParentRole.MOTHER), None)


def is_child_mother(birth: BirthRecord) -> bool:
    """BR-MOM-3: the mother was under 18 at the birth, by her age as told or by the dates."""
    link = mother_of(birth)
    if link is None:
        return False
    if link.age_at_birth is not None:
        return link.age_at_birth < CHILD_MOTHER_YEARS
    born = birth.case.child.birth.latest
    return bool(link.person and born and link.person.birth.is_under(CHILD_MOTHER_YEARS, born))


def is_long_at_office(birth: Any, today: date) -> bool:
    """The office has had the papers for longer than it may take (C6: 90 days, guides 219 and 221)."""
    is_there = birth.status in (Status.SUBMITTED, Status.INQUIRY) and birth.handed_in_on and birth.watch_days
    return bool(is_there and (today - birth.handed_in_on).days > birth.watch_days)


def is_not_collected(birth: Any, today: date) -> bool:
    """The certificate has waited for the family for longer than it should (C5: 14 days)."""
    outcome = getattr(birth, "outcome", None)
    if birth.status != Status.REGISTERED or outcome is None or not birth.handover_days:
        return False
    return bool((today - outcome.registered_on).days > birth.handover_days)


def papers_running_out(birth: Any, parents: Iterable[ParentLink], today: date) -> dict[int, str]:
    """What is said of parents' papers that ran out or soon will, by paper, until the birth is registered (C6)."""
    if birth.status not in (*UNSUBMITTED, Status.SUBMITTED, Status.INQUIRY) or birth.expiry_days is None:
        return {}
    soon = today + timedelta(days=int(birth.expiry_days))
    papers = [paper for link in parents if link.person for paper in link.person.papers.all() if paper.expires_on]
    return {paper.pk: _ends(paper.expires_on, today) for paper in papers if paper.expires_on <= soon}


def _ends(on: date, today: date) -> str:
    words = _("ran out on %(day)s") if on < today else _("runs out on %(day)s")
    return words % {"day": dates.short(on, _language())}


def is_sibling_missing(birth: BirthRecord) -> bool:
    """BR-BIRTH-2: more babies were born than have a record."""
    return birth.plurality > 1 and len(siblings_of(birth)) + 1 < birth.plurality


def is_refused(birth: BirthRecord) -> bool:
    """The office refused the last visit (C5)."""
    last = birth.submissions.order_by("number").last()
    return last is not None and last.result == Result.REFUSED


def place_words(birth: BirthRecord) -> str:
    """Where the child was born; a home birth names no hospital."""
    parts = []
    if birth.facility:
        parts.append(birth.facility.name(_language()))
    else:
        parts.append(str(birth.get_place_kind_display()))
    parts += [text for text in (birth.place_text, birth.place.name(_language()) if birth.place else "") if text]
    return ", ".join(parts)


def key_facts(case: Any, today: date) -> Iterator[Fact]:
    """Born at, first proof, time limit."""
    birth = birth_of(case)
    if birth is None:
        return
    yield Fact(label=_("Born at"), value=place_words(birth))
    missing = birth.proof == FirstProof.NONE
    if not (missing and hasattr(birth, "outcome")):
        yield Fact(
            label=_("First proof"),
            value=str(birth.get_proof_display()),
            is_missing=missing and birth.track in TIMELY_TRACKS,
        )
    if birth.notify_due_on and birth.status in UNSUBMITTED:
        yield Fact(
            label=_("Notify by"), value=dates.both(birth.notify_due_on, _language()),
            note=days_left_words(birth, today), is_missing=is_overdue(birth, today),
        )  # fmt: skip


def panel_context(case: Any, user: Any, today: date) -> dict[str, Any]:
    """Everything the tab and the record's own page show."""
    birth = birth_of(case)
    assert birth is not None  # noqa: S101  the panel applies only with a birth record
    prefetch_related_objects([birth], Prefetch("parents", ParentLink.rows.select_related("person")), "refusals")
    items, parents = list(birth.items.all()), list(birth.parents.all())
    prefetch_related_objects(parents, "person__names", "person__papers")
    done = completeness(items)
    discrepancies = list(birth.discrepancies.all())
    visits = list(birth.submissions.select_related("registry_office", "accompanied_by").prefetch_related("steps"))
    return {
        "birth": birth,
        "case": case,
        "items": items,
        "completeness": done,
        "missing_ids": {item.pk for item in done.missing},
        "spared_ids": stood_for(items),
        "instead": labels_instead(items),
        "parents": parents,
        "running_out": papers_running_out(birth, parents, today),
        "refusals": list(birth.refusals.all()),
        "collectors": live_collectors(birth),
        "visits": visits,
        "is_back": bool(visits) and visits[-1].result in (Result.RETURNED, Result.REFUSED),
        "outcome": getattr(birth, "outcome", None),
        "discrepancies": discrepancies,
        "must_settle": [row for row in discrepancies if guards.must_be_settled(row)],
        "witnesses": list(birth.witnesses.all()),
        "letters": list(birth.letters.all()),
        "follow_ups": list(birth.follow_ups.select_related("referral__service")),
        "consular": getattr(birth, "consular", None),
        **pair_context(birth),
        "next_title": next_words(birth.status, died=birth.case.child.died_on is not None)[0],
        "other_way": other_way(birth, today),
        "unsure_limit": unsure_limit_words(birth, today),
        "days_left": days_left_words(birth, today),
        "is_overdue": is_overdue(birth, today),
        "place": place_words(birth),
        **care_context(birth, user),
        "siblings": siblings_of(birth),
        "to_do": list(to_do(birth, done.total - done.done, today)) if birth.status == Status.GATHERING else [],
    }


def pair_context(birth: BirthRecord) -> dict[str, Any]:
    """The pair with a child who looks alike that a person of the office compares, or confirms as one, next."""
    if birth.status == Status.CLOSED:
        return {}
    to_compare = guards.undecided_hits(birth).order_by("-score").values_list("pk", flat=True).first()
    to_merge = None if to_compare else guards.merges_to_confirm(birth).values_list("pk", flat=True).first()
    return {"to_compare": to_compare, "to_merge": to_merge}


def labels_instead(items: list[ChecklistItem]) -> dict[int, str]:
    """Paper → the names of those that would do instead of it."""
    found = {pk: [other.called for other in others] for pk, others in in_place_of(items).items()}
    return {pk: ", ".join(labels) for pk, labels in found.items() if labels}


def care_context(birth: BirthRecord, user: Any) -> dict[str, Any]:
    """What the panels of hard births show: a young mother, her own case for whom may see it, a child that died."""
    is_young = is_child_mother(birth)
    young = young_mother_on(birth) if is_young else None
    return {
        "is_child_mother": is_young,
        "young_mother": young,
        "mothers_case": Case.objects.visible_to(user).filter(pk=young.own_case_id).first() if young else None,
        "death": death_of(birth) if birth.case.child.died_on else None,
    }


def siblings_of(birth: BirthRecord) -> list[BirthRecord]:
    """The records of the other babies of the same birth."""
    if birth.sibling_group is None:
        return []
    rows = BirthRecord.rows.filter(sibling_group=birth.sibling_group).exclude(pk=birth.pk)
    return list(rows.select_related("case", "case__child").prefetch_related("case__child__names"))
