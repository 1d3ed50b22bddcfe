"""What Casework is made of: fonts, scripts, data; who made them and under which licence."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from casework.access.policies import Public
from casework.reference.loading import sources
from casework.ui.views import PageView

TOLD = (
    _("Provinces, districts and sub-districts of Thailand with their official codes"),
    _("GeoThai/data 3.2.1, from the Department of Provincial Administration (stat.bora.dopa.go.th)"),
    _("CC-BY-4.0, © 2026 Pongsakorn Thipayanate; see places.NOTICE"),
    _("Codes and names only, as one table"),
    _("Public and government holidays in Thailand, 2015 to 2030"),
    _("Python package holidays 0.109"),
    _("MIT, © Vacanza Team and individual contributors"),
    _("Dates and names in Thai and English; on Labour Day government offices are open"),
    _("Hospitals and clinics where children of the first offices are born"),
    _("Public names and places of the hospitals"),
    _("Facts, no licence needed"),
    _(
        "In Burmese as pages and signs of the border name them; Kra Buri, Takua Pa, Khura Buri and Thai Mueang as they "
        "are spoken, to be reviewed by the organisation"
    ),
    _("Short notice and the question about sharing, in English, Thai and Burmese"),
    _("Written for this project; not yet reviewed"),
)
"""What the file of sources says of the data, marked for translation; short names of licences stay as they are."""
MANIFEST = settings.BASE_DIR / "static" / "vendor" / "MANIFEST.json"


def packages() -> list[dict[str, str]]:
    """The packages whose files are served, each once."""
    files = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    seen = {entry["package"]: entry for entry in files}
    return [seen[name] for name in sorted(seen)]


def data_sources() -> list[dict[str, str]]:
    """Where the data come from, in the reader's language."""
    return [{name: gettext(text) if text in TOLD else text for name, text in entry.items()} for entry in sources()]


@method_decorator(login_not_required, name="dispatch")
class CreditsPage(PageView):
    """Open to everybody: licences ask to be named."""

    policy = Public()
    template_name = "home/credits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            packages=packages(), sources=data_sources(), source_url=settings.SOURCE_URL, **kwargs
        )
