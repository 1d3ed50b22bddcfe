"""Every address of the site. Programmes are mounted from PROGRAMME_APPS, so the house names none of them."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from casework.accounts.views import switch_language
from casework.home.health import health
from casework.home.styleguide import StyleGuidePage

handler400 = "casework.home.failures.bad_request"
handler403 = "casework.home.failures.permission_denied"
handler404 = "casework.home.failures.page_not_found"
handler500 = "casework.home.failures.server_error"

urlpatterns: list = [
    path("healthz", health, name="health"),
    path("language/", switch_language, name="set_language"),
    path("account/", include("casework.accounts.urls")),
    path("", include("casework.home.urls")),
    path("notices/", include("casework.notifications.urls")),
    path("people/", include("casework.people.urls")),
    path("concerns/", include("casework.concerns.urls")),
    path("drafts/", include("casework.drafts.urls")),
    path("proposals/", include("casework.approvals.urls")),
    path("imports/", include("casework.imports.urls")),
    path("styleguide/", StyleGuidePage.as_view(), name="styleguide"),
    path("", include("casework.documents.urls")),
    path("cases/by-code/", include("casework.cases.masked_urls")),
    path("cases/", include("casework.cases.urls")),
    path("calls/", include("casework.cases.calls_urls")),
    path("referrals/", include("casework.referrals.urls")),
    path("budget/", include("casework.funds.urls")),
    path("stores/", include("casework.stock.urls")),
    path("reports/", include("casework.reports.urls")),
    path("api/v1/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("casework.home.api.urls")),
]

urlpatterns += [
    path(f"{app.replace('_', '-')}/", include(f"{app}.urls"))
    for app in settings.PROGRAMME_APPS
    if find_spec(f"{app}.urls")
]
