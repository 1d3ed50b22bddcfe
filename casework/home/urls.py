"""Pages that ask many rooms: set-up, users and grants, reference rows, history, one's own profile, help."""

from __future__ import annotations

from django.urls import path

from .setup import SetUpPage

app_name = "home"

urlpatterns = [
    path("set-up/<str:token>/", SetUpPage.as_view(), name="setup"),
]
