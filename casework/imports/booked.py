"""The file in which finance answers a batch: read like any register, its columns recognised by their headings."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.funds.models import FinanceAnswer, FinanceBatch
from casework.funds.rules.answers import Told
from casework.funds.rules.finance import can_answer
from casework.funds.services.answers import keep_answer
from casework.funds.states import AnswerState
from casework.imports.cells import ReadCell, as_text, date_reader
from casework.imports.columns import ColumnSpec
from casework.imports.entries import Entry, read_entries
from casework.imports.forms import TableFileField
from casework.imports.reading import Raw
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import RowLink
from casework.ui.views import RowForm

EXPORT = "funds.finance.export"
ENTRY, REFERENCE, BOOKED, DAY, ACCOUNT = "entry", "reference", "booked", "day", "account"


READ_DAY = date_reader(DAY)


def _read(raw: Raw, today: date) -> ReadCell:
    return ReadCell(as_text(raw))


COLUMNS = (
    ColumnSpec(
        key=ENTRY, label=_("Entry"), read=_read,
        headings=("entry", "entry no", "entry number", "รายการ", "เลขที่รายการ", "မှတ်တမ်း", "မှတ်တမ်းအမှတ်"),
    ),
    ColumnSpec(
        key=REFERENCE, label=_("Reference"), read=_read,
        headings=(
            "reference", "reference no", "receipt", "receipt no", "voucher", "เลขอ้างอิง", "เลขที่ใบเสร็จ", "ใบสำคัญ",
            "ရည်ညွှန်းအမှတ်", "ပြေစာအမှတ်",
        ),
    ),
    ColumnSpec(
        key=BOOKED, label=_("Booked by finance"), read=_read, required=True,
        headings=(
            "booked", "booked by finance", "amount booked", "booked amount", "posted", "posted amount", "ledger amount",
            "ลงบัญชี", "ยอดลงบัญชี", "ฝ่ายการเงินลงบัญชี", "ยอดที่ลงบัญชี", "จำนวนเงินที่ลงบัญชี", "บันทึกบัญชี",
            "စာရင်းသွင်းသည်", "စာရင်းသွင်းငွေ", "ဘဏ္ဍာရေးက စာရင်းသွင်းသည်",
        ),
    ),
    ColumnSpec(key=DAY, label=_("Day"), read=_read, headings=("day", "date", "วันที่", "วัน", "ရက်", "နေ့")),
    ColumnSpec(
        key=ACCOUNT, label=_("Account"), read=_read,
        headings=(
            "account", "account no", "account number", "account code", "gl account", "ledger account", "บัญชี",
            "รหัสบัญชี", "เลขที่บัญชี", "ผังบัญชี", "စာရင်းခေါင်းစဉ်", "စာရင်းအမှတ်",
        ),
    ),
    ColumnSpec(
        key="line", label=_("Budget line"), read=_read,
        headings=("line", "budget line", "รายการงบ", "หัวข้องบประมาณ", "ခေါင်းစဉ်", "ဘတ်ဂျက်ခေါင်းစဉ်"),
    ),
    ColumnSpec(
        key="baht", label=_("Baht"), read=_read, headings=("baht", "amount", "บาท", "จำนวนเงิน", "ဘတ်", "ပမာဏ", "ငွေပမာဏ")
    ),
)  # fmt: skip
"""What a file of finance can hold; line and baht only help to find its headings."""


def read_answer(content: bytes, file_name: str) -> list[Told]:
    """The rows of a file of finance.

    Raises Refusal as read_book does, and E-FIN-08 or 09 where no column says which entry it is, or what was booked.
    """
    told: list[Told] = []
    for entry in read_entries(content, file_name, COLUMNS):
        if ENTRY not in entry.cells and REFERENCE not in entry.cells:
            continue
        if BOOKED not in entry.cells:
            sentence = _("No column says what was booked. Name it “Booked”, beside the column “Entry” of our file.")
            raise Refusal("E-FIN-09", "file", sentence)
        told.append(_told(entry))
    found = [row for row in told if row.entry or (row.reference and row.booked)]
    if not found:
        sentence = _("No row says which entry it is. Send finance our file, and let it add a column “Booked”.")
        raise Refusal("E-FIN-08", "file", sentence)
    return found


def _told(entry: Entry) -> Told:
    said = {key: as_text(entry.cells.get(key, ""))[:60] for key in (ENTRY, REFERENCE, BOOKED, ACCOUNT)}
    return Told(row=entry.row, day=_day(entry.cells[DAY]) if DAY in entry.cells else "", **said)


def _day(raw: Raw) -> str:
    """The day of a row as 2026-11-03, in either calendar; what is no day as it stands."""
    found: date | None = READ_DAY(raw, timezone.localdate()).value
    return found.isoformat() if found else as_text(raw)[:60]


class BookedFileForm(forms.Form):
    """The file that finance sent back."""

    file = TableFileField(
        label=_("File"),
        help_text=_(
            "Our file with a column “Booked”, or another table with “Entry” and “Booked”. Excel (.xlsx) or CSV, up to "
            "10 MB. You see what it says before anything is written down."
        ),
    )  # fmt: skip


class UploadBooked(RowForm):
    """Take in the file that finance sent back for a batch."""

    policy = Policy(action=EXPORT, asks_first=True)
    model: ClassVar[type[models.Model]] = FinanceBatch
    row_name = "batch"
    form_class = BookedFileForm
    template_name = "imports/booked.html"
    is_known = False

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_answer(self.row.state).insist()

    def save(self, form: BookedFileForm) -> FinanceAnswer:
        file = form.cleaned_data["file"]
        content = file.read()
        return keep_answer(
            batch=self.row, content=content, file_name=file.name, told=read_answer(content, file.name), by=self.user,
            now=timezone.now(),
        )  # fmt: skip

    def after(self, result: FinanceAnswer) -> str:
        known = "?known=1" if result.state == AnswerState.TAKEN else ""
        return reverse("funds:answer", args=[result.pk]) + known


LINK = RowLink(
    subject_type="funds.financebatch", label=_("Bring in the file of finance"), icon="upload", action=EXPORT,
    url=lambda batch: reverse("imports:booked", args=[batch.pk]),
)  # fmt: skip
