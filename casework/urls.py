"""Every address of the site. Programmes are mounted from PROGRAMME_APPS, so the house names none of them."""

from __future__ import annotations

from django.urls import path

from casework.home.health import health

urlpatterns: list = [
    path("healthz", health, name="health"),
]
