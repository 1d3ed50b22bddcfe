"""T2 and T17: the page of one case, without and with a long history, and its papers among those of all cases."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.audit.models import Event
from casework.cases.models import Case
from casework.documents.models import Document
from casework.documents.queries import papers_of
from registration.models import BirthRecord

from .measure import Figure, browser_of, middle, milliseconds, page, queries, sql

READER = "somchai.k"
LONG_HISTORY = 200
PAPERS = (
    "INSERT INTO documents_document (subject_type, subject_id, office_id_of, level, kind, language, title, case_id_of,"
    " options, facts, state, trail, progress, tries, failure, verification_code, file, sha256, size, pages,"
    " requested_by_id, requested_at, claimed_at, made_at, version)"
    " SELECT 'cases.case', c.id, c.office_id, 1, 'cases.summary', 'th', '', c.id, '{}', '{}', 'ready', '[]', 0, 0, '',"
    " substr(md5(c.id || '-' || n), 1, 16), c.id || '-' || n, repeat('0', 64), 1, 1, %s, now(), now(), now(), 1"
    " FROM cases_case c, generate_series(1, 2) n RETURNING 1"
)
"""Two papers for every case, without their bytes."""


def figures(times: int) -> Iterator[Figure]:
    """The figures of the case page."""
    user, client = User.objects.get(username=READER), browser_of(READER)
    births = BirthRecord.objects.visible_to(user).filter(status="gathering").order_by("-pk")
    short, long = [birth.case for birth in births.select_related("case")[:2]]
    _lengthen(long.pk, long.office_id, user)
    ask_short = page(client, reverse("cases:detail", args=[short.pk]))
    ask_long = page(client, reverse("cases:detail", args=[long.pk]))
    yield Figure(row="T2", what="case page", value=queries(ask_short), unit="queries", most=15)
    few, many = milliseconds(ask_short, times), milliseconds(ask_long, times)
    yield Figure(
        row="T17", what=f"case page, {LONG_HISTORY} acts", value=middle(many), floor=middle(few), unit="ms", most=1.1
    )
    yield _papers(user, short, times)


def _papers(user: User, case: Case, times: int) -> Figure:
    """Asking for the papers of one case, by the index of papers alone and as far as the person may see them."""
    with transaction.atomic():
        sql([(PAPERS, [user.pk]), ("ANALYZE documents_document", None)])
        own = Document.rows.filter(case_id_of=case.pk).order_by("-pk")
        plain = milliseconds(lambda: list(own.all()), times)
        seen = milliseconds(lambda: list(papers_of(case, user)), times)
        transaction.set_rollback(True)
    what = f"papers of a case among {Case.rows.count() * 2:,}, SQL and objects"
    return Figure(row="", what=what, value=middle(seen), floor=middle(plain), unit="ms")


def _lengthen(case_id: int, office_id: int, actor: User) -> None:
    """A long history: as many changes of the next step."""
    Event.objects.bulk_create(
        Event(
            at=timezone.now(),
            actor=actor,
            action="cases.next_step.changed",
            subject_type="cases.case",
            subject_id=case_id,
            case_id_of=case_id,
            office_id_of=office_id,
        )
        for _ in range(LONG_HISTORY)
    )
