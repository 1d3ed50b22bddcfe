"""Where the bytes of documents lie: written whole or not at all, read only when they are what was written."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PAPERS, SENT, LISTS = FOLDERS = ("documents", "attachments", "lists")
"""Where papers that were made lie, what people sent, and lists for a day, which no backup holds."""


class DamagedFile(Exception):  # noqa: N818  what went wrong
    """The stored bytes are missing or are not the ones the hash was taken of."""


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def save(content: bytes, *, number: int, now: datetime) -> str:
    """Keep a PDF and return its name. After a power cut the file is whole or absent."""
    name = f"{PAPERS}/{now:%Y/%m}/{number}-{digest(content)[:16]}.pdf"
    _write(name, content)
    return name


def save_unnamed(content: bytes, *, now: datetime) -> str:
    """Keep what somebody sent under a random name that tells nothing of it, and return the name."""
    name = f"{SENT}/{now:%Y/%m}/{secrets.token_hex(16)}"
    _write(name, content)
    return name


def names_before(moment: datetime) -> set[str]:
    """Give the names under which something lies since before a moment, whole or broken off."""
    root = Path(settings.MEDIA_ROOT)
    paths = (path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in paths if _is_older(path, moment)}


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False  # taken away meanwhile


def discard(name: str) -> None:
    """Take the bytes away for good. A file that is gone already is no fault."""
    Path(settings.MEDIA_ROOT, name).unlink(missing_ok=True)


def _write(name: str, content: bytes) -> None:
    with writing(name) as out:
        out.write(content)


def list_name() -> str:
    """A random name for the file of a list."""
    return f"{LISTS}/{secrets.token_hex(16)}"


@contextmanager
def writing(name: str) -> Iterator[BinaryIO]:
    """A file to write into; when the block ends well its bytes lie under the name, whole, and else nowhere."""
    path = Path(settings.MEDIA_ROOT, name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def digest_of(name: str) -> str:
    """SHA-256 of what lies under a name, however large. Raises DamagedFile when nothing does."""
    try:
        with Path(settings.MEDIA_ROOT, name).open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()
    except OSError as fault:
        raise DamagedFile(name) from fault


def opened(name: str, sha256: str) -> BinaryIO:
    """The file under a name, to be sent piece by piece. Raises DamagedFile when it is gone or changed."""
    if digest_of(name) != sha256:
        raise DamagedFile(name)
    return Path(settings.MEDIA_ROOT, name).open("rb")


def read(name: str, sha256: str) -> bytes:
    """Give back the bytes kept under a name. Raises DamagedFile when they are gone or changed."""
    try:
        content = Path(settings.MEDIA_ROOT, name).read_bytes()
    except OSError as fault:
        raise DamagedFile(name) from fault
    if digest(content) != sha256:
        raise DamagedFile(name)
    return content
