"""PDFs that somebody sent, opened in a process of their own, which may take only so much time and memory.

A PDF of a kilobyte can draw a thing ten times whose parts are drawn ten times each, and so on: no number in it tells
beforehand how long that takes. `python -m casework.documents.pages_apart` is such a process: it reads an order and the
PDF, writes its answer, and is ended by the system where it takes too much.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from .pages import NoSuchPage, UnreadablePdf, draw_page, largest_picture, page_count, rewritten, small_picture

LOOK_SECONDS = 8
"""Seconds of a processor for writing a PDF anew and looking at each of its pages: 200 scanned ones take two."""
DRAW_SECONDS = 10
"""For drawing pages, and one more for each of them."""
MOST_MEMORY = 1_500_000_000
"""Bytes."""
PREVIEW_WIDTH = 1000
_COMMAND = (sys.executable, "-m", "casework.documents.pages_apart")
_ROOT = Path(__file__).resolve().parents[2]
_UNREADABLE, _NO_PAGE = b"!unreadable\n", b"!page\n"


class TooHard(Exception):  # noqa: N818  what went wrong
    """To draw this PDF takes more time or memory than there is for it."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A PDF written anew (see `pages.rewritten`), its pages, and the pixels of the largest picture on them."""

    content: bytes
    pages: int
    pixels: int


def looked_through(pdf: bytes) -> Looked:
    """Write a PDF anew and look at its pages. Raises UnreadablePdf, TooHard."""
    with _begun({"do": "look", "seconds": LOOK_SECONDS}, pdf) as process:
        told = json.loads(_line(process.stdout))  # type: ignore[arg-type]
        content = process.stdout.read()  # type: ignore[union-attr]
        if len(content) != told.pop("size"):
            raise TooHard
        return Looked(content=content, **told)


def drawn(pdf: bytes, pages: Sequence[int], *, width: int) -> Iterator[Image.Image]:
    """Draw pages (the first is 1), `width` pixels wide, one after the other. Raises NoSuchPage, TooHard."""
    order = {"do": "draw", "pages": list(pages), "width": width, "seconds": DRAW_SECONDS + len(pages)}
    with _begun(order, pdf) as process:
        for _page in pages:
            size = tuple(map(int, _line(process.stdout).split()))  # type: ignore[arg-type]
            content = process.stdout.read(3 * size[0] * size[1])  # type: ignore[union-attr]
            if len(content) != 3 * size[0] * size[1]:
                raise TooHard
            yield Image.frombytes("RGB", (size[0], size[1]), content)


def sent_page_picture(pdf: bytes, page: int) -> bytes:
    """Give one page of a PDF that was sent as WebP of at most 60 KB. Raises NoSuchPage, TooHard."""
    (picture,) = drawn(pdf, [page], width=PREVIEW_WIDTH)
    return small_picture(picture)


class _begun:  # noqa: N801  used as a statement
    """The process with its order; it is ended with the block."""

    def __init__(self, order: dict[str, Any], pdf: bytes) -> None:
        self.order, self.pdf = order, pdf

    def __enter__(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(  # noqa: S603  a command of our own
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT
        )
        with suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(self.order).encode() + b"\n" + self.pdf)  # type: ignore[union-attr]
            self.process.stdin.close()  # type: ignore[union-attr]
        return self.process

    def __exit__(self, *_fault: object) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()  # type: ignore[union-attr]


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline()
    if line == _UNREADABLE:
        raise UnreadablePdf
    if line == _NO_PAGE:
        raise NoSuchPage
    if not line.endswith(b"\n"):
        raise TooHard
    return line


def main() -> None:
    """Do what the standard input asks."""
    order, pdf = json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read()
    _limit(order["seconds"])
    try:
        if order["do"] == "look":
            _look(pdf)
        else:
            for page in order["pages"]:
                picture = draw_page(pdf, page, width=order["width"])
                _write(f"{picture.width} {picture.height}\n".encode(), picture.tobytes())
    except UnreadablePdf:
        _write(_UNREADABLE)
    except NoSuchPage:
        _write(_NO_PAGE)


def _look(pdf: bytes) -> None:
    content = rewritten(pdf)
    told = {"size": len(content), "pages": page_count(content), "pixels": largest_picture(content)}
    _write(json.dumps(told).encode() + b"\n", content)


def _limit(seconds: int) -> None:
    """Let the system end this process after so many seconds of a processor more, and give it no more than MOST_MEMORY.

    macOS does not limit memory.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _write(*parts: bytes) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
