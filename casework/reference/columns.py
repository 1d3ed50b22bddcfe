"""A column of codes from an open list."""

from __future__ import annotations

from functools import partialmethod
from typing import Any

from django.db import models

from casework.programmes.contributions import OpenList

from .codes import words


class CodeColumn(models.CharField):
    """A text column that says the codes of an open list in words, the organisation's own too.

    To the database and to migrations it is a CharField with the codes that the programme knows.
    """

    open_list: OpenList | None

    def __init__(self, *args: Any, open_list: OpenList | None = None, **options: Any) -> None:
        self.open_list = open_list
        if open_list is not None:
            options["choices"] = open_list.codes.choices
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.open_list is not None:
            setattr(cls, f"get_{name}_display", partialmethod(_display, field=self))


def _display(row: models.Model, *, field: CodeColumn) -> str:
    code = getattr(row, field.attname)
    return words(field.open_list, code) if code and field.open_list else ""
