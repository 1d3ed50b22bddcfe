"""My team: what everybody leads, and the button that gives cases to another lead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.access.policies import Policy
from casework.access.scopes import offices_of
from casework.cases.models import Case
from casework.cases.services.spreading import MOST_AT_ONCE, spread_cases
from casework.cases.team import ASSIGN, team_of, team_table
from casework.kernel.digits import row_number
from casework.kernel.refusals import Refusal
from casework.ui.views import ActView, PageView, of_ours


class Team(PageView):
    """The people of my offices and what they lead; each figure opens its list."""

    policy = Policy(action=ASSIGN)
    template_name = "cases/team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        headings, lines = team_table(self.user, self.today)
        return super().get_context_data(headings=headings, lines=lines, **kwargs)


class SpreadCases(ActView):
    """Give the chosen cases of the list to another lead."""

    policy = Policy(action=ASSIGN)

    def act(self) -> list[Case]:
        lead = team_of(self.user).filter(pk=row_number(self.request.POST.get("lead"))).first()
        if lead is None:
            raise Refusal("CAS-SPREAD-2", "lead", _("Choose who takes the cases."))
        numbers = [row_number(sent) for sent in self.request.POST.getlist("case")][: MOST_AT_ONCE + 1]
        here = Case.objects.visible_to(self.user).filter(office__in=offices_of(self.user, ASSIGN))
        rows = here.filter(pk__in=numbers).select_related("child", "office")
        given, refused = spread_cases(cases=rows, lead=lead, by=self.user, now=timezone.now())
        if given:
            told = ngettext(
                "%(count)d case now has the lead %(lead)s.", "%(count)d cases now have the lead %(lead)s.", len(given)
            )
            messages.success(self.request, told % {"count": len(given), "lead": lead.name_now})
        for sentence in refused:
            messages.error(self.request, sentence)
        return given

    def back(self) -> str:
        return of_ours(self.request, self.request.POST.get("back", "")) or reverse("cases:list")
