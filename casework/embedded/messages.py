"""Compile the translations without the system's gettext: `python -m casework.embedded.messages [--check]`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .folders import PROJECT


def catalogues(project: Path = PROJECT) -> dict[Path, Catalog]:
    """Read every catalogue of the project."""
    found = {}
    for source in sorted(project.glob("locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as handle:
            found[source] = read_po(handle, locale=source.parent.parent.name)
    return found


def compile_catalogues(project: Path = PROJECT) -> list[Path]:
    """Write the compiled file beside every catalogue where it is missing or differs; return those written."""
    written = []
    for source, catalogue in catalogues(project).items():
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())
            written.append(target)
    return written


def faults(project: Path = PROJECT) -> list[str]:
    """Name every translation whose placeholders are not those of its source: such a page would fail."""
    return [
        f"{source.relative_to(project)}:{message.lineno} {error}"
        for source, catalogue in catalogues(project).items()
        for message, errors in catalogue.check()
        for error in errors
    ]


if __name__ == "__main__":
    compile_catalogues()
    wrong = faults() if "--check" in sys.argv else []
    print("\n".join(wrong) or "Translations are compiled.")
    sys.exit(bool(wrong))
