"""A small paper about an office, so that the room is tested without any programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from casework.accounts.models import Grant, Office, User
from casework.documents.kinds import DocumentKind
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import Contribution, registry

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Slip:
    text: str
    number: str = ""


class SlipKind(DocumentKind):
    key = "test.slip"
    title = "Slip"
    titles = {"th": "ใบทดสอบ", "en": "Test slip"}
    template = "documents/base.html"
    languages = ("th", "en")
    action = "documents.blank_form.print"

    def context(self, subject: Any, *, language: str, facts: Mapping[str, Any]) -> Slip:
        if facts.get("refuse"):
            raise Refusal("E-TEST", "subject", "not now")
        return Slip(text=facts.get("text", ""), number=facts.get("letter_number", ""))

    def reference(self, subject: Any) -> str:
        return "REF-1"


class LetterKind(SlipKind):
    key = "test.letter"
    is_letter = True
    is_signed = True

    def addressee(self, paper: Slip) -> str:
        return "นายทะเบียน"


class LongKind(SlipKind):
    key = "test.long"
    is_long = True


class BrokenKind(SlipKind):
    key = "test.broken"
    template = "documents/there-is-no-such-template.html"


class TestContribution(Contribution):
    key = "test"
    document_kinds = (SlipKind, LetterKind, LongKind, BrokenKind)


@pytest.fixture(autouse=True)
def _test_kinds():
    registry.entries["test"] = TestContribution()
    yield
    del registry.entries["test"]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def office(db) -> Office:
    return Office.objects.create(code="MS", name_en="Mae Sot clinic", name_th="คลินิกแม่สอด", letter_prefix="คกม.")


def person(username: str, office: Office, role: str = "CW") -> User:
    user = User.objects.create_user(username=username, password="x", full_name=username.title())
    today = date.today()
    Grant.objects.create(user=user, role=role, office=office, valid_from=today, valid_to=today + timedelta(days=30))
    return user


@pytest.fixture
def ploy(office) -> User:
    return person("ploy", office)
