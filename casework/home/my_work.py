"""My work today: everything that waits for the person, derived from the facts of every room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.access.policies import SignedIn
from casework.programmes.contributions import WorkItem
from casework.ui.views import PageView

from .first_day import first_day_for_work
from .role_home import has_cases, role_home
from .work import WorkLine, work_of

WEEK_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Group:
    """Tasks of one heading."""

    key: str
    label: str | Promise
    lines: list[WorkLine]


HEADINGS: dict[str, str | Promise] = {
    "late": _("Late"),
    "today": _("Today"),
    "week": _("Next seven days"),
    "later": _("Later"),
    "undated": _("No date"),
}


ALL = "task"
"""The home tells of everything that waits; the other views are parts of it (interface.md §4, 1)."""
VIEWS = (
    (ALL, _("My tasks")),
    ("decide", _("To decide")),
    ("returned", _("Returned to me")),
)


def grouped(lines: Iterable[WorkLine], today: date) -> list[Group]:
    """Late, today, this week, later, without a day; the earliest first."""
    found: dict[str, list[WorkLine]] = {key: [] for key in HEADINGS}
    for line in sorted(lines, key=lambda line: (line.item.due_on or date.max, not line.is_high_risk)):
        found[_heading(line.item, today)].append(line)
    return [Group(key=key, label=HEADINGS[key], lines=lines) for key, lines in found.items() if lines]


def _heading(item: WorkItem, today: date) -> str:
    if item.due_on is None:
        return "undated"
    if item.is_late or item.due_on < today:
        return "late"
    if item.due_on == today:
        return "today"
    return "week" if item.due_on <= today + timedelta(days=WEEK_DAYS) else "later"


class MyWork(PageView):
    """The home of everybody: what is late, due and waiting; for people without cases, what their role is about."""

    policy = SignedIn()
    template_name = "home/my_work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, self.today
        work = work_of(user, today)
        works_on_cases = has_cases(user)
        chosen = self.request.GET.get("view", ALL)
        chosen = chosen if chosen in dict(VIEWS) else ALL
        views = [
            {
                "label": label,
                "url": f"?view={key}",
                "count": len(work.lines) if key == ALL else sum(line.item.group == key for line in work.lines),
                "current": key == chosen,
            }
            for key, label in VIEWS
        ]
        groups = grouped([line for line in work.lines if chosen in (ALL, line.item.group) or not works_on_cases], today)
        counts = {group.key: len(group.lines) for group in groups}
        return super().get_context_data(
            groups=groups,
            views=views,
            late=counts.get("late", 0),
            due=counts.get("today", 0),
            today=today,
            home=None if works_on_cases else role_home(user, today),
            recent=work.recent if works_on_cases else [],
            first_day=first_day_for_work(user, work.ticked),
            **kwargs,
        )
