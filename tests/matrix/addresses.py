"""Which row stands behind each address, and to whose eyes: one line per name of the resolver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casework.accounts.states import Role

from .places import (
    Find,
    anywhere,
    birth_of_outcome,
    draft,
    grant_of_colleague,
    of,
    paid_file,
    part,
    run,
    ward,
    ward_list,
)

EVERYBODY = frozenset(Role.values)
DESK = frozenset({"CW", "SUP"})
INTAKE = frozenset({"CW", "SUP", "PSY", "TRF"})
FUND = DESK | {"FO", "FA", "PM", "AUD"}
BUDGET = frozenset({"FA", "PM", "AUD"})
STORE = frozenset({"CSH", "PM", "AUD"})
CASH = BUDGET | {"CSH"}
REPORTS = EVERYBODY - {"WRD", "SYS", "EXT"}
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """An address with a row: how it is found and which roles of its office see it (the others get 404)."""

    find: Find
    seen_by: frozenset[str] = DESK
    may_be_absent: bool = False  # 404 also for who sees the row: nothing of the kind is on it now


def rows(names: str, find: Find, seen_by: frozenset[str] = DESK, may_be_absent: bool = False) -> dict[str, Row]:
    """The same row behind several addresses."""
    return {name: Row(find, seen_by, may_be_absent) for name in names.split()}


CASE = of("case")
BIRTH = of("birth")
PERSON = of("person")
TABLE = {"key": "holidays"}
FIGURE = {"board": "registration", "key": "m1"}


def month(world: Any) -> dict[str, Any]:
    """A month of the office in Mae Sot."""
    return {"board": "registration", "office": world.cast.mae_sot.pk, "year": 2026, "number": 9}


ADDRESSES: dict[str, Row] = {
    **rows(
        "cases:detail cases:note cases:goal cases:review cases:assess cases:risk cases:safety cases:next cases:task "
        "cases:consent cases:hold cases:resume cases:close cases:reopen cases:seal cases:lead cases:call "
        "cases:seal-ask cases:lost-contact referrals:new",
        CASE,
    ),
    **rows("home:case-history", CASE),
    **rows("cases:panel", of("case", panel="birth")),
    **rows("cases:card cases:help-today cases:message", CASE, DESK | {"PSY"}),
    **rows("cases:step cases:goal-remove", of("goal")),
    **rows("cases:step-tick cases:step-drop", of("step")),
    **rows("cases:plan-submit cases:plan-approve cases:plan-return", of("plan")),
    **rows("cases:task-tick", of("task")),
    **rows("cases:consent-withdraw cases:consent-withdrawn", of("consent")),
    **rows("referrals:detail", of("referral")),
    **rows(
        "registration:detail registration:facts registration:twin registration:papers registration:track "
        "registration:pack "
        "registration:office registration:late registration:ready registration:visit registration:outcome "
        "registration:hand-over registration:witness registration:letter registration:suspend registration:close "
        "registration:reopen",
        BIRTH,
    ),
    **rows("registration:died", BIRTH),
    **rows(
        "registration:died-notified registration:died-take-back registration:young-mother "
        "registration:young-mother-case",
        BIRTH,
        may_be_absent=True,
    ),
    **rows(
        "registration:outcome-correct registration:outcome-check registration:correction-start", birth_of_outcome
    ),
    **rows("registration:counter registration:welcome-back", BIRTH),
    **rows("registration:counter-check", of("compared")),
    **rows("registration:parent", of("parent")),
    **rows("registration:refusal registration:collector registration:difference registration:consular", BIRTH),
    **rows("registration:collector-end", of("collector")),
    **rows("registration:witness-change", of("witness")),
    **rows("registration:letter-change registration:letter-end", of("letter")),
    **rows("registration:refusal-change registration:refusal-end", of("refusal")),
    **rows(
        "registration:correction registration:correction-asked registration:correction-appointment "
        "registration:correction-fee registration:correction-done registration:correction-refused "
        "registration:correction-withdraw registration:correction-check registration:correction-hand-over "
        "registration:correction-told",
        of("correction"),
    ),
    **rows("registration:item registration:ask-waiver registration:waive registration:decline-waiver", of("item")),
    **rows("registration:result registration:inquiry", of("visit")),
    **rows("registration:inquiry-done", of("inquiry")),
    **rows("registration:settle", of("discrepancy")),
    **rows("registration:follow-up", of("follow_up")),
    **rows("registration:ward-start registration:ward-met registration:ward-not-ours registration:ward-back", ward),
    **rows("registration:ward-list", ward_list),
    **rows("registration:check", draft(), INTAKE),
    **rows("registration:step", draft(step="mother"), INTAKE),
    **rows("registration:hand-in", draft(), INTAKE),  # who see it are refused: it is the liaison's, of own drafts
    **rows("drafts:park drafts:throw-away", draft(), NOBODY),
    **rows("drafts:take-over", draft(), INTAKE),
    **rows("emergency_fund:ask", CASE, DESK | {"FO"}),
    **rows(
        "emergency_fund:detail emergency_fund:change emergency_fund:take-back emergency_fund:screen "
        "emergency_fund:turn-away emergency_fund:assess emergency_fund:recommend emergency_fund:decide "
        "emergency_fund:expire emergency_fund:help-now emergency_fund:open emergency_fund:appeal "
        "emergency_fund:complain emergency_fund:close emergency_fund:entitlement emergency_fund:account "
        "emergency_fund:collector",
        of("fund_request"),
        FUND,
    ),
    **rows("emergency_fund:insurance-quote", of("insurance_line"), FUND),
    **rows(
        "emergency_fund:insurance-order emergency_fund:insurance-card emergency_fund:insurance-end",
        of("insurance"),
        FUND,
    ),
    **rows("emergency_fund:appeal-decide", of("fund_appeal"), FUND),
    **rows(
        "emergency_fund:complaint emergency_fund:complaint-look emergency_fund:complaint-answer "
        "emergency_fund:complaint-close",
        of("fund_complaint"),
        FUND - {"AUD"},
    ),
    **rows("emergency_fund:call", of("fund_check"), FUND | {"CSH"}),
    **rows("emergency_fund:pay", of("payable"), FUND | {"CSH"}),
    **rows(
        "emergency_fund:pay-line emergency_fund:pay-together emergency_fund:pick emergency_fund:hand-over "
        "emergency_fund:other-lot",
        of("payable_line"), FUND | {"CSH"}
    ),
    **rows(
        "emergency_fund:receipt emergency_fund:return emergency_fund:goods-back", of("receipt"), FUND | {"CSH"}
    ),
    **rows(
        "emergency_fund:paid-file emergency_fund:paid-file-check emergency_fund:paid-file-left "
        "emergency_fund:paid-file-aside emergency_fund:paid-file-take-up", paid_file,
        frozenset({"CSH"}),
    ),
    **rows("funds:line funds:line-give", of("budget_line"), BUDGET),
    **rows("emergency_fund:unpaid", of("budget_line"), BUDGET),
    **rows("funds:entry-take-back", of("budget_gift"), BUDGET),
    **rows("funds:line-new funds:source-close funds:source-reopen", of("budget_source"), BUDGET),
    **rows("stock:store stock:receive stock:transfer stock:count stock:write-off", of("store"), STORE),
    **rows("stock:item", anywhere(lambda world: {"pk": world.item.pk}), EVERYBODY),
    **rows("stock:kit", anywhere(lambda world: {"key": "hygiene"}), EVERYBODY),
    **rows("funds:box funds:box-fill funds:box-count funds:box-keeper", of("cash_box"), CASH),
    **rows("funds:box-bank funds:box-retire funds:box-use-again", of("cash_box"), CASH),
    **rows("funds:advance-give", of("cash_box"), CASH),
    **rows("funds:advance funds:advance-settle", of("advance"), CASH),
    **rows("funds:batch funds:batch-answer funds:batch-close", of("batch"), BUDGET),
    **rows("imports:booked", of("batch"), BUDGET),
    **rows("funds:answer funds:answer-take", of("finance_answer"), BUDGET),
    **rows("funds:batch-file", of("batch", ending="csv"), BUDGET),
    **rows("funds:sample funds:sample-file", of("sample"), frozenset({"PM", "AUD"})),
    **rows("funds:count", of("cash_count"), CASH),
    **rows("people:person people:facts people:unmerge people:name-add people:paper-add people:member-add", PERSON),
    **rows("people:family-start", PERSON, may_be_absent=True),
    **rows("people:name-edit people:name-choose people:name-remove", part("name"), may_be_absent=True),
    **rows("people:paper-edit people:paper-replace people:paper-retire people:paper-number", part("paper")),
    **rows("people:member-edit", part("member")),
    **rows("people:family-edit people:phone-add", part("family")),
    **rows("people:phone-edit people:phone-remove", part("phone")),
    **rows(
        "people:duplicate people:duplicate-ask people:duplicate-answer people:duplicate-reopen people:merge-confirm",
        of("hit"),
        may_be_absent=True,
    ),
    **rows(
        "documents:document documents:state documents:open documents:download documents:retry documents:stop "
        "documents:signed documents:checked documents:take-back",
        of("document"),
        may_be_absent=True,
    ),
    **rows("documents:attach documents:phone documents:paper-back documents:papers", of("case", kind="cases.case")),
    **rows("documents:draft-papers documents:draft-panel", draft(kind="drafts.draft"), INTAKE),
    **rows("documents:phone-arrived documents:phone-end", of("phone_link"), NOBODY),
    **rows("documents:returned documents:returned-retry", of("paper_return"), NOBODY),
    **rows("documents:returned-picture", of("paper_return", page=1), NOBODY),
    **rows("documents:pack documents:pack-open", of("pack"), NOBODY),
    **rows("documents:attachment documents:attachment-download documents:attachment-remove", of("attachment")),
    **rows("documents:attachment-picture", of("attachment", page=1), may_be_absent=True),
    **rows("documents:page", of("document", page=1), may_be_absent=True),
    **rows(
        "imports:run imports:state imports:columns imports:anew imports:rows imports:propose imports:confirm "
        "imports:return imports:discard imports:undo imports:stop imports:again",
        run("run"),
        DESK,
    ),
    **rows("imports:row imports:import-row", run("row"), DESK, may_be_absent=True),
    **rows(
        "approvals:proposal approvals:confirm approvals:confirm-alone approvals:decline approvals:withdraw",
        anywhere(lambda world: {"pk": world.proposal.pk}),
        frozenset({"SYS"}),
    ),
    **rows("approvals:absence-end", of("absence"), frozenset({"FA", "PM"})),
    **rows("approvals:conflict-end", of("conflict"), frozenset({"FA", "PM", "AUD"})),
    **rows("approvals:policy-new", anywhere(lambda world: {"kind": "emergency_fund.help"}), EVERYBODY, True),
    **rows("approvals:pair-end", anywhere(lambda world: {"pk": world.pair.pk}), EVERYBODY, True),
    **rows("notifications:open", anywhere(lambda world: {"pk": world.notice.pk}), NOBODY),
    **rows("notifications:release", anywhere(lambda world: {"pk": world.parked.pk}), EVERYBODY),
    **rows(
        "home:user home:grant home:user-switch home:user-reset home:user-change",
        anywhere(lambda world: {"pk": world.colleague.pk}),
        EVERYBODY,
        may_be_absent=True,
    ),
    **rows("home:grant-end", anywhere(grant_of_colleague), EVERYBODY, may_be_absent=True),
    **rows("home:office", anywhere(lambda world: {"pk": world.cast.ranong.pk}), EVERYBODY),
    **rows("reports:children", anywhere(lambda world: FIGURE | {"row": 0, "column": 0}), EVERYBODY, True),
    **rows("reports:file", anywhere(lambda world: FIGURE | {"ending": "csv"}), EVERYBODY, True),
    **rows(
        "reports:template reports:template-change reports:template-retire reports:template-use-again",
        anywhere(lambda world: {"pk": world.template.pk}),
        REPORTS,
    ),
    **rows("reports:month reports:month-close", anywhere(month), EVERYBODY, True),
    **rows("reports:month-why", anywhere(lambda world: month(world) | {"key": "open"}), EVERYBODY, True),
    **rows("reports:month-missing", anywhere(lambda world: month(world) | {"key": "way"}), EVERYBODY, True),
    **rows("concerns:concern", anywhere(lambda world: {"pk": world.concern.pk}), frozenset({"DPO"})),
    **rows("concerns:reader-end", anywhere(lambda world: {"pk": world.reader.pk}), frozenset({"DPO"})),
    **rows("home:session-end", anywhere(lambda world: {"number": 10**9}), NOBODY),
    **rows("home:reference-table", anywhere(lambda world: TABLE), EVERYBODY, True),
    **rows("home:reference-add", anywhere(lambda world: TABLE), EVERYBODY, True),
    **rows("home:reference-change home:reference-end", anywhere(lambda world: TABLE | {"pk": 1}), EVERYBODY, True),
}  # fmt: skip
"""Every address with a row. A test fails when the resolver has one that is not here."""

PUBLIC_KWARGS = {
    "home:setup": {"token": "no-such-token"},
    "documents:verify": {"code": "NO-SUCH-CODE"},
    "documents:capture": {"token": "NO-SUCH-TOKEN"},
}
