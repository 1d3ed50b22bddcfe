"""Rows poured into a table are the rows that were given, in a worker by COPY and in a web process by INSERT."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from casework.kernel.pouring import next_ids, pour
from casework.people.models import Family
from tests.factories.accounts import make_user

ADDRESSES = [r"back\slash \N", "tab\tand\nlines\r", "บ้านเลขที่ 5", "မဲ\u200bဆောက်", "", "plain"]


@pytest.mark.django_db
@pytest.mark.usefixtures("process")
def test_poured_rows_come_out_as_given() -> None:
    assert pour(Family, ({"address_text": text} for text in ADDRESSES), now=timezone.now()) == len(ADDRESSES)
    assert list(Family.rows.order_by("pk").values_list("address_text", flat=True)) == ADDRESSES


@pytest.mark.django_db
@pytest.mark.usefixtures("process")
def test_what_a_row_leaves_out_has_the_default_of_its_field() -> None:
    first, second = next_ids(Family, 2)
    by = make_user("naw.kham")
    pour(
        Family,
        [{"id": first, "address_text": "by the river"}, {"id": second, "created_by_id": by.pk}],
        now=timezone.now(),
    )
    told = Family.rows.order_by("pk").values_list("pk", "address_text", "created_by", "place_code")
    assert list(told) == [(first, "by the river", None, ""), (second, "", by.pk, "")]


@pytest.mark.django_db
@pytest.mark.usefixtures("process")
def test_column_the_table_does_not_have_is_refused() -> None:
    rows = [{"address_text": "by the river"}, {"address_txt": "typed wrongly"}]
    with pytest.raises(KeyError, match="Family has no"), transaction.atomic():
        pour(Family, rows, now=timezone.now())
    assert not Family.rows.exists()


@pytest.mark.django_db
def test_nothing_poured_is_nothing_written() -> None:
    assert pour(Family, [], now=timezone.now()) == 0
