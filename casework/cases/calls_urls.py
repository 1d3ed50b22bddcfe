"""Addresses of calls that belong to no one case."""

from django.urls import path

from .views import calls

app_name = "calls"
urlpatterns = [
    path("", calls.CallsToday.as_view(), name="today"),
    path("somebody/", calls.SomebodyCalls.as_view(), name="caller"),
]
