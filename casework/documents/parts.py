"""Long papers in parts, each laid out by a process of its own, two at a time: quicker, and no process grows large.

`python -m casework.documents.parts` is that process: it reads what to lay out and writes the PDF.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from . import pdf

AT_A_TIME = 2
MOST_SECONDS = 100
_COMMAND = (sys.executable, "-m", "casework.documents.parts")


def laid_out(
    texts: Sequence[str], *, language: str, watermark: str, tell: Callable[[int], None] | None = None
) -> list[bytes]:
    """Lay out each HTML as a PDF of its own, in order; `tell` hears how far it is, in percent. Raises RenderFailed."""
    orders = [json.dumps({"html": text, "language": language, "watermark": watermark}) for text in texts]
    made = []
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for content in pool.map(_in_a_process, orders):
            made.append(content)
            if tell is not None:
                tell(5 + 85 * len(made) // len(orders))
    return made


def _in_a_process(order: str) -> bytes:
    try:
        process = subprocess.run(  # noqa: S603
            _COMMAND, input=order.encode(), capture_output=True, cwd=settings.BASE_DIR, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired as fault:
        raise pdf.RenderFailed("a part took too long") from fault
    if process.returncode:
        raise pdf.RenderFailed(f"a part could not be laid out: the process ended with {process.returncode}")
    return process.stdout


def main() -> None:
    """Lay out what stands on the standard input."""
    order = json.load(sys.stdin)
    sys.stdout.buffer.write(pdf.render(order.pop("html"), **order))


if __name__ == "__main__":
    main()
