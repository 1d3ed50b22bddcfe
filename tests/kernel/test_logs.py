"""The logs tell where something went wrong, and nothing of what was typed."""

from __future__ import annotations

import logging
import sys
from io import StringIO

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponseServerError
from django.urls import reverse
from django.utils.log import log_response

from casework.accounts.models import Office
from casework.kernel.logs import WithoutValues, one_line
from casework.notifications.background import OutboxTask
from tests.factories.accounts import make_office

TYPED = "Naw Paw Htoo"


def log_of_the_site() -> logging.StreamHandler:
    (handler,) = [kept for kept in logging.getLogger().handlers if isinstance(kept.formatter, WithoutValues)]
    return handler


def line_of(fault: BaseException) -> str:
    """The line as the site's own log has it."""
    handler = log_of_the_site()
    caught = (type(fault), fault, fault.__traceback__)
    return handler.format(logging.LogRecord("x", logging.ERROR, __file__, 1, "it failed", None, caught))


@pytest.mark.django_db
def test_a_line_of_the_log_tells_the_way_and_not_the_values():
    make_office("MS", name_en=TYPED)
    try:
        with transaction.atomic():
            Office.objects.create(code="MS", name_en=TYPED)
    except IntegrityError as fault:
        caught = fault
    try:
        raise ValueError(TYPED) from caught
    except ValueError as fault:
        line = line_of(fault)
    assert "it failed" in line and "IntegrityError" in line and "ValueError" in line
    assert "test_a_line_of_the_log_tells_the_way_and_not_the_values" in line
    assert "Key (code)" in str(caught) and "Key (code)" not in line and "(MS)" not in line


def test_a_refused_page_is_one_line_and_a_fault_tells_its_way(cast, client_of, monkeypatch):
    handler = log_of_the_site()
    monkeypatch.setattr(handler, "stream", told := StringIO())
    assert client_of(cast.of("CW")).get("/settings/people/").status_code == 403
    (line,) = told.getvalue().splitlines()
    assert line.endswith("WARNING django.request Forbidden (Permission denied): /settings/people/")
    try:
        raise ValueError(TYPED)
    except ValueError:
        log_response("It failed: %s", "/cases/", response=HttpResponseServerError(), exception=sys.exc_info())
    assert "Traceback" in told.getvalue() and TYPED not in told.getvalue()


@pytest.mark.parametrize("name", ["documents:capture", "home:setup"])
def test_a_key_that_stands_in_an_address_is_left_out(name):
    address = reverse(name, args=["K7PD3MXA"])
    assert "K7PD" not in one_line(f"Not Found: {address}") and "K7PD" not in one_line(address)
    for other in ("/attachments/phone/registration.birth/7/", "/verify/K7PD3MXA/"):
        assert one_line(other) == other


class Failing(OutboxTask):
    """A task of the clock that fails over what somebody typed."""

    name = "tests.failing"

    def run(self) -> None:
        raise ValueError(TYPED)


def test_a_task_of_the_clock_fails_without_the_values():
    with pytest.raises(RuntimeError, match="ValueError in run") as failed:
        Failing().run_of_the_clock()
    assert TYPED not in line_of(failed.value) and TYPED not in str(failed.value)
