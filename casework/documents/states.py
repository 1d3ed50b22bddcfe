"""States of a document on its way to paper and back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentState(TextChoices):
    REQUESTED = "requested", _("Waiting to be made")
    RENDERING = "rendering", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    STOPPED = "stopped", _("Stopped")
    VOID = "void", _("No longer valid")


DOCUMENT_EDGES = {
    DocumentState.REQUESTED: {DocumentState.RENDERING, DocumentState.FAILED, DocumentState.STOPPED},
    DocumentState.RENDERING: {
        DocumentState.READY,
        DocumentState.REQUESTED,
        DocumentState.FAILED,
        DocumentState.STOPPED,
    },
    DocumentState.FAILED: {DocumentState.REQUESTED},
    DocumentState.STOPPED: {DocumentState.REQUESTED},
    DocumentState.READY: {DocumentState.VOID},
}


class PaperTrail(TextChoices):
    """What has happened to the printed paper."""

    NOT_PRINTED = "not_printed", _("Not printed")
    PRINTED = "printed", _("Printed")
    SIGNED = "signed", _("Signed")
    SCANNED = "scanned", _("Scanned in")
    CHECKED = "checked", _("Checked")


TRAIL_EDGES = {
    PaperTrail.NOT_PRINTED: {PaperTrail.PRINTED},
    PaperTrail.PRINTED: {PaperTrail.SIGNED, PaperTrail.SCANNED},  # what nobody signs comes back as it is
    PaperTrail.SIGNED: {PaperTrail.SCANNED},
    PaperTrail.SCANNED: {PaperTrail.CHECKED},
}


class AttachmentState(TextChoices):
    SCANNING = "scanning", _("Being checked for viruses")
    SAFE = "safe", _("Safe")
    REFUSED = "refused", _("Refused")


class CaptureState(TextChoices):
    """Where a phone link stands."""

    WAITING = "waiting", _("Waiting for the phone")
    BOUND = "bound", _("The phone is connected")
    ENDED = "ended", _("Ended")


CAPTURE_EDGES = {
    CaptureState.WAITING: {CaptureState.BOUND, CaptureState.ENDED},
    CaptureState.BOUND: {CaptureState.ENDED},
}


class ReturnState(TextChoices):
    """How far the pages of papers that came back are sorted."""

    WAITING = "waiting", _("Waiting to be sorted")
    SORTING = "sorting", _("Being sorted")
    SORTED = "sorted", _("Sorted")
    FAILED = "failed", _("Could not be sorted")


RETURN_EDGES = {
    ReturnState.WAITING: {ReturnState.SORTING},
    ReturnState.SORTING: {ReturnState.SORTED, ReturnState.WAITING, ReturnState.FAILED},
    ReturnState.FAILED: {ReturnState.WAITING},
}


class PageState(TextChoices):
    """Where a page that came back went."""

    LEFT = "left", _("Not on a record yet")
    ATTACHED = "attached", _("On the record")
    DROPPED = "dropped", _("Thrown away")


PAGE_EDGES = {PageState.LEFT: {PageState.ATTACHED, PageState.DROPPED}}


class PaperKind(TextChoices):
    """What an attachment shows."""

    PHOTO = "photo", _("Photo")
    IDENTITY = "identity", _("Identity paper")
    CERTIFICATE = "certificate", _("Certificate")
    LETTER = "letter", _("Letter")
    MEDICAL = "medical", _("Medical paper")
    CONSENT = "consent", _("Signed consent")
    RECEIPT = "receipt", _("Receipt")
    OTHER = "other", _("Other paper")
