"""Print the one-time link of an empty site's set-up page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from casework.accounts.services import issue_setup_token
from casework.kernel.refusals import Refusal


class Command(BaseCommand):
    """manage.py setup_token"""

    help = "Print the one-time link of the page that sets up an empty site. Earlier links stop working."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            token = issue_setup_token()
        except Refusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(f"{settings.SITE_URL.rstrip('/')}{reverse('home:setup', args=[token])}")
