"""Compile the translations without the system's gettext: `python -m casework.embedded.messages`."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .folders import PROJECT


def compile_catalogues(project: Path = PROJECT) -> list[Path]:
    """Write the compiled file beside every catalogue where it is missing or differs; return those written."""
    written = []
    for source in sorted(project.glob("locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as handle:
            catalogue = read_po(handle)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())
            written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path.relative_to(PROJECT))
