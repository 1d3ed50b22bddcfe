"""The first page of people without cases of their own: figures, the history, what they look after, or a way forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casework.access.scopes import may, roles_of
from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.approvals.queries.proposals import waiting_for
from casework.audit import queries as audit
from casework.drafts.models import HAND_IN
from casework.drafts.queries import DraftLine, Handed, given_to_office, taken_over
from casework.kernel.dates import BUDDHIST_OFFSET, short
from casework.notifications.queries import heartbeats, outbox_counts
from casework.programmes.contributions import NavigationItem, Words, registry
from casework.reference.queries import year_without_holidays
from casework.reports.counting import counting_for
from casework.reports.present import ShownStat

from .history_words import ReadLine, read_lines
from .settings import is_alone, last_backup

CASES = "cases.case.list"
NEWEST = 10
ROLES_END = timedelta(days=30)
WAYS = (
    ("notifications:notices", "bell", gettext_lazy("Notices"), gettext_lazy("What changed in what you follow")),
    ("home:profile", "circle-user-round", gettext_lazy("Profile and language"), gettext_lazy("Your own account")),
    ("home:help", "circle-help", gettext_lazy("Help"), gettext_lazy("How Casework works")),
)
SENTENCES = {
    Role.WARD: gettext_lazy(
        "You tell the office of a birth, and it asks the parents for their papers. "
        "What somebody has taken over is no longer shown to you."
    ),
    Role.PARTNER: gettext_lazy(
        "You see what an office shares with you, and nothing else. "
        "When it asks something of you, a notice with a link appears under the bell."
    ),
    **dict.fromkeys(
        (Role.FUND_OFFICER, Role.FUND_MANAGER, Role.CASHIER),
        gettext_lazy("Your role sees figures and papers of your office. Cases stay with the caseworkers."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Care:
    """Something the person looks after: how it stands, whether that is well, and where to act."""

    icon: str
    label: Words
    words: Words
    url: str
    is_well: bool = True


@dataclass(frozen=True, kw_only=True)
class Way:
    """A page the person may open."""

    icon: str
    label: Words
    note: Words
    url: str


@dataclass(frozen=True, kw_only=True)
class RoleHome:
    """What stands on the page."""

    sentence: Words
    figures: list[ShownStat]
    board: str
    """The board of the figures."""
    cares: list[Care]
    history: list[ReadLine]
    given: list[DraftLine]
    """What the person gave to the office and waits there, and what became of the rest."""
    taken: list[Handed]
    ways: list[Way]


def has_cases(user: Any) -> bool:
    """Whether the person's role works on cases; others have another first page."""
    return may(user, CASES) is not None


def role_home(user: Any, today: date) -> RoleHome:
    """The first page of this person, by their rights."""
    counting = counting_for(user, {}, today) if may(user, "reports.dashboard.see") else None
    is_counted = counting is not None and bool(counting.chosen)
    hands_in = may(user, HAND_IN) is not None
    return RoleHome(
        sentence=next((words for role, words in SENTENCES.items() if role in roles_of(user)), ""),
        figures=counting.stats() if counting is not None and is_counted else [],
        board=counting.board.key if counting is not None and is_counted else "",
        cares=list(_cares(user, today)) if may(user, "home.site.see") else [],
        history=_newest_acts(user) if may(user, "audit.all.see") else [],
        given=given_to_office(user) if hands_in else [],
        taken=taken_over(user, timezone.now()) if hands_in else [],
        ways=list(_ways(user)),
    )


def menu_of(user: Any) -> list[NavigationItem]:
    """The entries of the side bar for this person, in their order: none that leads to nothing."""
    items = sorted(registry.gather("navigation"), key=lambda item: item.order)
    return [item for item in items if may(user, item.action) and item.is_there(user)]


def _newest_acts(user: Any) -> list[ReadLine]:
    return read_lines(audit.as_lines(audit.all_acts()[:NEWEST], with_values=False), user)


def _ways(user: Any) -> Iterator[Way]:
    for item in menu_of(user):
        yield Way(icon=item.icon, label=item.label, note="", url=reverse(item.url_name))
    for name, icon, label, note in WAYS:
        yield Way(icon=icon, label=label, note=note, url=reverse(name))


def _cares(user: Any, today: date) -> Iterator[Care]:
    yield _backup()
    yield _proposals(user)
    if is_alone(today):
        words = _("You are the only administrator.")
        yield Care(icon="user-plus", label=_("Second person"), words=words, url=reverse("home:users"), is_well=False)
    yield _people(today)
    yield from _ending_roles(today)
    yield _holidays(today)
    yield _tries(timezone.now())
    yield _background()


def _backup() -> Care:
    backup = last_backup(timezone.now())
    if backup is None:
        words = _("No backup yet.")
    elif backup.days == 0:
        words = _("Made today")
    else:
        words = ngettext("%(n)d day ago", "%(n)d days ago", backup.days) % {"n": backup.days}
    return Care(
        icon="archive", label=_("Last backup"), words=words, url=reverse("home:settings"),
        is_well=backup is not None and not backup.is_late,
    )  # fmt: skip


def _proposals(user: Any) -> Care:
    waiting = waiting_for(user).count()
    words = ngettext("%(n)d waits for you", "%(n)d wait for you", waiting) % {"n": waiting} if waiting else _("None")
    return Care(
        icon="user-check", label=_("To confirm as second person"), words=words, url=reverse("approvals:proposals"),
        is_well=not waiting,
    )  # fmt: skip


def _holidays(today: date) -> Care:
    """Time limits move to working days only in a year whose holidays are in the table."""
    year = year_without_holidays(today)
    told = {"buddhist": year + BUDDHIST_OFFSET, "common": year} if year else {}
    words = _("None entered for %(buddhist)s (%(common)s)") % told if year else _("Entered")
    return Care(
        icon="calendar-days", label=_("Holidays"), words=words, url=reverse("home:reference-table", args=["holidays"]),
        is_well=year is None,
    )  # fmt: skip


def _people(today: date) -> Care:
    """People who were added and can open nothing: without a role, or who have not signed in yet."""
    active = User.objects.filter(is_active=True)
    without = active.exclude(pk__in=Grant.objects.live(today).values("user")).count()
    never = active.filter(must_change_password=True).count()
    parts = [
        ngettext("%(n)d without a role", "%(n)d without a role", without) % {"n": without} if without else "",
        ngettext("%(n)d not signed in yet", "%(n)d not signed in yet", never) % {"n": never} if never else "",
    ]
    words = ", ".join(part for part in parts if part) or _("Everybody has a role and has signed in")
    return Care(icon="users", label=_("Accounts"), words=words, url=reverse("home:users"), is_well=not without + never)


def _ending_roles(today: date) -> Iterator[Care]:
    """Roles that end within a month and are not given anew; nobody is asked before they do."""
    soon = Grant.objects.live(today).filter(valid_to__lte=today + ROLES_END, user__is_active=True)
    later = Grant.objects.live(today).filter(valid_to__gt=today + ROLES_END)
    same = {name: OuterRef(name) for name in ("user", "role", "office", "programme")}
    ending = soon.exclude(Exists(later.filter(**same))).order_by("valid_to")
    if ending:
        words = ngettext("%(n)d ends by %(day)s", "%(n)d end by %(day)s", len(ending))
        told = words % {"n": len(ending), "day": short(ending[len(ending) - 1].valid_to, (get_language() or "en")[:2])}
        yield Care(icon="clock", label=_("Roles that end soon"), words=told, url=reverse("home:users"), is_well=False)


def _tries(now: datetime) -> Care:
    """Refusals and wrong passwords of the last day, where they are too many to be mistakes."""
    refused, tried = audit.often_refused(now), audit.often_tried(now)
    people = ngettext("%(n)d person was refused very often", "%(n)d people were refused very often", refused)
    accounts = ngettext(
        "%(n)d account was tried with wrong passwords", "%(n)d accounts were tried with wrong passwords", tried
    )
    parts = [words % {"n": number} for words, number in ((people, refused), (accounts, tried)) if number]
    words = ", ".join(parts) or _("Nothing unusual since yesterday")
    url = reverse("home:history-security")
    return Care(icon="shield-alert", label=_("Refused requests"), words=words, url=url, is_well=not parts)


def _background() -> Care:
    silent = [pulse for pulse in heartbeats(timezone.now()) if not pulse.is_alive]
    counts = outbox_counts()
    parts = [_("A process is silent") if silent else _("Running")]
    if counts["waiting"]:
        parts.append(ngettext("%(n)d waits", "%(n)d wait", counts["waiting"]) % {"n": counts["waiting"]})
    if counts["parked"]:
        parts.append(ngettext("%(n)d given up", "%(n)d given up", counts["parked"]) % {"n": counts["parked"]})
    return Care(
        icon="list-checks", label=_("Background work"), words=", ".join(parts),
        url=reverse("notifications:background"), is_well=not silent and not counts["parked"],
    )  # fmt: skip
