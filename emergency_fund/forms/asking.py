"""The page on which a family's request is taken down: what happened, for which child what, how urgent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.states import GivenHow
from casework.drafts.forms import as_sent, held_values
from casework.kernel.digits import to_ascii_digits
from casework.people.models import FamilyMember, Person
from casework.people.states import FamilyRole, SpokenLanguage
from casework.ui.fields import MoneyField, NameField, PartsDateField, WholeNumberField, needed
from emergency_fund.queries.family import speakers_of, told_apart
from emergency_fund.rules.counting import MOST, against_counting, amount_of
from emergency_fund.services.asking import AskedLine
from emergency_fund.states import COUNTED, Channel, IncidentKind, LineKind, LineUnit, Urgency

BLANK = ("", "")
MOST_ROWS = 10
AT_WORK = (IncidentKind.WORK_INJURY, IncidentKind.JOB_TERMINATION, IncidentKind.WAGE_NON_PAYMENT)
EMPLOYED = f"kind={' '.join(AT_WORK)}"
"""What happened at work: then the employer is asked for."""
CHILD_UNTIL = 18
COUNTING = ("quantity", "unit", "unit_cost")


def children_of(members: Sequence[FamilyMember], case_child: int) -> list[Person]:
    """The children of a family, the child of the case first."""
    young = (FamilyRole.CHILD, FamilyRole.SIBLING)
    today = timezone.localdate()
    rows = [
        member.person for member in members
        if member.person_id == case_child or member.person.birth.is_under(CHILD_UNTIL, today)
        or (member.person.born_on is None and member.role in young)
    ]  # fmt: skip
    return sorted(rows, key=lambda person: person.pk != case_child)


class LineForm(forms.Form):
    """One thing for one child; a row that nothing is written in is left out."""

    told_as = ""
    """How it is called among the others."""

    child = forms.ChoiceField(label=gettext_lazy("For which child"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=[BLANK, *LineKind.choices], required=False)
    quantity = WholeNumberField(label=gettext_lazy("How many"), min_value=1, max_value=MOST, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Of what"), choices=[BLANK, *LineUnit.choices], required=False)
    unit_cost = MoneyField(label=gettext_lazy("Price of one"), required=False)
    amount = MoneyField(label=gettext_lazy("Baht"), required=False)
    words = NameField(label=gettext_lazy("What exactly, and why"), max_length=160, required=False)

    def __init__(self, *args: Any, called: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in called.items()]  # the child of the case first
        for name in ("amount", "unit_cost"):
            self.fields[name].unit = ""  # type: ignore[attr-defined]
        for name in ("quantity", "unit_cost"):
            self.fields[name].widget.attrs["data-times"] = ""
        self.fields["amount"].widget.attrs["data-product"] = ""
        self.fields["child"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_blank(self) -> bool:
        """Whether the row was left as it is: a child alone asks for nothing."""
        return not any(self.data.get(self.add_prefix(name)) for name in ("kind", *COUNTING, "amount", "words"))

    @property
    def counted_by(self) -> str:
        """With which answers the page asks how many and at which price."""
        return f"{self.add_prefix('kind')}={' '.join(sorted(COUNTED))}"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.is_blank:
            self._count(told)
            for name, sentence in (
                ("child", _("Choose for which child this is.")), ("kind", _("Choose what is asked for.")),
                ("amount", _("Write the amount in baht.")),
            ):  # fmt: skip
                is_said = name in self.errors or (name == "amount" and {"kind", *COUNTING} & set(self.errors))
                if not told.get(name) and not is_said:
                    self.add_error(name, sentence)
        return told

    def _count(self, told: dict[str, Any]) -> None:
        """The amount that follows from number and price, or what stands against it.

        Boxes that are not asked for this kind of help count for nothing.
        """
        if told.get("kind") not in COUNTED:
            told |= {"quantity": None, "unit": "", "unit_cost": None}
            for name in COUNTING:
                self.errors.pop(name, None)
        if {"kind", *COUNTING, "amount"} & set(self.errors):
            return
        findings = list(against_counting(**{name: told[name] for name in ("kind", *COUNTING, "amount")}))
        told["amount"] = amount_of(told["quantity"], told["unit_cost"], told["amount"])
        for finding in findings:
            self.add_error(finding.field, forms.ValidationError(str(finding.sentence), code=finding.code))


class RequestForm(forms.Form):
    """What happened to the family, what is asked for its children, how urgent it is."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=[BLANK, *IncidentKind.choices])
    occurred_on = PartsDateField(label=gettext_lazy("When"))
    is_about = forms.BooleanField(label=gettext_lazy("Nobody knows the day exactly"), required=False)
    employer = NameField(label=gettext_lazy("Employer"), max_length=160, required=False)
    earner = forms.ChoiceField(label=gettext_lazy("Whose work it is"), required=False)
    old_reason = NameField(label=gettext_lazy("Why does the family ask only now?"), max_length=300, required=False)
    need = forms.CharField(
        label=gettext_lazy("Why it is needed"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody who decides reads this. No names, nothing about protection."),
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label=gettext_lazy("How urgent"), choices=Urgency.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("By then the fund decides."),
    )  # fmt: skip
    lines = forms.CharField(label=gettext_lazy("What is asked"), required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, members: Sequence[FamilyMember], case_child: int, called: Mapping[int, str] | None = None,
        is_hidden: bool = False, are_named: bool = True, **kwargs: Any,
    ) -> None:  # fmt: skip
        """Offer the children of the family, or those `called` something alone; of a hidden family no employer.

        Who is not `are_named` is told by the role.
        """
        super().__init__(*args, **kwargs)
        young, called_only = children_of(members, case_child), called is not None
        self.children = [child for child in young if called is None or child.pk in called]
        names = told_apart(self.children, timezone.localdate()) if called is None else called
        called = {child.pk: names[child.pk] for child in self.children}
        if is_hidden:
            del self.fields["employer"]
        self.earners = {} if called_only else {str(m.person_id): m for m in members if m.person not in young}
        if self.earners:
            told = [(key, _named_by(m, are_named=are_named)) for key, m in self.earners.items()]
            self.fields["earner"].choices = [BLANK, *told]  # type: ignore[attr-defined]
        else:
            del self.fields["earner"]
        asked = (self.initial or {}).get("asked", [])
        self.rows = [
            LineForm(
                self.data if self.is_bound else None, prefix=f"line-{n}", called=called,
                initial=asked[n] if n < len(asked) else {}, use_required_attribute=False,
            )
            for n in range(MOST_ROWS)
        ]  # fmt: skip
        for n, row in enumerate(self.rows, start=1):
            row.told_as = _("Line %(n)s") % {"n": n}

    @property
    def shown_rows(self) -> list[tuple[LineForm, bool]]:
        """Each row, and whether it stands open: the first, and up to the last in which something is written."""
        written = [n for n, row in enumerate(self.rows) if not row.is_blank or row.initial]
        last = max(written, default=0)
        return [(row, n <= last) for n, row in enumerate(self.rows)]

    def is_valid(self) -> bool:
        """Whether the page and each of its rows are."""
        rows = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if all(row.is_blank for row in self.rows):
            self.add_error("lines", _("Write for which child of the family what is asked."))
        return told

    def asked_lines(self) -> list[AskedLine]:
        """What is asked, row by row."""
        known = {str(child.pk): child for child in self.children}
        told = [row.cleaned_data for row in self.rows if not row.is_blank]
        return [
            AskedLine(
                child=known[row["child"]], kind=row["kind"], asked=row["amount"], words=row["words"],
                quantity=row["quantity"], unit=row["unit"], unit_cost=row["unit_cost"],
            )
            for row in told
        ]  # fmt: skip

    def incident(self) -> dict[str, Any]:
        """What happened, as the services take it; what was not asked for stays as it is."""
        told = self.cleaned_data
        facts = {name: told[name] for name in ("kind", "occurred_on", "employer") if name in told}
        facts["is_day_known"] = not told["is_about"]
        if "earner" not in self.fields:
            return facts
        earner = self.earners.get(told["earner"]) if told["kind"] in AT_WORK else None
        return facts | {"earner": earner and earner.person}


class CaseNumberForm(forms.Form):
    """The number of the case of the family's child."""

    number = NameField(
        label=gettext_lazy("Case number"), max_length=24,
        help_text=gettext_lazy("The caseworker of the family knows it; it stands on the family’s papers."),
    )  # fmt: skip

    def __init__(self, *args: Any, find: Callable[[str], Case | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find

    def clean_number(self) -> Case:
        """The case of this number."""
        case = self.find(to_ascii_digits(self.cleaned_data["number"]).upper().replace(" ", ""))
        if case is None:
            told = _("Your office has no open case of this number. Check it, or let the caseworker ask.")
            first = _("For a family without a case, ask a caseworker of your office to open one.")
            raise forms.ValidationError(f"{told} {first}")
        return case


def _named_by(member: FamilyMember, *, are_named: bool) -> str:
    """Somebody of the family by the name, or by the role."""
    return f"{member.person.name} ({member.get_role_display()})" if are_named else _by_role(member)


def _by_role(member: FamilyMember) -> str:
    """Who somebody is in the family, without the name."""
    age = member.person.birth.age_text(timezone.localdate(), (get_language() or "en")[:2])
    return f"{member.get_role_display()}, {age}" if age else str(member.get_role_display())


class AskForm(RequestForm):
    """A new request: who asks, how, and whether the fund may know."""

    requester = forms.ChoiceField(label=gettext_lazy("Who asks"))
    channel = forms.ChoiceField(label=gettext_lazy("How they asked"), choices=Channel.choices)
    received_on = PartsDateField(label=gettext_lazy("Asked on"), help_text=gettext_lazy("The clock runs from here."))
    consent = forms.BooleanField(
        label=gettext_lazy("The family agrees that the fund knows what is written here"), required=False
    )
    how = needed(
        forms.ChoiceField(label=gettext_lazy("How they agreed"), choices=[BLANK, *GivenHow.choices], required=False)
    )
    explained_in = needed(
        forms.ChoiceField(label=gettext_lazy("Explained in"), choices=[BLANK, *SpokenLanguage.choices], required=False)
    )

    def __init__(
        self, *args: Any, members: Sequence[FamilyMember], has_consent: bool, are_named: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, members=members, are_named=are_named, **kwargs)
        self.has_consent = has_consent
        young = {child.pk for child in self.children}
        can_ask = speakers_of(members, timezone.localdate())
        self.members = {str(m.person_id): m for m in sorted(can_ask, key=lambda m: m.person_id in young)}
        choices = [(key, _named_by(m, are_named=are_named or m.person_id in young)) for key, m in self.members.items()]
        self.fields["requester"].choices = choices  # type: ignore[attr-defined]

    def go_on_from(self, answers: Mapping[str, Any]) -> None:
        """Show what was kept of the page, and the lines in which something was written."""
        sent = as_sent(answers)
        self.initial = {**self.initial, **held_values(self, sent)}
        for row in self.rows:
            held = held_values(row, sent)
            row.initial = held if any(told for name, told in held.items() if name != "child") else {}

    @property
    def asker(self) -> Person:
        """Who asks."""
        return self.members[self.cleaned_data["requester"]].person

    def received_at(self, now: datetime) -> datetime:
        """The moment from which the clock runs: now, or the morning of an earlier day."""
        on = self.cleaned_data["received_on"]
        if on == timezone.localdate(now):
            return now
        return timezone.make_aware(datetime.combine(on, time(8, 0)))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("consent") and not told.get("how"):
            self.add_error("how", _("Choose how the family agreed."))
        if told.get("consent") and not told.get("explained_in"):
            self.add_error("explained_in", _("Choose the language in which it was explained."))
        return told

    def agreement(self) -> Mapping[str, Any] | None:
        """How the family agreed, where that is asked for and was answered."""
        told = self.cleaned_data
        if self.has_consent or not told["consent"]:
            return None
        who = self.members[told["requester"]]
        return {
            "given_by_name": who.person.name, "relation": str(who.get_role_display())[:40], "how": told["how"],
            "language": told["explained_in"],
        }  # fmt: skip
