"""The base of shares: a guardian object permission with purpose, fields and expiry, one row, no mirror."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase


class ShareBase(UserObjectPermissionBase):
    """A person may see one row, for a purpose, until a day (at most 90 days)."""

    purpose = models.CharField(_("purpose"), max_length=40)
    fields = models.JSONField(_("what is shared"), default=list)
    expires_on = models.DateField(_("until"))
    shared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True
