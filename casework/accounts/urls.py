"""Sign-in and one's own second factor: only the addresses we use, under /account/."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from .views import FactorProof, SetUpCode, SignOut, StepUpByCode, StepUpByPassword, proven

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", SignOut.as_view(), name="account_logout"),
    path("confirm/", StepUpByPassword.as_view(), name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/sign-in/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", StepUpByCode.as_view(), name="mfa_reauthenticate"),
    path("second-factor/prove/", FactorProof.as_view(), name="mfa_prove"),
    path("second-factor/app/", proven(SetUpCode.as_view()), name="mfa_activate_totp"),
    path("second-factor/app/remove/", proven(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", proven(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", proven(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("second-factor/codes/download/", proven(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
