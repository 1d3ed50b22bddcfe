"""The rights by which births are worked on, and how a part of one is named in an address."""

from __future__ import annotations

from casework.access.policies import Policy

CREATE = Policy(action="registration.birth.create")
EDIT = Policy(action="registration.birth.edit")
OFFICE = Policy(action="registration.office.act")
WAIVE = Policy(action="registration.item.waive")
REOPEN = Policy(action="registration.birth.reopen")
NUMBER = "[0-9]{1,18}"
