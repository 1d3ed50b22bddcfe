"""What the processes of a running site are told, for a command at a terminal beside them (`manage.py`)."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from .folders import Folders, write_private
from .processes import Manager

NAME = "environment.json"
TOLD = ("CASEWORK_MODE", "CASEWORK_VAR", "DATABASE_URL", "REDIS_URL", "SITE_URL", "SITE_HTTP", "SECRET_KEY_FILE")
PATIENCE = "120000"  # ms for a statement, as in the worker


@contextlib.contextmanager
def open_to_commands(folders: Folders, environment: Mapping[str, str]) -> Iterator[None]:
    """Keep it for commands while the site runs, in a file that only its owner can read."""
    file = folders.keys / NAME
    file.unlink(missing_ok=True)
    write_private(file, json.dumps({name: environment[name] for name in TOLD if name in environment}))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def join_running_site() -> None:
    """Tell this process what those of the site that runs here are told, of a site of one's own before the demo.

    Nothing is told where servers are named by DATABASE_URL, or where no site of this person runs; CASEWORK_MODE
    chooses one of two.
    """
    if {"DATABASE_URL", "DATABASE_URL_FILE"} & os.environ.keys():
        return
    for mode in ("site", "demo"):
        told = _told(Folders.of(mode))
        if told and os.environ.get("CASEWORK_MODE", told["CASEWORK_MODE"]) == told["CASEWORK_MODE"]:
            os.environ.update(told)
            os.environ.setdefault("STATEMENT_TIMEOUT_MS", PATIENCE)
            return


def _told(folders: Folders) -> dict[str, str]:
    file: Path = folders.keys / NAME
    try:
        told: dict[str, str] = json.loads(file.read_text())
    except OSError:  # no site runs here, or another person's
        return {}
    return told if Manager(folders.run(), folders.logs, ()).is_up() else {}
