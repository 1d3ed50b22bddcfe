"""Fill the demo with invented offices, people, families and cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casework.home.demo_world import load_world
from casework.kernel.refusals import Refusal


class Command(BaseCommand):
    """manage.py load_demo [--children N]"""

    help = "Fill the demo with invented offices, people and cases. Refuses on a real site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--children", type=int, help="how many children to invent; a small cast by default")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            world = load_world(today=timezone.localdate(), now=timezone.now(), children=options["children"])
        except Refusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(f"The demo has {len(world.offices)} offices and {len(world.users)} people who sign in.")
