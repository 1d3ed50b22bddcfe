"""A sample of payments is drawn, the evidence of each ordered; together they are taken as one file."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.documents import store
from casework.documents.services import log_print, request_document
from casework.funds.models import AuditSample, SampledPayment
from casework.funds.papers.samples import evidence_kinds
from casework.funds.queries import samples as queries
from casework.funds.rules import samples as rules
from casework.kernel.acts import act
from casework.kernel.numbers import next_number
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.ui.spreadsheets import as_csv

STILL_MADE = _("Not every paper is made yet. Wait a moment, then take the file.")


@act
def draw_sample(
    *, office: Office, programme: str, first_on: date, last_on: date, size: int, seed: str, language: str, by: User,
    now: datetime,
) -> AuditSample:  # fmt: skip
    """Draw so many payments of a time by a seed (a new one where none is given) and order the evidence of each.

    Where there are fewer, all of them. Raises Refusal with E-SMP-01 when there is none, E-SMP-02 to 04.
    """
    today = timezone.localdate(now)
    refuse_errors(rules.against_drawing(first_on=first_on, last_on=last_on, size=size, today=today))
    numbers = queries.population(office, programme, first_on, last_on, until=now)
    if not numbers:
        raise Refusal("E-SMP-01", "first_on", _("Nothing was paid in this time. Choose another one."))
    seed = seed.strip()[:40] or secrets.token_hex(8)
    chosen = rules.drawn(numbers, seed, size)
    sample = AuditSample.rows.create(
        number=next_number(f"AS-{office.code}", today.year), office=office, programme=programme, first_on=first_on,
        last_on=last_on, size=len(chosen), seed=seed, population=len(numbers),
        population_sha256=rules.digest_of(numbers), drawn_by=by, drawn_at=now,
    )  # fmt: skip
    for place, number in enumerate(chosen, start=1):
        payment = SampledPayment.rows.create(sample=sample, place=place, entry_id=number)
        kind = evidence_kinds()[payment.entry.subject_type]
        request_document(kind=kind.key, subject=payment, language=language, requested_by=by, now=now)
    record_event(
        "funds.sample.drawn", actor=by, subject=sample, office_id=office.pk, level=1, at=now,
        changes={"seed": (None, seed), "payments": (None, len(chosen)), "out of": (None, len(numbers))},
    )  # fmt: skip
    return sample


@act
def take_sample(*, sample: AuditSample, by: User, now: datetime) -> bytes:
    """Give the evidence of a sample as one ZIP, with the draw as a table, and write down who took it.

    Raises Conflict (E-SMP-06) while a paper is still to be made.
    """
    evidence = queries.evidence_of(sample)
    if not all(one.is_ready for one in evidence):
        raise Conflict("E-SMP-06", "", STILL_MADE)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{sample.number}.csv", as_csv(_draw_rows(sample, evidence)))
        for one in evidence:
            assert one.document is not None  # noqa: S101  is_ready
            archive.writestr(_file_name(one), store.read(one.document.file, one.document.sha256))
            log_print(document=one.document, by=by, now=now)
    record_event("funds.sample.taken", actor=by, subject=sample, office_id=sample.office_id, level=1, at=now)
    return content.getvalue()


def _file_name(one: queries.Evidence) -> str:
    """Place and receipt, never a name."""
    return f"{one.payment.place:03d}-{one.payment.entry.reference or one.payment.entry_id}.pdf"


def _draw_rows(sample: AuditSample, evidence: Sequence[queries.Evidence]) -> list[list[str]]:
    """How it was drawn, and what; enough to draw it again."""
    rows = [
        ["sample", sample.number], ["first day", sample.first_on.isoformat()], ["last day", sample.last_on.isoformat()],
        ["seed", sample.seed], ["payments", str(sample.size)], ["out of", str(sample.population)],
        ["sha-256 of the entry numbers", sample.population_sha256],
        ["rule", "the first in the order of the SHA-256 of seed:entry"], [],
        ["place", "entry", "receipt", "day", "baht", "sha-256 of the paper"],
    ]  # fmt: skip
    for one in evidence:
        entry = one.payment.entry
        rows.append([
            str(one.payment.place), str(entry.pk), entry.reference, entry.on.isoformat(), f"{entry.amount:.2f}",
            one.document.sha256 if one.document else "",
        ])  # fmt: skip
    return rows
