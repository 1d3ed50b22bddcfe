"""Whether something failed because a disk is full: the one the files lie on, or the database’s (safety.md 5)."""

from __future__ import annotations

import errno

from psycopg2.errors import DiskFull

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def is_disk_full(failure: BaseException | None) -> bool:
    """Whether that is what stands behind a failure, also when something wrapped it."""
    while failure is not None:
        if isinstance(failure, DiskFull) or (isinstance(failure, OSError) and failure.errno in FULL):
            return True
        failure = failure.__cause__ or failure.__context__
    return False
