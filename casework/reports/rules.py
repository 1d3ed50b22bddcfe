"""What a template for a donor, the words of a report, and filters must hold to (day.md 27, decision 73)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.access.policies import who_can
from casework.documents.kinds import kind_named
from casework.kernel.digits import clean_line, clean_text
from casework.kernel.refusals import Finding, Refusal, error

from .audience import Audience, may_narrow
from .boards import Board
from .figures import Ids
from .filters import Chosen
from .models import Readers, ReportTemplate

LONGEST_TEXT = 5_000
MOST_BOXES = 8
LONGEST = {"name": 80, "donor": 120, "label": 120, "heading": 120, "hint": 200}
NARROWEST_FIRST = (Readers.OUTSIDE, Readers.ORGANISATION, Readers.STAFF)
"""For whom a report is made, those first who are told least."""

Told = Mapping[str, Any]


def tidied(told: Told) -> dict[str, Any]:
    """What somebody wrote of a template, without space around words."""
    return {
        **told,
        **_lines(told, "name", "donor"),
        "figures": [{"key": one["key"], **_lines(one, "label")} for one in told["figures"]],
        "boxes": [_lines(box, "heading", "hint") for box in told["boxes"]],
    }


def without_blanks(told: Told) -> dict[str, Any]:
    """The same without boxes in which nothing was written."""
    return {**told, "boxes": [box for box in told["boxes"] if any(box.values())]}


def _lines(told: Told, *names: str) -> dict[str, str]:
    return {name: clean_line(str(told[name])) for name in names}


def against_template(board: Board, told: Told, names: Collection[str]) -> list[Finding]:
    """Findings against a template as it was tidied; `names` are those of the board’s other templates."""
    return [*_against_name(told, names), *_against_figures(board, told["figures"]), *_against_boxes(told["boxes"]),
            *_against_choices(board, told)]  # fmt: skip


def _against_name(told: Told, names: Collection[str]) -> Iterator[Finding]:
    if not told["name"]:
        yield error("E-TPL-01", "name", _("Write a name by which colleagues find the template."))
    elif told["name"].casefold() in {name.casefold() for name in names}:
        yield error(
            "E-TPL-02", "name", _("A template of this name is there already, in use or not. Choose another name.")
        )
    if not told["donor"]:
        yield error("E-TPL-03", "donor", _("Write for which donor the report is. It is printed under its title."))
    yield from (_too_long(name, name, told[name]) for name in ("name", "donor") if len(told[name]) > LONGEST[name])


def _too_long(field: str, name: str, text: str) -> Finding:
    words = {"start": text[:30], "longest": LONGEST[name]}
    sentence = _("“%(start)s…” is longer than %(longest)s characters. Shorten it.") % words
    return error("E-TPL-04", field, sentence)


def _against_figures(board: Board, figures: Sequence[Told]) -> Iterator[Finding]:
    keys = [one["key"] for one in figures]
    unknown = sorted(set(keys) - {one.key for one in board.offered("en")})
    if not keys:
        yield error("E-TPL-05", "figures", _("Choose at least one figure."))
    if unknown:
        words = {"keys": ", ".join(key[:40] for key in unknown[:5]), "board": board.label}
        yield error("E-TPL-06", "figures", _("“%(board)s” has no figure “%(keys)s”. Choose of those it has.") % words)
    if len(set(keys)) < len(keys):
        yield error("E-TPL-07", "figures", _("A figure is named twice. Name each once."))
    yield from (_too_long("figures", "label", one["label"]) for one in figures if len(one["label"]) > LONGEST["label"])


def _against_boxes(boxes: Sequence[Told]) -> Iterator[Finding]:
    """What speaks against the boxes; the field names which of them, counted from 0."""
    seen: set[str] = set()
    for place, box in enumerate(boxes):
        heading, field = box["heading"].casefold(), f"boxes.{place}"
        if box["hint"] and not heading:
            sentence = _("A box has a hint and no heading. Write the heading under which it is printed.")
            yield error("E-TPL-08", field, sentence)
        if heading in seen:
            yield error("E-TPL-09", field, _("Two boxes have the same heading. Give each its own."))
        seen |= {heading} - {""}
        for name in ("heading", "hint"):
            if len(box[name]) > LONGEST[name]:
                yield _too_long(field, name, box[name])
    if sum(1 for box in boxes if any(box.values())) > MOST_BOXES:
        sentence = ngettext(
            "A template has at most %(most)s box.", "A template has at most %(most)s boxes.", MOST_BOXES
        )
        yield error("E-TPL-10", "boxes", sentence % {"most": MOST_BOXES})


def _against_choices(board: Board, told: Told) -> Iterator[Finding]:
    if told["language"] not in kind_named(board.report_kind).languages:
        yield error("E-TPL-11", "language", _("The report is not made in this language. Choose one that is offered."))
    if told["readers"] not in Readers.values:
        yield error("E-TPL-12", "readers", _("Choose for whom the report is."))
    if told["year_begins"] not in (None, *range(1, 13)):
        yield error("E-TPL-13", "year_begins", _("Choose a month, or leave it open."))


def readers_of(template: ReportTemplate | None) -> tuple[Readers, ...]:
    """For whom a report may be made: of a template for those it is for, or for readers who are told less."""
    if template is None:
        return NARROWEST_FIRST
    return NARROWEST_FIRST[: NARROWEST_FIRST.index(Readers(template.readers)) + 1]


def refuse_order(board: Board, template: ReportTemplate | None, readers: str) -> None:
    """Raise Refusal REP-5 for a template of another board or out of use, REP-6 for readers who would be told more."""
    if template is not None and (template.board != board.key or not template.is_active):
        raise Refusal("REP-5", "template", _("This template is not in use. Choose another one, or none."))
    if readers not in readers_of(template):
        told = {"name": template, "readers": template and template.get_readers_display()}
        sentence = _("“%(name)s” is made for: %(readers)s. Choose this, or readers who are told less.")
        raise Refusal("REP-6", "readers", sentence % told)


def written(template: ReportTemplate | None, texts: Sequence[str]) -> list[dict[str, str]]:
    """Heading and text of each box that was written; without a template there is one, whose heading the paper knows.

    Raises Refusal REP-7 for more texts than there are boxes, REP-8 for a text that is too long.
    """
    headings = [""] if template is None else [box["heading"] for box in template.boxes]
    if len(texts) > len(headings):
        raise Refusal("REP-7", "narrative", _("There are more texts than boxes. Send one for each box at most."))
    told = [clean_text(text) for text in texts]
    for place, text in enumerate(told):
        if len(text) > LONGEST_TEXT:
            words = {"length": f"{len(text):,}", "longest": f"{LONGEST_TEXT:,}"}
            sentence = _("This text has %(length)s characters. A box holds %(longest)s. Shorten it.") % words
            raise Refusal("REP-8", f"narrative.{place}", sentence)
    return [{"heading": heading, "text": text} for heading, text in zip(headings, told, strict=False) if text]


def against_filters(user: Any, board: Board, audience: Audience, offices: Ids, chosen: Chosen) -> list[Finding]:
    """What speaks against narrowing the figures of these offices so; the field is the key of the filter.

    With filters a number is told of any small group: only who may open the rows narrows them (REP-10), by some filters
    only who has the right to. REP-9 is for what the board does not offer.
    """
    if chosen and not audience.opens_rows(offices):
        sentence = _(
            "Filters are for those who may open every case that is counted: with them a person could be known by a"
            " small number. Choose an office whose cases you may open, or take the filters away."
        )
        return [error("REP-10", "", sentence)]
    return [finding for key, value in chosen for finding in _against_filter(user, board, offices, key, value)]


def _against_filter(user: Any, board: Board, offices: Ids, key: str, value: str) -> Iterator[Finding]:
    found = next((one for one in board.filters if one.key == key), None)
    if found is None:
        sentence = _("“%(board)s” has no filter “%(key)s”. Take it away.")
        yield error("REP-9", key, sentence % {"board": board.label, "key": key[:40]})
    elif not may_narrow(user, board, found, offices):
        sentence = _("The filter “%(filter)s” is used by: %(roles)s. Take it away.")
        yield error("REP-10", key, sentence % {"filter": found.label, "roles": who_can(found.action)})
    elif value not in dict(found.values(offices)):
        sentence = _("The filter “%(filter)s” has another value than those offered. Choose one of them.")
        yield error("REP-9", key, sentence % {"filter": found.label})


def refuse_narrowed(template: ReportTemplate | None, readers: str, chosen: Chosen) -> None:
    """Raise Refusal REP-10 for a narrowed report to be passed on: for others than staff, or by a donor’s template."""
    if chosen and (template is not None or readers != Readers.STAFF):
        sentence = _("A report with filters is for staff who may open the cases, and is made without a template.")
        raise Refusal("REP-10", "readers" if template is None else "template", sentence)
