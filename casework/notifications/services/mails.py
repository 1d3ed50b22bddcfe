"""Mails: queued with the act, written in the reader's language, sent by the worker. They carry numbers, never names."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from casework.kernel.moves import move
from casework.notifications.models import Mail
from casework.notifications.queries import has_live_row
from casework.notifications.states import MailState

from .outbox import MAX_TRIES, enqueue

TASK = "notifications.send_mail"
FACTS = frozenset({"number", "url", "on", "days", "count", "code", "urgency"})
FORGOTTEN_AFTER = timedelta(minutes=10)


@transaction.atomic
def queue_mail(*, to: str, language: str, template: str, facts: dict[str, str | int]) -> Mail:
    """Queue a mail made from `templates/mail/<template>.txt`, whose first line is the subject.

    Raises ValueError for facts outside FACTS: a mail names records by number and leads to the site, nothing more.
    """
    unknown = set(facts) - FACTS
    if unknown:
        raise ValueError(f"a mail does not carry {sorted(unknown)}")
    mail = Mail.objects.create(to=to, language=language, template=template, facts=facts)
    enqueue(TASK, mail.pk)
    return mail


def compose(mail: Mail) -> EmailMessage:
    """The mail's subject and text in its language."""
    facts = dict(mail.facts)
    if "url" in facts:
        facts["url"] = settings.SITE_URL.rstrip("/") + facts["url"]
    with translation.override(mail.language):
        text = render_to_string(f"mail/{mail.template}.txt", facts)
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [mail.to])


def send_mail(*, mail_id: int, now: datetime) -> Mail:
    """Send a queued mail once; one that was sent or given up stays as it is. Raises what the mail server answers.

    One worker at a time holds the outbox row, so a mail found in SENDING was left by a worker that died.
    """
    mail = Mail.objects.get(pk=mail_id)
    if mail.state == MailState.SENDING:
        mail = move(mail, MailState.QUEUED)
    if mail.state != MailState.QUEUED:
        return mail
    mail = move(mail, MailState.SENDING, tries=mail.tries + 1)
    try:
        compose(mail).send()
    except Exception as fault:
        given_up = mail.tries >= MAX_TRIES
        move(mail, MailState.FAILED if given_up else MailState.QUEUED, failure=type(fault).__name__)
        raise
    return move(mail, MailState.SENT, sent_at=now, failure="")


@transaction.atomic
def sweep_mails(*, now: datetime) -> int:
    """Queue again the mails that wait or were being sent without a row of the outbox for them."""
    waiting = Mail.objects.filter(
        state__in=[MailState.QUEUED, MailState.SENDING], queued_at__lt=now - FORGOTTEN_AFTER
    ).values_list("pk", flat=True)[:500]
    forgotten = set(waiting) - has_live_row(TASK, waiting)
    for mail_id in sorted(forgotten):
        enqueue(TASK, mail_id)
    return len(forgotten)
