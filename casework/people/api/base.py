"""The rights by which people are read and put right, and bodies that may be warned about."""

from __future__ import annotations

from rest_framework import serializers

from casework.access.policies import Policy
from casework.ui.api.serializers import Line, Told

SEE = Policy(action="people.person.see")
EDIT = Policy(action="people.person.edit")
REVEAL = Policy(action="people.paper.reveal")
NUMBER = "[0-9]{1,18}"
MOST_CODES = 40


class Acknowledging(Told):
    """A body whose service may warn; `acknowledged` holds the codes of the warnings that somebody has seen."""

    acknowledged = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES, default=list)
