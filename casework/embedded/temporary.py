"""Run a command beside throw-away servers: `python -m casework.embedded.temporary [--engine FOLDER] COMMAND …`.

For the tests. DATABASE_URL and REDIS_URL that are set already stay; --engine takes the PostgreSQL programs of that
folder instead of the embedded ones.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from . import Unable
from .folders import PROJECT, Folders
from .postgres import APP, OWNER, Postgres
from .redis import Redis


def main() -> int:
    """Start what is missing, run the command, stop it again; return the command's code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", type=Path, help="a folder with PostgreSQL's programs")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    try:
        with servers(arguments.engine) as addresses:
            return subprocess.call(arguments.command, cwd=PROJECT, env={**os.environ, **addresses})
    except Unable as problem:
        print(problem, file=sys.stderr)
        return 1


@contextlib.contextmanager
def servers(engine: Path | None = None) -> Iterator[dict[str, str]]:
    """Keep PostgreSQL and Redis up for the length of a block; gives their addresses, the owner's for the database."""
    with tempfile.TemporaryDirectory(prefix="casework-") as name, contextlib.ExitStack() as stack:
        folders = Folders("test", Path(name))
        folders.create()
        addresses = {"CASEWORK_VAR": name}
        if engine or not os.environ.get("DATABASE_URL"):
            postgres = Postgres.of(folders)
            postgres = replace(postgres, binaries=engine) if engine else postgres
            stack.enter_context(postgres.running(durable=False))
            addresses |= {"DATABASE_URL": postgres.url(OWNER), "DATABASE_APP_ROLE": APP}
        if not os.environ.get("REDIS_URL"):
            addresses["REDIS_URL"] = stack.enter_context(redis_server(folders.root))
        yield addresses


@contextlib.contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Keep a Redis up for the length of a block; gives its address."""
    folders = Folders("test", folder)
    folders.create()
    redis = Redis.of(folders)
    with subprocess.Popen(redis.command(), stdout=subprocess.DEVNULL, start_new_session=True) as server:
        try:
            redis.wait()
            yield redis.url
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
