"""Rows as the database copies them out: some are worded while it looks for the next ones."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, QuerySet, TextField
from psycopg2 import DatabaseError, extensions
from psycopg2.extensions import STRINGARRAY

Made = TypeVar("Made")
Reader = Callable[[str], Any]
IN_MEMORY, AT_ONCE = 1_000_000, 1_000
_TAB = "\t"
_ESCAPED, _MEANT = re.compile(r"\\(.)"), {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPES = str.maketrans({"\\": r"\\"} | {meant: f"\\{letter}" for letter, meant in _MEANT.items()})


class Copied(Generic[Made]):
    """What is made of the rows of a query. `make` is given some lines at a time, which parting() takes apart.

    `done` counts the rows, and `tell` hears of it.
    """

    def __init__(
        self,
        rows: QuerySet[Any, Any],
        make: Callable[[Sequence[str]], Iterable[Made]],
        tell: Callable[[int], object] | None = None,
    ) -> None:
        self._rows, self._make, self._tell, self.done = rows, make, tell, 0

    def each(self, take: Callable[[Iterable[Made]], object]) -> None:
        """Hand over what is made of some rows as soon as they are found. The connection takes no query meanwhile."""
        self._copy(lambda lines: take(self._made(lines)))

    def __iter__(self) -> Iterator[Made]:
        """The same for who fetches one after the other: the lines lie in a file without a name meanwhile."""
        with SpooledTemporaryFile(
            IN_MEMORY, "w+", encoding="utf-8", newline="\n", dir=str(settings.MEDIA_ROOT)
        ) as held:
            self._copy(held.writelines)
            held.seek(0)
            while lines := list(islice(held, AT_ONCE)):
                yield from self._made(lines)

    def _made(self, lines: Sequence[str]) -> list[Made]:
        made = list(self._make(lines))
        self.done += len(made)
        if self._tell:
            self._tell(self.done)
        return made

    def _copy(self, take: Callable[[list[str]], object]) -> None:
        try:
            statement, parameters = self._rows.query.sql_with_params()
        except EmptyResultSet:
            return
        copy = _copy_out if extensions.get_wait_callback() is None else _read_out
        with connection.cursor() as cursor:
            copy(cursor, statement, parameters, _Lines(take))


def _copy_out(cursor: Any, statement: str, parameters: Any, lines: _Lines) -> None:
    told = cursor.mogrify(statement, parameters).decode()
    with connection.execute_wrapper(refuse_meanwhile), connection.wrap_database_errors:
        try:
            cursor.copy_expert(f"COPY ({told}) TO STDOUT WITH (NULL '')", lines)
        except DatabaseError:
            if lines.fault:
                raise lines.fault from None
            raise
        lines.hand_over()


def _read_out(cursor: Any, statement: str, parameters: Any, lines: _Lines) -> None:
    """The same lines in a web process, where COPY does not work (casework.kernel.postgres): short lists."""
    every_kind = extensions.new_type(tuple(extensions.string_types), "AS_TEXT", lambda text, _cursor: text)
    extensions.register_type(every_kind, cursor.cursor)
    cursor.execute(statement, parameters)
    with connection.execute_wrapper(refuse_meanwhile):
        for row in cursor:
            lines.write(_TAB.join([(text or "").translate(_ESCAPES) for text in row]) + "\n")
        lines.hand_over()


def refuse_meanwhile(_execute: object, statement: str, *_given: object) -> None:
    """Say what is asked of a connection that is copying: the driver would stop without a word."""
    raise RuntimeError(f"asked while rows are copied: {statement[:200]}")


class _Lines(io.TextIOBase):
    """A file to copy into that hands lines over. Keeps what goes wrong with that, which the driver forgets."""

    def __init__(self, take: Callable[[list[str]], object]) -> None:
        self._take, self._lines = take, list[str]()
        self.fault: BaseException | None = None

    def write(self, line: str) -> int:
        self._lines.append(line)
        if len(self._lines) == AT_ONCE:
            self.hand_over()
        return len(line)

    def hand_over(self) -> None:
        """Hand over those that came since the last time."""
        lines, self._lines = self._lines, []
        try:
            self._take(lines)
        except BaseException as fault:
            self.fault = fault
            raise


def parting(widths: Sequence[int]) -> Callable[[Iterable[str]], Iterable[Sequence[str]]]:
    """What parts lines into pieces, each of so many columns, and gives first pieces, second pieces and so on."""
    *first, _last = (_TAB.join(["[^\t]*"] * width) for width in widths)
    match: Callable[[str], Any] = re.compile("".join(f"({piece})\t" for piece in first) + "(.*)").match
    return lambda lines: zip(*[match(line).groups() for line in lines], strict=True)


def texts_of(piece: str) -> list[str]:
    """The texts of the columns in a piece; nothing is an empty text."""
    return list(map(text_of, piece.split(_TAB)))


def text_of(piece: str) -> str:
    """The text of the one column in a piece."""
    return _ESCAPED.sub(_meant, piece) if "\\" in piece else piece


def _meant(escaped: re.Match[str]) -> str:
    return _MEANT.get(escaped[1], escaped[1])


def readers_of(rows: QuerySet[Any, Any]) -> list[Reader]:
    """What makes of each text of a line what the query itself would give; of lists, those of texts."""
    compiler = rows.query.get_compiler(connection=connection)
    compiler.setup_query()
    return [_reader(column, compiler.get_converters([column])) for column, _sql, _alias in compiler.select]


def _reader(column: Any, converters: dict[int, tuple[list[Callable[..., Any]], Any]]) -> Reader:
    field = column.output_field
    is_text, is_list = isinstance(field, (CharField, TextField)), isinstance(field, ArrayField)
    of_text, steps = field.to_python, converters[0][0] if converters else ()

    def read(text: str) -> Any:
        if not text and not is_text:
            value = None
        else:
            value = STRINGARRAY(text, None) if is_list else of_text(text)
        for step in steps:
            value = step(value, column, connection)
        return value

    return read
