"""Addresses of drafts."""

from django.urls import path

from . import views

app_name = "drafts"
urlpatterns = [
    path("", views.Drafts.as_view(), name="drafts"),
    path("save", views.Save.as_view(), name="save"),
    path("<int:pk>/park", views.Park.as_view(), name="park"),
    path("<int:pk>/take-over", views.TakeOver.as_view(), name="take-over"),
    path("<int:pk>/throw-away", views.ThrowAway.as_view(), name="throw-away"),
]
