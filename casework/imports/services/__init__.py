"""Bring a spreadsheet in: prepare, check, propose; confirm, import, undo."""

from .loading import confirm, fail_lost, import_row, request_undo, run_import, send_back, undo
from .preparing import (
    check,
    decide_duplicate,
    discard,
    propose,
    read_anew,
    request_check,
    set_columns,
    sheets_of,
    upload,
)
from .sealing import name_sealed
from .stopping import stop, take_up

__all__ = [
    "check",
    "confirm",
    "decide_duplicate",
    "discard",
    "fail_lost",
    "import_row",
    "name_sealed",
    "propose",
    "read_anew",
    "request_check",
    "request_undo",
    "run_import",
    "send_back",
    "set_columns",
    "sheets_of",
    "stop",
    "take_up",
    "undo",
    "upload",
]
