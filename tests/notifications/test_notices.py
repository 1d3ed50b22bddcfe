"""The bell: told once, by number, read by its owner only."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.notifications import queries, services
from casework.notifications.models import Mail, Notice, OutboxRow
from casework.notifications.states import OutboxState
from tests.factories.accounts import make_office, make_user, make_worker

pytestmark = pytest.mark.django_db


def tell(person, subject=None, **more):
    return services.notify(
        recipient=person, action="drafts.draft.taken", subject=subject or make_office(), label="MS-2026-0412",
        url="/cases/1/", **more,
    )  # fmt: skip


def test_a_notice_is_told_once_until_it_is_read():
    ploy = make_user()
    first = tell(ploy)
    assert tell(ploy).pk == first.pk and queries.unread_count(ploy) == 1
    services.read_notice(notice=first, now=timezone.now())
    assert queries.unread_count(ploy) == 0
    assert tell(ploy).pk != first.pk


def test_somebody_who_left_is_not_told():
    assert tell(make_user(is_active=False)) is None
    assert not Notice.rows.exists()


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "cases/1/"])
def test_a_notice_leads_to_this_site(url):
    with pytest.raises(ValueError, match="this site"):
        services.notify(recipient=make_user(), action="a.b.c", subject=make_office(), label="1", url=url)


def test_a_mail_goes_along_when_asked_and_there_is_an_address():
    tell(make_user(), by_mail=True)
    assert not Mail.objects.exists()
    tell(make_user(email="ploy@example.org", language="my"), by_mail=True)
    mail = Mail.objects.get()
    assert (mail.language, mail.facts) == ("my", {"number": "MS-2026-0412", "url": "/cases/1/"})
    assert OutboxRow.objects.get().row_id == mail.pk


def test_the_page_lists_mine_and_opening_one_reads_it(client):
    ploy, other = make_user(), make_user()
    mine, theirs = tell(ploy), tell(other)
    client.force_login(ploy)
    page = client.get("/notices/").content.decode()
    assert "A colleague took over a draft" in page and "MS-2026-0412" in page and page.count("/open") == 1
    assert client.post(f"/notices/{theirs.pk}/open").status_code == 404
    assert client.post(f"/notices/{mine.pk}/open")["Location"] == "/cases/1/"
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.read_at and not theirs.read_at


def test_all_are_read_at_once_and_only_mine(client):
    ploy, other = make_user(), make_user()
    tell(ploy), tell(other)
    client.force_login(ploy)
    assert client.post("/notices/read-all").status_code == 302
    assert queries.unread_count(ploy) == 0 and queries.unread_count(other) == 1
    assert "Mark all as read" not in client.get("/notices/").content.decode()


def test_the_page_takes_as_many_queries_for_forty_as_for_one(client):
    ploy = make_user()
    tell(ploy)
    client.force_login(ploy)
    client.get("/notices/")
    with CaptureQueriesContext(connection) as one:
        client.get("/notices/")
    for n in range(39):
        tell(ploy, make_user(f"subject{n}"))
    with CaptureQueriesContext(connection) as forty:
        client.get("/notices/")
    assert len(forty) == len(one)


def test_the_administrator_sees_what_was_given_up_and_starts_it_again(client):
    row = services.enqueue("documents.render", 7)
    OutboxRow.objects.update(state=OutboxState.PARKED, failure="ValueError in render:12", done_at=timezone.now())
    client.force_login(make_worker("CW"))
    assert client.get("/notices/background/").status_code == 403
    assert client.post(f"/notices/background/{row.pk}/release").status_code == 403
    client.force_login(make_worker("AUD"))
    seen = client.get("/notices/background/").content.decode()
    assert "ValueError in render:12" in seen and "Try again" not in seen
    client.force_login(make_worker("SYS"))
    assert "ValueError in render:12" in client.get("/notices/background/").content.decode()
    assert client.post(f"/notices/background/{row.pk}/release").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.tries) == (OutboxState.WAITING, 0)
    assert client.post(f"/notices/background/{row.pk}/release").status_code == 404


def test_silent_processes_are_told_from_living_ones():
    now = timezone.now()
    services.beat(name="relay", now=now)
    services.beat(name="worker", now=now - timezone.timedelta(minutes=30))
    assert {p.name: p.is_alive for p in queries.heartbeats(now)} == {"relay": True, "worker": False, "beat": False}
