"""The relay: waits for rows of the outbox and hands them to the queue. Requests never talk to the broker."""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from . import services
from .broker import Broker, BrokerDown

logger = logging.getLogger(__name__)

TICK = 1.0
BEAT_EVERY = timedelta(seconds=5)
LOOK_EVERY = timedelta(seconds=10)
LOST_AFTER = timedelta(seconds=20)
LOST_AFTER_IN_QUEUE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(seconds=10)

Duty = Callable[[datetime], Any]


class Relay:
    """One relay process. Several may run: each row is held by one of them at a time."""

    def __init__(self, *, broker: Broker, duties: Iterable[Duty] = (), clock: Callable[[], datetime] = timezone.now):
        self.broker, self.duties, self.clock = broker, tuple(duties), clock
        self.stopping = False
        self._wake_reader, self._wake_writer = os.pipe()
        self._ear: Any = None
        self._faults = 0
        past = datetime.min.replace(tzinfo=timezone.get_default_timezone()) + timedelta(days=1)
        self._beaten_at = self._looked_at = self._broker_again_at = past

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """End after the row at hand; used as a signal handler."""
        self.stopping = True
        os.write(self._wake_writer, b"x")

    def run(self) -> None:
        """Work until stopped. A database that is away is waited for."""
        while not self.stopping:
            try:
                self.work()
                self._listen(TICK)
            except (DatabaseError, InterfaceError) as fault:
                logger.warning("the database is away: %s", type(fault).__name__)
                self._drop_connections()
                self._sleep(TICK * 2)
        self.broker.close()
        self._drop_connections()

    def work(self) -> None:
        """One round: a sign of life, what waits, what was lost, and the duties of the rooms above."""
        now = self.clock()
        if now - self._beaten_at >= BEAT_EVERY or now < self._beaten_at:
            services.beat(name="relay", now=now)
            self._beaten_at = now
        if now >= self._broker_again_at or self._broker_again_at - now > LONGEST_PAUSE:
            self._hand_over(now)
        for duty in self.duties:
            self._do(duty)

    def _hand_over(self, now: datetime) -> None:
        try:
            while not self.stopping and services.send_waiting(send=self.broker.send, now=self.clock()):
                pass
            if now - self._looked_at >= LOOK_EVERY or now < self._looked_at:
                self._looked_at = now
                patience = LOST_AFTER_IN_QUEUE if self.broker.depth() else LOST_AFTER
                services.reclaim_lost(sent_before=now - patience, now=now)
        except BrokerDown as fault:
            self._faults += 1
            pause = min(timedelta(seconds=2**self._faults), LONGEST_PAUSE)
            self._broker_again_at = self.clock() + pause
            logger.warning("the broker is away (%s), next try in %d s", fault, pause.seconds)
        else:
            self._faults = 0

    def _do(self, duty: Duty) -> None:
        if self.stopping:
            return
        try:
            duty(self.clock())
        except (DatabaseError, InterfaceError):
            raise
        except Exception as fault:  # noqa: BLE001  one duty must not stop the others
            logger.error("the duty %s failed: %s", getattr(duty, "__name__", "?"), type(fault).__name__)

    def _listen(self, seconds: float) -> None:
        """Wait for a word from the database or for the end."""
        if self._ear is None:
            self._ear = connection.get_new_connection(connection.get_connection_params())
            self._ear.autocommit = True
            with self._ear.cursor() as cursor:
                cursor.execute(f"LISTEN {services.CHANNEL}")
            seconds = 0  # what was written before listening began
        ready, _, _ = select.select([self._ear, self._wake_reader], [], [], seconds)
        if self._ear in ready:
            self._ear.poll()
            self._ear.notifies.clear()
        close_old_connections()

    def _sleep(self, seconds: float) -> None:
        select.select([self._wake_reader], [], [], seconds)

    def _drop_connections(self) -> None:
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.close()
        connection.close()
