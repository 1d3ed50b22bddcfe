"""Find on the picture of a page which page of which paper of ours it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from .codes import ALPHABET, LENGTH

_OURS = re.compile(rf"/verify/([{ALPHABET}]{{{LENGTH}}})/\?p=([1-9][0-9]{{0,2}})$")
"""The end of the address in our codes. The site may have moved since, so the beginning does not count."""

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True, order=True)
class PageCode:
    """What the code at the foot of a page says: the paper's verification code and the page."""

    code: str
    page: int


def page_code(image: Image.Image) -> PageCode | None:
    """The first code of ours on the picture, however it lies; None where there is none to read."""
    for found in zxingcpp.read_barcodes(image.convert("L"), formats=_QR):
        if ours := _OURS.search(found.text):
            return PageCode(ours[1], int(ours[2]))
    return None
