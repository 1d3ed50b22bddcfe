"""What stands around every signed-in page. The roof fills it; templates/base.html reads it as `shell`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """One line of the side navigation; those `on_phone` stand first in the bar of a phone.

    `letter` makes `g` and that letter go there. `is_current` marks the part of the site the page belongs to.
    """

    key: str
    icon: str
    label: Words
    url: str
    count: int = 0
    count_is_red: bool = False
    current: bool = False
    letter: str = ""
    on_phone: bool = False


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """One thing the user may begin; `n` and `letter` begin it, `words` say so where it stands alone."""

    icon: str
    label: Words
    url: str
    letter: str = ""
    words: Words = ""


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One line of the account menu."""

    icon: str
    label: Words
    url: str


@dataclass(frozen=True, kw_only=True)
class TrayItem:
    """An unfinished piece of typing: whose ("Naw Paw Wah"), how far ("step 2 of 6") and where to go on.

    `papers` says how many photos and scans lie with it.
    """

    title: str
    step: Words
    url: str
    papers: int = 0


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Everything around the page. Empty parts are left out of the page.

    `searches` is false for who would find nothing. `typed` is what stood in the forms of the page before its language
    was changed; the script gives it back.
    """

    user_name: str = ""
    initials: str = ""
    office: Words = ""
    roles: str = ""
    today: dt.date | None = None
    demo: bool = False
    practice: bool = False
    letters: bool = True
    navigation: Sequence[NavigationItem] = ()
    new_items: Sequence[NewItem] = ()
    account_menu: Sequence[MenuItem] = ()
    tray: Sequence[TrayItem] = ()
    notices_url: str = ""
    notices_count: int = 0
    idle_seconds: int = 0
    alive_url: str = ""
    lock_url: str = ""
    help_url: str = ""
    searches: bool = True
    typed: str = ""

    @cached_property
    def phone_bar(self) -> list[NavigationItem]:
        """What stands in the bar of a phone beside New and More: three places, and a fourth without New."""
        chosen = sorted(self.navigation, key=lambda item: not item.on_phone)[: 3 if self.new_items else 4]
        return [item for item in self.navigation if item in chosen]

    @cached_property
    def outline(self) -> str:
        """All that side bar, phone bar, account menu and dialogs show, but the language: the key of their drawings.

        Tray, notices and what was typed are drawn anew on every page.
        """
        places = [(i.url, i.count, i.count_is_red, i.current, i.letter) for i in self.navigation]
        others = [*(i.url for i in self.new_items), *(i.url for i in self.account_menu)]
        person = (self.user_name, self.initials, self.roles, self.letters, self.idle_seconds, self.help_url)
        return repr((person, str(self.office), self.today, places, others))
