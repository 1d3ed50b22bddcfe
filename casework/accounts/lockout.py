"""What a locked name and address see: the sign-in page with one sentence, the same for known and unknown names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer 429 with the way out."""
    return render(request, "account/locked.html", status=429)
