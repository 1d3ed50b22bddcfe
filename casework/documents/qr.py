"""QR codes as vector pictures."""

from __future__ import annotations

from itertools import groupby

import zxingcpp


def qr_svg(text: str) -> bytes:
    """Draw text as a QR code of medium error correction; an SVG of shapes only, without a fixed size."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    rows = memoryview(code.to_image(scale=1, add_quiet_zones=False)).tolist()
    strokes = "".join(f"M{left} {y}.5h{width}" for y, row in enumerate(rows) for left, width in _dark_runs(row))
    box = f"0 0 {len(rows)} {len(rows)}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path stroke="#000" d="{strokes}"/></svg>'
    return svg.encode()
