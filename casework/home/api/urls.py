"""Addresses of the API, gathered from what rooms and programmes contribute."""

from __future__ import annotations

from rest_framework.routers import SimpleRouter

from casework.programmes.contributions import registry

app_name = "api"

router = SimpleRouter()
for contribution in registry:
    for prefix, resource in contribution.api_routes():
        router.register(prefix, resource, basename=prefix)

urlpatterns = router.urls
