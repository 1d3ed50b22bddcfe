"""PostgreSQL refuses to run as root: the user it runs as then, and what that user can reach."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from . import Unable

DATABASE_USER = "casework-db"


def database_user() -> pwd.struct_passwd | None:
    """Return the user PostgreSQL runs as: None for whoever started us, under root a system user."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam(DATABASE_USER)
    except KeyError:
        return _create_user()


def _create_user() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if not useradd:
        raise Unable("PostgreSQL does not run as root and no user can be added here. Start this as an ordinary user.")
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run([*command, "--shell", "/usr/sbin/nologin", DATABASE_USER], capture_output=True, text=True)
    if done.returncode:
        raise Unable(f"The user {DATABASE_USER} could not be added: {done.stderr.strip()}")
    return pwd.getpwnam(DATABASE_USER)


def reachable(path: Path, user: pwd.struct_passwd | None) -> bool:
    """Say whether that user can get to the folder through all of its parents."""
    if user is None:
        return True
    real = path.resolve()
    return all(_passes(folder, user) for folder in (real, *real.parents) if folder.exists())


def _passes(folder: Path, user: pwd.struct_passwd) -> bool:
    found = folder.stat()
    if found.st_uid == user.pw_uid:
        return bool(found.st_mode & 0o100)
    return bool(found.st_mode & (0o010 if found.st_gid == user.pw_gid else 0o001))


def give(path: Path, user: pwd.struct_passwd | None, mode: int = 0o700) -> None:
    """Make a folder that belongs to that user."""
    path.mkdir(parents=True, exist_ok=True)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)
    path.chmod(mode)
