"""The relay makes what nobody has claimed, in processes of their own."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

import pytest

from casework.documents import desk
from casework.documents.models import Document
from casework.documents.states import DocumentState

from .conftest import NOW
from .test_services import order

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(seconds=4)


@pytest.fixture
def printer(settings, tmp_path):
    """A desk printer whose child processes write down what they were asked for instead of loading the site."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "manage.py").write_text(
        "import sys, pathlib, time\n"
        f"pathlib.Path({str(tmp_path)!r}, sys.argv[2]).write_text(sys.argv[1])\n"
        "time.sleep(60)\n"
    )
    printer = desk.DeskPrinter()
    yield printer
    for child in printer.children.values():
        child.process.kill()
        child.process.wait()


def asked(tmp_path) -> set[str]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (found := {p.name for p in tmp_path.iterdir() if p.name.isdigit()}):
        time.sleep(0.05)
    return found


def test_a_waiting_paper_is_made_in_a_process(printer, office, ploy, tmp_path):
    document = order(office, ploy)
    printer(LATER)
    assert list(printer.children) == [document.pk]
    assert asked(tmp_path) == {str(document.pk)}


def test_a_paper_is_left_to_the_workers_for_three_seconds(printer, office, ploy):
    order(office, ploy)
    printer(NOW + timedelta(seconds=2))
    assert not printer.children


def test_a_claimed_paper_is_left_alone(printer, office, ploy):
    document = order(office, ploy)
    Document.rows.filter(pk=document.pk).update(state=DocumentState.RENDERING)
    printer(LATER)
    assert not printer.children


def test_two_at_a_time_and_none_twice(printer, office, ploy):
    documents = [order(office, ploy) for _ in range(3)]
    printer(LATER)
    processes = [child.process.pid for child in printer.children.values()]
    printer(LATER)
    assert [child.process.pid for child in printer.children.values()] == processes
    assert list(printer.children) == [d.pk for d in documents[:2]]


def test_a_process_that_runs_away_is_ended(printer, office, ploy, monkeypatch):
    order(office, ploy)
    printer(LATER)
    (child,) = printer.children.values()
    Document.rows.update(state=DocumentState.RENDERING)
    monkeypatch.setattr(desk, "MOST_SECONDS", -1)
    printer(LATER)
    assert child.process.returncode is not None
    assert not printer.children


def test_the_command_names_the_paper(settings):
    assert desk.command_for(7) == [sys.executable, str(settings.BASE_DIR / "manage.py"), "render_document", "7"]
