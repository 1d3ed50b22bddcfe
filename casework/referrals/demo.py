"""Invented services that the families of the demo can be sent to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .models import Service
from .states import ServiceKind

SERVICES = (
    (
        ServiceKind.INSURANCE,
        "Insurance desk of the hospital",
        "โต๊ะประกันสุขภาพของโรงพยาบาล",
        "055 000 121",
        "Thai, Burmese",
    ),
    (ServiceKind.VACCINATION, "Health centre at the river", "สถานีอนามัยริมน้ำ", "055 000 122", "Thai, Karen"),
    (ServiceKind.SCHOOL, "Learning centre Morning Light", "ศูนย์การเรียนแสงเช้า", "055 000 123", "Burmese, Karen"),
    (ServiceKind.HEALTH, "Clinic for mothers and children", "คลินิกแม่และเด็ก", "055 000 124", "Thai, Burmese, Karen"),
    (ServiceKind.LEGAL, "Legal help at the market", "ศูนย์ช่วยเหลือกฎหมายหน้าตลาด", "055 000 125", "Thai, Burmese"),
    (ServiceKind.PROTECTION, "Shelter for children and families", "บ้านพักเด็กและครอบครัว", "055 000 126", "Thai"),
    (ServiceKind.OTHER, "Food and clothes, Blue House", "อาหารและเสื้อผ้า บ้านฟ้า", "055 000 127", "Burmese"),
)


def load_demo(world: Any) -> None:
    """One service of each kind in Mae Sot, verified in the last months."""
    if Service.objects.exists():
        return
    for place, (kind, name_en, name_th, contact, languages) in enumerate(SERVICES):
        Service.objects.create(
            kind=kind, name_en=name_en, name_th=name_th, area="Mae Sot", contact=contact, languages=languages,
            cost="free", hours="Mon–Fri 8:30–16:00", source="Visited by the clinic",
            verified_on=world.today - timedelta(days=20 * place + 5),
        )  # fmt: skip
