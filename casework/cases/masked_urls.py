"""Addresses of the list of cases without names."""

from django.urls import path

from .views import masked

app_name = "masked"
urlpatterns = [
    path("", masked.MaskedCases.as_view(), name="list"),
    path("file/", masked.MaskedCasesFile.as_view(), name="file"),
]
