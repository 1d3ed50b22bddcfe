"""What of the fund waits for a person: requests that came back to who asked, and how many stand in their queues."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.access.scopes import may
from casework.cases.states import CaseState
from casework.funds.proposals.budget import PROPOSE
from casework.programmes.contributions import Words, WorkItem, WorkSource
from casework.programmes.work import day, moment_day
from emergency_fund.insurance_states import ENDED_EARLY, PolicyState
from emergency_fund.models import AssistanceRequest, InsurancePolicy
from emergency_fund.querysets import ANSWER, APPROVE, ASK, PAY, SCREEN, TELL, VERIFY
from emergency_fund.states import RequestState, Urgency

from .appeals import appeals_to_decide
from .checks_to_make import calls_to_make
from .clock import left_words
from .complaints import to_answer, to_tell
from .entitlements import claims_to_ask_about
from .expiring import past_their_day
from .lists import queue_named, requests_in
from .newborns import newborn_work
from .oversight import OPEN_IT, oversight_sources
from .renewals import to_renew
from .unpaid import stuck_lines, waits_to_move

COUNTED: tuple[tuple[str, str, Words, Words], ...] = (
    ("decide", APPROVE, _("Requests to the fund to decide"), _("Decide")),
    ("screen", SCREEN, _("Requests to the fund to screen"), _("Screen")),
    ("assess", SCREEN, _("Requests to the fund to assess"), _("Assess")),
    ("close", SCREEN, _("Requests to the fund to close"), _("Close")),
    ("pay", PAY, _("Requests to the fund to pay"), _("Pay")),
)
URGENT_ONES: Mapping[str, Words] = {
    "decide": _("Urgent request to the fund to decide"),
    "screen": _("Urgent request to the fund to screen"),
    "assess": _("Urgent request to the fund to assess"),
}
"""Where a family cannot wait, each request stands by itself with its time."""
COMPLAINED = {"number": "number", "due": "due_on"}


def work_sources(user: Any, today: date) -> Iterator[WorkSource]:
    """Returned ones one by one, the queues of the fund's people by their number."""
    if may(user, ASK) is not None:
        mine = AssistanceRequest.objects.visible_to(user).filter(Q(asked_by=user) | Q(case__lead=user))
        yield WorkSource(
            rows=mine.filter(state=RequestState.RETURNED).order_by("decision_due_at"), case="case", item=_returned,
            facts={"number": "number", "due": "decision_due_at"},
        )  # fmt: skip
        yield _to_renew(user)
        yield newborn_work(user, today)
    if may(user, SCREEN) is not None:
        soon = to_renew(InsurancePolicy.objects.visible_to(user).filter(state=PolicyState.EXPIRING))
        yield WorkSource(rows=soon.order_by(), is_one=True, item=_renewals)
        past = past_their_day(AssistanceRequest.objects.visible_to(user), today)
        yield WorkSource(rows=past, item=_past, facts={"number": "number", "due": "expires_on"})
    if may(user, PAY) is not None:
        paid = InsurancePolicy.objects.visible_to(user).filter(state__in=ENDED_EARLY)
        yield WorkSource(rows=paid.filter(line__paid__gt=F("line__returned")).order_by(), is_one=True, item=_owed)
    for key, action, title, verb in COUNTED:
        if may(user, action) is not None:
            waiting = requests_in(user, queue_named(user, key))
            if key in URGENT_ONES:
                yield _urgent(waiting.exclude(urgency=Urgency.NORMAL), key, URGENT_ONES[key], verb)
                waiting = waiting.filter(urgency=Urgency.NORMAL)
            yield WorkSource(rows=waiting.order_by(), is_one=True, item=_counted(key, title, verb))
    yield from oversight_sources(user, today)
    if may(user, PROPOSE) is not None:
        stuck = stuck_lines(user, today).exclude(waits_to_move())
        yield WorkSource(rows=stuck, item=_stuck, facts={"code": "source__code", "due": "source__ends_on"})
    if may(user, APPROVE) is not None:
        yield WorkSource(
            rows=appeals_to_decide(user), item=_appeal, facts={"number": "request__number", "due": "due_at"}
        )
    if may(user, VERIFY) is not None:
        yield WorkSource(rows=calls_to_make(user, today).order_by(), is_one=True, item=_calls)
    if may(user, ANSWER) is not None:
        yield WorkSource(rows=to_answer(user), item=_complaint, facts=COMPLAINED)
    if may(user, TELL) is not None:
        yield WorkSource(rows=to_tell(user), item=_complaint_to_tell, facts=COMPLAINED)
    if may(user, ASK) is not None:
        yield WorkSource(
            rows=claims_to_ask_about(user, today), case="case", item=_claim, facts={"number": "number", "due": "ask_on"}
        )


def _complaint(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-complaint-{facts['pk']}", title=_("Complaint to the fund to answer"), verb=_("Read"),
        icon="message-square", url=reverse("emergency_fund:complaint", args=[facts["pk"]]), due_on=day(facts["due"]),
        reference=facts["number"],
    )  # fmt: skip


def _complaint_to_tell(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-answer-{facts['pk']}", title=_("Tell the family the answer to its complaint"), verb=_("Read"),
        icon="message-square", url=reverse("emergency_fund:complaint", args=[facts["pk"]]), due_on=day(facts["due"]),
        reference=facts["number"],
    )  # fmt: skip


def _claim(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-claim-{facts['pk']}", title=_("Ask how the claim on another source stands"), verb=_("Write down"),
        icon="landmark", url=reverse("emergency_fund:entitlement", args=[facts["pk"]]), case_id=facts["case_id"],
        due_on=day(facts["due"]), reference=facts["number"],
    )  # fmt: skip


def _calls(facts: Mapping[str, Any]) -> WorkItem:
    n = facts["n"]
    return WorkItem(
        key="fund-calls", title=_("Families to ask about payments of the fund"), verb=_("Call"), icon="phone",
        url=reverse("emergency_fund:calls"), due_on=None, note=ngettext("%(n)d call", "%(n)d calls", n) % {"n": n},
    )  # fmt: skip


def _appeal(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-appeal-{facts['pk']}", title=_("Appeal to the fund to decide"), verb=_("Decide"), icon="gavel",
        url=reverse("emergency_fund:appeal-decide", args=[facts["pk"]]), due_on=moment_day(facts["due"]),
        reference=facts["number"], group="decide",
    )  # fmt: skip


def _to_renew(user: Any) -> WorkSource:
    """Insurances that end soon, of the open cases that the person leads."""
    rows = (
        InsurancePolicy.rows.all()
        .visible_to(user)
        .filter(state=PolicyState.EXPIRING, line__request__case__lead=user, line__request__case__state=CaseState.OPEN)
    )
    return WorkSource(
        rows=to_renew(rows).order_by("cover__valid_to", "pk"), case="line__request__case",
        facts={"until": "cover__valid_to", "number": "line__request__number"}, item=_renewal,
    )  # fmt: skip


def _renewal(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"insurance-{facts['pk']}", title=_("Renew the health insurance"), verb=_("Renew"), icon="shield-check",
        url=f"{reverse('emergency_fund:ask', args=[facts['case_id']])}?renews={facts['pk']}",
        case_id=facts["case_id"], due_on=day(facts["until"]), reference=facts["number"],
    )  # fmt: skip


def _renewals(facts: Mapping[str, Any]) -> WorkItem:
    n = facts["n"]
    return WorkItem(
        key="insurances", title=_("Insurances that end soon"), verb=_("Look"), icon="shield-check", due_on=None,
        url=reverse("emergency_fund:renewals"),
        note=ngettext("%(n)d insurance", "%(n)d insurances", n) % {"n": n},
    )  # fmt: skip


def _past(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-past-{facts['pk']}", title=_("Approved help that was not paid or fetched in time"), verb=OPEN_IT,
        icon="clock", url=reverse("emergency_fund:detail", args=[facts["pk"]]), due_on=day(facts["due"]),
        reference=facts["number"],
    )  # fmt: skip


def _stuck(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-stuck-{facts['pk']}", title=_("Approved help waits for a source that pays no more"), verb=_("Look"),
        icon="split", url=reverse("emergency_fund:unpaid", args=[facts["pk"]]), due_on=day(facts["due"]),
        reference=facts["code"],
    )  # fmt: skip


def _owed(facts: Mapping[str, Any]) -> WorkItem:
    n = facts["n"]
    return WorkItem(
        key="insurance-money", title=_("Money of insurances that has to come back"), verb=_("Look"),
        icon="shield-alert", due_on=None, url=f"{reverse('emergency_fund:list')}?queue=paid",
        note=ngettext("%(n)d insurance", "%(n)d insurances", n) % {"n": n},
    )  # fmt: skip


def _returned(facts: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"fund-{facts['pk']}", title=_("Correct the request to the fund"), verb=_("Correct"), icon="hand-coins",
        url=reverse("emergency_fund:detail", args=[facts["pk"]]), case_id=facts["case_id"],
        due_on=moment_day(facts["due"]), reference=facts["number"], group="returned",
    )  # fmt: skip


def _urgent(waiting: QuerySet[AssistanceRequest], key: str, title: Words, verb: Words) -> WorkSource:
    """Requests of a queue one by one, the most urgent first; help that came first has its own time."""
    page = "emergency_fund:decide" if key == "decide" else "emergency_fund:detail"

    def item(facts: Mapping[str, Any]) -> WorkItem:
        due, now = datetime.fromisoformat(facts["due"]), timezone.now()
        return WorkItem(
            key=f"fund-{key}-{facts['pk']}", title=title, verb=verb, icon="circle-alert", reference=facts["number"],
            url=reverse(page, args=[facts["pk"]]), due_on=timezone.localdate(due),
            note=" · ".join((str(Urgency(facts["urgency"]).label), left_words(due, now))), is_late=due < now,
            group="decide" if key == "decide" else "task",
        )  # fmt: skip

    due = Coalesce("approval__due_at", "decision_due_at")
    return WorkSource(rows=waiting, facts={"number": "number", "urgency": "urgency", "due": due}, item=item)


def _counted(key: str, title: Words, verb: Words) -> Callable[[Mapping[str, Any]], WorkItem]:
    def item(facts: Mapping[str, Any]) -> WorkItem:
        n = facts["n"]
        return WorkItem(
            key=f"fund-{key}", title=title, verb=verb, icon="hand-coins", due_on=None,
            url=f"{reverse('emergency_fund:list')}?queue={key}",
            note=ngettext("%(n)d request", "%(n)d requests", n) % {"n": n},
            group="decide" if key == "decide" else "task",
        )  # fmt: skip

    return item
