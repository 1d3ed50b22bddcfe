"""Requests that the search finds: by their own number, that of a case or a receipt, and by the child's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse

from casework.access.rights import Reach
from casework.access.scopes import may, offices_of
from casework.people.queries.search import persons_called
from casework.programmes.contributions import FoundRow
from emergency_fund.models import AssistanceRequest, Delivery
from emergency_fund.querysets import PAY, PROGRAMME, SEE
from emergency_fund.states import RequestState

from .lists import is_name_hidden

MOST = 8


def found_rows(words: str, user: Any) -> Iterator[FoundRow]:
    """Requests the person may see; without the child's name for who works on them without knowing it. One query."""
    if not may(user, SEE) and not may(user, PAY):
        return
    plain = re.sub(r"\s", "", words).upper()
    asked = _numbered(plain) if re.search(r"\d", plain) else _of_a_child(words, user)
    rows = AssistanceRequest.objects.visible_to(user).filter(asked).select_related("case")
    for row in rows.prefetch_related("case__child__names").order_by("-pk")[:MOST]:
        is_hidden = is_name_hidden(user, is_sealed=row.case.is_sealed, office_id=row.office_id)
        yield FoundRow(
            title="" if is_hidden else row.case.child.name, number=row.number, icon="hand-coins",
            note=RequestState(row.state).label, url=reverse("emergency_fund:open", args=[row.pk]),
        )  # fmt: skip


def _numbered(plain: str) -> Q:
    """The request, case or receipt of this number; up to four digits are the end of a request's."""
    receipts = Delivery.rows.filter(number=plain).values("line__request")
    whole = Q(number=plain) | Q(case__number=plain) | Q(pk__in=receipts)
    return whole | Q(number__endswith=f"-{plain.zfill(4)}") if plain.isdigit() and len(plain) <= 4 else whole


def _of_a_child(name: str, user: Any) -> Q:
    """Requests for a child of this name, where the person's office tells them the names of children."""
    told = offices_of(user, SEE, Reach.NEED, programme=PROGRAMME) | offices_of(user, PAY, programme=PROGRAMME)
    if not told:
        return Q(pk__in=())
    return Q(office_id__in=told, case__is_sealed=False, case__child__in=persons_called(name))
