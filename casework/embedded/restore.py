"""Bring a site back from its backup into an empty data folder: `script/restore FILE --key KEYFILE` (day.md 31).

Every byte, every file's hash and every table's content is compared with what the backup says; what does not agree is
removed again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import psycopg2

from . import Unable
from .backup import owner_address, secret_keys
from .contents import contents, differences
from .folders import Folders, only_one, private_file, shown
from .postgres import client_environment, packaged_programs
from .sealed import Opener, keep_key, read_key


def main() -> int:
    """Restore the file named on the command line and say what to do next."""
    parser = argparse.ArgumentParser(prog="script/restore", description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path, help="the backup's .data file")
    parser.add_argument("--key", type=Path, required=True, help="the file with the backup key")
    parser.add_argument("--keys", type=Path, help="the backup's .keys file (else the site gets new keys)")
    parser.add_argument("--force", action="store_true", help="put a site that is there aside first")
    arguments = parser.parse_args()
    os.umask(0o077)
    try:
        folders = restore(arguments.file, arguments.key, datetime.now(UTC), keys=arguments.keys, force=arguments.force)
    except (Unable, OSError, tarfile.TarError, psycopg2.Error) as problem:
        print(f"Nothing was restored. {problem}", file=sys.stderr)
        return 1
    print(f"Restored to {shown(folders.root)}; every table and file equals the backup.")
    print(f"Start it with: script/server{folders.flag}")
    return 0


def restore(file: Path, key_file: Path, moment: datetime, *, keys: Path | None = None, force: bool = False) -> Folders:
    """Bring back database and files, and the keys if given; return the site's folders.

    Raises Unable when there is a site already (force puts it aside), when the key does not fit, or when anything
    differs from the backup.
    """
    key = read_key(key_file)
    if keys:
        _read_through(keys, key)
    with _opened(file, key) as archive:
        about = json.loads(_content(archive, archive.next()))
        folders = Folders.of(about["mode"])
        with _empty_place(folders, moment, force=force):
            keep_key(folders.keys / "backup.key", key)  # where no key can be kept, the database stays empty
            if keys:
                _restore_keys(keys, key, folders)
            _restore_site(archive, folders, about)
    return folders


@contextlib.contextmanager
def _empty_place(folders: Folders, moment: datetime, *, force: bool) -> Iterator[None]:
    """Make an empty data folder for the block; what the block wrote is removed when it fails."""
    holds = folders.root.exists() and _holds_a_site(folders)
    if holds and not force:
        raise Unable(f"There is a site in {shown(folders.root)}. To put it aside and go on, add --force.")
    if holds:
        with only_one(folders):
            print(f"The site that was here is now in {shown(put_aside(folders, moment))}.")
    folders.create()
    try:
        yield
    except BaseException:
        _remove(folders)
        raise


def _holds_a_site(folders: Folders) -> bool:
    folders.create()
    return (folders.postgres / "data").exists() or any(folders.files.iterdir()) or bool(secret_keys(folders))


def put_aside(folders: Folders, moment: datetime) -> Path:
    """Rename the site's folder, and its cluster where that stands elsewhere; return the new name."""
    ending = f".before-{moment:%Y%m%dT%H%M%SZ}"
    aside = folders.root.with_name(folders.root.name + ending)
    if folders.postgres.is_symlink():
        cluster = folders.postgres.resolve()
        moved = cluster.rename(cluster.with_name(cluster.name + ending))
        folders.postgres.unlink()
        folders.postgres.symlink_to(moved)
    return folders.root.rename(aside)


def _remove(folders: Folders) -> None:
    """Remove cluster, files and keys of a restore that failed; there were none before it."""
    cluster = folders.postgres.resolve()
    if folders.postgres.is_symlink():
        folders.postgres.unlink()
    for folder in (cluster, folders.files):
        shutil.rmtree(folder, ignore_errors=True)
    for path in secret_keys(folders):
        path.unlink()


@dataclass
class _Loader:
    """Feeds the parts of the dump to pg_restore, which knows the end by finish()."""

    process: subprocess.Popen
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    @classmethod
    def start(cls, address: str) -> _Loader:
        """Start loading into an empty database."""
        with contextlib.closing(psycopg2.connect(address)) as database:
            if contents(database):
                raise Unable("The database has tables already. Restore into an empty one.")
        options = ["--single-transaction", "--no-owner", "--no-comments"]
        if "DATABASE_URL" in os.environ:  # its roles may have other names; migrating grants their rights again
            options.append("--no-privileges")
        settings = client_environment(address)
        command = [str(packaged_programs() / "pg_restore"), *options, "--dbname", settings["PGDATABASE"]]
        environment = {**os.environ, **settings}
        return cls(subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE))

    def feed(self, part: bytes) -> None:
        """Hand on the next part; where the loader ended early, finish() says why."""
        self.digest.update(part)
        if self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.write(part)

    def finish(self) -> str:
        """Wait for the last row; return the hash of what was fed."""
        _, said = self.process.communicate()
        if self.process.returncode:
            raise Unable(f"The database could not be loaded: {said.decode(errors='replace').strip()[-400:]}")
        return self.digest.hexdigest()


def _restore_site(archive: tarfile.TarFile, folders: Folders, about: dict) -> None:
    found: dict[str, str] = {}
    expected: dict[str, str] = {}
    with owner_address(folders) as address:
        loader = _Loader.start(address)
        while member := archive.next():
            content = _content(archive, member)
            if member.name.startswith("database/"):
                loader.feed(content)
            elif member.name == "hashes.json":
                expected = json.loads(content)
            else:
                found[member.name] = hashlib.sha256(content).hexdigest()
                _write_file(folders.root, member.name, content)
        found["database"] = loader.finish()
        with contextlib.closing(psycopg2.connect(address)) as database:
            now = contents(database)
    different = differences({name: tuple(value) for name, value in about["tables"].items()}, now)
    different += [name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name)]
    if different:
        raise Unable(f"This differs from the backup: {', '.join(sorted(different)[:8])}")


def _restore_keys(file: Path, key: bytes, folders: Folders) -> None:
    with _opened(file, key) as archive:
        while member := archive.next():
            _write_file(folders.keys, member.name, _content(archive, member))


@contextlib.contextmanager
def _opened(file: Path, key: bytes) -> Iterator[tarfile.TarFile]:
    with file.open("rb") as handle, tarfile.open(fileobj=Opener(handle, key), mode="r|") as archive:
        yield archive


def _read_through(file: Path, key: bytes) -> None:
    """Read an archive to its end, so that a wrong key or a damaged file is known before anything is touched."""
    with _opened(file, key) as archive:
        while member := archive.next():
            _content(archive, member)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> bytes:
    source = archive.extractfile(member) if member else None
    if source is None:
        raise Unable("This file is not a whole backup of Casework.")
    return source.read()


def _write_file(folder: Path, name: str, content: bytes) -> None:
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise Unable(f"The backup names a file outside its folder: {name}")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with private_file(path) as handle:
        handle.write(content)


if __name__ == "__main__":
    sys.exit(main())
