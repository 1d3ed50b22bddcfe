"""The browser that tests drive: Chromium without windows, told to leave out what no page here asks of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-site-isolation-trials",
    "--renderer-process-limit=1", "--disable-extensions", "--disable-background-networking",
    "--disable-component-update", "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--force-prefers-reduced-motion",
]  # fmt: skip


@contextmanager
def started_browser() -> Iterator[Browser]:
    """A browser: what CHROMIUM names, or the first one on the path, the one without windows before the others."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()
