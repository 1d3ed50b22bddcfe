"""The pairs of roles a site begins with (safety rules of Casework, 1): they have no off-switch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_noop

from casework.accounts.states import Role
from casework.approvals.states import PairScope

SOURCE = "Safety rules of Casework, 1"
OF_ADMINISTRATORS = gettext_noop("Who runs the site opens no case and moves no money.")
OF_AUDITORS = gettext_noop("Who checks does not write.")
CONTENT_ROLES = (
    Role.CASEWORKER, Role.SUPERVISOR, Role.PSYCHOLOGIST, Role.TRAFFICKING, Role.FUND_OFFICER, Role.FUND_MANAGER,
    Role.CASHIER, Role.WARD,
)  # fmt: skip
WRITING_ROLES = (*CONTENT_ROLES, Role.MANAGER, Role.TRAINER, Role.ADMINISTRATOR, Role.DATA_PROTECTION)


def first_pairs() -> Iterator[tuple[str, str, str]]:
    """The administrator with each role that opens cases or moves money, the auditor with each role that writes."""
    for one, others, reason in (
        (Role.ADMINISTRATOR, CONTENT_ROLES, OF_ADMINISTRATORS), (Role.AUDITOR, WRITING_ROLES, OF_AUDITORS),
    ):  # fmt: skip
        for other in others:
            low, high = sorted((str(one), str(other)))
            yield low, high, reason


def load_pairs(get_model: Callable[[str], Any]) -> None:
    """Write them; a pair that is there already is the site's own and becomes a fixed one."""
    pairs = get_model("RoleConflict").objects
    for low, high, reason in first_pairs():
        facts = {"scope": PairScope.HELD, "reason": reason, "source": SOURCE, "is_fixed": True}
        pairs.update_or_create(role_a=low, role_b=high, defaults=facts)
