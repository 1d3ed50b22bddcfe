"""Who may see a case and what hangs on it (safety.md §1, decision 13)."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone

from casework.access.rights import Reach
from casework.access.scopes import offices_of, rights_of, scope_condition

from .states import PlanState

SEE = "cases.case.see"


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def visible_to(self, user: Any) -> CaseQuerySet:
        """Open by office and live enrolment, by assignment, or by a live share. Sealed ones by assignment only."""
        from .models import Assignment, CaseShare, Enrolment

        if not user.is_authenticated:
            return self.none()
        wide = scope_wide(user)
        enrolled = Enrolment.rows.filter(case=OuterRef("pk"), until_on__isnull=True)
        condition = Q(office_id__in=wide)
        for programme, offices in scope_narrow(user).items():
            condition |= Q(Exists(enrolled.filter(programme=programme))) & Q(office_id__in=offices)
        # a programme record carries its own office: a grant there opens the case too
        condition |= Q(Exists(enrolled.filter(scope_condition(user, SEE, office="office_id", programme="programme"))))
        assigned = Assignment.rows.live(timezone.now()).filter(case=OuterRef("pk"), user=user)
        shared = CaseShare.objects.filter(
            content_object=OuterRef("pk"),
            user=user,
            revoked_at__isnull=True,
            expires_on__gte=timezone.localdate(),
        )
        conflict = Q(child__conflicts__user=user)
        return self.filter((condition & Q(is_sealed=False)) | Exists(assigned) | Exists(shared)).exclude(conflict)

    def desk_cards_for(self, user: Any) -> CaseQuerySet:
        """Cases of the user's offices that are not sealed: enough for the desk card (day.md 1)."""
        here = self.filter(office_id__in=offices_of(user, "cases.desk_card.see"), is_sealed=False)
        return here.exclude(child__conflicts__user=user)

    def for_page(self) -> CaseQuerySet:
        """With what every tab of the case page needs: people, office, the programmes at work, the current plan."""
        from .models import Enrolment

        live = Enrolment.rows.filter(case=OuterRef("pk"), until_on__isnull=True).values("programme")
        plan = FilteredRelation("plans", condition=~Q(plans__state=PlanState.REPLACED))
        rows = self.annotate(live_programmes=ArraySubquery(live), plan=plan)
        return rows.select_related("child", "lead", "office", "plan")

    def open(self) -> CaseQuerySet:
        """Cases that are open or on hold."""
        return self.filter(state__in=["open", "on_hold"])

    def real(self) -> CaseQuerySet:
        """Cases that count: not undone, not of a practice office."""
        return self.exclude(state="void").exclude(office__kind="practice")


def scope_wide(user: Any) -> set[int]:
    """Offices whose every case the user sees."""
    return {g.office_id for g, right in rights_of(user, SEE) if right.reach is Reach.ALL and not g.programme}


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
        from .models import Case

        return self.filter(case__in=Case.rows.all().visible_to(user))


class OfPlanQuerySet(models.QuerySet):
    """Goals, seen where the case is seen."""

    def visible_to(self, user: Any) -> OfPlanQuerySet:
        from .models import Case

        return self.filter(plan__case__in=Case.rows.all().visible_to(user))


class StepQuerySet(models.QuerySet):
    """Steps, seen where the case is seen."""

    def visible_to(self, user: Any) -> StepQuerySet:
        from .models import Case

        return self.filter(goal__plan__case__in=Case.rows.all().visible_to(user))


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
