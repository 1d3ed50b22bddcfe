"""What stands around every signed-in page: navigation by right, tray, bell, office, demo banner."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import first_office, may, own_offices, roles_of
from casework.accounts.states import Role
from casework.accounts.typed import take_typed
from casework.drafts.queries import DraftLine, tray
from casework.notifications.queries import unread_count
from casework.programmes.contributions import registry
from casework.ui.shell import MenuItem, NavigationItem, NewItem, Shell, TrayItem

from .role_home import has_cases, menu_of

address = cache(reverse)
"""Where a page without a row stands: asked some thirty times for every page."""
LETTERS = {"work": "w", "cases": "c", "births": "b", "fund": "f", "reports": "r"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell of a page, computed when the template asks for it. Signed-out pages get only the demo mark."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": Shell(demo=settings.MODE == "demo")}
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    user: Any = request.user
    today = timezone.localdate()
    office, roles = first_office(user), roles_of(user)
    return Shell(
        user_name=user.name_now,
        initials=user.initials,
        office=place_words(user),
        roles=", ".join(str(role.label) for role in Role if role in roles),
        today=today,
        demo=settings.MODE == "demo",
        practice=bool(office and office.kind == "practice"),
        letters=user.shortcuts_on,
        navigation=_navigation(request),
        new_items=[
            NewItem(icon=item.icon, label=item.label, url=address(item.url_name), letter=item.key, words=item.words)
            for item in registry.new_items()
            if may(user, item.action)
        ],
        account_menu=[
            MenuItem(icon=item.icon, label=item.label, url=address(item.url_name))
            for item in registry.gather("account_items")
            if not item.actions or any(may(user, action) for action in item.actions)
        ],
        tray=[_tray_item(line) for line in tray(user)],
        notices_url=address("notifications:notices"),
        notices_count=unread_count(user),
        idle_seconds=settings.SESSION_IDLE_SECONDS,
        alive_url=f"{address('home:alive')}?for={user.pk}",
        lock_url=address("home:lock"),
        help_url=address("home:help"),
        searches=any(may(user, action) for action in registry.gather("search_actions")),
        typed=take_typed(request),
    )


def _tray_item(line: DraftLine) -> TrayItem:
    return TrayItem(title=line.title, step=line.step_label or line.form_label, url=line.url, papers=line.papers)


def place_words(user: Any) -> str:
    """The person's office, or how many there are."""
    offices = own_offices(user)
    if len(offices) > 1:
        return ngettext("%(n)d office", "%(n)d offices", len(offices)) % {"n": len(offices)}
    return offices[0].name((get_language() or "en")[:2]) if offices else ""


def _navigation(request: HttpRequest) -> list[NavigationItem]:
    user, here = request.user, request.path
    work = address("home:my-work")
    icon, label = ("list-checks", _("My work")) if has_cases(user) else ("house", pgettext_lazy("first page", "Home"))
    entries = [
        NavigationItem(key="work", icon=icon, label=label, url=work, current=here == work, letter="w", on_phone=True)
    ]
    items = menu_of(user)
    parts = {address(name): item.key for item in items for name in (item.url_name, *item.also)}
    part = parts.get(max((url for url in parts if here.startswith(url)), key=len, default=""))
    entries += [
        NavigationItem(
            key=item.key, icon=item.icon, label=item.label, url=address(item.url_name), current=item.key == part,
            letter=LETTERS.get(item.key, ""), on_phone=item.on_phone,
        )
        for item in items
    ]  # fmt: skip
    return entries
