"""Print the demo's sign-ins."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.accounts.states import Role
from casework.home.demo_accounts import ACCOUNTS, DEMO_PASSWORD
from casework.home.demo_world import refuse_on_a_real_site
from casework.kernel.refusals import Refusal


class Command(BaseCommand):
    """manage.py demo_accounts"""

    help = "Print the demo's sign-in names, roles and password. Refuses on a real site."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_on_a_real_site()
        except Refusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(f"Demo sign-ins; the password of all is {DEMO_PASSWORD}")
        for account in ACCOUNTS:
            grants = ", ".join(f"{Role(role).label} in {code}" for role, code, _ in account.grants)
            self.stdout.write(f"  {account.username:<11} {account.full_name:<15} {grants}")
