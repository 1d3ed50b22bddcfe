"""Load a database with invented children and print the table: see script/benchmark."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from casework.embedded import Unable
from casework.embedded.temporary import servers

TRIES = 30


def main() -> int:
    """Run it; answer 1 when something is over its target."""
    parser = argparse.ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("--children", type=int, default=5_000, help="how many children to load (5,000)")
    parser.add_argument("--database", default="", help="a server of yours; a database of its own is made there")
    parser.add_argument("--times", type=int, default=30, help="runs of each act (30)")
    parser.add_argument("--only", default="", metavar="WORDS", help="only the parts with these words in their names")
    wanted = parser.parse_args()
    if wanted.database:
        os.environ["DATABASE_URL"] = wanted.database
    else:
        os.environ.pop("DATABASE_URL", None)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # servers and database go away all the same
    os.environ["CASEWORK_MODE"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "casework.settings.test"
    try:
        with servers() as addresses:
            os.environ.update(addresses)
            with own_database(os.environ["DATABASE_URL"]) as url:
                os.environ["DATABASE_URL"] = url
                return run(wanted.children, wanted.times, wanted.only)
    except Unable as problem:
        print(problem, file=sys.stderr)
        return 1


@contextlib.contextmanager
def own_database(url: str) -> Iterator[str]:
    """An empty database beside the given one, dropped afterwards; gives its address."""
    name, parts = f"casework_benchmark_{os.getpid()}", urlsplit(url)
    _maintain(url, f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        _drop(url, name)


def _drop(url: str, name: str) -> None:
    """Drop it; while the server cleans it up nobody but an administrator may end that, so it is tried again."""
    for _try in range(TRIES):
        try:
            _maintain(url, f"DROP DATABASE {name} WITH (FORCE)")
            break
        except psycopg2.errors.InsufficientPrivilege:
            time.sleep(1)


def _maintain(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def run(children: int, times: int, only: str = "") -> int:
    """Set Django up, load, measure, print."""
    import logging

    import django

    django.setup()
    logging.disable(logging.INFO)

    from django.core.management import call_command
    from django.db import connection

    from casework.kernel.collecting import collect_seldom

    from . import children as people
    from . import files, fund, jobs, lists, papers, process, record, spreadsheets
    from .measure import Figure, table

    call_command("createcachetable", verbosity=0)
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    call_command("load_demo", children=children)
    spent = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("ANALYZE")
        cursor.execute("RESET statement_timeout")
    collect_seldom()  # as a web process does
    figures = [Figure(row="", what=f"load {children:,} children", value=spent, unit="s")]
    parts: list[tuple[str, Callable[[], Iterator[Figure]]]] = [
        ("lists", lambda: lists.figures(times)),
        ("case page", lambda: record.figures(times)),
        ("children", lambda: people.figures(times * 5)),
        ("the fund", lambda: fund.figures(times)),
        ("papers", lambda: papers.figures(min(times, 5))),
        ("dashboard and files", lambda: files.figures(min(times, 5))),
        ("processes", lambda: process.figures(5.0)),
        ("spreadsheets", lambda: spreadsheets.figures(min(children, 50_000))),
        ("jobs", lambda: jobs.figures(times)),
    ]
    for name, measured in (part for part in parts if only in part[0]):
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        figures += measured()
    print(table(figures))
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores. Above one a core only ratios count.")
    return 0 if all(figure.is_ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
