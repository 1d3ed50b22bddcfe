"""Code lists of people, names and papers (birth_registration.md C3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate


class Sex(TextChoices):
    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNKNOWN = "U", _("Not known yet")


CHILD_SEX: dict[str, str | Promise] = {Sex.FEMALE: _("Girl"), Sex.MALE: _("Boy"), Sex.UNKNOWN: _("Not known yet")}
"""How the sex of a child is called."""
GROWN = 18


def sex_labels(birth: BirthDate, today: date) -> Mapping[str, str | Promise]:
    """Girl and boy of who is under 18; female and male of who is grown, or of no known age."""
    return CHILD_SEX if birth.is_under(GROWN, today) else {sex: sex.label for sex in Sex}


class NameKind(TextChoices):
    AS_SPOKEN = "as_spoken", _("As spoken")
    OFFICIAL_TH = "official_th", _("Official, Thai")
    OFFICIAL_HOME = "official_home", _("Official, home country")
    ON_CERTIFICATE = "on_certificate", _("On the certificate")
    ALIAS = "alias", _("Also called")
    PREVIOUS = "previous", _("Earlier name")
    BABY_OF = "baby_of", _("“Baby of”")


class Script(TextChoices):
    LATIN = "Latn", _("English letters")
    THAI = "Thai", _("Thai")
    MYANMAR = "Mymr", _("Burmese or Karen")
    KHMER = "Khmr", _("Khmer")
    LAO = "Laoo", _("Lao")
    OTHER = "Zyyy", _("Other")


class SpokenLanguage(TextChoices):
    THAI = "th", _("Thai")
    BURMESE = "my", _("Burmese")
    SGAW = "ksw", _("S’gaw Karen")
    PWO = "pwo", _("Pwo Karen")
    MON = "mnw", _("Mon")
    SHAN = "shn", _("Shan")
    ROHINGYA = "rhg", _("Rohingya")
    ENGLISH = "en", _("English")
    KHMER = "km", _("Khmer")
    LAO = "lo", _("Lao")
    OTHER = "other", _("Other")


class PaperType(TextChoices):
    """Kinds of identity papers."""

    THAI_ID = "thai_id", _("Thai ID card")
    PASSPORT = "passport", _("Passport")
    TEMP_PASSPORT = "temp_passport", _("Temporary passport")
    CERTIFICATE_OF_IDENTITY = "certificate_of_identity", _("Certificate of identity")
    MM_CSC = "mm_csc", _("Myanmar citizenship card")
    MM_HOUSEHOLD_LIST = "mm_household_list", _("Myanmar household list")
    PINK_CARD = "pink_card_non_thai", _("Non-Thai ID (pink card)")
    NO_STATUS_CARD = "no_status_card", _("Card of a person without status (0)")
    WORK_PERMIT = "work_permit", _("Work permit")
    PROFILE_38_1 = "profile_TR38_1", _("Profile register Tor.Ror.38/1")
    PROFILE_38K = "profile_TR38K", _("Profile register Tor.Ror.38 Kor")
    HOUSE_13 = "house_TR13", _("House register Tor.Ror.13")
    HOUSE_14 = "house_TR14", _("House register Tor.Ror.14")
    ALIEN_CERTIFICATE = "alien_certificate", _("Alien certificate")
    DISPLACED_CARD = "displaced_person_card", _("Displaced person card")
    BORDER_PASS = "border_pass", _("Border pass")
    UNHCR = "unhcr", _("UNHCR paper")
    CAMP_HOUSEHOLD = "camp_household", _("Camp household paper")
    EMPLOYER_LETTER = "employer_letter", _("Letter from the employer")
    NGO_CHILD_RECORD = "NGO_child_record", _("NGO child record")
    G_CODE = "G_code", _("School G-code")
    HOSPITAL_CARD = "hospital_card", _("Hospital card")
    VACCINATION_BOOK = "vaccination_book", _("Vaccination book")
    MARRIAGE_CERTIFICATE = "marriage_certificate", _("Marriage certificate")
    BIRTH_CERTIFICATE = "birth_certificate_other", _("Birth certificate")
    CHILD_NUMBER = "child_13_digit", _("13-digit number on the birth certificate")
    OTHER = "other", _("Other paper")


# Papers whose number is a Thai 13-digit number (birth_registration.md B4).
THIRTEEN_DIGITS = frozenset(
    {
        PaperType.THAI_ID,
        PaperType.PINK_CARD,
        PaperType.NO_STATUS_CARD,
        PaperType.WORK_PERMIT,
        PaperType.CHILD_NUMBER,
    }
)


class Verification(TextChoices):
    NOT_CHECKED = "not_checked", _("Not checked")
    SEEN_ORIGINAL = "seen_original", _("Original seen")
    COPY_ONLY = "copy_only", _("Copy only")
    DOUBTFUL = "doubtful", _("Doubtful")
    CONFIRMED = "confirmed_with_issuer", _("Confirmed with the issuer")


SEEN_VERIFICATIONS = frozenset({Verification.SEEN_ORIGINAL, Verification.CONFIRMED})
"""Whoever checked a paper in these ways had the original in hand."""


class FamilyRole(TextChoices):
    CHILD = "child", _("Child")
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GRANDPARENT = "grandparent", _("Grandparent")
    SIBLING = "sibling", _("Brother or sister")
    AUNT_UNCLE = "aunt_uncle", _("Aunt or uncle")
    GUARDIAN = "guardian", _("Guardian")
    OTHER = "other", _("Other")


class ContactRule(TextChoices):
    """What may be done with a phone number; until somebody has asked, no more than what harms nobody."""

    NOT_ASKED = "not_asked", _("Not asked yet: say only that the clinic called")
    SAFE = "safe", _("Safe to call")
    CAREFUL = "careful", _("Say only that the clinic called")
    DO_NOT = "do_not", _("Do not contact")

    @property
    def needs_care(self) -> bool:
        """Whether whoever answers may hear no more than who calls."""
        return self in (ContactRule.NOT_ASKED, ContactRule.CAREFUL)


class Decision(TextChoices):
    """What a person said of two records that look alike."""

    SAME = "same", _("Same child")
    SIBLING = "sibling", _("Twin or sibling")
    DIFFERENT = "different", _("Another child")


class OfficeAnswer(TextChoices):
    """What an office says of its record when another one asks about a pair."""

    SAME = "same", _("Same child")
    DIFFERENT = "different", _("Another child")
    CALL = "call", _("We will call you")


class HitState(TextChoices):
    OPEN = "open", _("To decide")
    DECIDED = "decided", _("Decided")
    STALE = "stale", _("No longer alike")
