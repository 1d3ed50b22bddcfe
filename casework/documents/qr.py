"""QR codes as vector pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import zxingcpp

DARK = 0


def qr_svg(text: str) -> bytes:
    """Draw text as a QR code of medium error correction; an SVG of shapes only, without a fixed size."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(picture).tolist()
    strokes = "".join(f"M{left} {y}.5h{width}" for y, row in enumerate(rows) for left, width in _dark_runs(row))
    box = f"0 0 {len(rows)} {len(rows)}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path stroke="#000" d="{strokes}"/></svg>'
    return svg.encode()


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark squares stand side by side, and how many."""
    left = 0
    for shade, run in groupby(row):
        width = len(list(run))
        if shade == DARK:
            yield left, width
        left += width
