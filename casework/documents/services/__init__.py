"""Writes of the documents room: papers are ordered, made, printed and taken back; photos and scans are kept."""

from .attachments import add_attachment, note_seen, remove_attachment, scan_attachment
from .captures import LinkNotValid, count_try, end_expired_links, end_link, make_link, open_link, take_photo
from .left_over import sweep_files
from .making import release_dropped, render_document, retry_document, stop_document
from .ordering import request_document
from .packs import Wanted, print_pack, request_pack
from .returns import TakenBack, drop_pages, keep_pages, release_lost_returns, retry_return, sort_return, take_back
from .superseding import supersede_attachments
from .trail import log_print, note_returned, note_trail, void_document
from .unfinished import discard_left_over, discard_with, end_links_of_others, put_on_record

__all__ = [
    "LinkNotValid",
    "TakenBack",
    "Wanted",
    "add_attachment",
    "count_try",
    "discard_left_over",
    "discard_with",
    "drop_pages",
    "end_expired_links",
    "end_link",
    "end_links_of_others",
    "keep_pages",
    "log_print",
    "make_link",
    "note_returned",
    "note_seen",
    "note_trail",
    "open_link",
    "print_pack",
    "put_on_record",
    "release_dropped",
    "release_lost_returns",
    "remove_attachment",
    "render_document",
    "request_document",
    "request_pack",
    "retry_document",
    "retry_return",
    "scan_attachment",
    "sort_return",
    "stop_document",
    "supersede_attachments",
    "sweep_files",
    "take_back",
    "take_photo",
    "void_document",
]
