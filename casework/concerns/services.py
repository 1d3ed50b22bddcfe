"""Tell a concern about staff, look into it, name who reads besides the data protection officer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Grant, Office, User
from casework.audit.services import record_event
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from casework.kernel.requests import current_address, current_request_id
from casework.notifications.services.notices import notify

from .models import ConcernReader, StaffConcern
from .queries import readers, told_to
from .states import ConcernState

LONGEST = 4000


@contextmanager
def _without_trace() -> Iterator[None]:
    """Write history that does not lead back to a device: neither its address nor the number of the request."""
    address, request = current_address.set(""), current_request_id.set("")
    try:
        yield
    finally:
        current_address.reset(address)
        current_request_id.reset(request)


@transaction.atomic
def report_concern(
    *, office: Office, who: str, what: str, when: str, wants_answer: bool, kept_from: Sequence[User] = (), by: User,
    now: datetime, sent_as: str = "",
) -> StaffConcern:  # fmt: skip
    """Keep a concern for its readers and tell them that one waits. The reporter is kept only for an answer.

    The history says that a concern exists: not by whom, about whom, or in which office. `sent_as` is a mark of one
    sending: the same one sent again answers the report that stands. Raises Refusal when it does not say who or what, or
    when nobody would be left to read it.
    """
    who, what = who.strip()[:200], what.strip()[:LONGEST]
    if not who:
        raise Refusal("CON-WHO-1", "who", _("Write who it is about, or what you know of the person."))
    if not what:
        raise Refusal("CON-WHAT-1", "what", _("Write what happened."))
    if sent_as:
        Office.objects.select_for_update().get(pk=office.pk)  # the same report sent twice at once waits for the first
        same: StaffConcern | None = StaffConcern.rows.filter(sent_as=sent_as).first()
        if same is not None:
            return same
    concern = StaffConcern.rows.create(
        office=office, who=who, what=what, when=when.strip()[:200], reporter=by if wants_answer else None, at=now,
        sent_as=sent_as,
    )  # fmt: skip
    everybody = list(readers(timezone.localdate(now)))
    concern.kept_from.set([*kept_from, *(person for person in everybody if is_named(person, who))])
    told = told_to(concern, everybody)
    if not told:
        raise Refusal("CON-READ-1", "kept_from", _("Nobody would be left to read this. Tell the head of the office."))
    with _without_trace():
        record_event("concerns.concern.reported", actor=None, subject=concern, level=3, at=now)
    for person in told:
        notify(
            recipient=person, action="concerns.concern.reported", subject=concern, label=concern.number,
            url=f"/concerns/{concern.pk}/", by_mail=True,
        )  # fmt: skip
    return concern


def is_named(person: User, who: str) -> bool:
    """Whether the words name the person, however they are put."""
    said = " ".join(who.casefold().split())
    names = (person.full_name, person.name_th, person.username)
    return any(name and " ".join(name.casefold().split()) in said for name in names)


@transaction.atomic
def note_reading(*, concern: StaffConcern, by: User, now: datetime) -> None:
    """Write down who read a concern."""
    record_event("concerns.concern.read", actor=by, subject=concern, level=3, at=now)


@transaction.atomic
def handle_concern(*, concern: StaffConcern, answer: str, by: User, now: datetime) -> StaffConcern:
    """Say that it was looked into. Raises Refusal without words for a reporter who wants an answer."""
    if concern.reporter_id and not answer.strip():
        raise Refusal("CON-ANSWER-1", "answer", _("The reporter wants an answer. Write a few words."))
    concern = move(concern, ConcernState.HANDLED, answer=answer.strip()[:LONGEST], handled_by=by, handled_at=now)
    record_event("concerns.concern.handled", actor=by, subject=concern, level=3, at=now)
    if concern.reporter is not None:
        notify(
            recipient=concern.reporter, action="concerns.concern.handled", subject=concern, label=concern.number,
            url="/concerns/report/",
        )  # fmt: skip
    return concern


@transaction.atomic
def name_reader(*, user: User, by: User, now: datetime) -> ConcernReader:
    """Name a person who reads concerns about other offices.

    Raises Refusal for oneself, or for a person without an office.
    """
    if user == by:
        raise Refusal("CON-READER-1", "user", _("You read concerns already."))
    if not Grant.objects.live(timezone.localdate(now)).filter(user=user).exists():
        raise Refusal("CON-READER-2", "user", _("This person has no role in any office."))
    reader, is_new = ConcernReader.objects.get_or_create(
        user=user, ended_at=None, defaults={"named_by": by, "named_at": now}
    )
    if is_new:
        record_event("concerns.reader.named", actor=by, subject=reader, level=3, at=now)
    return reader


@transaction.atomic
def end_reader(*, reader: ConcernReader, by: User, now: datetime) -> None:
    """A person reads concerns no longer."""
    if reader.ended_at is None:
        reader.ended_at = now
        reader.save(update_fields=["ended_at"])
        record_event("concerns.reader.ended", actor=by, subject=reader, level=3, at=now)
