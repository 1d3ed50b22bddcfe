"""Papers that are made, photos and scans that are taken, papers that come back."""

from .attachments import MOST_PHOTOS, Attachment, CaptureLink
from .papers import Document, Letter, LetterSeries, PackPaper, PrintLog, PrintPack
from .returns import PaperReturn, ReturnedFile, ReturnedPage
from .subjects import OfSubjectQuerySet

__all__ = [
    "MOST_PHOTOS",
    "Attachment",
    "CaptureLink",
    "Document",
    "Letter",
    "LetterSeries",
    "OfSubjectQuerySet",
    "PackPaper",
    "PaperReturn",
    "PrintLog",
    "PrintPack",
    "ReturnedFile",
    "ReturnedPage",
]
