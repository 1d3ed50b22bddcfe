"""The check at the counter: when it can be made, what it must say, and what it leaves behind at registration."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error
from registration.certificate_states import CounterAnswer, CounterLineKey
from registration.models import BirthRecord, CounterCheck, CounterLine, Outcome
from registration.states import DiscrepancySeverity, DiscrepancyState, Status

BEFORE_SIGNING = frozenset({Status.READY, Status.SUBMITTED, Status.INQUIRY})
MUST_BE_SETTLED = frozenset({CounterLineKey.SEX, CounterLineKey.BORN})
LONGEST_ON_DRAFT = 200
Answers = Mapping[str, tuple[str, str]]
"""Line → the answer and, when it is different, what stands on the draft."""


def can_check_at_counter(birth: BirthRecord) -> Verdict:
    """From the complete papers until the certificate is signed."""
    if birth.status in BEFORE_SIGNING:
        return YES
    if birth.status in (Status.REGISTERED, Status.HANDED_OVER, Status.CLOSED):
        return no("BR-CNT-3", gettext_lazy("The certificate is signed already. What differs now needs a correction."))
    return no("BR-CNT-4", gettext_lazy("Declare the papers complete first; then they go to the counter."))


def counter_findings(keys: Iterable[str], answers: Answers) -> Iterator[Finding]:
    """BR-CNT-1, BR-CNT-2: every line is answered; a different one says what stands on the draft."""
    for key in keys:
        answer, on_draft = answers.get(key, ("", ""))
        label = CounterLineKey(key).label
        if answer not in CounterAnswer.values:
            yield error("BR-CNT-1", f"answer_{key}", _("Compare this line: %(line)s.") % {"line": label})
        elif answer == CounterAnswer.DIFFERENT and not on_draft.strip():
            sentence = _("Type what the draft says: %(line)s.") % {"line": label}
            yield error("BR-CNT-2", f"draft_{key}", sentence)
        elif len(on_draft) > LONGEST_ON_DRAFT:
            yield error("BR-CNT-5", f"draft_{key}", _("This is too long. Type only what is on this line."))


def told_lines(birth: BirthRecord) -> dict[str, CounterLine]:
    """Line → the newest time it was different at the counter."""
    return _newest_told(birth.counter_checks.prefetch_related("lines"))


def _newest_told(checks: Iterable[CounterCheck]) -> dict[str, CounterLine]:
    told: dict[str, CounterLine] = {}
    for check in checks:
        for line in check.different_lines:
            told.setdefault(line.key, line)
    return told


def told_before(
    birth: BirthRecord, outcome: Outcome, found: Collection[str], *, left_out: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Rows for Discrepancy of what was told at the counter and does not differ on the certificate any more.

    `left_out`: the lines on which nothing was to stand, as agreed; any other empty one was not known.
    Settled when the certificate or the last check says so; open when the certificate's words were not copied.
    """
    checks = list(birth.counter_checks.prefetch_related("lines"))
    answers = {line.key: line.answer for line in checks[0].lines.all()} if checks else {}
    for key, line in _newest_told(checks).items():
        if key in found:
            continue
        nothing = _("left out, as agreed") if key in left_out else _("Not known")
        is_mended = bool(getattr(outcome, key, "")) or answers.get(key) == CounterAnswer.SAME
        yield {
            "field": key,
            "value_a": line.agreed[:LONGEST_ON_DRAFT] or nothing,
            "source_a": "case",
            "value_b": line.on_draft,
            "source_b": "draft",
            "severity": DiscrepancySeverity.BLOCKS if key in MUST_BE_SETTLED else DiscrepancySeverity.SHOULD_FIX,
            "state": DiscrepancyState.CORRECTED if is_mended else DiscrepancyState.OPEN,
            "settled_text": _("Corrected before it was signed.") if is_mended else "",
            "found_before_registration": True,
        }
