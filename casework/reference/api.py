"""Codes of open lists over the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.programmes.contributions import OpenList
from casework.ui.api.serializers import Line

from .codes import is_known


class CodeLine(Line):
    """A code of an open list; one that is not known is refused."""

    default_error_messages = {"invalid_choice": serializers.ChoiceField.default_error_messages["invalid_choice"]}

    def __init__(self, open_list: OpenList, **options: Any) -> None:
        self.open_list = open_list
        known = ", ".join(open_list.codes.values)
        super().__init__(help_text=f"one of {known}; or a code that the office added to the list", **options)

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if code and not is_known(self.open_list, code):
            self.fail("invalid_choice", input=code)
        return code
