"""A year of the clinic for the demo, and children in bulk for the benchmark."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casework.reports.demo import load_months, load_template
from registration.reports import BirthBoard

from .bulk import load_bulk
from .certificates import load_certificates
from .clinic import YEAR_BIRTHS, DemoClinic
from .refusals import load_refusals
from .ward import load_calls, load_liaison, load_referrals, load_ward


@transaction.atomic
def load_demo(world: Any) -> None:
    """The clinic in Mae Sot by hand; when a number of children is asked for, that many in bulk instead."""
    if world.children is not None:
        load_bulk(world)
        return
    clinic = DemoClinic(world, "MS", ["naw.kham", "thida.oo"], "somchai.k")
    clinic.year(YEAR_BIRTHS)
    clinic.this_month()
    load_certificates(clinic)
    load_refusals(clinic)
    load_ward(world)
    load_liaison(world)
    load_calls(world)
    load_referrals(world)
    load_months(world, BirthBoard(), "MS", "somchai.k", "A birth was written on paper and entered later.")
    load_template(
        world, BirthBoard(), "daniel.r", name="Legal identity: quarterly report", donor="Harbour Children’s Fund",
        language="en", year_begins=7,
        figures={
            "registered": "HCF 2.1 Children with a registered birth", "in-time": "HCF 2.2 Notified within 15 days",
            "days": "", "births": "HCF 2.3 Births by month and result", "ages": "", "papers": "",
        },
        boxes={
            "Achievements": "What changed for children in this quarter? Three or four sentences.",
            "Challenges": "What stood in the way, and what was done about it?",
            "Plans for the next quarter": "",
        },
    )  # fmt: skip
