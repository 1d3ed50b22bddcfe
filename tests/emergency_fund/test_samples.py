"""A sample is drawn by a seed and can be drawn again; the evidence of each payment tells everything but names."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.audit.models import Event
from casework.documents.models import Document, PrintLog
from casework.documents.services import render_document, request_document
from casework.documents.store import digest
from casework.funds.models import AuditSample, BudgetEntry, SampledPayment
from casework.funds.queries.samples import is_repeatable
from casework.funds.rules.samples import digest_of, drawn
from casework.funds.services.samples import draw_sample, take_sample
from casework.kernel.refusals import Conflict, Refusal
from emergency_fund.documents.evidence import EvidencePaper
from emergency_fund.rules.masking import age_band, initials
from emergency_fund.services.delivering import pay
from tests.factories.cash import make_box
from tests.factories.papers import text_of

from .test_money_path import NOW, ask, recommended, second_officer

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


@pytest.fixture
def box(cast):
    return make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")


@pytest.fixture
def payments(cast, case, budget, mother, box):
    """Five payments: four parts of a hospital bill, and food in cash."""
    request = recommended(cast, ask(cast, case), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    hospital, food = request.lines.order_by("pk")
    facts = {"received_by": mother, "relation": "mother", "proof": "thumb_print", "by": cast.of("CSH"), "now": NOW}
    for number in range(4):
        pay(
            line=hospital,
            amount=Decimal(100),
            key=f"h-{number}",
            witness="Ma Khin Htwe",
            box=box,
            acknowledged=["W-11"],
            **facts,
        )
    pay(line=food, amount=Decimal(500), key="f-1", witness="Ma Khin Htwe", box=box, **facts)
    return list(BudgetEntry.rows.filter(kind="disburse").order_by("pk"))


def draw(cast, by: str = "AUD", **facts) -> AuditSample:
    values = {
        "office": cast.mae_sot, "programme": "emergency_fund", "first_on": TODAY - timedelta(days=30),
        "last_on": TODAY, "size": 3, "seed": "dice-4415", "language": "en", "now": timezone.now(),
    }  # fmt: skip
    return draw_sample(by=cast.of(by), **values | facts)


def refused(act, *args, **more) -> str:
    with pytest.raises(Refusal) as answer:
        act(*args, **more)
    return answer.value.code


def made(sample: AuditSample) -> None:
    for document in Document.rows.filter(subject_id__in=sample.payments.values("pk")):
        render_document(document_id=document.pk, now=timezone.now())


def test_the_same_seed_draws_the_same_and_another_one_others():
    numbers = range(1, 1001)
    assert drawn(numbers, "a", 25) == drawn(reversed(numbers), "a", 25) != drawn(numbers, "b", 25)
    assert len(set(drawn(numbers, "a", 25))) == 25 and drawn([1, 2], "a", 25) in ([1, 2], [2, 1])
    often = [sum(number in drawn(range(10), f"seed {seed}", 3) for seed in range(600)) for number in range(10)]
    assert all(120 < times < 240 for times in often), "each has the same chance"
    assert digest_of([3, 1, 2]) == digest_of([1, 2, 3]) != digest_of([12, 3])


def test_drawn_with_its_seed_and_what_it_was_drawn_from(cast, payments):
    sample = draw(cast)
    numbers = [entry.pk for entry in payments]
    assert (sample.size, sample.population, sample.population_sha256) == (3, 5, digest_of(numbers))
    chosen = list(sample.payments.values_list("entry", flat=True))
    assert chosen == drawn(numbers, "dice-4415", 3)
    again = draw(cast)
    assert list(again.payments.values_list("entry", flat=True)) == chosen
    assert draw(cast, seed="").seed != draw(cast, seed="").seed
    assert draw(cast, size=25).size == 5
    assert Event.objects.filter(action="funds.sample.drawn", actor=cast.of("AUD")).count() == 5


def test_a_later_payment_does_not_spoil_the_draw(cast, payments, budget):
    sample = draw(cast)
    rows = list(sample.payments.all())
    assert is_repeatable(sample, rows)
    first = payments[0]
    copy = BudgetEntry.rows.filter(pk=first.pk).values().get() | {"id": None, "key": "later", "amount": 1}
    BudgetEntry.rows.create(**copy | {"at": timezone.now()})
    assert is_repeatable(sample, rows)
    assert not is_repeatable(sample, rows[::-1])
    assert draw(cast).population == 6


def test_no_payment_a_time_the_wrong_way_round_and_too_many_are_refused(cast, payments):
    old = TODAY - timedelta(days=900)
    for wrong, code in [
        ({"first_on": old, "last_on": old}, "E-SMP-01"),
        ({"programme": "education"}, "E-SMP-01"),
        ({"office": cast.ranong}, "E-SMP-01"),
        ({"last_on": TODAY - timedelta(days=31)}, "E-SMP-02"),
        ({"last_on": TODAY + timedelta(days=1)}, "E-SMP-03"),
        ({"size": 0}, "E-SMP-04"),
        ({"size": 101}, "E-SMP-04"),
    ]:
        assert refused(draw, cast, **wrong) == code
    assert not AuditSample.rows.exists() and not Document.rows.exists()
    assert draw(cast, size=100).pk


def test_the_database_keeps_a_draw_as_it_was(cast, payments):
    sample = draw(cast)
    for act in (
        lambda: AuditSample.rows.update(seed="other"),
        lambda: SampledPayment.rows.all().delete(),
        lambda: SampledPayment.rows.update(place=9),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()
    with pytest.raises(IntegrityError, match="drawn once"), transaction.atomic():
        SampledPayment.rows.create(sample=sample, place=9, entry=sample.payments.first().entry)


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_evidence_tells_who_did_what_and_no_name_of_the_family(cast, case, mother, payments, language):
    sample = draw(cast, size=5)
    food = sample.payments.get(entry=payments[-1])
    text = text_of(EvidencePaper(), food, language)
    asker, officer, cashier = (person.full_name.replace(" ", "") for person in map(cast.of, ("CW", "FO", "CSH")))
    told = [payments[-1].reference, case.number, "500.00", "N.P.", "M.K.H.", "0–4", f"E{payments[-1].pk:07d}"]
    for word in (*told, *{"en": [asker, officer, cashier, "Frontdesk"], "th": []}[language]):
        assert word in text
    for name in ("NawPaw", "EhSoePaw", "MaKhinHtwe", "KhinHtwe"):
        assert name not in text
    assert "Naw Paw" not in str(EvidencePaper().context(food, language=language, facts={}))


def test_the_evidence_names_the_papers_that_were_printed_with_their_hash(cast, payments, case):
    sample = draw(cast, size=1)
    assert "Nopaperwasprinted" in text_of(EvidencePaper(), sample.payments.get(), "en")
    request = case.assistance_requests.get()
    desk = {
        "kind": "emergency_fund.approval_sheet",
        "language": "en",
        "requested_by": cast.of("FO"),
        "now": timezone.now(),
    }
    paper = request_document(subject=request, **desk)
    render_document(document_id=paper.pk, now=timezone.now())
    paper.refresh_from_db()
    assert paper.sha256 in text_of(EvidencePaper(), sample.payments.get(), "en")


def test_initials_and_bands_in_every_script():
    assert [initials(name) for name in ("Naw Paw Htoo", "แม่ใหญ่ เอก", "နော် ဖော", "", "O’Brien-Lee")] == [
        "N. P. H.", "ม. อ.", "န. ဖ.", "", "O."
    ]  # fmt: skip
    assert [age_band(age) for age in (None, 0, 4, 5, 11, 12, 17, 18, 60)] == [
        "", "0–4", "0–4", "5–11", "5–11", "12–17", "12–17", "18+", "18+"
    ]  # fmt: skip


def test_taken_as_one_file_when_every_paper_is_made(cast, payments):
    sample = draw(cast, size=2)
    with pytest.raises(Conflict) as early:
        take_sample(sample=sample, by=cast.of("AUD"), now=timezone.now())
    assert early.value.code == "E-SMP-06"
    made(sample)
    content = take_sample(sample=sample, by=cast.of("AUD"), now=timezone.now())
    archive = zipfile.ZipFile(io.BytesIO(content))
    table, *papers = archive.namelist()
    assert table == f"{sample.number}.csv" and len(papers) == 2
    rows = list(csv.reader(io.StringIO(archive.read(table).decode("utf-8-sig"))))
    assert ["seed", "dice-4415"] in rows and ["out of", "5"] in rows
    assert {row[-1] for row in rows[-2:]} == {digest(archive.read(name)) for name in papers}
    assert all(archive.read(name).startswith(b"%PDF") for name in papers)
    assert PrintLog.objects.filter(by=cast.of("AUD")).count() == 2
    assert Event.objects.filter(action="funds.sample.taken", subject_id=sample.pk).exists()


def test_drawn_looked_at_and_taken_in_the_browser(cast, client_of, payments, django_assert_max_num_queries):
    auditor = client_of(cast.of("AUD"))
    first = TODAY - timedelta(days=30)
    answers = {
        "place": f"{cast.mae_sot.pk}-emergency_fund", "size": "๒", "seed": "dice 1", "language": "en",
        "first_on_d": first.day, "first_on_m": first.month, "first_on_y": first.year + 543, "last_on_d": TODAY.day,
        "last_on_m": TODAY.month, "last_on_y": TODAY.year,
    }  # fmt: skip
    page = auditor.post(reverse("funds:sample-new"), answers | {"size": "200"})
    assert page.status_code == 422 and "Draw between 1 and 100 payments" in page.content.decode()
    for wrong in ("-3", "−3", "1.5", "3x"):
        assert auditor.post(reverse("funds:sample-new"), answers | {"size": wrong}).status_code == 422
    assert auditor.post(reverse("funds:sample-new"), answers).status_code == 302
    sample = AuditSample.rows.get()
    address, file = reverse("funds:sample", args=[sample.pk]), reverse("funds:sample-file", args=[sample.pk])
    shown = auditor.get(address).content.decode()
    assert "0 of 2 papers are made" in shown and "The same payments" in shown and file not in shown
    assert auditor.get(file).status_code == 409
    made(sample)
    shown = auditor.get(address).content.decode()
    assert file in shown and "dice 1" in shown and sample.population_sha256 in shown
    assert "Naw Paw" not in shown
    with django_assert_max_num_queries(40) as asked:
        auditor.get(address)
    few = len(asked)
    taken = auditor.get(file)
    assert (taken.status_code, taken["Content-Type"]) == (200, "application/zip")
    document = Document.rows.first()
    assert auditor.get(reverse("documents:document", args=[document.pk])).status_code == 200
    assert auditor.get(reverse("funds:samples")).status_code == 200
    answers |= {"size": "5"}
    auditor.post(reverse("funds:sample-new"), answers)
    larger = reverse("funds:sample", args=[AuditSample.rows.first().pk])
    with django_assert_max_num_queries(few):
        auditor.get(larger)


def test_who_audits_and_who_does_not(cast, client_of, payments):
    sample = draw(cast)
    address = reverse("funds:sample", args=[sample.pk])
    document = Document.rows.filter(subject_type="funds.sampledpayment").first()
    paper = reverse("documents:document", args=[document.pk])
    for role, office, status in [
        ("AUD", "MS", 200), ("PM", "MS", 200), ("AUD", "RN", 404), ("FA", "MS", 404), ("CSH", "MS", 404)
    ]:  # fmt: skip
        browser = client_of(cast.of(role, office))
        assert browser.get(address).status_code == status
        assert browser.get(paper).status_code == status
    assert client_of(cast.of("FA")).get(reverse("funds:sample-new")).status_code == 403
    assert client_of(cast.of("PM")).get(reverse("funds:sample-new")).status_code == 200
