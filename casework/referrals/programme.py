"""What referrals add to shared pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.programmes.contributions import (
    CaseAction,
    Contribution,
    EventWords,
    Job,
    NavigationItem,
    ReferenceTable,
    SubjectType,
    Told,
    Words,
    registry,
)

from .demo import load_demo
from .letters import LetterToService
from .models import Referral, Service
from .queries import told_before
from .states import ReferralState


@registry.register
class Referrals(Contribution):
    """The directory of services, and referrals."""

    key = "referrals"
    label = _("Referrals")

    history_words = {
        "referrals.referral": _("Referral"),
        "referrals:list": _("Referrals"),
        "referrals:detail": _("Referral"),
        "referrals:new": _("New referral"),
    }
    rights = {
        "referrals.referral.send": "CW:A SUP:A PSY:A TRF:A FO:A",
        "referrals.service.edit": "SUP:A FO:propose PM:A TRN:A",
    }
    navigation = (
        NavigationItem(
            key="referrals",
            label=_("Referrals"),
            icon="arrow-right",
            url_name="referrals:list",
            action="referrals.referral.send",
            order=40,
        ),
    )
    case_actions = (
        CaseAction(
            key="refer",
            label=_("Refer to a service"),
            icon="arrow-right",
            action="referrals.referral.send",
            url=lambda case: f"/referrals/new/{case.pk}/",
            applies=lambda case: case.is_open,
            group="help",
        ),
    )
    document_kinds = (LetterToService,)
    subject_types = (
        SubjectType(
            key="referrals.referral",
            visible=lambda user: Referral.objects.visible_to(user),
            url=lambda referral: reverse("referrals:detail", args=[referral.pk]),
            named=lambda referral: f"{referral.case.child.name}, {referral.case.number}",
        ),
    )
    reference_tables = (
        ReferenceTable(
            key="services",
            label=_("Services"),
            model=Service,
            action="referrals.service.edit",
            fields=(
                "kind",
                "name_en",
                "name_th",
                "area",
                "contact",
                "email",
                "languages",
                "cost",
                "hours",
                "verified_on",
                "source",
                "is_active",
            ),
            list_fields=("name_en", "kind", "area", "verified_on", "is_active"),
        ),
    )
    events = (
        EventWords(
            action="referrals.referral.sent",
            words=_("Referral sent"),
            icon="arrow-right",
            colour="blue",
            kind="referral",
        ),
        EventWords(
            action="referrals.referral.accepted",
            words=_("Referral accepted"),
            icon="circle-check",
            colour="green",
            kind="referral",
        ),
        EventWords(
            action="referrals.referral.declined",
            words=_("Referral declined"),
            icon="x",
            colour="amber",
            kind="referral",
        ),
        EventWords(
            action="referrals.referral.completed",
            words=_("Referral completed"),
            icon="circle-check",
            colour="green",
            kind="referral",
        ),
        EventWords(
            action="referrals.referral.cancelled",
            words=_("Referral taken back"),
            icon="undo-2",
            colour="grey",
            kind="referral",
        ),
        EventWords(
            action="referrals.referral.unanswered",
            words=_("Referral not answered"),
            icon="clock",
            colour="amber",
            kind="referral",
        ),
    )
    schedule = (Job(key="referral-silence", task="referrals.note_silence", schedule=3600.0),)

    def load_demo(self, world: Any) -> None:
        """Services that families can be sent to."""
        load_demo(world)

    def told_before(self, case: Any, purpose: str) -> Iterable[Told]:
        """The services that were asked with the family's consent for the purpose."""
        return told_before(case, purpose)

    def case_close_blockers(self, case: Any) -> Iterable[Words]:
        """Referrals that wait."""
        waiting = case.referrals.filter(state__in=[ReferralState.PENDING, ReferralState.ACCEPTED]).count()
        if waiting:
            yield ngettext("%(n)d referral is open.", "%(n)d referrals are open.", waiting) % {"n": waiting}

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api import ReferralResource, Services

        return (("referrals", ReferralResource), ("services", Services))
