"""QR codes as vector pictures."""

from __future__ import annotations

from io import BytesIO

import segno


def qr_svg(text: str) -> bytes:
    """Draw text as a QR code of medium error correction; an SVG of shapes only, without a fixed size."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=0, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue()
