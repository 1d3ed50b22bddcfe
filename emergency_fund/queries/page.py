"""What the page of a request shows: what is asked, how it stands, who does the next act, what happened so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import may, may_on
from casework.aid.queries import help_lines, help_to
from casework.approvals.models.absences import CONFIRM_DEPUTY
from casework.approvals.queries.chains import steps_shown
from casework.approvals.services.chains import can_act
from casework.approvals.states import ChainState
from casework.audit.models import Event
from casework.cases.querysets import SEE as SEE_CASE
from casework.documents.attachments_queries import can_add
from casework.documents.models import Attachment
from casework.kernel.guards import YES, Verdict
from casework.kernel.subjects import subject_type
from casework.people.models import FamilyMember
from casework.programmes.contributions import Words, registry
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.querysets import APPROVE, ASK, PAY, PROGRAMME, SCREEN
from emergency_fund.rules.closing import can_take_back
from emergency_fund.states import OPEN_STATES, TO_PAY, LineState, Modality, RequestState

from .clock import approval_words, clock_words, is_late, waited_words
from .family import told_apart
from .insurance import insurances_of, waits_for_order
from .interests import may_work_on
from .lists import is_name_hidden
from .needs import lacks_of
from .newborns import newborn_words
from .payees import is_fetched, payees_of
from .score import signs_of
from .used import YEAR

PAPER_ORDERED = "documents.document.requested"
MOST_ACTS = 60


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """One thing for one child, in words; a child whose name is hidden has a number."""

    line: AssistanceLine
    child: str
    age: str
    is_open: bool

    @property
    def left(self) -> Decimal:
        """What is approved and not yet paid."""
        return self.line.to_pay

    @property
    def state(self) -> Words:
        """How it stands; what came back to the last baht and is paid again is as it was before."""
        is_money = self.line.modality != Modality.IN_KIND
        came_back = self.line.state == LineState.PARTLY and is_money and not self.line.paid
        return LineState(LineState.APPROVED if came_back else self.line.state).label


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One act on the request."""

    at: datetime
    words: Words
    who: str
    reason: str


def lines_of(request: AssistanceRequest, *, is_hidden: bool, today: date) -> list[LineShown]:
    """What is asked, without what was taken out again."""
    rows = request.lines.exclude(state=LineState.CANCELLED, approved__isnull=True)
    lines = list(rows.select_related("child", "budget_line__source", "budget_line__office"))
    prefetch_related_objects([line.child for line in lines], "names")
    children = {line.child_id: line.child for line in lines}
    numbers = {child: _("Child %(n)d") % {"n": n} for n, child in enumerate(children, start=1)}
    names = numbers if is_hidden else told_apart(children.values(), today)
    language = (get_language() or "en")[:2]
    return [
        LineShown(
            line=line,
            child=names[line.child_id],
            age=line.child.birth.age_text(today, language),
            is_open=line.state in (LineState.APPROVED, LineState.PARTLY),
        )
        for line in lines
    ]


def called(lines: Iterable[LineShown]) -> dict[int, str]:
    """How each child is called on the page, by its id."""
    return {shown.line.child_id: shown.child for shown in lines}


def title_of(lines: Iterable[LineShown]) -> str:
    """What the request is for, such as “Health cost, Nutrition”."""
    return ", ".join(dict.fromkeys(str(shown.line.get_kind_display()) for shown in lines)) or _("Taken back")


def history_of(request: AssistanceRequest, *, is_hidden: bool) -> list[HistoryLine]:
    """Every act on it, the newest first; without the notes for who works on it without knowing the family.

    That papers were made of it stands on the page of its papers.
    """
    known = {words.action: words for words in registry.gather("events") if words.action != PAPER_ORDERED}
    lines = list(request.lines.values_list("pk", flat=True))
    on_it = Q(subject_type=subject_type(request), subject_id=request.pk)
    on_it |= Q(subject_type=subject_type(AssistanceLine()), subject_id__in=lines)
    about = Event.objects.filter(on_it, action__in=known)
    return [
        HistoryLine(
            at=timezone.localtime(event.at), words=known[event.action].words,
            reason="" if is_hidden else event.reason,
            who=event.actor.name_now if event.actor else "",
        )
        for event in about.select_related("actor").order_by("-pk")[:MOST_ACTS]
    ]  # fmt: skip


def papers_of(request: AssistanceRequest, user: Any) -> list[Attachment]:
    """The papers of the request that the person may open."""
    if not may_on(user, "documents.attachment.see", request):
        return []
    rows = Attachment.objects.lookup_for(user).filter(subject_type=subject_type(request), subject_id=request.pk)
    return list(rows.order_by("pk"))


def deciding(request: AssistanceRequest, user: Any, now: datetime) -> Verdict | None:
    """Whether the person may act on the open step, and if not why; None when nothing waits for approval."""
    if request.approval is None or request.approval.state != ChainState.PENDING:
        return None
    return can_act(request.approval, user, now)


def helped_first(request: AssistanceRequest, now: datetime) -> Mapping[str, Any] | None:
    """Who helped before approval and why, until when the others decide, and how that ended; None for the others."""
    approval = request.approval
    if approval is None or approval.bypassed_by is None:
        return None
    due = approval.due_at if approval.state == ChainState.PENDING else None
    return {
        "who": approval.bypassed_by.name_now, "at": approval.bypassed_at, "reason": approval.bypass_reason,
        "due": approval_words(due, now), "is_late": due is not None and due < now, "state": approval.state,
        "state_words": approval.get_state_display(),
    }  # fmt: skip


def rights_on(request: AssistanceRequest, user: Any) -> dict[str, bool]:
    """What the person's role does with the request where it belongs."""
    office_id, programmes = request.access_place()
    acts = {"ask": ASK, "screen": SCREEN, "approve": APPROVE, "pay": PAY, "case": SEE_CASE, "oversee": CONFIRM_DEPUTY}
    return {
        name: may(user, action, office_id=office_id, programmes=programmes) is not None
        for name, action in acts.items()
    }  # fmt: skip


def request_context(request: AssistanceRequest, user: Any, now: datetime) -> dict[str, Any]:
    """Everything the page of a request shows."""
    today = timezone.localdate(now)
    is_hidden = is_name_hidden(user, is_sealed=request.case.is_sealed, office_id=request.office_id)
    lines = lines_of(request, is_hidden=is_hidden, today=today)
    own = [shown.line for shown in lines]
    assessment = request.assessments.select_related("assessed_by").prefetch_related("needs").first()
    is_decided = request.state not in (RequestState.SUBMITTED, RequestState.SCREENED, RequestState.RETURNED)
    to_pay = [shown.line for shown in lines if shown.is_open]
    is_to_pay, is_to_fetch = bool(to_pay), any(is_fetched(line) for line in to_pay)
    may_do = rights_on(request, user)
    kept_out = may_work_on(request, user, today) if may_do["screen"] else YES
    may_do["screen"] = may_do["screen"] and bool(kept_out)
    return {
        "lines": lines,
        "newborns": newborn_words([line.child for line in own], today) if request.state in OPEN_STATES else [],
        "insurances": insurances_of(request, lines, may_do),
        "is_to_order": bool(waits_for_order(to_pay)),
        "title": title_of(lines),
        "children": list(dict.fromkeys((shown.child, shown.age) for shown in lines)),
        "asked_total": sum((shown.line.asked for shown in lines), Decimal(0)),
        "worth_total": sum((shown.line.worth for shown in lines), Decimal(0)),
        "approved_total": _approved(lines),
        "is_answered": any(line.state != LineState.ASKED or line.approved is not None for line in own),
        "payees": payees_of(own, (get_language() or "en")[:2]),
        "paid_total": sum((shown.line.paid for shown in lines), Decimal(0)),
        "is_hidden": is_hidden,
        "incident": request.incident,
        "earner": earner_of(request),
        "assessment": assessment,
        "signs": list(signs_of(assessment)) if assessment else [],
        "needs": lacks_of(assessment, called(lines), is_hidden=is_hidden) if assessment else [],
        "clock": clock_words(request, now, is_fetched=is_to_fetch) if is_to_pay or request.state not in TO_PAY else "",
        "is_to_pay": is_to_pay,
        "is_late": is_late(request, now),
        "waited": waited_words(request.received_at, now),
        "is_open": request.state in OPEN_STATES,
        "may_take_back": can_take_back(request.state, is_unpaid=is_to_pay),
        "may_do": may_do,
        "kept_out": kept_out.reason,
        "verdict": deciding(request, user, now),
        "helped_first": helped_first(request, now),
        "steps": steps_shown(request.approval, today) if request.approval and is_decided else [],
        "help": help_before(request, lines, today, is_hidden=is_hidden),
        "papers": papers_of(request, user),
        "may_attach": can_add(user, request) and request.state != RequestState.CLOSED,
        "subject": subject_type(request),
        "can_expire": bool(request.expires_on and request.expires_on < today),
        "today": today,
    }


def earner_of(request: AssistanceRequest) -> str:
    """Whose work it is, by the role in the family; nothing where nobody is named."""
    if request.incident.earner_id is None:
        return ""
    found = FamilyMember.rows.filter(family=request.family_id, person=request.incident.earner_id).last()
    return str(found.get_role_display()) if found else ""


def _approved(lines: Sequence[LineShown]) -> Decimal | None:
    """The sum of what is approved; None while nothing is decided."""
    approved = [shown.line.approved for shown in lines if shown.line.approved is not None]
    return sum(approved, Decimal(0)) if approved else None


def help_before(
    request: AssistanceRequest, lines: Sequence[LineShown], today: date, *, is_hidden: bool = False
) -> list[Any]:
    """What any programme gave the family in twelve months, without this request."""
    rows = help_to(request.family, [shown.line.child_id for shown in lines], since=today - YEAR)
    mine = [shown.line.pk for shown in lines]
    rows = rows.exclude(subject_type=subject_type(AssistanceLine()), subject_id__in=mine)
    return help_lines(rows, own=[PROGRAMME])
