"""Keep unfinished typing: save, park, take over, throw away, finish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.rights import truth_table
from casework.access.scopes import may, offices_of
from casework.accounts.models import Grant, User
from casework.audit.services import record_event
from casework.kernel.refusals import Conflict, Forbidden, Refusal
from casework.programmes.contributions import DraftForm, registry

from . import queries, rules
from .models import HAND_IN, Draft


class DraftConflict(Conflict):
    """Somebody saved the draft in between: the stored row and the fields that differ are told, nothing is lost."""

    def __init__(self, draft: Draft, fields: list[dict[str, Any]]) -> None:
        sentence = _("This draft was changed in another window. Both answers are shown; choose which to keep.")
        super().__init__("DRAFT-VERSION", "", sentence)
        self.draft, self.fields = draft, fields


def draft_gone() -> Conflict:
    """What is said of a draft that is no longer there."""
    return Conflict("DRAFT-GONE", "", _("This draft was sent or thrown away."))


def tell_missing(*, number: int, user: Any) -> None:
    """Raise Conflict for a draft that the person once worked on: it was sent or thrown away, or a colleague has it."""
    if queries.was_theirs(user, number):
        draft = Draft.rows.filter(pk=number).select_related("owner").first()
        if draft is None:
            raise draft_gone()
        rules.can_save(draft, user).insist()


@transaction.atomic
def save_draft(
    *, by: User, form: str, step: str, answers: rules.Answers, draft_id: int | None = None,
    device_id: UUID | None = None, version: int | None = None, office_id: int | None = None,
    done_steps: Sequence[str] | None = None,
) -> Draft | None:  # fmt: skip
    """Keep one step of a form, as far as the person is asked it; None when nothing was typed yet.

    The draft is found by its id or by the id the device made for it, so a repeated send changes nothing. Raises
    DraftConflict when this step was changed after `version`, Forbidden without the form's right in the office, Refusal
    for a form, an office or answers that cannot be kept.
    """
    kind = rules.draft_form(form)
    answers = rules.clean_answers(answers.items())
    draft = _stored(by, draft_id, device_id)
    if draft is None:
        if draft_id is not None:
            tell_missing(number=draft_id, user=by)
            raise draft_gone()
        if not rules.has_typing(answers) or kind.is_untouched(step, answers):
            return None
        return _begin(by, kind, step, answers, device_id, office_id, done_steps)
    return _go_on(draft, by, kind, step, answers, version, done_steps)


def _go_on(
    draft: Draft, by: User, kind: DraftForm, step: str, answers: rules.Answers, version: int | None,
    done_steps: Sequence[str] | None,
) -> Draft:  # fmt: skip
    rules.can_save(draft, by).insist()
    if draft.form != kind.key:
        raise Refusal("DRAFT-FORM", "_form", _("This draft belongs to another form."))
    answers = rules.only_asked(kind, step, answers, by, draft.office_id)
    steps = list(draft.done_steps if done_steps is None else done_steps)
    is_same = draft.data.get(step) == answers and draft.step == step and draft.done_steps == steps
    if is_same and not draft.is_parked:
        return draft
    refuse_older(draft, step=step, answers=answers, version=version)
    draft.version += 1
    if draft.data.get(step) != answers:
        draft.step_versions = {**draft.step_versions, step: draft.version}
        draft.step_by = {**draft.step_by, step: by.pk}
    draft.data = {**draft.data, step: answers}
    draft.step, draft.done_steps, draft.is_parked = step, steps, False
    draft.title = kind.title(draft.data)[:200]
    rules.refuse_oversize(draft.data)
    draft.save()
    return draft


def refuse_older(draft: Draft, *, step: str, answers: rules.Answers, version: int | None) -> None:
    """Raise DraftConflict where the step was changed after the version that the page was made from."""
    differing = rules.differing(draft.data.get(step, {}), answers)
    if differing and version is not None and version < draft.step_versions.get(step, 0):
        raise DraftConflict(draft, differing)


@transaction.atomic
def keep_beside(*, draft: Draft, part: str, answers: rules.Answers, by: User) -> Draft:
    """Keep an answer given beside the steps, such as on a possible duplicate; step and version stay.

    Raises Conflict for somebody else's draft or one that is gone, Refusal for answers that cannot be kept.
    """
    held = hold_draft(draft=draft, by=by)
    held.data = {**held.data, part: rules.clean_answers(answers.items())}
    rules.refuse_oversize(held.data)
    held.save(update_fields=["data", "saved_at"])
    return held


def _stored(by: User, draft_id: int | None, device_id: UUID | None) -> Draft | None:
    held: Any = Draft.rows.select_for_update(of=("self",)).select_related("owner")
    held = held.visible_to(by)
    if draft_id is not None:
        return held.filter(pk=draft_id).first()
    return held.filter(device_id=device_id).first() if device_id is not None else None


def _begin(
    by: User, kind: DraftForm, step: str, answers: rules.Answers, device_id: UUID | None, office_id: int | None,
    done_steps: Sequence[str] | None,
) -> Draft | None:  # fmt: skip
    office_id = _office_for(by, kind, office_id)
    data = {step: rules.only_asked(kind, step, answers, by, office_id)}
    if not rules.has_typing(data[step]):
        return None
    rules.refuse_oversize(data)
    fresh = {
        "owner": by, "started_by": by, "office_id": office_id, "programme": kind.programme,
        "form": kind.key, "title": kind.title(data)[:200], "step": step, "data": data,
        "done_steps": list(done_steps or ()), "step_versions": {step: 1}, "step_by": {step: by.pk},
    }  # fmt: skip
    draft, is_new = Draft.rows.get_or_create(device_id=device_id or uuid4(), defaults=fresh)
    if not is_new:  # the same first saving, sent twice at once
        return _go_on(draft, by, kind, step, answers, draft.version, done_steps)
    record_event("drafts.draft.started", actor=by, subject=draft, office_id=draft.office_id, level=1)
    return draft


def _office_for(by: User, kind: DraftForm, office_id: int | None) -> int:
    """The office the draft belongs to: the one named, else the only one where the person may use the form."""
    programmes = [kind.programme] if kind.programme else None
    offices = [pk for pk in offices_of(by, kind.action) if may(by, kind.action, office_id=pk, programmes=programmes)]
    if office_id is None and len(offices) == 1:
        return offices[0]
    if office_id is None and offices:
        raise Refusal("DRAFT-OFFICE", "_office", _("Choose the office this belongs to."))
    if office_id not in offices:
        raise Forbidden("DRAFT-RIGHT", "", _("Your role cannot use this form in this office."))
    return office_id


@transaction.atomic
def park_draft(*, draft: Draft, by: User) -> Draft:
    """Put a draft aside to serve another family; it waits in the tray. Raises Conflict for somebody else's."""
    draft = Draft.rows.select_for_update(of=("self",)).get(pk=draft.pk)
    rules.can_save(draft, by).insist()
    if not draft.is_parked:
        draft.is_parked = True
        draft.version += 1
        draft.save()
    return draft


@transaction.atomic
def hand_in_draft(*, draft: Draft, by: User, now: datetime) -> Draft:
    """Give a draft to the office, where it waits for a colleague; until then its writer can correct it. Twice is once.

    Raises Conflict when the draft is gone or somebody else's.
    """
    held = hold_draft(draft=draft, by=by)
    if held.ready_at is None:
        held.is_parked = False
        _hand_in(held, by, now)
    return held


def _hand_in(draft: Draft, by: User | None, now: datetime) -> None:
    draft.ready_at = now
    draft.version += 1
    draft.save()
    record_event("drafts.draft.handed-in", actor=by, subject=draft, office_id=draft.office_id, level=1, at=now)


@transaction.atomic
def leave_to_office(*, grant: Grant, by: User | None, now: datetime) -> int:
    """Give to the office what somebody began there as one who hands in, and may not go on with; answers how many.

    The end of their role is not the end of what a family told them. `by` is nobody where the days of the role are over.
    """
    if grant.role not in truth_table()[HAND_IN]:
        return 0
    here = Grant.objects.live(timezone.localdate(now)).filter(user=grant.user, office=grant.office)
    roles = set(here.exclude(pk=grant.pk).values_list("role", flat=True))
    forms = [form.key for form in registry.gather("draft_forms") if form.handed_in]
    lost = [key for key in forms if not roles & truth_table()[rules.draft_form(key).action].keys()]
    left = Draft.rows.filter(owner=grant.user, office=grant.office, form__in=lost, ready_at=None)
    drafts = list(left.select_for_update(of=("self",)))
    for draft in drafts:
        _hand_in(draft, by, now)
    return len(drafts)


@transaction.atomic
def ask_again(*, draft: Draft, steps: Sequence[str]) -> None:
    """Open finished steps again, and make the first of them the current one."""
    if steps:
        draft.done_steps = [step for step in draft.done_steps if step not in steps]
        draft.step = steps[0]
        draft.save()


@transaction.atomic
def take_over_draft(*, draft: Draft, by: User) -> Draft:
    """Go on with a colleague's draft; who began it stays on it. The colleague's open window can no longer save."""
    draft = Draft.rows.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.owner_id == by.pk:
        return draft
    before, draft.owner, draft.ready_at = draft.owner_id, by, None
    draft.version += 1
    draft.save()
    record_event(
        "drafts.draft.taken",
        actor=by,
        subject=draft,
        office_id=draft.office_id,
        level=1,
        changes={"owner": (before, by.pk)},
    )
    for room in registry:
        room.draft_taken(draft, by)
    return draft


@transaction.atomic
def throw_away_draft(*, draft: Draft, by: User) -> None:
    """Delete a draft with its photos and phone links. Raises Conflict for somebody else's."""
    rules.can_throw_away(draft, by).insist()
    held = _held(draft)
    rules.can_throw_away(held, by).insist()
    _end(held, None, by)
    record_event("drafts.draft.thrown-away", actor=by, subject=held, office_id=held.office_id, level=1)
    Draft.rows.filter(pk=held.pk).delete()


@transaction.atomic
def remove_forgotten(*, today: date) -> int:
    """Delete drafts untouched for `drafts.keep_days`, with their photos and phone links; returns how many."""
    forgotten = queries.forgotten(today).select_for_update(of=("self",), skip_locked=True)
    return _remove(forgotten, "drafts.draft.removed", None)


@transaction.atomic
def throw_away_drafts(*, drafts: QuerySet[Draft], by: User) -> int:
    """Remove drafts for good whose writers see no more what they are about; answers how many."""
    return _remove(drafts.select_for_update(of=("self",)), "drafts.draft.thrown-away", by)


def _remove(drafts: QuerySet[Draft], action: str, by: User | None) -> int:
    removed = list(drafts)
    for draft in removed:
        _end(draft, None, by)
        record_event(action, actor=by, subject=draft, office_id=draft.office_id, level=1)
    Draft.rows.filter(pk__in=[draft.pk for draft in removed]).delete()
    return len(removed)


@transaction.atomic
def finish_draft(*, draft: Draft, by: User, record: Any = None) -> None:
    """Remove a draft whose form was sent, in the transaction that makes the record.

    What lies with it goes onto `record`, which it became; without one it goes for good. Raises Conflict when the draft
    is gone or somebody else's.
    """
    held = hold_draft(draft=draft, by=by)
    _end(held, record, by)
    held.delete()


def hold_draft(*, draft: Draft, by: User) -> Draft:
    """Lock a draft while something is done on it. Raises Conflict when it is gone or somebody else's."""
    held = _held(draft)
    rules.can_save(held, by).insist()
    return held


def _held(draft: Draft) -> Draft:
    held = Draft.rows.select_for_update(of=("self",)).select_related("owner").filter(pk=draft.pk).first()
    if held is None:
        raise draft_gone()
    return held


def _end(draft: Draft, record: Any, by: User | None) -> None:
    """Tell every room that the draft goes, while it is still there; by nobody when its time is over."""
    for room in registry:
        room.draft_ended(draft, record, by)
