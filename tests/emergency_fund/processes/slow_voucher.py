"""A paper that takes its time to be drawn, so that its worker can be killed meanwhile. Loaded by the tests' worker."""

from __future__ import annotations

import time

from casework.documents.models import Document
from casework.documents.services import making

drawn_at_once = making._content


def slowly(document: Document) -> bytes:
    """Wait for longer than the test looks on."""
    time.sleep(60)
    return drawn_at_once(document)


making._content = slowly
