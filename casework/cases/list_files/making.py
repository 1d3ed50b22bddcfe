"""The file of a long list: made by the worker row by row, told to who asked, deleted after a day."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.http import QueryDict
from django.utils import translation

from casework.access.scopes import may
from casework.accounts.models import User
from casework.cases.models import ListFile
from casework.cases.states import ListFileState
from casework.documents import store
from casework.kernel.moves import TransitionNotAllowed, move
from casework.notifications.background import failure_of
from casework.notifications.queries import in_work
from casework.notifications.services import MAX_TRIES, notify
from casework.ui.spreadsheets import write_file

from .sheets import sheet_named
from .taking import MOST_OF_ALL, TASK, page_of

TOLD_EVERY = 0.5  # seconds
log = logging.getLogger(__name__)


def make_list_file(*, file_id: int, now: datetime) -> ListFile:
    """Make the file of a list that a second person agreed to, with what its asker may see at this moment.

    Nothing is done for one that is made already. Who lost the right meanwhile gets none. Raises what went wrong, so
    that it is tried again; after the last try the asker is told.
    """
    file = ListFile.rows.select_related("proposal__proposed_by").get(pk=file_id)
    if file.state not in (ListFileState.WAITING, ListFileState.MAKING):
        return file
    file = move(file, ListFileState.MAKING, tries=file.tries + 1, file=file.file or store.list_name(), lines=0)
    sheet_class = sheet_named(file.proposal.facts["list"])
    asker = file.proposal.proposed_by
    if not asker.is_active or not all(may(asker, right) for right in (sheet_class.action, sheet_class.long_action)):
        return _give_up(file)
    try:
        return _made(file, now)
    except TransitionNotAllowed:  # given up meanwhile (delete_lists)
        store.discard(file.file)
        return ListFile.rows.get(pk=file.pk)
    except Exception as fault:
        log.error("list %s could not be made: %s", file.pk, failure_of(fault))
        if file.tries >= MAX_TRIES:
            return _give_up(file)
        raise


def _made(file: ListFile, now: datetime) -> ListFile:
    facts, asker = file.proposal.facts, file.proposal.proposed_by
    with translation.override(facts["language"]), store.writing(file.file) as out, Progress(file) as progress:
        sheet = sheet_named(facts["list"])(asker, QueryDict(facts["query"]), now)
        rows = sheet.copied(MOST_OF_ALL, progress.tell)
        with without_time_limit():
            blocks = sheet.whole(rows, file.proposal.reason)
            write_file(out, facts["ending"], title=str(sheet.title), blocks=blocks)
    with transaction.atomic():
        sha256 = store.digest_of(file.file)
        file = move(file, ListFileState.READY, sha256=sha256, lines=rows.done, made_at=now)
        _tell("cases.list_file.made", file)
    return file


class Progress:
    """Tells who waits for a file how many lines it has, at most twice a second, by a connection of its own."""

    def __init__(self, file: ListFile) -> None:
        self._file, self._connection = file, connection.copy()
        self._told_at = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *fault: object) -> None:
        self._connection.close()

    def tell(self, lines: int) -> None:
        """So many are done."""
        if time.monotonic() - self._told_at < TOLD_EVERY:
            return
        table = ListFile._meta.db_table
        with self._connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET lines = %s WHERE id = %s", [lines, self._file.pk])  # noqa: S608
        self._told_at = time.monotonic()


@contextmanager
def without_time_limit() -> Iterator[None]:
    """No limit for statements as pages have it: a worker may take as long as a list needs."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        try:
            yield
        finally:
            cursor.execute("RESET statement_timeout")


@transaction.atomic
def _give_up(file: ListFile) -> ListFile:
    if file.file:
        store.discard(file.file)
    file = move(file, ListFileState.FAILED, file="")
    _tell("cases.list_file.failed", file)
    return file


@transaction.atomic
def sweep_list_files(*, now: datetime) -> int:
    """Delete lists whose day is over and give up those that no worker makes any more; answers how many.

    Who never took a list is told that it is gone.
    """
    over, unfinished = list(ListFile.rows.over(now)), ListFile.rows.unfinished()
    for file in over:
        _delete(file)
    worked_on = in_work(TASK, unfinished.values_list("pk", flat=True))
    lost = [file for file in unfinished if file.pk not in worked_on]
    for file in lost:
        _give_up(file)
    return len(over) + len(lost)


@transaction.atomic
def delete_lists(*, of: User | None = None) -> int:
    """Delete the lists that lie here or are being made, of one person or of everybody; answers how many.

    They hold what their askers saw when they were begun: one whose role ended sees less now, and a sealed case is in no
    file. Who has not taken a list is told that it is gone.
    """
    begun = ListFile.rows.filter(state__in=[ListFileState.READY, ListFileState.MAKING]).order_by("pk")
    mine = begun if of is None else begun.filter(proposal__proposed_by=of)
    files = list(mine.select_for_update(of=("self",)).select_related("proposal__proposed_by"))
    for file in files:
        if file.state == ListFileState.READY:
            _delete(file)
        else:
            _give_up(file)
    return len(files)


def _delete(file: ListFile) -> None:
    name = file.file
    transaction.on_commit(lambda: store.discard(name))
    move(file, ListFileState.DELETED, file="")
    if not file.taken:
        _tell("cases.list_file.deleted", file)


def _tell(action: str, file: ListFile) -> None:
    proposal = file.proposal
    notify(
        recipient=proposal.proposed_by, action=action, subject=file, label=proposal.number, url=page_of(proposal)
    )  # fmt: skip
