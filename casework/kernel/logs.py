"""Lines of the logs: where something went wrong, and never with what (safety.md: no personal data in logs)."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


SECRET_ADDRESSES = re.compile(r"(?<!\w)(/(?:phone|set-up)/)[^/\s]+")
"""Addresses that are a key themselves: whoever reads the log must not hold it."""
NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    """Text that cannot begin a line of its own, nor steer a terminal, without the keys that stand in addresses."""
    return NO_TEXT.sub(lambda found: f"\\x{ord(found[0]):02x}", SECRET_ADDRESSES.sub(r"\1…", text))


class RefusalsInOneLine(logging.Filter):
    """A page that was refused is no fault: its line says which, and tells no way through the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


class WithoutValues(logging.Formatter):
    """The way to a fault, and its kind: the messages of databases and parsers quote what was typed."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name is that of the library
        return one_line(super().formatMessage(record))

    def formatException(self, ei: Caught) -> str:  # noqa: N802  the name is that of the library
        return "\n".join(_told(fault) for fault in _chain(ei[1]))


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """What led to the fault, then the fault itself."""
    if fault is None:
        return
    yield from _chain(fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__))
    yield fault


def _told(fault: BaseException) -> str:
    way = "".join(traceback.format_tb(fault.__traceback__))
    return f"Traceback (most recent call last):\n{way}{type(fault).__module__}.{type(fault).__qualname__}"
