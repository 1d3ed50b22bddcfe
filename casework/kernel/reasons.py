"""What counts as a reason in words."""

from __future__ import annotations

SHORTEST_REASON = 10
"""Signs; fewer tell nobody why."""


def says_why(text: str) -> bool:
    """Whether somebody wrote a reason that another person can make something of."""
    return len(text.strip()) >= SHORTEST_REASON
