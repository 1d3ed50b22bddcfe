"""How forms are drawn: names in the sentences, links that lead to the field, marks only where they are rare."""

from __future__ import annotations

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.utils.translation import override

from casework.ui.fields import PartsDateField, WholeNumberField, needed


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As the family writes it.")
    sex = forms.ChoiceField(label="Sex", choices=[("f", "Girl"), ("m", "Boy")], widget=forms.RadioSelect)
    born = PartsDateField(label="Born on", required=False)
    place = forms.CharField(label="Place", required=False)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    told = forms.BooleanField(label="Told", required=False)


def summary(form: forms.Form) -> str:
    return Template("{% error_summary form %}").render(Context({"form": form}))


def test_a_missing_answer_is_named_in_the_sentence() -> None:
    form = Sample({})
    assert form["name"].sentences == ["“Name” needs an answer."]


class Limited(forms.Form):
    weeks = WholeNumberField(label="Weeks", min_value=1, max_value=60)
    share = forms.DecimalField(label="Share")
    name = forms.CharField(label="Name", max_length=3)
    mail = forms.EmailField(label="Mail")


WRONG = (
    ("weeks", "x"), ("weeks", "61"), ("weeks", "0"), ("share", "x"), ("name", "long"), ("name", "a\x00"), ("mail", "x"),
)  # fmt: skip


@pytest.mark.parametrize(("field", "typed"), WRONG)
def test_what_django_says_in_english_is_said_in_the_readers_language(field: str, typed: str) -> None:
    told = set()
    for language in ("en", "th", "my"):
        with override(language):
            (sentence,) = Limited({field: typed})[field].sentences
        assert sentence.isascii() == (language == "en")
        told.add(sentence)
    assert len(told) == 3


def test_a_given_answer_has_no_sentence() -> None:
    form = Sample({"name": "Mu", "sex": "f"})
    assert form["name"].sentences == []
    assert summary(form).strip() == ""


def test_the_summary_links_to_the_first_box_of_each_field() -> None:
    page = summary(Sample({"born_d": "40", "born_m": "1", "born_y": "2569"}))
    for target in ("id_name", "id_sex_0", "id_born_d"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in str(Sample({}))
    assert "Check 3 answers" in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("label, told", [("Why", "Why: Choose one."), ("Why?", "Why? Choose one.")])
def test_the_summary_names_the_field_and_a_question_needs_no_colon(label: str, told: str) -> None:
    class Asked(forms.Form):
        why = forms.CharField(label=label, error_messages={"required": "Choose one."})

    assert f">{told}<" in summary(Asked({}))


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    form = Sample({"name": "Mu", "sex": "f"})
    form.add_error(None, "The case is closed.")
    assert "The case is closed." in summary(form)


def test_hint_and_error_are_tied_to_the_field() -> None:
    page = str(Sample({})["name"].as_field_group())
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page


def test_required_is_said_where_most_fields_are_free() -> None:
    form = Sample()
    assert form["name"].mark == "(required)"
    assert form["place"].mark == ""


def test_typed_text_is_escaped() -> None:
    form = Sample({"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in str(form)


def test_inputs_have_the_looks_of_the_kit() -> None:
    form = Sample()
    assert 'class="input"' in str(form["name"])
    assert 'class="textarea"' in str(form["note"])
    assert 'class="tick tick--sq"' in str(form["told"])
    assert 'class="choices"' in str(form["sex"])


def test_an_empty_choice_is_an_empty_line() -> None:
    class Chosen(forms.Form):
        office = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("ms", "Mae Sot")])

    drawn = str(Chosen())
    assert "---" not in drawn
    assert ">Mae Sot</option>" in drawn


class Answer(forms.Form):
    answer = forms.ChoiceField(label="Answer", choices=[("yes", "Accepted"), ("no", "Declined")])
    on = PartsDateField(label="On")
    words = needed(forms.CharField(label="Words", required=False), "Declined", "Done")
    note = forms.CharField(label="Note", required=False)


class Ruled(forms.Form):
    reason = needed(forms.CharField(label="Reason", required=False))
    on = PartsDateField(label="On")
    note = forms.CharField(label="Note", required=False)


def test_a_field_needed_in_one_case_says_which_and_one_that_never_is_says_optional() -> None:
    form = Answer()
    assert [form[name].mark for name in form.fields] == ["", "", "(needed for: Declined, Done)", "(optional)"]


def test_a_field_that_a_rule_always_requires_is_not_called_optional() -> None:
    form = Ruled()
    assert [form[name].mark for name in form.fields] == ["", "", "(optional)"]
