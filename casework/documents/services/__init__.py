"""Writes of the documents room: ordering and making papers, and what happens to them on paper."""

from .making import release_dropped, render_document, retry_document
from .ordering import request_document
from .trail import log_print, note_trail, void_document

__all__ = [
    "log_print",
    "note_trail",
    "release_dropped",
    "render_document",
    "request_document",
    "retry_document",
    "void_document",
]
