"""The papers for families speak Khmer and Lao completely, and their catalogues hold what these papers say, no more."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

import emergency_fund.documents
import emergency_fund.wording
import registration.documents
import registration.words
from casework.documents import compose
from casework.documents.kinds import FamilyKind, all_kinds
from casework.documents.wording import FURTHER, READ_TO_YOU, NotTranslated, translated
from emergency_fund.wording.codes import ENTITLEMENTS
from registration.documents.words import PURPOSES
from registration.states import CertificateForm, FirstProof, Register
from registration.words.codes import PAPERS
from registration.words.witness import KINDS as WITNESS_KINDS

from .test_translations import OTHER_DIGITS, catalogue, forms, messages, source

PACKAGES = (registration.words, registration.documents, emergency_fund.wording, emergency_fund.documents)
IN_THREE_LANGUAGES = {"registration.words.consent", "registration.words.spelling", "registration.words.witness"}
"""Words of papers that are not made in Khmer and Lao: the legal text is the organisation's (decision 51)."""
NOT_FOR_FAMILIES: tuple[Any, ...] = (ENTITLEMENTS, PAPERS, PURPOSES, WITNESS_KINDS)
CHOICES = (FirstProof, CertificateForm, Register)
"""Choices that “My papers” shows as the pages do."""
OF_DATES = {(None, "about %(month)s"), ("birth date", "Not known")}
"""What a birth date that is not exact needs (casework/kernel/dates.py)."""
LETTERS = {"km": re.compile("[\u1780-\u17ff]"), "lo": re.compile("[\u0e80-\u0eff]")}
TOO_LONG_TO_FIT = re.compile("[\u1780-\u17ff]{21}|[\u0e80-\u0eff]{21}")
THEIR_DIGITS = re.compile("[\u17e0-\u17e9\u0ed0-\u0ed9]")


def modules() -> Iterator[ModuleType]:
    """Every module in which words of papers stand."""
    yield compose
    for package in PACKAGES:
        for found in iter_modules(package.__path__, f"{package.__name__}."):
            if found.name not in IN_THREE_LANGUAGES:
                yield import_module(found.name)


def english(value: Any) -> Iterator[str]:
    """The English words wherever words stand by language, Burmese among them: what a family reads."""
    if any(value is left for left in NOT_FOR_FAMILIES):
        return
    said = value["en"] if isinstance(value, dict) and {"en", "my"} <= value.keys() else None
    if type(said) is str:
        yield said
    elif isinstance(said, dict) and "en" not in said:
        yield from (each for each in said.values() if isinstance(each, str))
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from english(part)


def requirements() -> Iterator[str]:
    """The papers of the checklist as a new site has them."""
    with (settings.BASE_DIR / "registration/data/requirements.csv").open(encoding="utf-8") as rows:
        yield from (row["label_en"] for row in csv.DictReader(rows))


@pytest.fixture(scope="module")
def said() -> set[tuple[str | None, str]]:
    """Everything that papers in Khmer and Lao can say by context and English words."""
    with override("en"):
        words = {str(choice.label) for choices in CHOICES for choice in choices}
    for kind in all_kinds():
        if isinstance(kind, FamilyKind) and "km" in kind.languages:
            words |= {kind.titles["en"], *kind.wording["en"].values()}
    words |= {each for module in modules() for value in vars(module).values() for each in english(value)}
    return {(None, each) for each in {*words, *requirements(), READ_TO_YOU}} | OF_DATES


@pytest.mark.parametrize("language", FURTHER)
def test_the_catalogue_is_that_of_the_papers(language, said):
    held = {(message.context, source(message)) for message in messages(language)}
    assert sorted(words for _context, words in said - held) == [], "not in the catalogue"
    assert sorted(words for _context, words in held - said) == [], "on no paper any more"
    assert len(held) > 200
    assert catalogue(language).num_plurals == 1


@pytest.mark.parametrize("language", FURTHER)
def test_every_word_is_translated_into_these_letters_and_may_be_broken(language):
    """Pango breaks neither Khmer nor Lao by itself: the translations bring their zero-width spaces."""
    for message in messages(language):
        (form,) = forms(message)
        assert LETTERS[language].search(form) or form.startswith("ท.ร."), source(message)
        assert set(re.findall(r"%\(\w+\)s|%s|{\w+}", form)) == set(
            re.findall(r"%\(\w+\)s|%s|{\w+}", source(message))
        ), source(message)
        assert not message.fuzzy, source(message)
        assert not TOO_LONG_TO_FIT.search(form), form
        assert not OTHER_DIGITS.search(form) and not THEIR_DIGITS.search(form), form


def test_what_is_not_translated_is_a_fault_and_not_said_in_english():
    assert translated("Child", "km") == "កុមារ"
    with pytest.raises(NotTranslated):
        translated("No paper says this.", "km")


def test_pages_are_not_offered_in_them():
    assert not set(FURTHER) & set(dict(settings.LANGUAGES))
