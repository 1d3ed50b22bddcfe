"""Roles that are kept apart: the pairs, a new one proposed, an end proposed."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.approvals.forms import EndPairForm, PairForm
from casework.approvals.models import Proposal, RoleConflict
from casework.approvals.queries import pairs as queries
from casework.approvals.rules.pairs import can_end_pair
from casework.approvals.services.pairs import propose_pair, propose_pair_end
from casework.ui.views import FormPage, PageView

from .policies import PROPOSE, SEE_SETTINGS
from .proposals import SEE_BANDS

PAST_SHOWN = 50


class Pairs(PageView):
    """The pairs that hold, and those that were ended."""

    policy = Policy(action=SEE_BANDS)
    template_name = "approvals/pairs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pairs=list(queries.living_pairs()), fixed=queries.fixed_pairs(), past=queries.past_pairs()[:PAST_SHOWN],
            may_propose=may(self.user, PROPOSE.action) is not None,
            sees_settings=may(self.user, SEE_SETTINGS) is not None, **kwargs,
        )  # fmt: skip


class NewPair(FormPage):
    """Propose that two roles are kept apart."""

    policy = PROPOSE
    form_class = PairForm
    template_name = "approvals/pair.html"
    success_message = _("Proposed. It holds as soon as a second person confirms it.")

    def save(self, form: PairForm) -> Proposal:
        return propose_pair(by=self.user, now=timezone.now(), **form.cleaned_data)

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class EndPair(FormPage):
    """Propose that one person may be both again."""

    policy = PROPOSE
    form_class = EndPairForm
    template_name = "approvals/pair_end.html"
    success_message = _("Proposed. It holds as soon as a second person confirms it.")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        pair = RoleConflict.objects.filter(pk=kwargs["pk"]).first()
        if pair is None:
            raise Http404
        self.pair = pair

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_end_pair(is_fixed=self.pair.is_fixed, is_over=self.pair.ended_at is not None).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(pair=self.pair, **kwargs)

    def save(self, form: EndPairForm) -> Proposal:
        return propose_pair_end(pair=self.pair, by=self.user, now=timezone.now(), **form.cleaned_data)

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])
