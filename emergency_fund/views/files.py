"""The queues of the fund as a file."""

from __future__ import annotations

from casework.access.policies import Policy
from casework.cases.list_files.pages import ListFilePage
from emergency_fund.list_file import FundSheet


class FundListFile(ListFilePage):
    """Take a queue of the fund away."""

    policy = Policy(action=FundSheet.action)
    sheet_class = FundSheet
