"""The list of births as a file."""

from __future__ import annotations

from casework.access.policies import Policy
from casework.cases.list_files.pages import ListFilePage
from registration.list_file import BirthSheet


class BirthListFile(ListFilePage):
    """Take the list of births away."""

    policy = Policy(action=BirthSheet.action)
    sheet_class = BirthSheet
