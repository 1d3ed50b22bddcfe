"""The style guide shows every component in each language and within the weight of a page."""

from __future__ import annotations

import gzip

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from casework.home.styleguide import StyleGuidePage


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_every_component_is_drawn_in_each_language(language: str) -> None:
    view = StyleGuidePage()
    view.setup(RequestFactory().get("/styleguide/"))
    with translation.override(language):
        page = render_to_string("ui/styleguide.html", view.get_context_data())
    assert f'<html lang="{language}">' in page
    for part in ("error-summary", "stepper", "data-dateparts", "fig--bars", "fig-map", "hbars", "facts", "timeline"):
        assert part in page
    assert len(gzip.compress(page.encode(), 9)) <= 25_000


def test_the_title_says_that_the_form_failed() -> None:
    view = StyleGuidePage()
    view.setup(RequestFactory().get("/styleguide/"))
    context = view.get_context_data()
    assert "<title>Error:" in render_to_string("ui/styleguide.html", context)
    assert "<title>Error:" not in render_to_string("ui/styleguide.html", context | {"form": None})
