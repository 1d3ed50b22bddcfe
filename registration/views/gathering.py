"""Acts until everything is there: the way, the papers, the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.access.scopes import may_on
from registration.forms import acts
from registration.forms.facts import notice_from
from registration.models import BirthRecord, ChecklistItem
from registration.queries import waivers
from registration.queries.notice import notices_to_read
from registration.queries.panel import unsure_limit_words
from registration.queries.ways import DECIDE_WAY
from registration.services import progress
from registration.states import RequirementLevel, Track

from .records import EDIT, OpenBirthAct, OpenBirthForm

WAIVE = Policy(action=waivers.WAIVE)


class ConfirmTrack(OpenBirthForm):
    policy = EDIT
    title = gettext_lazy("Way of registration")
    verb = gettext_lazy("Confirm")
    template_name = "registration/track.html"
    success_message = gettext_lazy("The way of registration is confirmed. Here is the list of papers.")

    @cached_property
    def is_informed(self) -> bool:
        """Whether the family was informed; one from an old register is informed now (decision 18)."""
        return self.row.case.notices_given.exists()

    def get_form_class(self) -> type[forms.Form]:
        return acts.TrackForm if self.is_informed else acts.InformedTrackForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notices = () if self.is_informed else notices_to_read(self.row.interpreter_language, self.row.office.phone)
        return super().get_context_data(notices=notices, **kwargs)

    def admit_loaded(self) -> None:
        """Where the facts fit no way, a supervisor chooses it (decision 21)."""
        super().admit_loaded()
        if self.row.track_proposed == Track.UNCLEAR:
            Policy(action=DECIDE_WAY).admit_row(self.request, self.row)

    @property
    def lead(self) -> str:
        proposed = Track(self.row.track_proposed).label if self.row.track_proposed else "–"
        said = _("The facts point to: %(track)s.") % {"track": proposed}
        return " ".join(filter(None, (said, unsure_limit_words(self.row, self.today))))

    def get_initial(self) -> dict[str, Any]:
        return {"track": self.row.track or self.row.track_proposed}

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.confirm_track(
            birth=self.row,
            track=form.cleaned_data["track"],
            reason=form.cleaned_data["reason"],
            by=self.user,
            now=timezone.now(),
            today=self.today,
            notice=None if self.is_informed else notice_from(form.cleaned_data),
            acknowledged=self.request.POST.getlist("acknowledged"),
        )


class ChangeItem(OpenBirthForm):
    """Where a paper stands; on the record's page each row has this form."""

    policy = EDIT
    model = ChecklistItem
    form_class = acts.ItemForm
    template_name = "registration/item.html"
    success_message = gettext_lazy("The paper is updated.")

    @property
    def title(self) -> str:
        return self.row.called

    def get_form_kwargs(self) -> dict[str, Any]:
        must = self.row.level == RequirementLevel.STAR
        return super().get_form_kwargs() | {"present": self.row.state, "must_be_there": must}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("state", "block", "responsible", "due_on", "version")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_be = self.row.level == RequirementLevel.STAR and not self.row.is_there
        waives = may_on(self.user, WAIVE.action, self.row)
        return super().get_context_data(item=self.row, can_be_waived=can_be, waives=waives, **kwargs)

    def save(self, form: forms.Form) -> ChecklistItem:
        told = form.cleaned_data
        plan = progress.ItemPlan(told.pop("responsible"), told.pop("due_on"))
        return progress.set_item(item=self.row, by=self.user, today=self.today, plan=plan, **told)


class AskWaiver(OpenBirthForm):
    """Ask a supervisor to let the registration go on without a paper."""

    policy = EDIT
    model = ChecklistItem
    form_class = acts.AskWaiverForm
    title = gettext_lazy("Ask a supervisor to waive a paper")
    verb = gettext_lazy("Ask the supervisors")
    success_message = gettext_lazy("The supervisors of the office are asked.")

    @property
    def lead(self) -> str:
        return self.row.called

    def save(self, form: forms.Form) -> ChecklistItem:
        return progress.ask_waiver(item=self.row, why=form.cleaned_data["why"], by=self.user, today=self.today)


class WaiveItem(OpenBirthForm):
    policy = WAIVE
    model = ChecklistItem
    form_class: type[forms.Form] = acts.WaiveForm
    template_name = "registration/waive.html"
    title = gettext_lazy("Waive a paper")
    verb = gettext_lazy("Waive this paper")
    success_message = gettext_lazy("The paper is waived.")

    @property
    def lead(self) -> str:
        return self.row.called

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.row, **kwargs)

    def save(self, form: forms.Form) -> ChecklistItem:
        return progress.waive_item(item=self.row, reason=form.cleaned_data["reason"], by=self.user, today=self.today)


class DeclineWaiver(WaiveItem):
    """The paper is needed all the same, and why."""

    form_class = acts.DeclineWaiverForm
    title = gettext_lazy("The paper is needed all the same")
    verb = gettext_lazy("Keep it on the list")
    success_message = gettext_lazy("The paper stays on the list as needed.")

    def save(self, form: forms.Form) -> ChecklistItem:
        return progress.decline_waiver(item=self.row, why=form.cleaned_data["why"], by=self.user)


class ChooseOffice(OpenBirthForm):
    shows_stored = True
    policy = EDIT
    form_class = acts.OfficeForm
    title = gettext_lazy("Registry office")
    success_message = gettext_lazy("The registry office is chosen.")

    def get_initial(self) -> dict[str, Any]:
        return {"registry_office": self.row.registry_office_id}

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.choose_office(
            birth=self.row, office=form.cleaned_data["registry_office"], by=self.user, today=self.today
        )


class SetLateReason(OpenBirthForm):
    shows_stored = True
    policy = EDIT
    form_class = acts.LateForm
    title = gettext_lazy("Why is it late?")
    success_message = gettext_lazy("The reason is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"late_reason": self.row.late_reason, "late_text": self.row.late_text}

    def save(self, form: forms.Form) -> BirthRecord:
        data = form.cleaned_data
        return progress.set_late_reason(
            birth=self.row, reason=data["late_reason"], text=data["late_text"], by=self.user
        )


class DeclareReady(OpenBirthAct):
    success_message = gettext_lazy("Everything is there. Print the letter and go to the registry office.")

    def act(self) -> BirthRecord:
        return progress.declare_ready(birth=self.row, by=self.user, now=timezone.now(), today=self.today)
