"""What Casework is made of: fonts, scripts, data; who made them and under which licence."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from casework.access.policies import Public
from casework.reference.loading import sources
from casework.ui.views import PageView

MANIFEST = settings.BASE_DIR / "static" / "vendor" / "MANIFEST.json"


def packages() -> list[dict[str, str]]:
    """The packages whose files are served, each once."""
    files = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    seen = {entry["package"]: entry for entry in files}
    return [seen[name] for name in sorted(seen)]


@method_decorator(login_not_required, name="dispatch")
class CreditsPage(PageView):
    """Open to everybody: licences ask to be named."""

    policy = Public()
    template_name = "home/credits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(packages=packages(), sources=sources(), **kwargs)
