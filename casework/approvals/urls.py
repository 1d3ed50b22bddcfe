"""Addresses of proposals."""

from django.urls import path

from . import views

app_name = "approvals"
urlpatterns = [
    path("", views.Proposals.as_view(), name="proposals"),
    path("<int:pk>/", views.ShowProposal.as_view(), name="proposal"),
    path("<int:pk>/confirm", views.Confirm.as_view(), name="confirm"),
    path("<int:pk>/confirm-alone", views.ConfirmAlone.as_view(), name="confirm-alone"),
    path("<int:pk>/decline", views.Decline.as_view(), name="decline"),
    path("<int:pk>/withdraw", views.Withdraw.as_view(), name="withdraw"),
]
