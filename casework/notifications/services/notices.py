"""Notices: one line in a person's bell, by number and never by name."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from casework.accounts.models import User
from casework.kernel.acts import act
from casework.kernel.subjects import subject_type
from casework.notifications.models import Notice

from .mails import queue_mail


@act
def notify(
    *, recipient: User, action: str, subject: models.Model, label: str, url: str, by_mail: bool = False
) -> Notice | None:
    """Tell a person what happened to a record, named by its number; None for a person who no longer works here.

    The same thing unread is told once. With `by_mail` a mail says that something waits, if the person has an address.
    """
    if not recipient.is_active:
        return None
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError("a notice leads to an address of this site")
    place = getattr(subject, "access_place", None)
    about = {"subject_type": subject_type(subject), "subject_id": subject.pk}
    unread = Notice.rows.filter(recipient=recipient, action=action, read_at__isnull=True, **about).first()
    if unread is not None:
        return unread
    notice = Notice.rows.create(
        recipient=recipient,
        action=action,
        label=label,
        url=url,
        office_id_of=place()[0] if place else None,
        level=getattr(subject, "level", 2),
        **about,
    )
    if by_mail and recipient.email:
        queue_mail(
            to=recipient.email, language=recipient.language, template="notice", facts={"number": label, "url": url}
        )
    return notice


def read_notice(*, notice: Notice, now: datetime) -> Notice:
    """Mark a notice as read; the first time counts."""
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


def read_all_notices(*, recipient: User, now: datetime) -> int:
    """Mark all notices of the person as read."""
    return Notice.rows.filter(recipient=recipient, read_at__isnull=True).update(read_at=now)
