"""The duplicate desk, the comparison of two records, and what can be done with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import first_office, may, roles_of
from casework.accounts.states import Role
from casework.audit.services import record_event
from casework.people.forms import AnswerForm, DecideForm, QuestionForm, ReasonForm
from casework.people.matching import doubts_of, reasons_of
from casework.people.models import DuplicateHit, Person, PersonMerge
from casework.people.queries.comparison import CHOOSABLE, Side, comparison
from casework.people.queries.desk import duplicate_desk
from casework.people.queries.questions import question_about
from casework.people.queries.similar import earlier_answer
from casework.people.rules import can_confirm_merge
from casework.people.services import asking, duplicates, merging
from casework.people.states import Decision, HitState
from casework.ui.views import PageView, RowAct, RowForm, RowMixin

DECIDE = Policy(action="people.duplicate.decide")


class DuplicateDesk(PageView):
    """Pairs to decide, merges to confirm, pairs with another office."""

    policy = Policy(action="people.duplicate.see")
    template_name = "people/duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees_restricted = Role.SUPERVISOR in roles_of(self.request.user)
        desk = duplicate_desk(self.request.user, sees_restricted=sees_restricted)
        return super().get_context_data(**kwargs) | {"desk": desk}


class HitRow(RowMixin):
    """Loads a pair, and sends readers who see one record only to the question for the other office.

    A pair with a sealed record stands on the desk of supervisors only.
    """

    policy = DECIDE
    model = DuplicateHit
    row_name = "hit"

    def rows(self) -> Any:
        rows: Any = super().rows()
        return rows if Role.SUPERVISOR in roles_of(self.request.user) else rows.told_to(self.request.user)

    def sees_both(self) -> bool:
        return (
            DuplicateHit.objects.visible_to(self.request.user)
            .decidable_by(self.request.user)
            .filter(pk=self.row.pk)
            .exists()
        )


class BothSides(HitRow, RowForm):
    """A form about a pair for who sees both records; all others are led to the question, whatever they send."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.sees_both() else self.to_question()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.sees_both() else self.to_question()

    def to_question(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("people:duplicate-ask", args=[self.row.pk]))


class DuplicateCompare(BothSides):
    """Two records side by side, and the three answers."""

    template_name = "people/compare.html"
    form_class = DecideForm
    success_message = _("Your decision is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sides": (self.row.first_id, self.row.second_id)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, hit = self.request.user, self.row
        record_event("people.duplicate.opened", actor=user, subject=hit)
        compared = comparison(hit, user)
        kept = hit.keep_id or next(side.person_id for side in compared.sides if side.is_older)
        is_proposed = hit.state == HitState.DECIDED and hit.decision == Decision.SAME
        return super().get_context_data(**kwargs) | {
            "compared": compared,
            "kept": kept,
            "reasons": reasons_of(hit.evidence.get("facts", [])),
            "against": doubts_of(hit.evidence.get("against", [])),
            "is_open": hit.state == HitState.OPEN,
            "earlier": earlier_answer(hit),
            "is_proposed": is_proposed,
            "kept_name": next(_called(side) for side in compared.sides if side.person_id == kept),
            "chosen": [row.label for row in compared.rows if hit.choices.get(row.key) == merging.DROPPED],
            "may_confirm": is_proposed
            and may(user, "people.merge.confirm") is not None
            and bool(can_confirm_merge(proposed_by_id=hit.decided_by_id, user_id=user.pk)),
            "decision": Decision(hit.decision).label if hit.decision else "",
        }

    def save(self, form: Any) -> Any:
        keep, told = form.cleaned_data["keep"], self.request.POST
        choices = {key: told[f"choice_{key}"] for key in CHOOSABLE if f"choice_{key}" in told}
        return duplicates.decide(
            hit=self.row,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            keep=Person.objects.visible_to(self.request.user).filter(pk=keep).first() if keep else None,
            choices=_kept_or_dropped(choices, keep),
            by=self.request.user,
            now=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("people:duplicates")


def _called(side: Side) -> str:
    """A record by its name and numbers: two that look alike often have one name."""
    return " ".join([str(side.name), *(record.label for record in side.records)])


def _kept_or_dropped(choices: dict[str, str], keep: int | None) -> dict[str, str]:
    """Which record each chosen value comes from: the page names the record, the service says kept or dropped."""
    return {key: merging.KEPT if value == str(keep) else merging.DROPPED for key, value in choices.items()}


class DuplicateAsk(HitRow, RowForm):
    """A question to the office that owns the other record, which stays masked."""

    template_name = "people/ask.html"
    form_class = QuestionForm
    success_message = _("Your question is now on the other office’s desk.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Person.objects.visible_to(self.request.user).filter(pk__in=[self.row.first_id, self.row.second_id])
        child = mine.prefetch_related("names").first()
        facts = reasons_of(self.row.evidence.get("facts", []))
        asked = question_about(self.row)
        return super().get_context_data(**kwargs) | {"child": child, "reasons": facts, "asked": asked}

    def save(self, form: Any) -> Any:
        return asking.ask_other_office(
            hit=self.row, question=form.cleaned_data["question"], by=self.request.user, now=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("people:duplicates")


class DuplicateAnswer(HitRow, RowForm):
    """The answer to a question of another office about a record of one’s own."""

    template_name = "people/answer.html"
    form_class = AnswerForm
    success_message = _("Your answer is with who asked.")

    def rows(self) -> Any:
        return super().rows().asked_of(self.request.user).select_related("asked_by", "answered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Person.objects.visible_to(self.request.user).filter(pk__in=[self.row.first_id, self.row.second_id])
        evidence, office = self.row.evidence, first_office(self.row.asked_by)
        return super().get_context_data(**kwargs) | {
            "child": mine.prefetch_related("names").first(),
            "reasons": reasons_of(evidence.get("facts", [])),
            "against": doubts_of(evidence.get("against", [])),
            "asked": question_about(self.row),
            "who": ", ".join([self.row.asked_by.name_now, *([office.name_now] if office else [])]),
        }

    def save(self, form: Any) -> Any:
        return asking.answer_other_office(hit=self.row, by=self.request.user, now=timezone.now(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("people:duplicates")


class MergeConfirm(HitRow, RowAct):
    """Confirm a merge somebody else proposed."""

    policy = Policy(action="people.merge.confirm")
    success_message = _("The records are merged. Both case numbers keep working; you can undo this for 30 days.")

    def act(self) -> Any:
        return duplicates.confirm_merge(hit=self.row, by=self.request.user, now=timezone.now())

    def back(self) -> str:
        return reverse("people:duplicate", args=[self.row.pk])

    def after(self, result: PersonMerge) -> str:
        return reverse("people:person", args=[result.kept_id])


class DuplicateReopen(BothSides):
    """Take a decision back."""

    template_name = "people/reopen.html"
    form_class = ReasonForm
    success_message = _("The pair is open again.")

    def save(self, form: Any) -> Any:
        return duplicates.reopen(hit=self.row, by=self.request.user, reason=form.cleaned_data["reason"])

    def get_success_url(self) -> str:
        return reverse("people:duplicate", args=[self.row.pk])


class MergeUndo(RowForm):
    """Take a merge back within 30 days."""

    policy = Policy(action="people.merge.undo")
    model = Person
    row_name = "person"
    template_name = "people/unmerge.html"
    form_class = ReasonForm
    success_message = _("The merge is taken back. Both records are separate again.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"back_url": self.get_success_url()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        merging.newest_merge(self.row)
        return super().get(request, *args, **kwargs)

    def save(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return merging.unmerge(
            merged=merging.newest_merge(self.row),
            by=self.request.user,
            now=timezone.now(),
            today=self.today,
            reason=reason,
        )

    def get_success_url(self) -> str:
        return reverse("people:person", args=[self.row.pk])
