"""The reason of a decision, an absence with its deputy, the bands of who approves how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.accounts.states import Role
from casework.ui.fields import MoneyField, NameField, PartsDateField, needed

from .queries.conflicts import as_number
from .rules.conflicts import FAMILY, ORGANISATION
from .services.policies import Band
from .states import PairScope, Quorum

BLANK = ("", "")
MOST_BANDS, MOST_STEPS = 6, 3
HOW = (("1", _("one")), ("2", _("two")), ("3", _("three")), ("all", _("all")))


class DeclineForm(forms.Form):
    """Why it is declined."""

    reason = forms.CharField(
        label=_("If you decline, say why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person who proposed it reads this."),
    )


class AbsenceForm(forms.Form):
    """Who is away from when until when, and who acts for them."""

    user = forms.ModelChoiceField(label=_("Who is away"), queryset=User.objects.none(), empty_label="")
    from_on = PartsDateField(label=_("First day"))
    until_on = PartsDateField(label=_("Last day"))
    deputy = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=User.objects.none(), empty_label="",
        help_text=_("Somebody who has the same role in another office, or decides above it."),
    )  # fmt: skip
    reason = NameField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], deputies: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("user", people), ("deputy", deputies)):
            field: Any = self.fields[name]
            field.queryset = rows
            field.label_from_instance = _name_of


def _name_of(person: User) -> str:
    return person.name_now


class BandForm(forms.Form):
    """One band: from, below, and up to three steps; a row in which nothing is written is left out."""

    low = MoneyField(label=_("From"), required=False)
    high = MoneyField(label=_("Below"), required=False)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_STEPS + 1):
            words = {"n": number}
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=_("Step %(n)s") % words, choices=[BLANK, *roles], required=False
            )
            self.fields[f"how_{number}"] = forms.ChoiceField(
                label=_("Step %(n)s, how many sign") % words, choices=HOW, required=False, initial="1"
            )

    @property
    def is_blank(self) -> bool:
        """Whether the row was left as it is."""
        names = ("low", "high", *(f"role_{number}" for number in range(1, MOST_STEPS + 1)))
        return not any(self.data.get(self.add_prefix(name)) for name in names)

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Who signs in each step, with how many of them."""
        return [(self[f"role_{number}"], self[f"how_{number}"]) for number in range(1, MOST_STEPS + 1)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.is_blank and told.get("low") is None and "low" not in self.errors:
            self.add_error("low", _("Write from which amount on."))
        return told

    def band(self) -> Band:
        """The row as the services take it."""
        told = self.cleaned_data
        chosen = [(told[f"role_{n}"], told[f"how_{n}"]) for n in range(1, MOST_STEPS + 1) if told[f"role_{n}"]]
        return Band(low=told["low"], high=told["high"], steps=[_step(role, how) for role, how in chosen])


def _step(role: str, how: str) -> dict[str, Any]:
    if how == "all":
        return {"role": role, "quorum": Quorum.ALL.value}
    if how in ("", "1"):
        return {"role": role, "quorum": Quorum.ANY.value}
    return {"role": role, "quorum": Quorum.COUNT.value, "count": int(how)}


class PolicyForm(forms.Form):
    """New bands: from when, up to how much before approval, who decided on it, and the bands themselves."""

    valid_from = PartsDateField(label=_("Valid from"), help_text=_("What waits for approval keeps its steps."))
    cap = MoneyField(
        label=_("Before approval up to"),
        help_text=_("Where a life is at risk, up to this amount is given first and approved within 72 hours."),
    )
    source = needed(
        NameField(
            label=_("Who decided on it, and when"), max_length=300, required=False,
            help_text=_("Such as: board of the fund, 3 November."),
        )
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(role, Role(role).label) for role in roles]
        known: Sequence[Mapping[str, Any]] = (self.initial or {}).get("bands", [])
        self.rows = [
            BandForm(
                self.data if self.is_bound else None, prefix=f"band-{n}", roles=named, use_required_attribute=False,
                initial=known[n] if n < len(known) else {},
            )
            for n in range(MOST_BANDS)
        ]  # fmt: skip
        for n in range(MOST_BANDS):  # for what a rule says beside a band
            self.fields[f"band-{n}"] = forms.CharField(required=False, widget=forms.HiddenInput, label="")

    @property
    def bands(self) -> list[tuple[BandForm, forms.BoundField]]:
        """Each row with what is wrong with it."""
        return [(row, self[f"band-{n}"]) for n, row in enumerate(self.rows)]

    def is_valid(self) -> bool:
        """Whether the page and each of its rows are."""
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def written(self) -> list[Band]:
        """The bands that were written, from the lowest line to the last."""
        return [row.band() for row in self.rows if not row.is_blank]

    def places(self) -> list[int]:
        """On which line of the page each written band stands."""
        return [n for n, row in enumerate(self.rows) if not row.is_blank]


def typed_bands(bands: Iterable[tuple[Decimal, Decimal | None, Sequence[Mapping[str, Any]]]]) -> list[dict[str, Any]]:
    """The bands that hold now, as the page shows them to be changed."""
    return [_typed(low, high, steps) for low, high, steps in bands]


def _typed(low: Decimal, high: Decimal | None, steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    shown: dict[str, Any] = {"low": f"{low:,.0f}", "high": "" if high is None else f"{high:,.0f}"}
    for number, step in enumerate(steps[:MOST_STEPS], start=1):
        counted = str(step.get("count", 1)) if step["quorum"] == Quorum.COUNT else "1"
        shown[f"role_{number}"] = step["role"]
        shown[f"how_{number}"] = "all" if step["quorum"] == Quorum.ALL else counted
    return shown


class ConflictForm(forms.Form):
    """With whom one has to do, how, and for how long."""

    kind = forms.ChoiceField(
        label=_("With whom"), widget=forms.RadioSelect,
        choices=[
            (FAMILY, _("A family that gets help, or asks for it")),
            (ORGANISATION, _("A shop, hospital or company that is paid")),
        ],
    )  # fmt: skip
    number = needed(
        NameField(
            label=_("Number of the family’s case or request"), max_length=24, required=False,
            help_text=_("It is on the papers of the family. Nobody is told whether it exists."),
        ),
        _("Family"),
    )  # fmt: skip
    number_again = needed(
        NameField(
            label=_("The same number again"), max_length=24, required=False,
            help_text=_("A mistyped number keeps nobody away, and nobody can tell you. So type it twice."),
        ),
        _("Family"),
    )  # fmt: skip
    organisation = needed(
        NameField(label=_("Name of the shop, hospital or company"), max_length=160, required=False), _("Organisation")
    )
    reason = needed(
        NameField(
            label=_("How you are connected"), max_length=200, required=False,
            help_text=_("In a sentence, such as: her mother is my sister."),
        )
    )  # fmt: skip
    from_on = PartsDateField(label=_("From"), required=False, help_text=_("Leave it empty if it always was so."))
    until_on = PartsDateField(label=_("Until"), required=False, help_text=_("Only if you know the last day."))

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            for name in ("kind", "number", "number_again", "organisation"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse two numbers that differ: that is seen without looking whether one of them exists (decision 57)."""
        told: dict[str, Any] = super().clean() or {}
        again = as_number(told.pop("number_again", ""))
        if told.get("kind") == FAMILY and "number" in told and as_number(told["number"]) != again:
            self.add_error("number_again", _("The two numbers differ. Compare both with the paper."))
        return told

    def told(self) -> dict[str, Any]:
        """The answers as the service takes them: of a number and a name the one that was chosen."""
        return {"kind": FAMILY} | self.cleaned_data


class PairForm(forms.Form):
    """Two roles that are kept apart, how far, why, and who decided on it."""

    role_a = forms.ChoiceField(label=_("One role"), choices=[BLANK, *Role.choices])
    role_b = forms.ChoiceField(label=_("The other role"), choices=[BLANK, *Role.choices])
    scope = forms.ChoiceField(label=_("How far"), choices=PairScope.choices, widget=forms.RadioSelect)
    reason = needed(
        NameField(
            label=_("Why"), max_length=200, required=False,
            help_text=_("In a sentence, such as: who decides on money does not hand it out."),
        )
    )  # fmt: skip
    source = needed(
        NameField(
            label=_("Who decided on it, and when"), max_length=300, required=False,
            help_text=_("Such as: board of the fund, 3 November."),
        )
    )  # fmt: skip


class EndPairForm(forms.Form):
    """Why one person may be both again."""

    reason = needed(NameField(label=_("Why one person may be both"), max_length=300, required=False))


class EndConflictForm(forms.Form):
    """Why a conflict of interest is over."""

    reason = needed(
        NameField(
            label=_("Why it is over"), max_length=300, required=False,
            help_text=_("In a sentence, such as: she no longer works there."),
        )
    )  # fmt: skip
