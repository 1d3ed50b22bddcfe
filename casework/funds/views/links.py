"""The buttons that higher rooms put on a page of this one."""

from __future__ import annotations

from typing import Any

from casework.access.scopes import may
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import Words, registry


def links_of(row: Any, user: Any) -> list[tuple[Words, str, str]]:
    """Label, icon and address of each that the person may press on the row."""
    office_id, programmes = row.access_place()
    return [
        (link.label, link.icon, link.url(row))
        for link in registry.gather("row_links")
        if link.subject_type == subject_type(row)
        and may(user, link.action, office_id=office_id, programmes=programmes)
        and link.applies(row)
    ]
