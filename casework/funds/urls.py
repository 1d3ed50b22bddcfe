"""Addresses of the budget."""

from django.urls import path

from . import views

app_name = "funds"
urlpatterns = [
    path("", views.Budget.as_view(), name="budget"),
    path("sources/new/", views.NewSource.as_view(), name="source-new"),
    path("sources/<int:pk>/close/", views.CloseSource.as_view(), name="source-close"),
    path("sources/<int:pk>/lines/new/", views.NewLine.as_view(), name="line-new"),
    path("lines/<int:pk>/", views.Line.as_view(), name="line"),
    path("lines/<int:pk>/give/", views.Gift.as_view(), name="line-give"),
]
