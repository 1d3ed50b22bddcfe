"""Addresses of the stores."""

from django.urls import path

from . import views

app_name = "stock"
urlpatterns = [path("", views.Stores.as_view(), name="stores")]
