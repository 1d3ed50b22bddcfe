"""The pages speak Thai and Burmese completely, and both catalogues are those of the sources as they stand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

from casework.embedded.messages import catalogues, faults

KEYWORDS = {
    name + lazy: positions
    for lazy in ("", "_lazy")
    for name, positions in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
} | {"_": None, "gettext_noop": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
LANGUAGES = ("th", "my")
OTHER_FOLDERS = {"tests", "var", "locale", "node_modules", "static"}
TOO_COURTEOUS = re.compile("ครับ|ค่ะ")
COURT_CASE = re.compile("အမှု(?!ထမ်း)")
ON_THE_REGISTER_ALREADY = "မှတ်ပုံတင်ပြီးသား"
ZAWGYI = re.compile("[\u1060-\u1097]|(?:^|\\s)\u1031")
OTHER_DIGITS = re.compile("[๐-๙၀-၉]")

Key = tuple[str | None, str]


def sources() -> Iterator[Path]:
    """Every file of the project that may say something to a user."""
    for folder in sorted(settings.BASE_DIR.iterdir()):
        if folder.is_dir() and folder.name not in OTHER_FOLDERS and not folder.name.startswith("."):
            yield from sorted(folder.rglob("*.py"))
            yield from sorted(path for path in folder.rglob("*") if folder.name == "templates" and path.is_file())


def said(path: Path) -> Iterator[tuple[Key, str | None]]:
    """The context, source and plural of every string a file marks for translation."""
    text, method = path.read_text(encoding="utf-8"), "python"
    if path.suffix != ".py":
        # What templatize leaves is no Python to indent; the lexer for scripts reads the calls in it.
        text, method = templatize(text, str(path)), "javascript"
    for _line, found, _comments, context in extract(
        method, io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        source, plural = found if isinstance(found, tuple) else (found, None)
        if source:
            yield (context, source), plural


@pytest.fixture(scope="module")
def spoken() -> dict[Key, str | None]:
    """Every string of the sources with its plural, if it has one."""
    found: dict[Key, str | None] = {}
    for path in sources():
        for key, plural in said(path):
            found[key] = plural or found.get(key)
    return found


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it lies in the project."""
    return next(each for path, each in catalogues(settings.BASE_DIR).items() if path.parts[-3] == language)


def messages(language: str) -> list[Message]:
    """Its messages, without the header."""
    return [message for message in catalogue(language) if message.id]


def forms(message: Message) -> tuple[str, ...]:
    """The translation, one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def source(message: Message) -> str:
    """The English words; of a plural the first form."""
    return message.id[0] if isinstance(message.id, tuple) else message.id


def test_strings_are_found_in_code_and_in_templates(spoken):
    """Without this an extraction that finds nothing would let everything pass."""
    assert (None, "Sign out") in spoken
    assert ("birth date", "Not known") in spoken
    assert spoken[None, "%(count)d day"] == "%(count)d days"
    assert len(spoken) > 2000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_that_of_the_sources(language, spoken):
    """After a change of words: `python manage.py makemessages -l th -l my --no-location -i tests -i var`."""
    held = {(message.context, source(message)): message for message in messages(language)}
    assert sorted(words for _context, words in spoken.keys() - held.keys()) == [], "not in the catalogue"
    assert sorted(words for _context, words in held.keys() - spoken.keys()) == [], "said nowhere any more"
    for key, plural in spoken.items():
        if plural:
            assert held[key].id == (key[1], plural)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_and_none_is_a_guess(language):
    """A page half in English, or with a guess of the merge tool, is not finished."""
    assert [source(message) for message in messages(language) if not all(forms(message))] == []
    assert [source(message) for message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language):
    """A missing placeholder drops a name or a number; one too many stops the page."""
    wrong = [
        source(message)
        for message in messages(language)
        for form in forms(message)
        if set(PLACEHOLDER.findall(form))
        != set(PLACEHOLDER.findall("".join(message.id[1:] if isinstance(message.id, tuple) else message.id)))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_language_has_a_plural_form(language):
    """Thai and Burmese count without one; a second form would never be shown."""
    assert catalogue(language).num_plurals == 1
    assert {len(forms(message)) for message in messages(language)} == {1}


def test_the_compiler_finds_no_fault():
    """What a site compiles at its start."""
    assert faults(settings.BASE_DIR) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_with_the_digits_of_the_data(language):
    """Data show 0 to 9; a sentence with other digits beside them reads like two numbers."""
    assert [form for message in messages(language) for form in forms(message) if OTHER_DIGITS.search(form)] == []


def test_thai_labels_are_polite_without_particles():
    """Labels and sentences of a site have no speaker, so no ครับ and no ค่ะ."""
    assert [form for message in messages("th") for form in forms(message) if TOO_COURTEOUS.search(form)] == []


def test_burmese_says_neither_court_case_nor_registered_for_a_child_we_know():
    """အမှု is a case in court, and မှတ်ပုံတင်ပြီးသား would say that the birth is registered."""
    spoilt = [
        form
        for message in messages("my")
        for form in forms(message)
        if COURT_CASE.search(form) or ON_THE_REGISTER_ALREADY in form
    ]
    assert spoilt == []


def test_burmese_is_written_in_unicode_order():
    """Zawgyi puts the vowel ေ before its consonant and uses letters of other languages for its shapes."""
    assert [form for message in messages("my") for form in forms(message) if ZAWGYI.search(form)] == []
