"""Who may do what, written down from the safety design and independently of the code that decides.

`A` all of the own office and programme, `a` assigned only, `propose`, `see` a part; `*` a fresh second factor. A role
that is not named is refused. `later` names roles whose part (need summaries, pseudonyms, shares, break-glass) is not
built: they are refused until it is.
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = {
    "case list": "CW:A SUP:A PSY:a TRF:a FO:see FA:see PM:see AUD:see EXT:a",
    "desk card": "CW:A SUP:A PSY:A",
    "case": "CW:A SUP:A PSY:a TRF:a EXT:see",
    "psychosocial notes": "CW:see SUP:see PSY:a",
    "trafficking": "CW:see SUP:see TRF:a",
    "legal notes": "SUP:A",
    "intake": "CW:A SUP:A PSY:A TRF:A",
    "submit": "CW:A SUP:A PSY:A",
    "approve": "SUP:A",
    "waive or override": "SUP:A*",
    "seal": "CW:propose SUP:A* TRF:A*",
    "assign or reopen": "CW:propose SUP:A",
    "merge": "CW:propose SUP:A",
    "prints": "CW:A SUP:A PSY:a TRF:a FO:see FA:see CSH:see AUD:see EXT:see",
    "reports": "CW:A SUP:A PSY:see TRF:see FO:A FA:A CSH:A PM:A TRN:A ME:A DPO:A AUD:A",
    "drill-down": "CW:A SUP:A PSY:a TRF:a FO:see FA:see PM:see TRN:see ME:see AUD:see",
    "list to a file": "CW:A SUP:A FO:see PM:see* TRN:see* ME:see* DPO:see* AUD:see*",
    "import, dry run": "CW:A SUP:A TRN:A",
    "import, confirm": "SUP:A TRN:A",
    "own acts": "CW:see SUP:see PSY:see TRF:see FO:see FA:see CSH:see TRN:see",
    "history of the team": "SUP:A DPO:A AUD:see",
    "history of the system": "DPO:A AUD:see",
    "security events": "DPO:A SYS:A",
    "counts of acts": "PM:A DPO:A",
    "users and grants": "SUP:propose PM:propose SYS:A AUD:see",
    "settings": "PM:propose SYS:A AUD:see",
    "people": "CW:A SUP:A PSY:a TRF:a",
    "birth": "CW:A SUP:A",
    "referral": "CW:A SUP:A PSY:A TRF:A FO:A EXT:see",
    "notes and consent": "CW:A SUP:A PSY:a TRF:a FO:see",
    "team views": "SUP:A PM:A",
    "concerns about staff": "DPO:A",
    "fund papers for the family": "CW:A SUP:A FO:A FA:see",
    "fund sheets": "FO:A FA:see",
    "fund vouchers and receipts": "CSH:A",
    "fund pick lists": "CSH:A",
    "statements for donors": "FA:A PM:A AUD:see",
    "store": "CSH:A PM:A AUD:see",
    "fund requests": "CW:A SUP:A FO:see FA:see CSH:see PM:see AUD:see",
    "fund request, ask": "CW:A SUP:A FO:A",
    "fund request, screen": "FO:A",
    "fund request, approve": "FO:A* FA:A* PM:A*",
    "pay and hand over": "CSH:A*",
    "fund payments, ask families": "CW:A SUP:A",
    "fund complaints": "CW:A SUP:A FO:see FA:see PM:see",
    "fund complaints about staff": "PM:A",
    "fund complaints, answer": "SUP:A FA:A PM:A",
    "fund complaints, tell the family": "CW:A SUP:A FO:A PM:A",
    "budget": "FA:see PM:see AUD:see",
    "budget, propose": "FA:propose",
    "budget, confirm": "PM:A*",
    "reference rows": "SUP:A FO:propose PM:A TRN:A AUD:see",
}


@dataclass(frozen=True)
class Act:
    """The rows of the table an action falls under, and the roles whose part is not built."""

    rows: tuple[str, ...]
    later: str = ""


def act(*rows: str, later: str = "") -> Act:
    return Act(rows, later)


ACTIONS = {
    "accounts.grant.confirm": act("users and grants", later="SUP PM AUD"),
    "accounts.grant.end": act("users and grants", later="AUD"),
    "accounts.grant.propose": act("users and grants", later="AUD"),
    "accounts.office.confirm": act("settings", later="PM AUD"),
    "accounts.office.propose": act("settings", later="AUD"),
    "accounts.office.see": act("settings"),
    "accounts.team_view.save": act("team views"),
    "accounts.user.add": act("users and grants", later="SUP PM AUD"),
    "accounts.user.disable": act("users and grants", later="SUP PM AUD"),
    "accounts.user.reset": act("users and grants", later="SUP PM AUD"),
    "accounts.user.see": act("users and grants"),
    "aid.help.see": act("case", later="PSY TRF EXT"),
    "audit.all.see": act("history of the system"),
    "audit.case.see": act("history of the team", later="AUD"),
    "audit.counts.see": act("counts of acts", later="DPO"),
    "audit.own.see": act("own acts"),
    "audit.security.see": act("security events"),
    "audit.team.see": act("history of the team", later="DPO AUD"),
    "cases.case.assign": act("assign or reopen", later="CW"),
    "cases.case.close": act("approve"),
    "cases.case.edit": act("case", later="EXT"),
    "cases.case.export": act("list to a file", later="FO PM TRN ME DPO AUD"),
    "cases.case.list": act("case list", later="FO FA PM AUD EXT"),
    "cases.case.propose_seal": act("seal", later="SUP TRF"),
    "cases.case.reopen": act("assign or reopen", later="CW"),
    "cases.case.seal": act("seal", later="CW"),
    "cases.case.see": act("case", later="EXT"),
    "cases.consent.override": act("waive or override"),
    "cases.consent.record": act("notes and consent", later="FO"),
    "cases.contact.record": act("notes and consent", later="FO"),
    "cases.desk_card.see": act("desk card"),
    "cases.note.add": act("notes and consent", later="FO"),
    "cases.note.see_legal": act("legal notes"),
    "cases.note.see_programme": act("intake"),  # and only where the case itself is seen
    "cases.note.see_psychosocial": act("psychosocial notes", later="CW SUP"),
    "cases.note.see_trafficking": act("trafficking", later="CW SUP"),
    "cases.plan.approve": act("approve"),
    "cases.plan.edit": act("submit"),
    "cases.summary.print": act("prints", later="FO FA CSH AUD EXT"),
    "concerns.concern.read": act("concerns about staff"),
    "documents.attachment.add": act("case", later="EXT"),
    "documents.attachment.see": act("prints", later="CSH"),
    "documents.blank_form.print": act("intake"),
    "documents.document.print": act("prints", "reports", later="EXT"),
    "documents.document.see": act("prints", "reports"),
    "drafts.draft.take": act("intake"),
    "emergency_fund.letter.print": act("fund papers for the family"),
    "emergency_fund.pick_list.print": act("fund pick lists"),
    "emergency_fund.receipt.print": act("fund vouchers and receipts"),
    "emergency_fund.sheet.print": act("fund sheets"),
    "emergency_fund.voucher.print": act("fund vouchers and receipts"),
    "funds.statement.print": act("statements for donors"),
    "emergency_fund.line.pay": act("pay and hand over"),
    "emergency_fund.complaint.answer": act("fund complaints, answer"),
    "emergency_fund.complaint.close": act("fund complaints, tell the family"),
    "emergency_fund.complaint.see": act("fund complaints"),
    "emergency_fund.complaint.see_sensitive": act("fund complaints about staff"),
    "emergency_fund.payment.verify": act("fund payments, ask families"),
    "emergency_fund.request.approve": act("fund request, approve"),
    "emergency_fund.request.ask": act("fund request, ask"),
    "emergency_fund.request.list": act("fund requests", later="AUD"),
    "emergency_fund.request.screen": act("fund request, screen"),
    "emergency_fund.request.see": act("fund requests", later="CSH AUD"),
    "funds.budget.confirm": act("budget, confirm"),
    "funds.budget.propose": act("budget, propose"),
    "funds.budget.see": act("budget"),
    "funds.rate.edit": act("reference rows", later="SUP FO TRN AUD"),
    "home.settings.see": act("users and grants", "settings", "reference rows", "history of the system"),
    "home.site.see": act("settings", later="PM AUD"),
    "imports.run.confirm": act("import, confirm", later="TRN"),
    "imports.run.prepare": act("import, dry run", later="TRN"),
    "imports.run.see": act("import, dry run", later="TRN"),
    "notifications.task.release": act("settings", later="PM AUD"),
    "notifications.task.see": act("settings", later="PM"),
    "people.duplicate.decide": act("people", later="PSY TRF"),
    "people.duplicate.see": act("people", later="PSY TRF"),
    "people.merge.confirm": act("merge", later="CW"),
    "people.merge.propose": act("merge"),
    "people.merge.undo": act("merge", later="CW"),
    "people.paper.reveal": act("people", later="PSY"),
    "people.person.edit": act("people"),
    "people.person.see": act("people"),
    "reference.row.edit": act("reference rows", later="FO AUD"),
    "reference.row.see": act("reference rows"),
    "referrals.referral.send": act("referral", later="EXT"),
    "referrals.service.edit": act("reference rows", later="FO AUD"),
    "reports.dashboard.see": act("reports"),
    "reports.figure.open": act("drill-down", later="FO FA TRN"),
    "registration.birth.close": act("birth"),
    "registration.birth.close_unfinished": act("approve"),
    "registration.birth.create": act("intake"),
    "registration.birth.edit": act("case", later="PSY EXT"),
    "registration.birth.export": act("list to a file", later="FO PM TRN ME DPO AUD"),
    "registration.birth.list": act("case list", later="PSY FO FA PM AUD EXT"),
    "registration.birth.reopen": act("assign or reopen", later="CW"),
    "registration.birth.see": act("case", later="PSY EXT"),
    "registration.collector.lift": act("approve"),
    "registration.item.waive": act("waive or override"),
    "registration.office.act": act("birth"),
    "registration.ward.use": act("birth"),
    "stock.paper.print": act("store"),
    "stock.store.see": act("store"),
    "registration.rules.edit": act("reference rows", later="FO TRN AUD"),
}


def cells(action: str) -> dict[str, set[str]]:
    """Role → what the table gives it for the action, before what is not built."""
    given: dict[str, set[str]] = {}
    for row in ACTIONS[action].rows:
        for cell in TABLE[row].split():
            role, _, right = cell.partition(":")
            given.setdefault(role, set()).add(right)
    return given
