"""The rights by which cases are worked on, and whom work on them can be given to."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import Policy
from casework.accounts.models import User
from casework.cases.colleagues import colleagues
from casework.reference.models import Place

SEE = Policy(action="cases.case.see")
EDIT = Policy(action="cases.case.edit")
NUMBER = "[0-9]{1,18}"


def colleague_named(office_id: int, number: int, *, field: str) -> User:
    """Who works on cases of the office, by id; raises ValidationError for anybody else."""
    found = colleagues(office_id).filter(pk=number).first()
    if found is None:
        raise serializers.ValidationError({field: _("Choose a colleague of this office.")}, code="E-CHOICE-1")
    return found


def known_place(code: str) -> str:
    """The code of a place, or a sentence saying there is none such."""
    if code and not Place.objects.filter(pk=code).exists():
        raise serializers.ValidationError(_("There is no place with this code."), code="E-CHOICE-1")
    return code
