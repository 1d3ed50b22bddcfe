"""Everything the Emergency Assistance Fund adds to the shared pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from celery.schedules import crontab
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.list_files.taking import long_list_kind
from casework.cases.models import Case
from casework.cases.rules import has_other_open
from casework.funds.proposals.budget import PROPOSE
from casework.programmes.contributions import (
    AidKind,
    ApprovalKind,
    CaseAction,
    CasePanel,
    CaseStandings,
    ConsentPurpose,
    DraftForm,
    EventWords,
    FactWords,
    FoundRow,
    Job,
    NavigationItem,
    Programme,
    ReferenceTable,
    ReportKind,
    RowLink,
    SubjectType,
    Words,
    WorkSource,
    registry,
)

from .documents import KINDS, PAPER_RIGHTS
from .list_file import FundSheet
from .models import AssistanceRequest, Complaint, InsuranceTariff, NeedWeights
from .queries.found import found_rows
from .queries.lists import may_add_papers
from .queries.panel import may_ask, panel_context, was_at_work
from .queries.standing import next_steps, standing, standing_facts
from .queries.unfinished import FORM, ask_title, ask_url, is_ask_untouched
from .queries.unpaid import is_stuck
from .queries.work import work_sources
from .querysets import (
    ANSWER,
    APPROVE,
    ASK,
    COMPLAINTS,
    CONFIRM_ACCOUNT,
    ENTER_ACCOUNT,
    LIST,
    PAY,
    PROGRAMME,
    SCREEN,
    SEE,
    SENSITIVE_COMPLAINTS,
    TELL,
    VERIFY,
)  # fmt: skip
from .reports import FundBoard, FundReport
from .services import accounts, moving
from .services.appeals import APPEALS, appeal_decided
from .services.asking import end_with_case
from .services.deaths import give_back_of_the_dead, hold_what_ends
from .services.deciding import KIND
from .services.emergencies import decided
from .services.unfinished import forget_unseen_asks
from .services.urgent import passed_up
from .states import FOR_FAMILY, LineKind
from .wording.terms import ROW_WORDS

EVENT_WORDS = (
    ("list.taken", _("List taken as a spreadsheet"), "download", "grey"),
    ("file.read", _("List of what was paid on the way brought in"), "upload", "blue"),
    ("request.asked", _("Help asked for from the fund"), "hand-coins", "blue"),
    ("request.asked-again", _("Request to the fund corrected and sent again"), "send", "blue"),
    ("request.urgent-to-screen", _("Urgent request to the fund waits to be screened"), "clock", "red"),
    ("request.urgent-to-decide", _("Urgent request to the fund waits for a decision"), "clock", "red"),
    ("request.taken-back", _("Request to the fund taken back"), "undo-2", "grey"),
    ("request.screened", _("Request to the fund screened"), "list-checks", "grey"),
    ("request.assessed", _("Needs of the family assessed by the fund"), "file-check", "grey"),
    ("request.recommended", _("Request to the fund recommended"), "send", "blue"),
    ("request.helped-first", _("Help from the fund before its approval"), "circle-alert", "red"),
    ("request.approved-afterwards", _("Help from the fund approved afterwards"), "circle-check", "green"),
    ("request.rejected-afterwards", _("Help from the fund not approved afterwards"), "circle-x", "red"),
    ("request.approved", _("Help from the fund approved"), "circle-check", "green"),
    ("request.rejected", _("Request to the fund rejected"), "circle-x", "red"),
    ("request.returned", _("Request to the fund returned"), "undo-2", "amber"),
    ("request.referred_out", _("Another source helps instead of the fund"), "split", "amber"),
    ("request.ineligible", _("Request is not for the fund"), "ban", "amber"),
    ("request.child-died", _("Child died: what the fund kept for it is given back"), "undo-2", "grey"),
    ("request.expired", _("Help from the fund expired, not paid or fetched in time"), "clock", "amber"),
    ("request.moved", _("Help from the fund is paid from another budget line"), "split", "blue"),
    ("insurance.priced", _("Insurance of a child priced"), "shield-check", "grey"),
    ("insurance.ordered", _("Insurance of a child ordered"), "shield-check", "blue"),
    ("insurance.in-force", _("Insurance of a child in force"), "shield-check", "green"),
    ("insurance.card-corrected", _("Card of an insurance corrected"), "shield-check", "amber"),
    ("insurance.ends-soon", _("Insurance of a child ends soon"), "clock", "amber"),
    ("insurance.renewed", _("Insurance of a child ended, and another one follows"), "shield-check", "green"),
    ("insurance.run-out", _("Insurance of a child ran out, and nothing follows"), "shield-alert", "red"),
    ("insurance.refused", _("Insurance of a child refused by the hospital"), "shield-alert", "red"),
    ("insurance.cancelled", _("Insurance of a child cancelled"), "undo-2", "amber"),
    ("insurance.paid-back", _("Money of an insurance came back"), "undo-2", "amber"),
    ("appeal.made", _("Appeal against a decision of the fund"), "gavel", "blue"),
    ("appeal.granted", _("Appeal to the fund granted"), "circle-check", "green"),
    ("appeal.upheld", _("Decision of the fund upheld"), "circle-x", "red"),
    ("appeal.withdrawn", _("Appeal to the fund taken back"), "undo-2", "grey"),
    ("check.received", _("Family asked about a payment: received"), "phone", "green"),
    ("check.issues", _("Family asked about a payment: with issues"), "phone", "amber"),
    ("check.not_received", _("Family asked about a payment: not received"), "phone", "red"),
    ("check.not_reached", _("Family not reached about a payment"), "phone-off", "grey"),
    ("complaint.noted", _("Complaint of a family about the fund"), "message-square", "amber"),
    ("complaint.read", _("Complaint about the staff read"), "eye", "violet"),
    ("complaint.looked-into", _("Complaint to the fund looked into"), "eye", "grey"),
    ("complaint.answered", _("Complaint to the fund answered"), "message-square", "blue"),
    ("complaint.closed", _("Family told the answer to its complaint"), "circle-check", "green"),
    ("entitlement.updated", _("Claim on another source followed up"), "landmark", "grey"),
    ("account.entered", _("Account of a family written down"), "landmark", "blue"),
    ("account.confirmed", _("Account of a family confirmed"), "landmark", "green"),
    ("collector.named", _("Family named who fetches its help"), "user-check", "blue"),
    ("request.closed", _("Request to the fund closed"), "archive", "grey"),
    ("line.paid", _("Help from the fund paid or handed over"), "hand-coins", "green"),
    ("line.packed", _("Pick list of a kit made"), "list-checks", "grey"),
    ("line.lot-chosen", _("Another lot picked than the one that expires first"), "list-checks", "amber"),
    ("line.given-back", _("Help from the fund came back"), "undo-2", "amber"),
)


SIGNS = (
    "no_food", "little_food", "no_earner", "short", "deep_debt", "many_depend", "some_need", "serious_need",
    "urgent_need", "food_days", "debt_months", "many",
)  # fmt: skip


def _version(subject_id: int) -> int:
    return AssistanceRequest.rows.values_list("version", flat=True).get(pk=subject_id)


@registry.register
class EmergencyFund(Programme):
    """Help for the children of families that lost their means."""

    key = PROGRAMME
    label = _("Emergency fund")
    icon = "hand-coins"
    first_step = _("Write down what the family asks the fund for")
    document_kinds = (*KINDS, FundReport)
    indicators = (FundBoard,)
    reports = (
        ReportKind(
            key="emergency_fund.fund", label=_("Emergency fund report"), document_kind=FundReport.key,
            action="reports.dashboard.see",
        ),
    )  # fmt: skip
    aid_kinds = tuple(
        AidKind(key=kind.value, label=kind.label, programme=PROGRAMME, is_for_family=kind in FOR_FAMILY)
        for kind in LineKind
    )
    approval_kinds = (
        ApprovalKind(
            key=KIND, label=_("Help from the fund"), version=_version, decided=decided, passed_up=passed_up,
            url=lambda pk: reverse("emergency_fund:decide", args=[pk]), action=APPROVE, programme=PROGRAMME,
        ),
        ApprovalKind(
            key=APPEALS, label=_("Appeal to the fund"), version=lambda pk: 1, decided=appeal_decided,
            url=lambda pk: reverse("emergency_fund:appeal-decide", args=[pk]), action=APPROVE, programme=PROGRAMME,
        ),
    )  # fmt: skip
    list_sheets = (FundSheet,)
    proposal_kinds = (
        *accounts.KINDS, *moving.KINDS, long_list_kind(key=FundSheet.long_kind, action="emergency_fund.list.agree"),
    )  # fmt: skip
    row_links = (
        RowLink(
            subject_type="funds.budgetline", label=_("Pay from another budget line"), icon="split", action=PROPOSE,
            url=lambda line: reverse("emergency_fund:unpaid", args=[line.pk]), applies=is_stuck,
        ),
    )  # fmt: skip
    search_actions = (SEE, PAY)
    rights = {
        ASK: "CW:A SUP:A FO:A",
        LIST: "CW:A SUP:A FO:N FA:N CSH:N PM:P AUD:P",
        SEE: "CW:A SUP:A FO:N FA:N PM:P AUD:P",
        FundSheet.action: "FO:N",
        FundSheet.long_action: "FO:N*",
        "emergency_fund.list.agree": "FO:A* FA:A*",
        SCREEN: "FO:A",
        APPROVE: "FO:A* FA:A* PM:A*",
        PAY: "CSH:A*",
        ENTER_ACCOUNT: "FO:A*",
        CONFIRM_ACCOUNT: "FO:A*",
        VERIFY: "CW:A SUP:A",
        COMPLAINTS: "CW:A SUP:A FO:N FA:N PM:P",
        SENSITIVE_COMPLAINTS: "PM:A",
        ANSWER: "SUP:A FA:A PM:A",
        TELL: "CW:A SUP:A FO:A PM:A",
        **PAPER_RIGHTS,
    }
    row_words = ROW_WORDS
    history_words = {
        "emergency_fund.assistancerequest": _("Request to the fund"),
        "emergency_fund.assistanceline": _("Thing asked from the fund"),
        "emergency_fund.delivery": _("Receipt of the fund"),
        "emergency_fund.familyaccount": _("Account of the family"),
        "emergency_fund.insurancepolicy": _("Insurance bought by the fund"),
        "emergency_fund:insurance-quote": _("Price of the insurance"),
        "emergency_fund:insurance-order": _("Order the insurance"),
        "emergency_fund:insurance-card": _("The card"),
        "emergency_fund:renewals": _("Insurances to renew"),
        "emergency_fund:insurance-end": _("End the insurance"),
        "emergency_fund.insurancetariff": _("Price of health insurance"),
        "emergency_fund.appeal": _("Appeal to the fund"),
        "emergency_fund:appeal-decide": _("Decision on an appeal to the fund"),
        "emergency_fund:list": _("Fund requests"),
        "emergency_fund:file": _("Spreadsheet of this list"),
        "emergency_fund:ask": _("Ask for help from the fund"),
        "emergency_fund:ask-start": _("Ask for help from the fund"),
        "emergency_fund:open": _("Request to the fund"),
        "emergency_fund:detail": _("Request to the fund"),
        "emergency_fund:decide": _("Decision on a request to the fund"),
        "emergency_fund:help-now": _("Help now, approve later"),
        "emergency_fund.postdistributioncheck": _("Call about a payment"),
        "emergency_fund.sampledraw": _("Draw of a payment"),
        "emergency_fund:calls": _("Calls to make"),
        "emergency_fund:call": _("Call about a payment"),
        "emergency_fund.complaint": _("Complaint to the fund"),
        "emergency_fund.requestclosing": _("End of a request to the fund"),
        "emergency_fund.entitlementupdate": _("Claim on another source of help"),
        "emergency_fund:complaints": _("Complaints to the fund"),
        "emergency_fund:complaint": _("Complaint to the fund"),
        "emergency_fund:collector": _("Who else fetches it"),
        "emergency_fund.collector": _("Who else fetches it"),
        "emergency_fund:pay": _("To pay or hand over"),
        "emergency_fund:pay-line": _("To pay or hand over"),
        "emergency_fund:pay-together": _("To pay or hand over"),
        "emergency_fund:take-along": _("List to take along"),
        "emergency_fund:bring-back": _("Bring a list back"),
        "emergency_fund:paid-file": _("Bring a list back"),
        "emergency_fund.deliveryfile": _("Bring a list back"),
        "emergency_fund:pick": _("Pick list"),
        "emergency_fund:other-lot": _("Take another lot"),
        "emergency_fund:hand-over": _("To pay or hand over"),
        "emergency_fund:receipt": _("Receipt of the fund"),
        "emergency_fund:unpaid": _("Pay from another budget line"),
    }
    fact_words = {
        "card_number": FactWords(label=_("card number")),
        "valid_from": FactWords(label=_("valid from")),
        "valid_to": FactWords(label=_("valid until")),
    }
    navigation = (
        NavigationItem(key="fund", label=_("Fund"), icon="hand-coins", url_name="emergency_fund:list", action=LIST,
                       order=40),
    )  # fmt: skip
    case_panels = (
        CasePanel(
            key="fund", label=_("Emergency fund"), template="emergency_fund/_panel.html", action=ASK,
            context=panel_context, applies=was_at_work,
        ),
    )  # fmt: skip
    case_actions = (
        CaseAction(
            key="fund-ask", label=_("Ask for help from the fund"), icon="hand-coins", action=ASK,
            url=lambda case: reverse("emergency_fund:ask", args=[case.pk]), applies=may_ask, group="help",
            button=_("Ask the fund"),
        ),
    )  # fmt: skip
    draft_forms = (
        DraftForm(
            key=FORM, label=_("Ask for help from the fund"), action=ASK, programme=PROGRAMME, url=ask_url,
            title=ask_title, is_untouched=is_ask_untouched, is_own=True,
        ),
    )  # fmt: skip
    consent_purposes = (
        ConsentPurpose(key=PROGRAMME, label=_("Help from the emergency fund"), recipient=_("the emergency fund")),
    )
    schedule = (
        Job(key="emergency_fund.insurances", task="emergency_fund.insurances", schedule=crontab(hour=1, minute=40)),
        Job(key="emergency_fund.draw_sample", task="emergency_fund.draw_sample", schedule=crontab(hour=1, minute=45)),
        Job(key="emergency_fund.expire", task="emergency_fund.expire", schedule=crontab(hour=1, minute=50)),
    )
    reference_tables = (
        ReferenceTable(
            key="insurance-prices", label=_("Prices of health insurance"), model=InsuranceTariff,
            fields=("scheme", "age_from", "age_to", "premium", "check_up", "months"), action="reference.row.edit",
            list_fields=("scheme", "age_from", "age_to", "premium", "check_up", "months"),
        ),
        ReferenceTable(
            key="need-points", label=_("Points for the needs of a family"), model=NeedWeights,
            fields=SIGNS, list_fields=SIGNS, action="reference.row.edit",
        ),
    )  # fmt: skip
    subject_types = (
        SubjectType(
            key="emergency_fund.assistancerequest",
            visible=lambda user: AssistanceRequest.objects.visible_to(user),
            can_change=may_add_papers,
            url=lambda request: reverse("emergency_fund:open", args=[request.pk]),
            named=lambda request: request.number,
        ),
        SubjectType(
            key="emergency_fund.complaint",
            visible=lambda user: Complaint.objects.visible_to(user),
            url=lambda complaint: reverse("emergency_fund:complaint", args=[complaint.pk]),
            case_id=lambda complaint: None,
            named=lambda complaint: complaint.number,
        ),
    )
    case_standings = CaseStandings(facts=standing_facts, words=standing, is_named_only=True)
    events = tuple(
        EventWords(action=f"{PROGRAMME}.{action}", words=words, icon=icon, colour=colour, kind=PROGRAMME)
        for action, words, icon, colour in EVENT_WORDS
    )

    def found_rows(self, words: str, user: Any) -> Iterable[FoundRow]:
        """Requests by number, receipt or child."""
        return found_rows(words, user)

    def next_steps(self, case: Any, today: date) -> Iterable[tuple[Words, date | None]]:
        """What the requests on their way wait for."""
        return next_steps(case) if was_at_work(case) else ()

    def cases_looked_after(self) -> Any:
        """A request on its way has a next act."""
        return AssistanceRequest.rows.all().open().order_by().values("case_id")

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Requests that wait for the person's next act."""
        yield from work_sources(user, today)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.after import Appeals, Complaints, PaymentChecks
        from .api.moving import BudgetMoves
        from .api.resources import Requests

        return (
            ("fund-requests", Requests),
            ("appeals", Appeals),
            ("payment-checks", PaymentChecks),
            ("complaints", Complaints),
            ("budget-moves", BudgetMoves),
        )

    def case_sealed(self, case: Any, by: Any) -> None:
        """What was typed for the family goes with the sight of its case."""
        forget_unseen_asks(case=case, by=by)

    def person_numbered(self, number: str) -> int | None:
        """The child of the case of the request of this number."""
        return AssistanceRequest.rows.filter(number=number).values_list("case__child", flat=True).first()

    def case_close_blockers(self, case: Any) -> Iterable[Words]:
        """A request on its way stands against closing the case."""
        for number in AssistanceRequest.rows.filter(case=case).open().values_list("number", flat=True):
            yield _("Request %(number)s to the fund is not finished. Finish it or take it back.") % {"number": number}

    def merge_blockers(self, kept: Any, dropped: Any) -> Iterable[Words]:
        """The case of the dropped record closes where the kept one has one: its requests would be taken back."""
        if not has_other_open(kept.pk):
            return
        going = AssistanceRequest.rows.filter(case__in=Case.rows.filter(child=dropped).open()).open()
        for number in going.values_list("number", flat=True):
            yield _(
                "Request %(number)s to the fund stands in the record that is not kept and would end with it. "
                "Finish it or take it back first, or keep that record."
            ) % {"number": number}

    def hold_for_death(self, person: Any) -> None:
        """A request and its budget are held before who is helped, as by an approval."""
        hold_what_ends(child=person)

    def person_died(self, person: Any, by: Any) -> None:
        """What is asked for or approved for a child who died goes back at once."""
        give_back_of_the_dead(child=person, by=by, now=timezone.now())

    def case_closed(self, case: Any, by: Any) -> None:
        """What is still asked for is taken back with the case; its money is free again."""
        end_with_case(case=case, by=by, now=timezone.now())

    def load_demo(self, world: Any) -> None:
        """A year of requests, with donors, stores, insurances and cash."""
        from .demo import load_demo

        load_demo(world)
