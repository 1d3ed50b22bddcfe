"""A form that makes something new, pressed twice."""

from __future__ import annotations

import pytest
from django import forms
from django.http import HttpResponse
from django.test import RequestFactory

from casework.access.policies import SignedIn
from casework.kernel.refusals import Refusal
from casework.ui.views import FormPage
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
made: list[str] = []


class NameForm(forms.Form):
    name = forms.CharField()


class Make(FormPage):
    policy = SignedIn()
    form_class = NameForm

    def save(self, form):
        if form.cleaned_data["name"] == "taken":
            raise Refusal("T-1", "name", "This name is taken.")
        made.append(form.cleaned_data["name"])
        return len(made)

    def after(self, result):
        return f"/made/{result}/"

    def render_to_response(self, context, **kwargs):
        return HttpResponse(context["idempotency_key"])


@pytest.fixture
def press():
    made.clear()
    user = make_user()

    def press(**fields):
        request = RequestFactory().post("/make/", fields)
        request.user = user
        return Make.as_view()(request)

    return press


def test_pressed_twice_makes_one_and_goes_to_it(press):
    first, second = press(name="a", idempotency_key="k1"), press(name="a", idempotency_key="k1")
    assert first["Location"] == second["Location"] == "/made/1/"
    assert made == ["a"]


def test_two_forms_make_two(press):
    assert press(name="a", idempotency_key="k1")["Location"] != press(name="a", idempotency_key="k2")["Location"]


def test_a_refused_form_keeps_its_key_and_can_be_sent_again(press):
    refused = press(name="taken", idempotency_key="k1")
    assert refused.status_code == 422 and refused.content == b"k1"
    assert press(name="free", idempotency_key="k1")["Location"] == "/made/1/"
