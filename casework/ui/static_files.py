"""Which files of the libraries the site serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

NEVER_ASKED_FOR = ("rest_framework", "django_htmx")
"""The pages for trying out an API, and further copies of htmx."""


class LibraryFiles(AppDirectoriesFinder):
    """The files of the installed apps, without those that no page of the site asks for."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Every file to collect, with its place."""
        return iter(super().list([*(ignore_patterns or ()), *NEVER_ASKED_FOR]))
