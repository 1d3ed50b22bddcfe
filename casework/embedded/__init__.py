"""Servers without installing any: PostgreSQL and Redis from the requirements, kept up by one process manager.

Wiring for `script/server`, `script/test`, `script/backup` and `script/restore`; imports nothing of the rooms.
"""


class Unable(Exception):  # noqa: N818
    """Something on this machine stands in the way; the message is a sentence for whoever started us."""
