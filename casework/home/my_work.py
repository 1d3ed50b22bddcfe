"""My work today: everything that waits for the person, derived from the facts of every room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.access.policies import SignedIn
from casework.audit.models import Event
from casework.cases.models import Case
from casework.programmes.contributions import WorkItem, registry
from casework.ui.views import PageView

from .first_day import first_day_for_work
from .role_home import has_cases, role_home

WEEK_DAYS = 7
RECENT = 10
SEEN_LOOKED_AT = 60


@dataclass(frozen=True, kw_only=True)
class Group:
    """Tasks of one heading."""

    key: str
    label: str | Promise
    items: list[WorkItem]


VIEWS = (
    ("task", _("My tasks")),
    ("decide", _("To decide")),
    ("returned", _("Returned to me")),
)


def grouped(items: Iterable[WorkItem], today: date) -> list[Group]:
    """Late, today, this week, later, without a day; the earliest first."""
    late: list[WorkItem] = []
    now: list[WorkItem] = []
    week: list[WorkItem] = []
    later: list[WorkItem] = []
    undated: list[WorkItem] = []
    for item in sorted(items, key=lambda item: (item.due_on or date.max, not item.is_high_risk)):
        if item.due_on is None:
            undated.append(item)
        elif item.due_on < today:
            late.append(item)
        elif item.due_on == today:
            now.append(item)
        elif item.due_on <= today + timedelta(days=WEEK_DAYS):
            week.append(item)
        else:
            later.append(item)
    groups = (
        ("late", _("Late"), late),
        ("today", _("Today"), now),
        ("week", _("Next seven days"), week),
        ("later", _("Later"), later),
        ("undated", _("Without a day"), undated),
    )
    return [Group(key=key, label=label, items=rows) for key, label, rows in groups if rows]


class MyWork(PageView):
    """The home of everybody: what is late, due and waiting; for people without cases, what their role is about."""

    policy = SignedIn()
    template_name = "home/my_work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, self.today
        items = [item for contribution in registry for item in contribution.work_items(user, today)]
        works_on_cases = has_cases(user)
        chosen = self.request.GET.get("view", "task")
        chosen = chosen if chosen in dict(VIEWS) else "task"
        views = [
            {
                "label": label,
                "url": f"?view={key}",
                "count": sum(i.group == key for i in items),
                "current": key == chosen,
            }
            for key, label in VIEWS
        ]
        shown = [item for item in items if item.group == chosen or not works_on_cases]
        late = sum(item.due_on is not None and item.due_on < today for item in shown)
        due = sum(item.due_on == today for item in shown)
        return super().get_context_data(
            groups=grouped(shown, today),
            views=views,
            late=late,
            due=due,
            today=today,
            home=None if works_on_cases else role_home(user, today),
            recent=recent_cases(user) if works_on_cases else [],
            first_day=first_day_for_work(user),
            **kwargs,
        )


def recent_cases(user: Any) -> list[Case]:
    """The last ten cases the person opened, as the history has it, and may still see; three queries."""
    seen = (
        Event.objects.filter(actor=user, action="cases.case.seen").order_by("-id").values_list("case_id_of", flat=True)
    )
    ids = list(dict.fromkeys(seen[:SEEN_LOOKED_AT]))[:RECENT]
    rows = Case.objects.visible_to(user).filter(pk__in=ids).select_related("child").prefetch_related("child__names")
    found = {case.pk: case for case in rows}
    return [found[pk] for pk in ids if pk in found]
