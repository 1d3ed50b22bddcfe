"""Write a backup: database and files into one sealed file, the keys into another: `script/backup` (day.md 31).

The database is dumped as of one moment, the files after it: a file stands on the disk before its row is written, so
every row of the dump finds its file, unless it was removed on purpose in between. Those are named.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg2

from . import Unable
from .contents import WITHOUT_CONTENT, contents
from .folders import Folders, only_one, private_file, shown
from .joining import NAME as ENVIRONMENT
from .postgres import OWNER, Postgres, client_environment, packaged_programs
from .sealed import CHUNK_BYTES, Sealer, make_key, read_key

UNFINISHED = ".part"
"""How the name of a file ends that is still being written; its row comes after the dump."""
FOR_A_DAY = "files/lists/"
"""Lists that people took away as files: they are deleted after a day, so no backup keeps them longer."""
PART_BYTES = 16 * CHUNK_BYTES
OWN_TO_THIS_MACHINE = {
    "servers.json",
    "redis.conf",
    "backup.key",
    ENVIRONMENT,
}  # keys that a restored site makes anew or is given


def main() -> int:
    """Back up the site, or the demo where there is no site, and say where everything is."""
    parser = argparse.ArgumentParser(prog="script/backup", description=__doc__.split("\n")[0])
    parser.add_argument("--demo", action="store_true", help="the demo, even where there is a site of your own")
    parser.add_argument(
        "--key", type=Path, help="a file with the backup key (default: keys/backup.key, made if missing)"
    )
    parser.add_argument("--to", type=Path, help="the folder to write to (default: backups/)")
    arguments = parser.parse_args()
    is_site = Folders.of("site").root.exists() or "DATABASE_URL" in os.environ
    folders = Folders.of("site" if is_site and not arguments.demo else "demo")
    os.umask(0o077)
    try:
        folders.create()
        written = back_up(folders, datetime.now(UTC), key_file=arguments.key, target=arguments.to)
    except (Unable, OSError, psycopg2.Error) as problem:
        print(f"No backup was made. {problem}", file=sys.stderr)
        return 1
    print(f"Backed up the {folders.mode}:")
    for path in written:
        print(f"  {shown(path)}  {path.stat().st_size:,} bytes")
    print("Keep the files apart from each other and away from this machine, and the backup key in another place.")
    return 0


def back_up(
    folders: Folders, moment: datetime, *, key_file: Path | None = None, target: Path | None = None
) -> list[Path]:
    """Write the sealed files of this moment and the record of the last backup; return the files.

    Raises Unable when the database cannot be dumped; an unfinished file is removed.
    """
    key = read_key(key_file or _own_key(folders))
    name = f"casework-{folders.mode}-{moment:%Y%m%dT%H%M%SZ}"
    target = target or folders.backups
    target.mkdir(parents=True, exist_ok=True)
    data = target / f"{name}.data"
    with _sealed_archive(data, key) as archive:
        _add_site(archive, folders, moment)
    written = [data]
    if kept := secret_keys(folders):
        with _sealed_archive(target / f"{name}.keys", key) as archive:
            for path in kept:
                _add(archive, path.name, path.read_bytes())
        written.append(target / f"{name}.keys")
    _record(folders, moment, data)
    return written


@contextlib.contextmanager
def owner_address(folders: Folders) -> Iterator[str]:
    """Give the owner's address of the site's database, started for as long as it takes where it is not up."""
    if address := os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL"):
        yield address
        return
    postgres = Postgres.of(folders)
    with contextlib.ExitStack() as stack:
        if not postgres.answers():
            stack.enter_context(only_one(folders))
            stack.enter_context(postgres.running())
        yield postgres.url(OWNER)


def secret_keys(folders: Folders) -> list[Path]:
    """List the keys that belong to the site and not to this machine."""
    return [path for path in sorted(folders.keys.iterdir()) if path.name not in OWN_TO_THIS_MACHINE]


def _own_key(folders: Folders) -> Path:
    path = folders.keys / "backup.key"
    if not path.exists():
        make_key(path)
        print(f"Made a backup key: {shown(path)}. Without it nobody can read a backup: copy it to a safe place now.")
    return path


@contextlib.contextmanager
def _sealed_archive(path: Path, key: bytes) -> Iterator[tarfile.TarFile]:
    """Give an archive that becomes the file at path when the block ends well, and nothing otherwise."""
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with private_file(unfinished) as handle:
            sealer = Sealer(handle, key)
            with tarfile.open(fileobj=sealer, mode="w|", format=tarfile.PAX_FORMAT) as archive:
                yield archive
            sealer.finish()
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _add_site(archive: tarfile.TarFile, folders: Folders, moment: datetime) -> None:
    hashes: dict[str, str] = {}
    with owner_address(folders) as address, contextlib.closing(psycopg2.connect(address)) as database:
        database.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            [(snapshot,)] = cursor.fetchall()
        about = {"format": 1, "mode": folders.mode, "made_at": moment.isoformat(), "tables": contents(database)}
        _add(archive, "about.json", json.dumps(about).encode())
        hashes["database"] = _add_dump(archive, address, snapshot)
    for path in sorted(folders.files.rglob("*")):
        name = f"files/{path.relative_to(folders.files)}"
        content = None if name.startswith(FOR_A_DAY) else _content(path)
        if content is not None:
            hashes[name] = _add(archive, name, content)
    _add(archive, "hashes.json", json.dumps(hashes).encode())


def _content(path: Path) -> bytes | None:
    """The bytes of a stored file; None for what is not one, is still being written, or was removed meanwhile."""
    if path.suffix == UNFINISHED or path.is_symlink() or not path.is_file():
        return None
    try:
        return path.read_bytes()
    except FileNotFoundError:
        print(f"Removed while the backup was made, and not in it: {path.name}", file=sys.stderr)
        return None


def _add_dump(archive: tarfile.TarFile, address: str, snapshot: str) -> str:
    """Add the dump in parts as it comes, so that it never stands unsealed on the disk; return its hash."""
    empty = [f"--exclude-table-data={name}" for name in WITHOUT_CONTENT]
    command = [str(packaged_programs() / "pg_dump"), "--format=custom", f"--snapshot={snapshot}", *empty]
    environment = {**os.environ, **client_environment(address)}
    digest = hashlib.sha256()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as dump:
        for number, part in enumerate(_parts(dump.stdout)):
            digest.update(part)
            _add(archive, f"database/{number:06}", part)
        said = dump.stderr.read().decode(errors="replace").strip() if dump.stderr else ""
    if dump.returncode:
        raise Unable(f"The database could not be dumped: {said[-400:]}")
    return digest.hexdigest()


def _parts(source: IO[bytes] | None) -> Iterator[bytes]:
    while source and (part := source.read(PART_BYTES)):
        yield part


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _record(folders: Folders, moment: datetime, data: Path) -> None:
    """Note the last backup where the administrator's page reads it."""
    with data.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    last = {"at": moment.isoformat(), "file": data.name, "sha256": digest, "bytes": data.stat().st_size}
    unfinished = folders.backups / "last.json.unfinished"
    unfinished.write_text(json.dumps(last))
    unfinished.rename(folders.backups / "last.json")


if __name__ == "__main__":
    sys.exit(main())
