"""The only place that talks to the broker: short limits, one connection, dropped after any fault."""

from __future__ import annotations

from typing import Any

import redis
from kombu.exceptions import KombuError

from .models import OutboxRow

SECONDS = 2.0
LIMITS = {
    "socket_timeout": SECONDS,
    "socket_connect_timeout": SECONDS,
    "retry_on_timeout": False,
    "max_retries": 0,
}
FAULTS = (KombuError, redis.RedisError, OSError)


class BrokerDown(Exception):  # noqa: N818  what went wrong
    """The broker refused, hung or lost the connection."""


class Broker:
    """Sends tasks by name."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._connection: Any = None

    def send(self, row: OutboxRow) -> None:
        """Hand a row to the queue by task name with its id. Raises BrokerDown."""
        self._try(
            lambda link: self.app.send_task(
                row.task, args=[row.row_id], headers={"outbox": row.pk}, connection=link, retry=False
            )
        )

    def depth(self) -> int:
        """How many messages wait in the queue. Raises BrokerDown."""
        queue = self.app.conf.task_default_queue
        return self._try(lambda link: link.default_channel.queue_declare(queue, passive=False).message_count)

    def close(self) -> None:
        """Drop the connection; the next call makes a new one."""
        link, self._connection = self._connection, None
        if link is not None:
            link.collect(SECONDS)

    def _try(self, act: Any) -> Any:
        try:
            if self._connection is None:
                options = {**self.app.conf.broker_transport_options, **LIMITS}
                self._connection = self.app.connection_for_write(connect_timeout=SECONDS, transport_options=options)
            return act(self._connection)
        except FAULTS as fault:
            self.close()
            raise BrokerDown(type(fault).__name__) from fault
