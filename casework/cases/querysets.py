"""Who may see a case and what hangs on it (safety.md §1, decision 13)."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.db.models.lookups import IsNull
from django.utils import timezone

from casework.access.rights import Reach
from casework.access.scopes import offices_of, rights_of, scope_condition
from casework.people.querysets import no_call_to, related_to

from .consent_badges import answers_of_case
from .states import CaseState, PlanState

SEE = "cases.case.see"
MASKED = "cases.masked.list"


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Open by office and live enrolment, by assignment, or by a live share. Sealed ones by assignment only."""
        return self.filter(seen_by(user))

    def desk_cards_for(self, user: Any) -> CaseQuerySet:
        """Cases of the user's offices that are not sealed: enough for the desk card (day.md 1)."""
        here = self.filter(office_id__in=offices_of(user, "cases.desk_card.see"), is_sealed=False)
        return here.filter(unrelated_to(user))

    def masked_for(self, user: Any) -> CaseQuerySet:
        """Cases of which the user is told without names: of their offices and programmes, none of them sealed."""
        wide = scope_wide(user, MASKED, Reach.PSEUDONYM)
        enrolled = Exists(told_enrolments(user).filter(case=OuterRef("pk")))
        here = self.real().filter(Q(office_id__in=wide) | enrolled, is_sealed=False)
        return here.filter(unrelated_to(user))

    def for_page(self) -> CaseQuerySet:
        """With what every tab of the case page needs: people, office, the programmes at work, the current plan."""
        from .models import Enrolment, NoticeGiven

        ever = Enrolment.rows.filter(case=OuterRef("pk")).values("programme")
        live = ArraySubquery(ever.filter(until_on__isnull=True))
        plan = FilteredRelation("plans", condition=~Q(plans__state=PlanState.REPLACED))
        no_call = Exists(no_call_to(OuterRef("family")))
        notices = NoticeGiven.rows.filter(case=OuterRef("pk")).order_by("-given_on", "-pk").values("language")[:1]
        rows = self.annotate(
            live_programmes=live,
            programmes_so_far=ArraySubquery(ever),
            plan=plan,
            must_not_call=no_call,
            informed_in=Subquery(notices),
            consents_told=answers_of_case(),
        )
        return rows.select_related("child", "lead", "office", "plan")

    def open(self) -> CaseQuerySet:
        """Cases that are open or on hold."""
        return self.filter(state__in=["open", "on_hold"])

    def real(self) -> CaseQuerySet:
        """Cases that count: not undone, not of a practice office."""
        return self.exclude(state="void").exclude(office__kind="practice")


def seen_by(user: Any, case: str = "") -> Q:
    """The condition under which the user sees the case at the end of a path ("case__"; "" on cases themselves)."""
    if not user.is_authenticated:
        return Q(pk__in=())
    return (opened_to(user, case) | assigned_to(user, case)) & unrelated_to(user, case)


def opened_to(user: Any, case: str = "") -> Q:
    """The condition under which a grant or a live share opens the case to the user, without an assignment."""
    from .models import CaseShare, Enrolment

    this = OuterRef(f"{case}pk")
    place = Q(**{f"{case}office_id__in": scope_wide(user)})
    enrolled = Enrolment.rows.filter(case=this, until_on__isnull=True)
    for programme, offices in scope_narrow(user).items():
        place |= Q(Exists(enrolled.filter(programme=programme))) & Q(**{f"{case}office_id__in": offices})
    # a programme record carries its own office: a grant there opens the case too
    place |= Q(Exists(enrolled.filter(scope_condition(user, SEE, office="office_id", programme="programme"))))
    shares = CaseShare.objects.filter(content_object=this, user=user, revoked_at__isnull=True)
    return (place & Q(**{f"{case}is_sealed": False})) | Q(Exists(shares.filter(expires_on__gte=timezone.localdate())))


def unrelated_to(user: Any, case: str = "") -> Q:
    """The condition under which the case is not about somebody whom the user is related to."""
    return ~Q(**{f"{case}child__in": related_to(user)})


def assigned_to(user: Any, case: str = "") -> Q:
    """The condition under which the user works on the case at the end of a path now.

    Asked case by case: whoever has led cases for years has thousands, and as Exists they would all be read first.
    """
    from .models import Assignment

    own = Assignment.rows.live(Now()).filter(case=OuterRef(f"{case}pk"), user=user)
    return Q(IsNull(Subquery(own.values("pk")[:1]), False))


def told_enrolments(user: Any) -> models.QuerySet:
    """The programmes at work on cases, or until these were closed, of which the user is told without names."""
    from .models import Enrolment

    def at(office: str) -> Q:
        return scope_condition(user, MASKED, office=office, programme="programme", reaches=(Reach.PSEUDONYM,))

    counted = Q(until_on__isnull=True) | Q(case__state=CaseState.CLOSED)
    return Enrolment.rows.filter(at("office_id") | at("case__office_id"), counted)


def scope_wide(user: Any, action: str = SEE, reach: Reach = Reach.ALL) -> set[int]:
    """Offices whose every case the user sees."""
    return {g.office_id for g, right in rights_of(user, action) if right.reach is reach and not g.programme}


def scope_narrow(user: Any) -> dict[str, set[int]]:
    """Programme → offices in which the user sees the cases enrolled in it."""
    narrow: dict[str, set[int]] = {}
    for grant, right in rights_of(user, SEE):
        if right.reach is Reach.ALL and grant.programme:
            narrow.setdefault(grant.programme, set()).add(grant.office_id)
    return narrow


class OfCaseQuerySet(models.QuerySet):
    """Rows that hang on a case, seen where the case is seen."""

    def visible_to(self, user: Any) -> OfCaseQuerySet:
        return self.filter(seen_by(user, "case__"))


class OfPlanQuerySet(models.QuerySet):
    """Goals, seen where the case is seen."""

    def visible_to(self, user: Any) -> OfPlanQuerySet:
        return self.filter(seen_by(user, "plan__case__"))


class StepQuerySet(models.QuerySet):
    """Steps, seen where the case is seen."""

    def visible_to(self, user: Any) -> StepQuerySet:
        return self.filter(seen_by(user, "goal__plan__case__"))


class NoteQuerySet(OfCaseQuerySet):
    """Notes: where the case is seen, and for restricted readers only by those whose role reads them."""

    def visible_to(self, user: Any) -> Any:
        readers = Q(readers="team") | Q(author=user)
        readers |= scope_condition(
            user, "cases.note.see_programme", office="case__office_id", programme="programme"
        ) & Q(readers="programme")
        for kind in ("legal", "psychosocial", "trafficking"):
            place = scope_condition(
                user,
                f"cases.note.see_{kind}",
                office="case__office_id",
                programme="programme",
                reaches=(Reach.ALL, Reach.ASSIGNED),
            )
            readers |= place & Q(readers=kind)
        return super().visible_to(user).filter(readers)


class AssignmentQuerySet(OfCaseQuerySet):
    """Assignments."""

    def live(self, now: Any) -> AssignmentQuerySet:
        """Assignments that hold now."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), ended_at__isnull=True)
