"""What the roof itself adds: settings in the navigation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import AccountItem, Contribution, NavigationItem, registry


@registry.register
class Home(Contribution):
    """Pages that ask many rooms."""

    key = "home"
    label = _("Home")
    icon = "house"

    rights = {
        "home.settings.see": "SUP:A FO:A PM:A TRN:A DPO:A SYS:A AUD:A",
        "home.site.see": "SYS:A",
    }
    navigation = (
        NavigationItem(
            key="settings",
            label=_("Settings"),
            icon="settings",
            url_name="home:settings",
            action="home.settings.see",
            order=90,
        ),
    )
    account_items = (
        AccountItem(label=_("Profile and language"), icon="circle-user-round", url_name="home:profile"),
        AccountItem(label=_("Sign-in and security"), icon="shield-check", url_name="mfa_index"),
        AccountItem(label=_("History"), icon="history", url_name="home:history"),
    )

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.reference import Facilities, Places

        return (("places", Places), ("facilities", Facilities))
