"""Where a site keeps its data, keys, sockets and logs."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import Unable

PROJECT = Path(__file__).resolve().parent.parent.parent
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path must stay under 104 bytes on macOS, 108 on Linux


@dataclass(frozen=True)
class Folders:
    """The folders of one site: the demo under var/demo, a site of one's own under var/site."""

    mode: str
    root: Path

    @classmethod
    def of(cls, mode: str) -> Folders:
        """Name the folders of a mode; CASEWORK_VAR moves them elsewhere."""
        return cls(mode=mode, root=Path(os.environ.get("CASEWORK_VAR", PROJECT / "var" / mode)).absolute())

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def digest(self) -> str:
        """Eight letters that tell this site's folders outside the project from another site's."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:8]

    @property
    def flag(self) -> str:
        """What this site's commands are called with."""
        return " --site" if self.mode == "site" else ""

    def create(self) -> None:
        """Make the folders that hold personal data or keys, readable by nobody else."""
        if not self.root.parent.exists():
            _folder(self.root.parent, 0o711)
        _folder(self.root, 0o711)
        for folder in (self.keys, self.logs, self.files, self.backups):
            _folder(folder, 0o700)

    def run(self) -> Path:
        """Make the folder of sockets; one outside the project where that path is too long for a socket."""
        inside = self.root / "run"
        if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
            _folder(inside, 0o711)
            return inside
        outside = Path(tempfile.gettempdir() if os.getuid() else "/run") / f"casework-{os.getuid()}-{self.digest}"
        outside.mkdir(exist_ok=True)
        if outside.is_symlink() or outside.stat().st_uid != os.getuid():
            raise Unable(f"{outside} belongs to somebody else. Remove it and try again.")
        outside.chmod(0o711)
        return outside


def _folder(path: Path, mode: int) -> None:
    path.mkdir(parents=True, exist_ok=True)
    if stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


@contextlib.contextmanager
def only_one(folders: Folders) -> Iterator[None]:
    """Hold the site's lock; raises Unable when another command holds it."""
    with (folders.root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise running_already(folders) from problem
        yield


def running_already(folders: Folders) -> Unable:
    """The refusal of a command that needs the site to itself."""
    return Unable(f"This site is running already. To stop it: script/server{folders.flag} --stop")


def shown(path: Path) -> str:
    """Name a path as somebody standing in the project reads it."""
    return str(path.relative_to(PROJECT)) if path.is_relative_to(PROJECT) else str(path)


def kept_secret(path: Path) -> str:
    """Return the secret in this file; make one that only its owner can read when there is none."""
    with contextlib.suppress(FileExistsError):
        write_private(path, secrets.token_urlsafe(48) + "\n")
    return path.read_text().strip()


def kept_passwords(folders: Folders, *names: str) -> dict[str, str]:
    """Return this site's passwords for its own servers, made once."""
    path = folders.keys / "servers.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in names if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(24) for name in missing}
        path.unlink(missing_ok=True)
        write_private(path, json.dumps(known, indent=1))
    return known


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read; raises FileExistsError rather than write over one."""
    with private_file(path) as handle:
        handle.write(text.encode())


@contextlib.contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file for writing bytes, readable by its owner only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        yield handle
