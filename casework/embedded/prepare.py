"""Bring database and static files up to the code, as the owner: `python -m casework.embedded.prepare`."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from casework.kernel.collecting import collect_seldom

from .messages import compile_catalogues


def prepare() -> None:
    """Compile translations, make the cache table, migrate, collect static files; a second time is quick."""
    compile_catalogues()
    call_command("createcachetable", verbosity=0)
    call_command("migrate", interactive=False, verbosity=1)
    _collect_static()


def _collect_static() -> None:
    """Collect only when a file changed since the last time: compressing takes seconds."""
    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).exists():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo_once() -> None:
    """Fill the demo with its invented people when nobody is in it yet; with so many children where a number is set."""
    if not get_user_model()._base_manager.exists():
        children = os.environ.get("CASEWORK_DEMO_CHILDREN", "")
        call_command("load_demo", children=int(children) if children.isdecimal() else None)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{os.environ.get('CASEWORK_MODE', 'demo')}")
    django.setup()
    collect_seldom()  # migrations make the models anew at each step, the demo a year of records
    if "--demo" in sys.argv:
        load_demo_once()
    else:
        prepare()
