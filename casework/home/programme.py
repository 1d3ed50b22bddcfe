"""What the roof itself adds: settings in the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.accounts.first_day import PUT_AWAY, tick, ticked
from casework.programmes.contributions import (
    AccountItem,
    CaseAction,
    Contribution,
    EventWords,
    NavigationItem,
    ProposalKind,
    registry,
)

from .history import VIEWS
from .reference_proposals import row_kinds

HISTORIES = tuple(action for _name, action, _label in VIEWS)


@registry.register
class Home(Contribution):
    """Pages that ask many rooms."""

    key = "home"
    label = _("Home")
    icon = "house"

    history_words = {
        "home:users": _("People and roles"),
        "home:user": _("Account"),
        "home:user-add": _("Add a person"),
        "home:grant": _("Give a role"),
        "home:offices": _("Offices"),
        "home:office": _("Office"),
        "home:settings": _("Settings"),
        "home:reference": _("Reference tables"),
        "home:reference-table": _("Reference tables"),
        "home:reference-change": _("Reference tables"),
        "home:history": _("History"),
        "home:history-counts": _("History in numbers"),
        "home:case-history": _("History of a case"),
    }
    rights = {
        "home.settings.see": "SUP:A FO:A PM:A TRN:A DPO:A SYS:A AUD:A",
        "home.site.see": "SYS:A",
    }
    events = (EventWords(action="home.list.seen", words=_("List read over the API"), icon="eye", kind="access"),)
    navigation = (
        NavigationItem(
            key="settings",
            label=_("Settings"),
            icon="settings",
            url_name="home:settings",
            action="home.settings.see",
            order=90,
            also=("approvals:policies", "approvals:pairs"),
        ),
    )
    case_actions = (
        CaseAction(
            key="history", label=_("History"), icon="history", action="audit.case.see", group="aside",
            url=lambda case: reverse("home:case-history", args=[case.pk]),
        ),
    )  # fmt: skip
    account_items = (
        AccountItem(label=_("Profile and language"), icon="circle-user-round", url_name="home:profile"),
        AccountItem(label=_("Sign-in and security"), icon="shield-check", url_name="mfa_index"),
        AccountItem(label=_("History"), icon="history", url_name="home:history", actions=HISTORIES),
    )

    @property
    def proposal_kinds(self) -> Sequence[ProposalKind]:  # type: ignore[override]
        """Rows of reference tables, of whatever room or programme."""
        return row_kinds()

    def load_demo(self, world: Any) -> None:
        """The old hands have put their first-day checklist away."""
        for name in ("naw.kham", "mya.win", "suda.p"):
            user = world.users[name]
            if PUT_AWAY not in ticked(user):
                tick(user=user, key=PUT_AWAY, now=world.now)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.reference import CodeLists, Facilities, Places

        return (("places", Places), ("facilities", Facilities), ("code-lists", CodeLists))
