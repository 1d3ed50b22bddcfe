"""What may be put on a record as a photo or scan. The content decides, never the name (safety.md §3, BR-DOC-1)."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from casework.kernel.refusals import Refusal

from .pages import UnreadablePdf
from .pages_apart import TooHard, looked_through
from .straighten import Corners, straightened

pillow_heif.register_heif_opener()

MEGABYTE = 1024 * 1024
MOST_BYTES = {"image": 10 * MEGABYTE, "pdf": 25 * MEGABYTE}
MOST_PIXELS = 40_000_000
MOST_PAGES = 200
LONGEST_SIDE = 1600
"""Pixels; enough to read a certificate, small enough for a phone's connection."""
PHOTO_BYTES = 350 * 1024
_QUALITIES = (85, 75, 65, 55, 45)
_SCAN = b"\xff\xda"
_MOST_SCANS = 300
"""Times that a JPEG goes over its picture: ten at most, and what looks like a hundred more in a film behind it."""

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_FORMATS = ("JPEG", "PNG", "HEIF")
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|Rendition|GoToE|SubmitForm|ImportData|XFA)"
    rb"(?![A-Za-z0-9])"
)
_GOES_ON = re.compile(rb"[0-9]+ [0-9]+ obj\b|xref\b")
"""How a PDF goes on after the first of its ends; one that was cut off ends here."""

TITLE_MISSING = _("Say what it is, such as: birth notice, page 1.")
TOO_LARGE = _("The file is too large. Photos may have up to 10 MB, scanned PDFs up to 25 MB.")
WRONG_KIND = _("This is not a photo (JPEG, PNG, HEIC) or a PDF, whatever its name says. Photograph the paper instead.")
BROKEN_IMAGE = _("The photo is damaged and cannot be opened. Take it again.")
TOO_MANY_PIXELS = _("The picture has too many pixels. Take the photo with a smaller size.")
BROKEN_PDF = _("The PDF is damaged or locked with a password. Save it again without a password, or take a photo.")
TOO_MANY_PAGES = _("These are %(n)d pages. Send at most %(most)d pages at a time.")
CUT_PDF = _("The PDF is damaged: its end is missing. Save or scan it again, or take a photo.")
ACTIVE_PDF = _("The PDF holds a program or another file, which could be harmful. Print it and scan the paper.")
HARD_PDF = _("To draw this PDF takes too long. Print it and scan the paper, or take a photo.")
TWO_IN_ONE = _("Another file is hidden in this PDF. Print it and scan the paper.")


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """Bytes that are safe to keep, and what they are."""

    content: bytes
    mime: str


def cleaned(content: bytes, corners: Corners | None = None) -> Cleaned:
    """Make a file that was sent fit to keep: a photo is redrawn small and without metadata, a PDF written anew.

    Where the corners of a paper are told, what lies between them in a photo is straightened and the rest cut off.
    Raises Refusal BR-DOC-1 (size, kind), E-DOC-7 (damaged, cut, locked), E-DOC-8 (too many pixels), E-DOC-9 (active or
    hidden content), E-DOC-15 (too many pages), E-DOC-25 (takes too long to draw); the field is `files`.
    """
    is_pdf = content.startswith(b"%PDF-")
    if len(content) > MOST_BYTES["pdf" if is_pdf else "image"]:
        raise Refusal("BR-DOC-1", "files", TOO_LARGE)
    if is_pdf:
        return Cleaned(content=_clean_pdf(content), mime="application/pdf")
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_heic(content):
        return Cleaned(content=_clean_image(content, corners), mime="image/jpeg")
    raise Refusal("BR-DOC-1", "files", WRONG_KIND)


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def _clean_image(content: bytes, corners: Corners | None) -> bytes:
    if content.startswith(b"\xff\xd8") and content.count(_SCAN) > _MOST_SCANS:
        raise Refusal("E-DOC-7", "files", BROKEN_IMAGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is the stricter one
            image = Image.open(BytesIO(content), formats=_FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise Refusal("E-DOC-8", "files", TOO_MANY_PIXELS)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        paper = _on_white(ImageOps.exif_transpose(image))
        return _as_jpeg(straightened(paper, corners, longest=LONGEST_SIDE) if corners else paper)
    except Image.DecompressionBombError as fault:
        raise Refusal("E-DOC-8", "files", TOO_MANY_PIXELS) from fault
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        RuntimeError,
        MemoryError,
    ) as fault:  # damaged, say the decoders
        raise Refusal("E-DOC-7", "files", BROKEN_IMAGE) from fault


def _on_white(image: Image.Image) -> Image.Image:
    """The pixels alone, at most LONGEST_SIDE long; what was transparent becomes paper."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _as_jpeg(image: Image.Image) -> bytes:
    """The finest JPEG of at most PHOTO_BYTES, or the coarsest where none is; metadata is not passed on."""
    image.info.clear()
    picture = b""
    for quality in _QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        picture = out.getvalue()
        if len(picture) <= PHOTO_BYTES:
            break
    return picture


def _clean_pdf(content: bytes) -> bytes:
    """The PDF written anew, so that nothing is compressed out of sight when its objects are looked through."""
    behind = content.rpartition(b"%%EOF")[2].strip(b"\r\n\t \0")
    if zipfile.is_zipfile(BytesIO(content)):
        raise Refusal("E-DOC-9", "files", TWO_IN_ONE)
    if b"%%EOF" not in content or _GOES_ON.match(behind):
        raise Refusal("E-DOC-7", "files", CUT_PDF)
    if behind:
        raise Refusal("E-DOC-9", "files", TWO_IN_ONE)
    try:
        looked = looked_through(content)
    except UnreadablePdf as fault:
        raise Refusal("E-DOC-7", "files", BROKEN_PDF) from fault
    except TooHard as fault:
        raise Refusal("E-DOC-25", "files", HARD_PDF) from fault
    if _ACTIVE.search(looked.content) or b"/ObjStm" in looked.content:
        raise Refusal("E-DOC-9", "files", ACTIVE_PDF)
    if looked.pages > MOST_PAGES:
        raise Refusal("E-DOC-15", "files", TOO_MANY_PAGES % {"n": looked.pages, "most": MOST_PAGES})
    if looked.pixels > MOST_PIXELS:
        raise Refusal("E-DOC-8", "files", TOO_MANY_PIXELS)
    return looked.content
