"""Writes of the documents room: ordering and making papers, and what happens to them on paper."""

from .attachments import add_attachment, note_seen, remove_attachment, scan_attachment
from .making import release_dropped, render_document, retry_document
from .ordering import request_document
from .superseding import supersede_attachments
from .trail import log_print, note_trail, void_document

__all__ = [
    "add_attachment",
    "log_print",
    "note_seen",
    "note_trail",
    "release_dropped",
    "remove_attachment",
    "render_document",
    "request_document",
    "retry_document",
    "scan_attachment",
    "supersede_attachments",
    "void_document",
]
