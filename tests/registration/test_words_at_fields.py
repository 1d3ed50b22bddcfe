"""What is said beside the fields of the intake: legends, odd names, dates that cannot be, formats, required answers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.drafts.models import Draft
from casework.reference.models import Facility
from registration.forms.facts import facts_from
from tests.factories import registration as births
from tests.factories.cast import Cast, signed_in
from tests.factories.forms import date_boxes, fields_of, fill_in

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"registration:{name}", args=args)


@pytest.fixture
def clerk(cast: Cast) -> Any:
    return signed_in(cast.of("CW"))


def begun(client: Any, **mother: Any) -> Draft:
    assert fill_in(client, page("new"), **{"mother_name_Latn": "Naw Hla Paw", **mother}).status_code == 302
    return Draft.rows.latest("pk")


def live(client: Any, step: str, draft: Draft | None = None, **typed: Any) -> dict[str, str]:
    """What the page says beside each field while it is typed."""
    sent = {"_form": "registration.intake", "_step": step, "_draft": draft.pk if draft else "", **typed}
    shown = client.post(page("matches"), sent, HTTP_HX_REQUEST="true").content.decode()
    found = re.findall(r'<div id="says-(\w+)" hx-swap-oob="innerHTML">(.*?)</div>', shown, re.DOTALL)
    return {name: plain(words) for name, words in found}


def plain(html: str) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("step", "legend"), [("mother", "Mother’s name"), ("father", "Father’s name"), ("child", "Child’s name")]
)
def test_the_three_boxes_of_a_name_have_a_legend(clerk, step, legend):
    draft = begun(clerk)
    shown = clerk.get(page("step", draft.pk, step)).content.decode()
    mark = f' <span class="opt" data-shown-by="{step}_knowledge=known">(required)</span>'
    mark = "" if step == "child" else mark  # of a parent who is away or has died no name is required
    assert f'<legend class="legend">{legend}{mark}</legend>' in shown
    assert "One script is enough." in shown


@pytest.mark.parametrize(
    ("field", "name", "words"),
    [
        ("mother_name_Latn", "Naw Hla 2", "A name has no digits"),
        ("mother_name_Thai", "Naw Hla", "This is not written in Thai letters"),
        ("mother_name_Mymr", "Naw Hla", "This is not written in Burmese or Karen script"),
        ("mother_name_Latn", "นอพอ", "This is not written in English letters"),
        ("mother_name_Mymr", "ေနာ္ေဖာဝါး", "It would read: နော်ဖောဝါး"),
    ],
)
def test_an_odd_name_is_said_at_its_box_and_saved_all_the_same(clerk, field, name, words):
    assert words in live(clerk, "mother", mother_knowledge="known", **{field: name})[field]
    draft = begun(clerk, **{"mother_name_Latn": "", field: name})
    assert words in plain(clerk.get(page("step", draft.pk, "mother")).content.decode())


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("mother_name_Latn", "Naw Hla"),
        ("mother_name_Thai", "นอพอ"),
        ("mother_name_Mymr", "နော်ဖောဝါး"),
        ("mother_name_Mymr", "နီၢ်စံးပီၤ"),
    ],
)
def test_a_name_in_its_own_box_is_left_in_peace(clerk, field, name):
    assert live(clerk, "mother", mother_knowledge="known", **{field: name})[field] == ""


def test_digits_alone_are_no_name(clerk):
    sent = fill_in(clerk, page("new"), mother_name_Latn="12345")
    assert sent.status_code == 422
    assert "Write the name." in sent.content.decode()


def test_a_child_born_before_its_mother_is_refused_at_its_own_date(clerk):
    draft = begun(clerk, **date_boxes("mother_birth", dt.date(2001, 5, 1)))
    old = date_boxes("birth", dt.date(1926, 11, 20))
    said = live(clerk, "child", draft, sex="F", child_name_Latn="Mu", **old)["birth"]
    assert "The mother’s date of birth is not before the child’s." in said
    sent = fill_in(clerk, page("step", draft.pk, "child"), sex="F", child_name_Latn="Mu", **old)
    assert sent.status_code == 422
    assert "The mother’s date of birth is not before the child’s." in sent.content.decode()
    young = date_boxes("birth", timezone.localdate() - dt.timedelta(days=3))
    assert live(clerk, "child", draft, sex="F", child_name_Latn="Mu", **young)["birth"] == ""
    assert fill_in(clerk, page("step", draft.pk, "child"), sex="F", child_name_Latn="Mu", **young).status_code == 302


def test_a_grown_child_is_asked_about_and_not_stopped(clerk):
    draft = begun(clerk)
    grown = date_boxes("birth", timezone.localdate() - dt.timedelta(days=19 * 366))
    typed = {"sex": "F", "child_name_Latn": "Mu", **grown}
    assert "Born more than 18 years ago" in live(clerk, "child", draft, **typed)["birth"]
    assert fill_in(clerk, page("step", draft.pk, "child"), **typed).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "is_said"),
    [
        ("birth", {"birth_d": "31", "birth_m": "2", "birth_y": "2026"}, True),
        ("birth", {"birth_d": "31"}, False),
        ("weight_g", {"weight_g": "31"}, True),
        ("time", {"time": "25:99"}, True),
        ("weight_g", {"weight_g": "3100"}, False),
        ("sex", {}, False),
    ],
)
def test_a_wrong_format_is_said_on_leaving_the_field(clerk, field, typed, is_said):
    assert bool(live(clerk, "child", begun(clerk), **typed)[field]) is is_said


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("child", {"child_name_Latn": "Mu", "sex": ""}, "Choose the child’s sex, or “Not known yet”."),
        ("child", {"child_name_Latn": "Mu", "birth_d": ""}, "Give the date of birth."),
        ("birth", {"place_kind": ""}, "Choose where the child was born"),
        ("papers", {"proof": ""}, "Choose the first proof of birth"),
        ("notice", {"notice_language": ""}, "Choose the language in which the family was informed."),
        ("notice", {"notice_language": "my", "notice_on_y": "2099"}, "The notice cannot be given in the future."),
        (
            "notice",
            {"notice_language": "my", "received_on_d": "1", "received_on_m": "1", "received_on_y": "2599"},
            "This day is in the future.",
        ),
    ],
)
def test_a_missing_answer_says_what_to_do(clerk, step, typed, words):
    sent = fill_in(clerk, page("step", begun(clerk).pk, step), **typed)
    assert sent.status_code == 422
    text = sent.content.decode()
    assert words in text and "needs an answer" not in text


def test_an_empty_first_step_makes_no_draft(clerk):
    sent = fill_in(clerk, page("new"))
    assert sent.status_code == 422
    assert not Draft.rows.exists()
    assert fill_in(clerk, page("new"), phone="081 234 5678").status_code == 422
    assert Draft.rows.count() == 1


def test_a_number_without_its_paper_is_said(clerk):
    sent = fill_in(clerk, page("new"), mother_name_Latn="Naw Hla", mother_paper_number="ABC")
    assert sent.status_code == 422
    assert "Choose the paper that has this number" in sent.content.decode()
    assert (
        fill_in(
            clerk, page("new"), mother_name_Latn="Naw Hla", mother_paper_type="passport", mother_paper_number="ABC"
        ).status_code
        == 302
    )


@pytest.mark.parametrize("phone", ["12", "0812", "081234567899999", "+9591", "+1234567890123456"])
def test_a_phone_number_of_impossible_length_is_refused(clerk, phone):
    sent = fill_in(clerk, page("new"), mother_name_Latn="Naw Hla", phone=phone)
    assert sent.status_code == 422
    assert "A Thai phone number has 9 or 10 digits" in sent.content.decode()


@pytest.mark.parametrize(
    "phone", ["055 123 456", "081-234-5678", "+95 9 123 456 789", "09 123 456 789", "๐๘๑ ๒๓๔ ๕๖๗๘"]
)
def test_a_phone_number_of_thailand_and_its_neighbours_is_taken(clerk, phone):
    assert fill_in(clerk, page("new"), mother_name_Latn="Naw Hla", phone=phone).status_code == 302


def test_the_district_of_a_home_birth_may_be_unknown(clerk, cast):
    draft = begun(clerk)
    sent = fill_in(clerk, page("step", draft.pk, "birth"), place_kind="home", channel="ward")
    assert sent.status_code == 422
    assert "or “The district is not known”" in sent.content.decode()
    sent = fill_in(clerk, page("step", draft.pk, "birth"), place_kind="home", channel="ward", is_place_unknown="on")
    assert sent.status_code == 302


def test_the_one_page_begins_with_the_usual_hospital_office_and_language(clerk, cast):
    shown = clerk.get(page("quick")).content.decode()
    assert 'name="facility"' in shown
    birth = births.make_birth(
        cast.mae_sot, cast.of("CW"), births.birth_facts(registry_office_id=births.make_registry().pk)
    )
    shown = clerk.get(page("quick")).content.decode()
    assert f'<option value="{birth.facility_id}" selected>' in shown
    assert f'<option value="{births.make_registry().pk}" selected>' in shown


def test_an_empty_page_says_everything_at_once_and_of_whom(clerk):
    refused = fill_in(clerk, page("quick")).content.decode()
    summary = refused.partition('class="error-summary"')[2].partition("</ul>")[0]
    for words in ("Write the mother’s name", "Write the father’s name", "Write the child’s name", "Choose the child’s"):
        assert summary.count(words) == 1, words
    assert 'href="#id_mother_name_Mymr"' in summary and 'href="#id_father_name_Mymr"' in summary
    told = {"mother_name_Latn": "Naw Hla Paw", "father_name_Latn": "Saw Htoo", "child_name_Latn": "Mu Say Wah"}
    assert "s name, in any script" not in fill_in(clerk, page("quick"), **told).content.decode()


def test_the_steps_begin_with_what_is_usual_as_the_one_page_does(clerk, cast):
    told = births.birth_facts(facility_id=births.make_facility().pk, registry_office_id=births.make_registry().pk)
    usual = births.make_birth(cast.mae_sot, cast.of("CW"), told)
    draft = begun(clerk)
    assert fields_of(clerk.get(page("step", draft.pk, "birth")))["facility"] == str(usual.facility_id)
    papers = fields_of(clerk.get(page("step", draft.pk, "papers")))
    assert papers["registry_office"] == str(usual.registry_office_id) and papers["informant_relation"] == "mother"
    fill_in(clerk, page("step", draft.pk, "mother"), mother_knowledge="unknown", mother_reason="left")
    assert fields_of(clerk.get(page("step", draft.pk, "papers")))["informant_relation"] == ""


@pytest.mark.parametrize(("days", "is_asked"), [(3, False), (60, True)])
def test_only_of_a_late_birth_is_asked_why(clerk, days, is_asked):
    draft = begun(clerk)
    born = timezone.localdate() - dt.timedelta(days=days)
    fill_in(clerk, page("step", draft.pk, "child"), child_name_Latn="Mu", sex="F", **date_boxes("birth", born))
    assert ('name="late_reason"' in clerk.get(page("step", draft.pk, "papers")).content.decode()) is is_asked


def test_the_hospital_that_is_usual_is_not_that_of_a_birth_at_home():
    told = {"place_kind": "home", "facility": Facility(pk=7)}
    assert facts_from(told).facility_id is None
    assert facts_from(told | {"place_kind": "hospital"}).facility_id == 7


def test_the_check_page_says_whose_name_and_both_calendars(clerk):
    draft = begun(clerk, **date_boxes("mother_birth", dt.date(2007, 7, 13)))
    shown = plain(clerk.get(page("check", draft.pk)).content.decode()).replace("\xa0", " ")
    assert "Mother’s name, English letters Naw Hla Paw" in shown and "What do we know? Known" not in shown
    assert "13 July 2007" in shown and "2550" in shown
    fill_in(clerk, page("step", draft.pk, "father"), father_knowledge="unknown", father_reason="left")
    assert "What do we know? Not known" in plain(clerk.get(page("check", draft.pk)).content.decode())


def test_what_is_refused_when_it_is_empty_is_marked(clerk):
    draft = begun(clerk, plurality="2")
    child, notice = (plain(clerk.get(page("step", draft.pk, step)).content.decode()) for step in ("child", "notice"))
    assert "Which of the babies is this? (required)" in child and "Time of birth (" not in child
    assert "Language of the notice (required)" in notice and "Interpreter, if any (" not in notice


@pytest.mark.parametrize(("plurality", "is_asked"), [("1", False), ("2", True)])
def test_only_fields_of_the_page_are_spoken_of(clerk, plurality, is_asked):
    draft = begun(clerk, plurality=plurality)
    assert ("birth_order" in live(clerk, "child", draft)) is is_asked
    shown = clerk.get(page("step", draft.pk, "child")).content.decode()
    assert ('id="says-birth_order"' in shown) is is_asked
