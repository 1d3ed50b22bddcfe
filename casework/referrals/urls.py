"""Addresses of referrals."""

from django.urls import path

from . import views

app_name = "referrals"
urlpatterns = [
    path("", views.ReferralList.as_view(), name="list"),
    path("<int:pk>/", views.ReferralDetail.as_view(), name="detail"),
    path("new/<int:pk>/", views.NewReferral.as_view(), name="new"),
]
