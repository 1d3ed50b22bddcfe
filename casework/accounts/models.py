"""Users, offices and grants."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Named, Removable

from .states import OfficeKind, Role

LANGUAGES = [("en", "English"), ("th", "ไทย"), ("my", "မြန်မာ")]


class Office(Named):
    """A place of work that owns cases, such as the clinic in Mae Sot Hospital."""

    code = models.CharField(_("code"), max_length=4, unique=True, help_text=_("Part of case numbers, such as MS."))
    name_en = models.CharField(_("name in English"), max_length=120)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_my = models.CharField(_("name in Burmese"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=OfficeKind.choices, default=OfficeKind.OFFICE)
    province_code = models.CharField(_("province code"), max_length=2, blank=True)
    address_th = models.TextField(_("address in Thai"), blank=True)
    address_en = models.TextField(_("address in English"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    letter_prefix = models.CharField(
        _("letter number prefix"),
        max_length=30,
        blank=True,
        help_text=_("Comes before outgoing letter numbers (ที่ …/2569)."),
    )
    thai_digits = ArrayField(
        models.CharField(max_length=60), verbose_name=_("letters with Thai digits"), default=list, blank=True,
        help_text="kinds of letters whose Thai text has Thai digits (interface.md §12.3)",
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)
    list_views = models.JSONField(default=dict, help_text="saved views of lists for everybody here: saved_views.py")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z]{2,4}$"),
                name="An office code is two to four capital letters",
            ),
        ]


class User(AbstractUser):
    """A person who works with Casework. What they may see and do comes from grants only."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=120)
    name_th = models.CharField(_("name in Thai"), max_length=120, blank=True)
    position_th = models.CharField(
        _("position in Thai"),
        max_length=120,
        blank=True,
        help_text=_("Printed under the signature on letters."),
    )
    position_en = models.CharField(_("position in English"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    shortcuts_on = models.BooleanField(_("single-letter shortcuts"), default=True)
    must_change_password = models.BooleanField(
        _("must choose a password"), default=False, help_text=_("Signed in with a password that somebody else made.")
    )
    password_ends_at = models.DateTimeField(
        null=True, help_text="until when a password that somebody else made opens the door"
    )

    stands_in_until = models.DateField(
        null=True, help_text="the last day on which the person stands in for somebody who is away"
    )
    list_views = models.JSONField(default=dict, help_text="the person's saved views of lists: saved_views.py")

    REQUIRED_FIELDS = ["full_name"]

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        ordering = ["full_name"]

    def __str__(self) -> str:
        return self.name_now

    @property
    def name_now(self) -> str:
        """The person's name in Thai letters on a Thai page, where it is known."""
        return self.name_th if self.name_th and (get_language() or "en").startswith("th") else self.full_name

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        words = self.full_name.split()
        return "".join(word[0] for word in words[:2]).upper()


def living(today: date, grant: str = "") -> models.Q:
    """The condition under which the grant at the end of a path ("grants__"; "" on grants themselves) holds today."""
    held = {"ended_at__isnull": True, "valid_from__lte": today, "valid_to__gte": today}
    return models.Q(**{f"{grant}{name}": value for name, value in held.items()})


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by time."""

    def live(self, today: date) -> GrantQuerySet:
        """Grants that hold today."""
        return self.filter(living(today))


class Grant(models.Model):
    """A role given by somebody else to a person for one office and one programme or all, for at most twelve months."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=4, choices=Role.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="grants", verbose_name=_("office"))
    programme = models.CharField(
        _("programme"), max_length=40, blank=True, help_text=_("Empty: all programmes of the office.")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("confirmed by")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["office__code", "role"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="A grant ends after it begins"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__lte=models.F("valid_from") + timedelta(days=366)),
                name="A grant lasts at most twelve months",
            ),
            models.CheckConstraint(
                condition=models.Q(given_by__isnull=True) | ~models.Q(given_by=models.F("user")),
                name="Nobody grants themselves a role",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | (~models.Q(confirmed_by=models.F("user")) & ~models.Q(confirmed_by=models.F("given_by"))),
                name="A role is confirmed by neither giver nor holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.office}"


class SetupToken(Removable):
    """The one-time key of an empty site's set-up page; only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"set-up token of {self.made_at:%Y-%m-%d}"


class FirstDayTick(Removable):
    """A line of the first-day checklist that a person has ticked, or the list itself put away."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="A line of the first day is ticked once")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
