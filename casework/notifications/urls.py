"""Addresses of notices and of the background work."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.Notices.as_view(), name="notices"),
    path("read-all", views.ReadAll.as_view(), name="read-all"),
    path("<int:pk>/open", views.OpenNotice.as_view(), name="open"),
    path("background/", views.BackgroundWork.as_view(), name="background"),
    path("background/<int:pk>/release", views.ReleaseParked.as_view(), name="release"),
]
