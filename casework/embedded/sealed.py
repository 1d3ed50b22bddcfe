"""The sealed file of a backup: read and written as a stream, so that its size never meets the memory.

Layout: MAGIC, 32 bytes of salt, then chunks of AES-256-GCM. The key of a file is derived from the site's backup key and
the salt; a chunk's nonce is its number and whether it is the last. So a chunk that was changed, moved, doubled or cut
off at the end is noticed.
"""

from __future__ import annotations

import base64
import binascii
import io
import os
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import Unable
from .folders import write_private

MAGIC = b"casework backup 1\n"
SALT_BYTES, TAG_BYTES, CHUNK_BYTES = 32, 16, 1 << 20


def make_key(path: Path) -> None:
    """Write a new backup key that only its owner can read."""
    keep_key(path, os.urandom(32))


def keep_key(path: Path, key: bytes) -> None:
    """Write a backup key where there is none; one that is there stays."""
    if not path.exists():
        write_private(path, base64.b64encode(key).decode() + "\n")


def read_key(path: Path) -> bytes:
    """Return the key in this file; raises Unable when there is none."""
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except OSError as problem:
        raise Unable(f"{path} cannot be read: {problem.strerror}.") from problem
    except (UnicodeDecodeError, binascii.Error) as problem:
        raise Unable(f"{path} is not a backup key.") from problem
    if len(key) != 32:
        raise Unable(f"{path} is not a backup key.")
    return key


class Sealer(io.RawIOBase):
    """Seals what is written to it into a file; nothing of it counts before finish()."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        salt = os.urandom(SALT_BYTES)
        self._target, self._cipher = target, _cipher(key, salt)
        self._waiting, self._number = bytearray(), 0
        target.write(MAGIC + salt)

    def write(self, data: Any, /) -> int:
        """Take bytes of any length."""
        taken = bytes(data)
        self._waiting += taken
        while len(self._waiting) > CHUNK_BYTES:  # the last chunk waits for finish()
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(taken)

    def finish(self) -> None:
        """Seal the last chunk, and bring the file to the disk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._target.flush()
        os.fsync(self._target.fileno())

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), chunk, MAGIC))
        self._number += 1


class Opener(io.RawIOBase):
    """Reads a sealed file; raises Unable at the first byte that is not as it was sealed."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise Unable("This file is not a backup of Casework.")
        self._source, self._cipher = source, _cipher(key, source.read(SALT_BYTES))
        self._ahead = source.read(CHUNK_BYTES + TAG_BYTES)
        self._opened, self._number = bytearray(), 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, fewer than asked for only at the end."""
        while (size < 0 or len(self._opened) < size) and self._ahead:
            chunk, self._ahead = self._ahead, self._source.read(CHUNK_BYTES + TAG_BYTES)
            self._opened += self._open(chunk, is_last=not self._ahead)
        size = len(self._opened) if size < 0 else size
        taken = bytes(self._opened[:size])
        del self._opened[:size]
        return taken

    def _open(self, chunk: bytes, *, is_last: bool) -> bytes:
        try:
            opened = self._cipher.decrypt(_nonce(self._number, is_last=is_last), chunk, MAGIC)
        except InvalidTag as problem:
            raise Unable("The key is another one, or the backup was changed or is not complete.") from problem
        self._number += 1
        return opened


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=b"casework backup").derive(key)
    return AESGCM(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
