"""States and code lists of a parent's refusal (day.md 6 and 18)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .states import ParentRole


class RefusingParent(TextChoices):
    MOTHER = ParentRole.MOTHER.value, _("Mother")
    FATHER = ParentRole.FATHER.value, _("Father")


class Refused(TextChoices):
    """What a parent refuses."""

    REGISTRATION = "registration", _("The registration")
    PATERNITY = "paternity", _("To acknowledge the child as his")
    SHARING = "sharing", _("Telling others about the child")


class RefusedBecause(TextChoices):
    FEAR = "fear", _("Is afraid of an authority")
    WORK = "work", _("Is afraid for work or own papers")
    DOUBT = "doubt", _("Is not sure to be the father")
    QUARREL = "quarrel", _("The parents quarrel or have parted")
    COST = "cost", _("Cost or time")
    NO_USE = "no_use", _("Does not see what it is good for")
    NOT_SAID = "not_said", _("Gives no reason")
    OTHER = "other", _("Another reason")


class HeardFrom(TextChoices):
    """Who told us; a refusal told by the other parent is not yet a refusal heard."""

    SELF = "self", _("The parent said so")
    OTHER_PARENT = "other_parent", _("The other parent says so")
    SOMEBODY = "somebody", _("Somebody else says so")


class OtherParentSays(TextChoices):
    """Whether the parents disagree: a field, not a guess."""

    WANTS = "wants", _("Wants it done")
    REFUSES = "refuses", _("Refuses as well")
    NOT_ASKED = "not_asked", _("Was not asked")
    CANNOT = "cannot", _("Cannot be asked")


class RefusalWay(TextChoices):
    """How the registration goes on all the same."""

    MOTHERS_SIDE = "mothers_side", _("Register on the mother’s side alone")
    OTHER_NOTIFIER = "other_notifier", _("Somebody else who may notify does it")
    NO_SHARING = "no_sharing", _("Register, and tell nobody else")
    TALK_AGAIN = "talk_again", _("Talk once more, in peace and with an interpreter")
    SUPERVISOR = "supervisor", _("A supervisor advises")


WAYS = {
    Refused.REGISTRATION: (
        RefusalWay.MOTHERS_SIDE,
        RefusalWay.OTHER_NOTIFIER,
        RefusalWay.TALK_AGAIN,
        RefusalWay.SUPERVISOR,
    ),
    Refused.PATERNITY: (RefusalWay.MOTHERS_SIDE, RefusalWay.TALK_AGAIN, RefusalWay.SUPERVISOR),
    Refused.SHARING: (RefusalWay.NO_SHARING, RefusalWay.TALK_AGAIN, RefusalWay.SUPERVISOR),
}
"""What can be done about each refusal."""


class RefusalState(TextChoices):
    OPEN = "open", _("Still refused")
    WITHDRAWN = "withdrawn", _("The parent agrees now")
    SOLVED = "solved", _("Solved in another way")


REFUSAL_EDGES = {RefusalState.OPEN: {RefusalState.WITHDRAWN, RefusalState.SOLVED}}
