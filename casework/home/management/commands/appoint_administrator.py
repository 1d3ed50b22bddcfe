"""Make somebody an administrator from the server, where no administrator is left."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.accounts.models import Office, User
from casework.accounts.services import appoint_administrator
from casework.kernel.refusals import Refusal


class Command(BaseCommand):
    """Give a person the role of administrator for a year; it stands in the history as done on the server."""

    help = "Make a person an administrator. Only for a site on which no administrator is left."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("office", help="the letters of the office, such as MS")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(username=options["username"])
            office = Office.objects.get(code=options["office"])
            grant = appoint_administrator(user=user, office=office, today=timezone.localdate())
        except (User.DoesNotExist, Office.DoesNotExist) as missing:
            raise CommandError(f"There is no such {type(missing).__qualname__.partition('.')[0].lower()}.") from missing
        except Refusal as refused:
            raise CommandError(str(refused.sentence)) from refused
        self.stdout.write(f"{user.username} is an administrator until {grant.valid_to}.")
