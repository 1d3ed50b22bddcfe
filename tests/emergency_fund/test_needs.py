"""What each child of a request lacks: asked child by child, kept as rows, counted by dated points, notes kept back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.kernel.dates import add_years
from casework.kernel.refusals import Refusal
from casework.people.models import Person
from casework.reference.models import Term
from emergency_fund.models import ChildNeed, NeedWeights
from emergency_fund.rules.needs import NeedSaid
from emergency_fund.rules.score import most_serious
from emergency_fund.services.deciding import assess as assess_by_service
from tests.factories import fund
from tests.factories.cases import make_sealed
from tests.factories.emergency_fund import FIGURES, asked
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
SCREENED = {"entitlement": "none", "status": "not_eligible"}
ANSWERS = {name: str(value) for name, value in FIGURES.items()} | {"mode": "home"}
NOTE = "No milk since Monday"


@pytest.fixture
def officer(cast, client_of):
    return client_of(cast.of("FO"))


@pytest.fixture
def request_(cast, case, mother, officer):
    """A request for two children, screened."""
    request = asked(case, cast.of("CW"))
    fund.add_line(request, make_person("Htoo Wah"), "nutrition", 300)
    officer.post(reverse("emergency_fund:screen", args=[request.pk]), SCREENED)
    return request


def boxes(request, *needs: tuple[int, str, str], **notes: str) -> dict[str, str]:
    """What is sent: (which child, need, how serious), and notes by need on the first child."""
    children = list(dict.fromkeys(request.lines.values_list("child_id", flat=True)))
    first = {child: request.lines.filter(child=child)[0].pk for child in children}
    sent = {f"need_{first[children[n]]}_{need}": severity for n, need, severity in needs}
    return sent | {f"note_{first[children[0]]}_{need}": note for need, note in notes.items()}


def assess(client, request, sent: dict[str, str]):
    return client.post(reverse("emergency_fund:assess", args=[request.pk]), ANSWERS | sent)


def shown(client, request, name: str = "detail") -> str:
    return client.get(reverse(f"emergency_fund:{name}", args=[request.pk])).content.decode()


def test_each_child_has_a_fieldset_and_what_was_not_asked_has_no_row(case, officer, request_):
    page = shown(officer, request_, "assess")
    assert page.count("What each child lacks") == 1 and "Eh Soe Paw" in page and "Htoo Wah" in page
    sent = boxes(request_, (0, "food", "3"), (0, "health", "0"), (1, "food", "1"), food=NOTE)
    assert assess(officer, request_, sent).status_code == 302
    rows = set(ChildNeed.rows.values_list("child__names__full", "need", "severity", "note"))
    assert rows == {("Eh Soe Paw", "food", 3, NOTE), ("Eh Soe Paw", "health", 0, ""), ("Htoo Wah", "food", 1, "")}
    again = officer.get(reverse("emergency_fund:assess", args=[request_.pk]))
    kept = {name: box.initial for name, box in again.context["form"].fields.items() if name.startswith("need_")}
    assert {name: kept[name] for name in sent if name in kept} == {
        name: int(severity) for name, severity in sent.items() if name.startswith("need_")
    }


def test_the_child_who_lacks_most_counts_once_by_the_points_of_the_day(officer, request_):
    assess(officer, request_, {})
    plain = request_.assessments.first()
    assess(officer, request_, boxes(request_, (0, "food", "3"), (1, "food", "2"), (1, "health", "1")))
    newest = request_.assessments.first()
    points = NeedWeights.objects.get()
    assert (plain.score, newest.score) == (80, 80 + points.urgent_need + points.some_need)
    page = shown(officer, request_)
    assert f"+{points.urgent_need}" in page and "Food and nutrition: Urgent" in page
    assert "Food and nutrition: Serious" in page, "what the other child lacks is told, and not counted"
    assert most_serious([("food", 0), ("food", 2), ("health", 1)]) == {"food": 2, "health": 1}


@pytest.mark.parametrize("severity", ["4", "-1", "x"])
def test_another_answer_is_refused_beside_its_child_and_what_was_typed_stays(officer, request_, severity):
    sent = boxes(request_, (0, "food", severity), (1, "health", "2"), food=NOTE)
    answer = assess(officer, request_, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "choose one of the answers shown" in page and NOTE in page
    assert not ChildNeed.rows.exists() and not request_.assessments.exists()


def test_school_is_asked_of_a_child_that_can_be_old_enough(cast, case, officer, request_):
    line, today = request_.lines.filter(child=case.child)[0], timezone.localdate()

    def is_asked() -> bool:
        form = officer.get(reverse("emergency_fund:assess", args=[request_.pk])).context["form"]
        return f"need_{line.pk}_school" in form.fields

    def say() -> None:
        assess_by_service(
            request=request_, figures=FIGURES, by=cast.of("FO"), now=timezone.now(),
            needs=[NeedSaid(child_id=case.child_id, need="school", severity=2)],
        )  # fmt: skip

    born = Person.rows.filter(pk=case.child_id)
    born.update(born_on=add_years(today, -3) + timedelta(days=1))
    assert not is_asked()
    with pytest.raises(Refusal, match="E-EAF-179"):
        say()
    for facts in ({"born_on": add_years(today, -3)}, {"born_on": None, "born_precision": "unknown"}):
        born.update(**facts)
        assert is_asked()
        say()
    assert ChildNeed.rows.filter(need="school").count() == 2
    born.update(born_on=add_years(today, -3), born_precision="exact")
    Term.objects.filter(key="emergency_fund.school_from").update(value=4)
    assert not is_asked()


def test_a_note_without_an_answer_is_asked_back(officer, request_):
    answer = assess(officer, request_, boxes(request_, food=NOTE))
    assert answer.status_code == 422 and "Say how serious this is" in answer.content.decode()
    assert assess(officer, request_, boxes(request_, (0, "food", "0"), food=NOTE)).status_code == 302


def test_the_database_keeps_one_line_for_a_need_of_a_child_from_0_to_3(cast, case, request_):
    assessment = fund.make_assessment(request_, cast.of("FO"))
    fund.make_need(assessment, case.child, "food", 3)
    fund.make_need(assessment, case.child, "health", 0)
    for need, severity in (("food", 1), ("school", 4)):
        with pytest.raises(IntegrityError), transaction.atomic():
            fund.make_need(assessment, case.child, need, severity)


def test_who_decides_reads_the_needs_without_the_notes_of_a_sealed_case(cast, client_of, case, officer, request_):
    assess(officer, request_, boxes(request_, (0, "food", "3"), food=NOTE))
    assert NOTE in shown(officer, request_)
    for page in ("detail", "decide"):
        head = shown(client_of(cast.of("PM")), request_, page)
        assert "Food and nutrition: Urgent" in head and "Child 1" in head
        assert NOTE not in head and "Eh Soe Paw" not in head
    make_sealed(case, cast.of("CW"))
    sealed = shown(officer, request_)
    assert "Food and nutrition: Urgent" in sealed and NOTE not in sealed
    form = shown(officer, request_, "assess")
    assert "Child 2" in form and "Eh Soe Paw" not in form and NOTE not in form


def test_the_page_tells_what_a_child_lacks_and_not_what_is_no_need(officer, request_):
    assess(officer, request_, boxes(request_, (0, "food", "3"), (0, "health", "0"), (1, "shelter", "0"), health=NOTE))
    told = shown(officer, request_)
    assert "Food and nutrition: Urgent" in told and "Health: No need" in told and NOTE in told
    assert "Place to live" not in told


def test_a_child_the_request_is_no_longer_for_keeps_its_row(cast, officer, request_):
    assess(officer, request_, boxes(request_, (1, "health", "2")))
    request_.lines.filter(child__names__full="Htoo Wah").update(state="cancelled")
    assert "A child the request is no longer for" in shown(officer, request_)


def test_needs_cost_no_read_for_each_row(cast, case, officer, request_, django_assert_max_num_queries):
    address = reverse("emergency_fund:detail", args=[request_.pk])
    assess(officer, request_, boxes(request_, (0, "food", "3")))
    officer.get(address)
    with django_assert_max_num_queries(200) as few:
        officer.get(address)
    everything = [(n, need, "2") for n in (0, 1) for need in ("food", "health", "hygiene", "shelter")]
    assess(officer, request_, boxes(request_, *everything))
    with django_assert_max_num_queries(200) as many:
        officer.get(address)
    assert len(many) == len(few)
