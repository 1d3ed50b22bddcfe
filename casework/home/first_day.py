"""A new worker's first day: what to try once, each line with its page, ticked by the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.access.policies import SignedIn
from casework.access.scopes import may, roles_of
from casework.access.working import working_office
from casework.accounts.first_day import PUT_AWAY, tick
from casework.accounts.states import OfficeKind, Role
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import NewItem, registry
from casework.ui.views import ActView

DESK_ROLES = frozenset({Role.CASEWORKER, Role.PSYCHOLOGIST, Role.TRAFFICKING})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to try."""

    key: str
    title: Promise | str
    url: str
    icon: str
    is_done: bool = False


@dataclass(frozen=True, kw_only=True)
class FirstDay:
    """The checklist of one person."""

    lines: tuple[Line, ...]
    is_put_away: bool

    @property
    def done(self) -> int:
        """How many lines are ticked."""
        return sum(line.is_done for line in self.lines)

    @property
    def is_finished(self) -> bool:
        return self.done == len(self.lines)

    @property
    def left(self) -> list[Line]:
        """The lines not ticked yet."""
        return [line for line in self.lines if not line.is_done]


def _lines(user: Any) -> Iterator[tuple[str, Promise | str, str, str]]:
    """Key, words, page and icon of the lines that fit the person's rights."""
    help_page = reverse("home:help")
    yield (
        "second-factor",
        _("Sign in with your second factor, and keep the recovery codes"),
        reverse("mfa_index"),
        ("shield-check"),
    )
    yield "language", _("Choose your language in your profile"), reverse("home:profile"), "languages"
    yield "hide", _("Hide the screen with Shift H, and come back"), f"{help_page}#desk", "eye-off"
    if may(user, "people.person.see"):
        words = _("Find a child by a name or the end of a phone number")
        yield "find", words, reverse("home:search"), "search"
    new = _practised(user)
    if new is not None:
        words = _("Log a practice record. In the practice office everybody is invented")
        yield "practice", words, reverse(new.url_name), new.icon
        yield "park", _("Park it with Alt P and find it under Unfinished"), reverse("drafts:drafts"), "pencil"
    if may(user, "documents.blank_form.print"):
        yield "print", _("Print a blank form"), reverse("documents:blank"), "printer"
    if may(user, "cases.contact.record"):
        yield "calls", _("See which families are called today"), reverse("calls:today"), "phone"
    yield "access", _("Read why some things cannot be opened"), f"{help_page}#access", "lock"
    yield "concern", _("Know where a concern about staff is reported"), reverse("concerns:report"), "shield-alert"


def _practised(user: Any) -> NewItem | None:
    """What the person may begin, where it becomes a practice record: for who works in no other office."""
    new = next((item for item in registry.new_items() if may(user, item.action)), None)
    office = working_office(user, new.action) if new is not None else None
    return new if office is not None and office.kind == OfficeKind.PRACTICE else None


def first_day(user: Any, done: frozenset[str]) -> FirstDay:
    """The person's checklist, of which these lines are ticked."""
    lines = tuple(
        Line(key=key, title=title, url=url, icon=icon, is_done=key in done) for key, title, url, icon in _lines(user)
    )
    return FirstDay(lines=lines, is_put_away=PUT_AWAY in done)


def first_day_for_work(user: Any, done: frozenset[str]) -> FirstDay | None:
    """The checklist on My work: of people at the desk, until it is finished or put away."""
    if not roles_of(user) & DESK_ROLES:
        return None
    found = first_day(user, done)
    return None if found.is_put_away or found.is_finished else found


class TickFirstDay(ActView):
    """Tick a line, take a tick back, or put the list away and bring it back."""

    policy = SignedIn()

    def act(self) -> None:
        key = self.request.POST.get("key", "")
        if key != PUT_AWAY and key not in {line[0] for line in _lines(self.user)}:
            raise Refusal("HOM-FIRST-1", "key", _("This line is no longer on the list."))
        tick(user=self.user, key=key, now=timezone.now())

    def back(self) -> str:
        if self.request.POST.get("from") == "work":
            return reverse("home:my-work")
        return f"{reverse('home:help')}#first-day"
