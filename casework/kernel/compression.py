"""Send pages compressed: on a thin line a page is a fifth of its bytes (docs/decisions/0012)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Compresses pages only: papers and photos are compressed already, and an answer of the API keeps its strong ETag.

    The length of a page tells little of what stands in it: Django adds up to a hundred random bytes.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
