"""The births a person sees, and the acts that move a birth on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import Policy, SignedIn
from casework.access.working import working_office
from casework.audit.services import record_event
from casework.cases.api.acts import CloseTold
from casework.cases.states import CloseReason, Origin
from casework.ui.api.resources import Created, Detailed, Listed, act
from casework.ui.api.serializers import ReasonTold
from registration.models import BirthRecord, RegistryOffice
from registration.queries.follow_ups import referrals_of
from registration.queries.lists import births_in, visible_births, with_names
from registration.queries.ways import DECIDE_WAY
from registration.services import office, progress, refusals
from registration.services.collectors import end_collector, name_collector
from registration.services.consular import note_consular_talk
from registration.services.counter import record_counter_check
from registration.services.intake import open_birth
from registration.states import ItemState, Track

from . import told
from .base import CREATE, EDIT, NUMBER, OFFICE, REOPEN, WAIVE
from .care import Care
from .corrections import Corrections
from .facts import Facts
from .shown import BirthLine, BirthShown, RegistryOfficeShown
from .witnesses import Witnesses

UNFINISHED = Policy(action="registration.birth.close_unfinished")
LIFT = Policy(action="registration.collector.lift")


class RegistryOffices(Listed):
    """Registry offices in use."""

    policy = SignedIn()
    model = RegistryOffice
    shown = RegistryOfficeShown

    def rows(self) -> models.QuerySet:
        return RegistryOffice.objects.filter(is_active=True)


class Births(Facts, Witnesses, Corrections, Care, Listed, Detailed, Created):
    """Births, their checklist, visits and certificate."""

    policy = Policy(action="registration.birth.see")
    create_policy = CREATE
    model = BirthRecord
    shown = BirthShown
    line = BirthLine
    asked = told.BirthsAsked
    create_told = told.BirthTold

    def rows(self) -> models.QuerySet:
        return visible_births(self.request.user)

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        rows = self.rows()
        if "status" not in asked:
            rows = births_in(rows, asked["queue"], self.today)
        chosen = {name: asked[name] for name in ("office", "status") if name in asked}
        return with_names(rows.filter(**chosen))

    def opened(self, row: BirthRecord) -> None:
        user, case = self.request.user, row.case
        record_event("cases.case.seen", actor=user, subject=case, case_id=case.pk, office_id=row.office_id)

    def made(self, told_: dict[str, Any]) -> BirthRecord:
        user = self.request.user
        place = working_office(user, CREATE.action)
        if place is None:
            raise PermissionDenied(_("You have no office in which births are logged."))
        received = told_.get("received_on")
        return open_birth(
            facts=told.BirthTold.facts(told_), notice=told.BirthTold.notice_facts(told_), office=place, by=user,
            now=timezone.now(),
            today=self.today, acknowledged=told_.get("acknowledged", ()), received_on=received,
            origin=Origin.PAPER if received else Origin.TYPED, twin_of=told_.get("twin_of"),
        )  # fmt: skip

    @act("confirm-track", policy=EDIT, told=told.TrackTold)
    def confirm_track(self, values: dict[str, Any]) -> None:
        """Confirm the way of registration and make the checklist; a supervisor where the facts fit none (T0)."""
        if self.row.track_proposed == Track.UNCLEAR:
            Policy(action=DECIDE_WAY).admit_row(self.request, self.row)
        notice = told.BirthTold.notice_facts(values) if "notice" in values else None
        progress.confirm_track(birth=self.row, **{**values, "notice": notice}, **self.at_once)

    @act("choose-office", policy=EDIT, told=told.OfficeTold)
    def choose_office(self, values: dict[str, Any]) -> None:
        """Choose the registry office; its local papers join the checklist."""
        progress.choose_office(birth=self.row, office=values["registry_office"], **self.by)

    @act(rf"items/(?P<item>{NUMBER})/set", policy=EDIT, told=told.ItemTold)
    def set_item(self, values: dict[str, Any], item: str) -> None:
        """Say where one paper stands, who gets it and until when; what is not sent stays, null is the time limit."""
        row = self.get_part(self.row.items, item)
        plan = progress.ItemPlan(values.pop("responsible", row.responsible), values.pop("due_on", row.due_on))
        progress.set_item(item=row, plan=plan, **values, **self.by)

    @act(rf"items/(?P<item>{NUMBER})/ask-waiver", policy=EDIT, told=told.WhyTold)
    def ask_waiver(self, values: dict[str, Any], item: str) -> None:
        """Ask the supervisors of the office to let the registration go on without one paper."""
        progress.ask_waiver(item=self.get_part(self.row.items, item), **values, **self.by)

    @act(rf"items/(?P<item>{NUMBER})/decline-waiver", policy=WAIVE, told=told.WhyTold)
    def decline_waiver(self, values: dict[str, Any], item: str) -> None:
        """Say that one paper is needed all the same (a supervisor, with a fresh second factor)."""
        progress.decline_waiver(item=self.get_part(self.row.items, item), by=self.request.user, **values)

    @act(rf"items/(?P<item>{NUMBER})/waive", policy=WAIVE, told=ReasonTold)
    def waive_item(self, values: dict[str, Any], item: str) -> None:
        """Let the registration go on without one paper (a supervisor, with a fresh second factor)."""
        progress.waive_item(item=self.get_part(self.row.items, item), **values, **self.by)

    @act("late-reason", policy=EDIT, told=told.LateTold)
    def set_late_reason(self, values: dict[str, Any]) -> None:
        """Say why the registration is late."""
        reason, text = values["late_reason"], values["late_text"]
        progress.set_late_reason(birth=self.row, reason=reason, text=text, by=self.request.user)

    @act("ready", policy=EDIT)
    def declare_ready(self, values: dict[str, Any]) -> None:
        """Everything is there; refused with the list of all that is missing."""
        progress.declare_ready(birth=self.row, **self.at_once)

    @act("visit", policy=OFFICE, told=told.VisitTold)
    def record_visit(self, values: dict[str, Any]) -> None:
        """Record a visit to the registry office with every paper in hand."""
        went_along, by_whom = values.pop("accompanied"), values.pop("by")
        in_hand = self.row.items.filter(state__in=[ItemState.ORIGINAL, ItemState.COPY])
        office.record_visit(
            birth=self.row, by_whom=by_whom, accompanied_by=self.request.user if went_along else None,
            handed_in=in_hand, **values, **self.by
        )  # fmt: skip

    @act(rf"visits/(?P<visit>{NUMBER})/result", policy=OFFICE, told=told.ResultTold)
    def record_result(self, values: dict[str, Any], visit: str) -> None:
        """Record what the office said to a visit, or that the family took its papers back."""
        row = self.get_part(self.row.submissions, visit)
        on, reason, text = (values.pop(name) for name in ("result_on", "return_reason", "result_text"))
        office.record_result(visit=row, on=on, reason=reason, text=text, **values, **self.by)

    @act("counter-check", policy=OFFICE, told=told.CounterTold)
    def check_at_counter(self, values: dict[str, Any]) -> None:
        """Keep what stood on the draft certificate, line by line, before it is signed."""
        answers = {line["key"]: (line["answer"], line["on_draft"]) for line in values["lines"]}
        record_counter_check(birth=self.row, answers=answers, by=self.request.user, now=timezone.now())

    @act("outcome", policy=OFFICE, told=told.OutcomeTold)
    def record_outcome(self, values: dict[str, Any]) -> None:
        """Record the certificate as it is written; what differs from the case becomes differences."""
        acknowledged = values.pop("acknowledged", ())
        office.record_outcome(birth=self.row, values=values, acknowledged=acknowledged, **self.by)

    @act(rf"differences/(?P<difference>{NUMBER})/settle", policy=OFFICE, told=told.SettledTold)
    def settle_difference(self, values: dict[str, Any], difference: str) -> None:
        """Say what happens with a difference on a paper."""
        office.settle_discrepancy(row=self.get_part(self.row.discrepancies, difference), by=self.request.user, **values)

    @act("check", policy=OFFICE)
    def check_outcome(self, values: dict[str, Any]) -> None:
        """Say that the certificate was compared with the agreed spelling."""
        if not hasattr(self.row, "outcome"):
            raise Http404
        office.check_outcome(outcome=self.row.outcome, **self.by)

    @act("hand-over", policy=OFFICE, told=told.HandoverTold)
    def hand_over(self, values: dict[str, Any]) -> None:
        """Hand the certificate over to somebody who signs."""
        office.hand_over(birth=self.row, **told.HandoverTold.handed(values), **self.by)

    @act(rf"follow-ups/(?P<follow_up>{NUMBER})/answer", policy=EDIT, told=told.FollowUpTold)
    def answer_follow_up(self, values: dict[str, Any], follow_up: str) -> None:
        """Say whether the family wants a public service."""
        row, referral = self.get_part(self.row.follow_ups, follow_up), values["referral"]
        if referral is not None and referral not in referrals_of(row, self.request.user):
            raise serializers.ValidationError({"referral": _("There is no such record.")}, code="E-CHOICE-1")
        office.answer_follow_up(
            follow_up=row, answer=values["answer"], note_text=values["note"], referral=referral, **self.by
        )

    @act("consular", policy=EDIT, told=told.ConsularTold)
    def note_consular_talk(self, values: dict[str, Any]) -> None:
        """Write down what the family decided about registration with its own state."""
        note_consular_talk(birth=self.row, **values, **self.by)

    @act("refuse", policy=EDIT, told=told.RefusalTold)
    def record_refusal(self, values: dict[str, Any]) -> None:
        """Write down what a parent refuses, and how the registration goes on."""
        refusals.record_refusal(birth=self.row, **values, **self.at_once)

    @act(rf"refusals/(?P<refusal>{NUMBER})/end", policy=EDIT, told=told.RefusalEndTold)
    def end_refusal(self, values: dict[str, Any], refusal: str) -> None:
        """Say that a parent agrees now, or how it was solved."""
        refusals.end_refusal(refusal=self.get_part(self.row.refusals, refusal), **values, **self.by)

    @act(rf"refusals/(?P<refusal>{NUMBER})/change", policy=EDIT, told=told.WayTold)
    def change_refusal(self, values: dict[str, Any], refusal: str) -> None:
        """Go on in another way after a refusal."""
        refusals.change_way(refusal=self.get_part(self.row.refusals, refusal), **values, **self.at_once)

    @act("name-collector", policy=EDIT, told=told.CollectorTold)
    def name_collector(self, values: dict[str, Any]) -> None:
        """Say that somebody may, or must not, be given the certificate."""
        name_collector(birth=self.row, by=self.request.user, **values)

    @act(rf"collectors/(?P<collector>{NUMBER})/end", policy=EDIT, told=told.TakenOffTold)
    def end_collector(self, values: dict[str, Any], collector: str) -> None:
        """Take somebody off the list; who must not be given the certificate is taken off by a supervisor."""
        row = self.get_part(self.row.collectors, collector)
        if not row.is_allowed:
            self.insist_on(LIFT)
        end_collector(collector=row, **values, **self.by)

    @act("suspend", policy=EDIT, told=told.SuspendTold)
    def suspend(self, values: dict[str, Any]) -> None:
        """Stop the reminders, or let them go on; the legal time limit goes on."""
        progress.suspend(birth=self.row, by=self.request.user, **values)

    @act("reopen", policy=REOPEN, told=ReasonTold)
    def reopen(self, values: dict[str, Any]) -> None:
        """Open a closed registration and its case again."""
        progress.reopen_birth(birth=self.row, reason=values["reason"], **self.by)

    @act("close", policy=Policy(action="registration.birth.close"), told=CloseTold)
    def close(self, values: dict[str, Any]) -> None:
        """Close the registration and its case; unfinished ones are closed by a supervisor."""
        if values["reason"] != CloseReason.COMPLETED:
            self.insist_on(UNFINISHED)
        progress.close_birth(birth=self.row, **CloseTold.closing(values), **self.by)
