"""Mails: numbers only, in the reader's language, sent once, given up after three tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail as post
from django.utils import timezone

from casework.notifications import services
from casework.notifications.models import Mail, OutboxRow
from casework.notifications.states import MailState

pytestmark = pytest.mark.django_db


def queue(**facts):
    return services.queue_mail(
        to="ploy@example.org",
        language="en",
        template="notice",
        facts=facts or {"number": "MS-2026-0412", "url": "/cases/1/"},
    )


def send(mail):
    return services.send_mail(mail_id=mail.pk, now=timezone.now())


def test_a_mail_carries_a_number_and_the_way_to_the_site(settings):
    settings.SITE_URL = "https://casework.example.org"
    assert send(queue()).state == MailState.SENT
    (sent,) = post.outbox
    assert sent.subject == "Casework: MS-2026-0412" and sent.to == ["ploy@example.org"]
    assert "https://casework.example.org/cases/1/" in sent.body
    assert "\n" not in sent.subject


def test_a_mail_does_not_carry_a_name():
    with pytest.raises(ValueError, match="child_name"):
        queue(number="MS-2026-0412", child_name="Naw Paw Wah")
    assert not Mail.objects.exists()


def test_a_sent_mail_is_not_sent_again():
    mail = queue()
    send(mail)
    assert send(mail).state == MailState.SENT
    assert len(post.outbox) == 1


def test_a_mail_left_by_a_dead_worker_is_sent():
    mail = queue()
    Mail.objects.update(state=MailState.SENDING, tries=1)
    assert send(mail).state == MailState.SENT


def test_a_mail_server_that_refuses_is_tried_three_times(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mail = queue()
    for expected in (MailState.QUEUED, MailState.QUEUED, MailState.FAILED):
        with pytest.raises(OSError):
            send(mail)
        mail.refresh_from_db()
        assert mail.state == expected
    assert mail.failure == "ConnectionRefusedError" and mail.tries == 3


def test_a_mail_that_lost_its_row_is_queued_again_and_others_are_not():
    lost, waiting = queue(), queue()
    OutboxRow.objects.filter(row_id=lost.pk).delete()
    later = timezone.now() + timedelta(hours=1)
    assert services.sweep_mails(now=later) == 1
    assert services.sweep_mails(now=later) == 0
    assert sorted(OutboxRow.objects.values_list("row_id", flat=True)) == [lost.pk, waiting.pk]


@pytest.mark.parametrize("language", ["en", "th", "my"])
@pytest.mark.parametrize("template", sorted(path.stem for path in (settings.BASE_DIR / "templates/mail").glob("*.txt")))
def test_every_mail_can_be_written_in_every_language(template, language):
    facts = {"number": "MS-2026-0412", "url": "/cases/1/", "urgency": "24h"}
    send(services.queue_mail(to="ploy@example.org", language=language, template=template, facts=facts))
    (sent,) = post.outbox
    assert "MS-2026-0412" in sent.subject and "MS-2026-0412" in sent.body


def test_the_referral_mail_says_how_soon():
    for urgency, words in (("24h", "24 hours"), ("72h", "72 hours"), ("14d", "two weeks")):
        send(services.queue_mail(
            to="x@example.org", language="en", template="referral", facts={"number": "MS-2026-0412", "urgency": urgency}
        ))  # fmt: skip
        assert words in post.outbox[-1].body
