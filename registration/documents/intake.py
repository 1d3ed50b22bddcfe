"""The blank form, offered where papers of the office are."""

from __future__ import annotations

from registration.papers.intake import BlankIntakeKind


class BlankIntake(BlankIntakeKind):
    """Printed in advance; the office is its subject."""
