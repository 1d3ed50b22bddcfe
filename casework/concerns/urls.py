"""Addresses of concerns about staff."""

from django.urls import path

from . import views

app_name = "concerns"
urlpatterns = [
    path("", views.ConcernList.as_view(), name="list"),
    path("report/", views.ReportConcern.as_view(), name="report"),
    path("readers/", views.Readers.as_view(), name="readers"),
    path("readers/<int:pk>/end/", views.EndReader.as_view(), name="reader-end"),
    path("<int:pk>/", views.ConcernPage.as_view(), name="concern"),
]
