"""A paper as it comes out of the PDF, from facts that went through the database's JSON."""

from __future__ import annotations

import json
from typing import Any

from casework.documents.compose import Stamp, as_facts, compose
from casework.documents.kinds import DocumentKind
from casework.documents.pages import page_count, page_text

STAMP = Stamp(
    code="K7PD-3MXA-9QRT", url="https://casework.example.org/verify/K7PD3MXA9QRT/", made_at="27 Nov 2026 14:05",
    made_by="Ploy Meechai", office="Mae Sot", reference="EAF-MS-2026-0001",
)  # fmt: skip
SECRETS = ("THE NEED", "THE DETAILS", "THE WORDS", "THE NOTE", "Sunrise")
"""Free texts of a request, its lines, its chain and its assessment: none of them stands on any paper."""


def pdf_of(kind: DocumentKind, subject: Any, language: str, **facts: Any) -> bytes:
    """The paper as a file."""
    paper = kind.context(kind.whole(subject), language=language, facts=facts)
    stored = json.loads(json.dumps(as_facts(paper)))
    return compose(kind, stored, language=language, stamp=STAMP)


def text_of(kind: DocumentKind, subject: Any, language: str, **facts: Any) -> str:
    """The words of the paper without blanks. No free text of the request is among them."""
    text = squeezed("".join(page_text(pdf_of(kind, subject, language, **facts))))
    assert not [secret for secret in SECRETS if squeezed(secret) in text]
    return text


def pages_of(kind: DocumentKind, subject: Any, language: str, **facts: Any) -> int:
    """How many pages it has."""
    return page_count(pdf_of(kind, subject, language, **facts))


def squeezed(text: str) -> str:
    """Words without blanks and without the breaks of Burmese."""
    return "".join(text.split()).replace("\u200b", "")
