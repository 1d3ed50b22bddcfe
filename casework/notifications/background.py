"""What every Celery task is: counted, held by one worker, marked done or failed. And the worker's sign of life."""

from __future__ import annotations

import logging
import threading
from typing import Any

from celery import Task, bootsteps
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from casework.kernel.refusals import Refusal

from . import services

logger = logging.getLogger(__name__)

BEAT_SECONDS = 10.0


def failure_of(fault: BaseException) -> str:
    """What went wrong and where, without the values that a message may carry."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    code = f" {fault.code}" if isinstance(fault, Refusal) else ""
    return f"{type(fault).__name__}{code}{place}"


class OutboxTask(Task):
    """The base of all tasks (set on the application). A task sent by the relay carries the id of its outbox row."""

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        outbox_id = (self.request.headers or {}).get("outbox")
        if outbox_id is None:
            self.run_of_the_clock(*args, **kwargs)
            return
        if not connection.in_atomic_block:  # else it would be dropped with what the caller has begun
            close_old_connections()
        with services.holding(outbox_id) as held:
            if held:
                self.run_counted(outbox_id, *args, **kwargs)

    def run_of_the_clock(self, *args: Any, **kwargs: Any) -> None:
        """Run without a row; a failure goes to the log, so it says where and never with which values."""
        try:
            self.run(*args, **kwargs)
        except Exception as fault:  # noqa: BLE001  the next beat tries again
            raise RuntimeError(failure_of(fault)) from None

    def run_counted(self, outbox_id: int, *args: Any, **kwargs: Any) -> None:
        """Run once, unless the row is done or out of tries; note how it went."""
        row = services.start_run(outbox_id=outbox_id, now=timezone.now())
        if row is None:
            return
        try:
            self.run(*args, **kwargs)
        except Exception as fault:  # noqa: BLE001  the reason is kept on the row
            failure = failure_of(fault)
            logger.error("task %s of row %s failed: %s", self.name, row.row_id, failure)
            services.fail_run(row=row, failure=failure, now=timezone.now())
        else:
            services.finish_run(row=row, now=timezone.now())


class SignOfLife(bootsteps.StartStopStep):
    """A thread of the worker that writes its heartbeat, also while all its processes are busy."""

    requires = {"celery.worker.components:Pool"}

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        self.ended = threading.Event()

    def start(self, parent: Any) -> None:
        threading.Thread(target=self.beat, name="sign-of-life", daemon=True).start()

    def stop(self, parent: Any) -> None:
        self.ended.set()

    def beat(self) -> None:
        """Write a heartbeat every ten seconds; a database that is away is tried again at the next beat."""
        while not self.ended.is_set():
            try:
                services.beat(name="worker", now=timezone.now())
            except (DatabaseError, InterfaceError) as fault:
                logger.warning("no heartbeat: %s", type(fault).__name__)
            finally:
                connection.close()
            self.ended.wait(BEAT_SECONDS)
