"""Who approves how much: the versions of the bands, and a new one proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.accounts.queries import offices_with
from casework.approvals.forms import PolicyForm, typed_bands
from casework.approvals.models import Proposal
from casework.approvals.queries import policies as queries
from casework.approvals.services.policies import propose_policy
from casework.kernel.refusals import Finding, Refusal
from casework.ui.views import FormPage, PageView
from casework.ui.widgets import era_now

from .proposals import SEE_BANDS

PROPOSE = Policy(action="approvals.policy.propose")
SEE_SETTINGS = "home.settings.see"
"""The right to the page of settings, which leads here."""


class Policies(PageView):
    """The bands of each kind, with every version, who proposed and who confirmed it."""

    policy = Policy(action=SEE_BANDS)
    template_name = "approvals/policies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [(kind, queries.versions(kind, self.today)) for kind in queries.kinds_with_bands()]
        return super().get_context_data(
            kinds=kinds, may_propose=may(self.user, PROPOSE.action) is not None,
            sees_settings=may(self.user, SEE_SETTINGS) is not None, **kwargs,
        )  # fmt: skip


class NewPolicy(FormPage):
    """Propose new bands of one kind; those that hold fill the form."""

    policy = PROPOSE
    form_class = PolicyForm
    template_name = "approvals/policy.html"
    success_message = _("Proposed. It holds from its day once a second person confirms it.")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        kind = next((kind for kind in queries.kinds_with_bands() if kind.key == kwargs["kind"]), None)
        if kind is None:
            raise Http404
        self.kind = kind

    def get_initial(self) -> dict[str, Any]:
        newest = queries.newest_policy(self.kind.programme, self.kind.key)
        if newest is None:
            return {"valid_from": {"era": era_now()}}
        bands = [(band.amount_from, band.amount_to, band.steps) for band in newest.bands.all()]
        cap = f"{newest.emergency_cap:,.0f}"
        return {"valid_from": {"era": era_now()}, "cap": cap, "bands": typed_bands(bands)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"roles": queries.roles_of_kind(self.kind)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"of_kind": self.kind}

    def save(self, form: PolicyForm) -> Proposal:
        told, now = form.cleaned_data, timezone.now()
        try:
            return propose_policy(
                kind=self.kind, bands=form.written(), valid_from=told["valid_from"], cap=told["cap"],
                source=told["source"], office=offices_with(offices_of(self.user, PROPOSE.action))[0], by=self.user,
                now=now,
            )  # fmt: skip
        except Refusal as refusal:
            places = form.places()
            raise Refusal.of([_on_line(finding, places) for finding in refusal.findings]) from refusal

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


def _on_line(finding: Finding, places: list[int]) -> Finding:
    """What is said of the third band stands beside the line on which the third band is written."""
    band = finding.field.removeprefix("band-")
    if not band.isdigit() or int(band) >= len(places):
        return finding
    return replace(finding, field=f"band-{places[int(band)]}")
