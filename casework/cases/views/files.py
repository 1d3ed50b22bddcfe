"""The list of cases as a file."""

from __future__ import annotations

from casework.access.policies import Policy
from casework.cases.list_files.case_list import CaseSheet
from casework.cases.list_files.pages import ListFilePage


class CaseListFile(ListFilePage):
    """Take the list of cases away."""

    policy = Policy(action=CaseSheet.action)
    sheet_class = CaseSheet
