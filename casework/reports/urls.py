"""Addresses of figures and reports."""

from django.urls import path, re_path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.Dashboard.as_view(), name="dashboard"),
    path("made/", views.Reports.as_view(), name="reports"),
    path("figures/<slug:board>/<slug:key>/<int:row>/<int:column>/", views.ChildrenBehind.as_view(), name="children"),
    re_path(
        r"^figures/(?P<board>[\w-]+)/(?P<key>[\w-]+)\.(?P<ending>csv|xlsx)$", views.FigureFile.as_view(), name="file"
    ),
]
