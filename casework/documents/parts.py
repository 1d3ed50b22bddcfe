"""Long papers in parts, laid out by two processes at a time: quicker, and no process grows large.

`python -m casework.documents.parts` is such a process: it reads its parts, and writes each PDF as a line of Base64, or
after "!" what kind of fault there was.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence

from django.conf import settings

AT_A_TIME = 2
_COMMAND = (sys.executable, "-m", "casework.documents.parts")
_FAULT = b"!"


class RenderFailed(Exception):  # noqa: N818  what went wrong
    """A paper could not be laid out; the message says why, for the log and never for the family."""


def laid_out(
    texts: Sequence[str], *, language: str, watermark: str, tell: Callable[[int], None] | None = None
) -> list[bytes]:
    """Lay out each HTML as a PDF of its own, in order; `tell` hears how far it is, in percent. Raises RenderFailed."""
    processes = [_begun() for _ in texts[:AT_A_TIME]]
    made = []
    try:
        for first, process in enumerate(processes):
            order = {"texts": texts[first::AT_A_TIME], "language": language, "watermark": watermark}
            process.stdin.write(json.dumps(order).encode())  # type: ignore[union-attr]
            process.stdin.close()  # type: ignore[union-attr]
        for at in range(len(texts)):
            made.append(_next(processes[at % AT_A_TIME]))
            if tell is not None:
                tell(5 + 85 * len(made) // len(texts))
    finally:
        for process in processes:
            process.kill()
            process.wait()
            process.stdout.close()  # type: ignore[union-attr]
    return made


def _begun() -> subprocess.Popen[bytes]:
    return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR)  # noqa: S603


def _next(process: subprocess.Popen[bytes]) -> bytes:
    line = process.stdout.readline()  # type: ignore[union-attr]
    if not line or line.startswith(_FAULT):
        raise RenderFailed(f"a part could not be laid out: {line.decode().strip('!') or 'its process ended'}")
    return b64decode(line)


def main() -> None:
    """Lay out the parts on the standard input, one after the other."""
    from . import pdf

    order = json.load(sys.stdin)
    for text in order.pop("texts"):
        try:
            line = b64encode(pdf.render(text, language=order["language"], watermark=order["watermark"]))
        except pdf.RenderFailed as fault:
            line = _FAULT + type(fault.__cause__ or fault).__name__.encode()
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.flush()
        gc.collect()  # what one part left behind must not stand beside the next


if __name__ == "__main__":
    main()
