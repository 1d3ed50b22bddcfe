"""The notice that is read to the family before anything else: the organisation's text, or plain wording."""

from __future__ import annotations

from dataclasses import dataclass

from casework.documents.wording import NAMES, family_language
from casework.kernel import dates
from casework.reference.models import Text
from registration.papers.consent import NoticeAndConsentKind, NoticeText, plain_notice
from registration.papers.parts import Said

NOTICE_KEY = "notice.short"
"""Key of the organisation's notice among the texts of the reference room."""


@dataclass(frozen=True, kw_only=True)
class ToRead:
    """The notice in one language, to be read aloud from the screen."""

    language: str
    name: str
    text: NoticeText
    is_spoken: bool
    """Whether the family is told in this language, as far as known."""


def notice_text(language: str, phone: str) -> NoticeText:
    """The organisation's text when somebody reviewed it in this language, else plain wording that says it is not."""
    rows = Text.objects.filter(key=NOTICE_KEY).exclude(reviewed_by="").order_by("-version")
    reviewed = rows.filter(language=language).first()
    if reviewed is None:
        return plain_notice(language, phone)
    thai = rows.filter(language="th").first() if language != "th" else None
    main, beside = reviewed.body.splitlines(), thai.body.splitlines() if thai else []
    beside += [""] * (len(main) - len(beside))
    return NoticeText(
        paragraphs=tuple(Said(main=m, th=t) for m, t in zip(main, beside, strict=False) if m.strip()),
        reviewed_by=reviewed.reviewed_by,
        reviewed_on=dates.short(reviewed.checked_on, language) if reviewed.checked_on else "",
    )


def notices_to_read(spoken: str, phone: str) -> tuple[ToRead, ...]:
    """The notice in every language it is written in, that of the family first; Burmese while none is known."""
    written = tuple(NoticeAndConsentKind.languages)
    first = family_language(spoken, written)
    return tuple(
        ToRead(language=code, name=NAMES[code], text=notice_text(code, phone), is_spoken=code == first)
        for code in sorted(written, key=lambda code: code != first)
    )
