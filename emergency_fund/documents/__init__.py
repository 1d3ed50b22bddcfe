"""What the fund prints: from stored rows to the ready words of the papers."""

from .appeals import AppealPaper
from .complaints import ComplaintSlipPaper
from .evidence import EvidencePaper
from .family import LETTER, AcknowledgementPaper, DecisionPaper
from .insurance import InsuranceOrderPaper
from .kits import PICK_LISTS, PickListPaper
from .paying import RECEIPTS, VOUCHERS, ReceiptPaper, VoucherPaper
from .staff import SHEET, ApprovalPaper, NeedsPaper

KINDS = (
    AcknowledgementPaper, NeedsPaper, ApprovalPaper, DecisionPaper, AppealPaper, ComplaintSlipPaper,
    InsuranceOrderPaper, VoucherPaper, PickListPaper, ReceiptPaper, EvidencePaper,
)  # fmt: skip
"""All kinds, in the order of the page where papers are chosen."""

PAPER_RIGHTS = {
    LETTER: "CW:A SUP:A FO:A FA:N",
    SHEET: "FO:A FA:N",
    VOUCHERS: "CSH:A",
    RECEIPTS: "CSH:A",
    PICK_LISTS: "CSH:A",
}
"""Rows of the truth table (safety.md §1, attachments and prints).

The family's papers by who meets it or works on its request, without names where the case is sealed; the sheets by those
who decide in the fund; vouchers, pick lists and receipts by the cashier, who alone pays and knows whom.
"""
