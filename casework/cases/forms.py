"""Forms of the case pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.accounts.models import User
from casework.people.fields import PhoneField
from casework.people.states import SpokenLanguage
from casework.programmes.contributions import ClosingPaper
from casework.reference.fields import PlaceField
from casework.ui.fields import NameField, PartsDateField, needed

from .closing_rules import Gone
from .colleagues import colleagues
from .states import (
    ABROAD,
    GONE,
    NOBODY_CARRIES,
    AssessmentKind,
    CloseReason,
    ConsentDecision,
    Country,
    Domain,
    GivenHow,
    HoldReason,
    NewsFrom,
    Readers,
    Risk,
    Severity,
)

BLANK = ("", "")
LONGEST = 10_000
"""Letters of a text in one’s own words: some pages, which the timeline still shows."""
YES_NO = [("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))]


class NoteForm(forms.Form):
    """A note in two clicks."""

    text = needed(
        forms.CharField(
            label=_("Write a note"),
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        )
    )
    readers = forms.ChoiceField(label=_("Who may read it"), choices=Readers.choices, initial=Readers.TEAM)

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restricted = {
            "legal": "cases.note.see_legal",
            "psychosocial": "cases.note.see_psychosocial",
            "trafficking": "cases.note.see_trafficking",
        }
        allowed = [(v, label) for v, label in Readers.choices if v not in restricted or may(user, restricted[v])]
        self.fields["readers"].choices = allowed  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """What shall be true for the child."""

    title = needed(
        NameField(
            label=_("Goal"),
            required=False,
            help_text=_("What should change for the child, such as “has a birth certificate”."),
        )
    )
    domain = forms.ChoiceField(label=_("About"), choices=Domain.choices)
    due_on = PartsDateField(label=_("By"), required=False)


class StepForm(forms.Form):
    """One act of a goal."""

    title = needed(NameField(label=_("Step"), required=False, help_text=_("Who does what?")))
    responsible = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), required=False)
    responsible_text = NameField(
        label=_("Or somebody else"), required=False, max_length=80, help_text=_("Such as “the family”.")
    )
    due_on = PartsDateField(label=_("By"), required=False)

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = colleagues(office_id)  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """When the plan is looked at again."""

    review_on = PartsDateField(label=_("Review the plan on"))


class ReturnForm(forms.Form):
    """What should be changed."""

    text = NameField(label=_("What should be changed?"), required=False, max_length=300)


class AssessmentForm(forms.Form):
    """Needs by domain, the views of the child and the carer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AssessmentKind.choices)
    done_on = PartsDateField(label=_("Done on"))
    child_views = forms.CharField(
        label=_("The child’s own views"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    carer_views = forms.CharField(
        label=_("The carer’s views"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    strengths = forms.CharField(
        label=_("Strengths of the family"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    who_present = NameField(label=_("Who else was in the room?"), required=False)
    child_seen = forms.ChoiceField(label=_("Was the child seen?"), choices=YES_NO, required=False)
    child_alone = forms.ChoiceField(
        label=_("Was the child or the mother spoken to alone?"), choices=YES_NO, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = {
            name: self.fields.pop(name)
            for name in ("child_views", "carer_views", "strengths", "who_present", "child_seen", "child_alone")
        }
        for domain in Domain:
            self.fields[f"severity_{domain}"] = forms.ChoiceField(
                label=domain.label, choices=[("", _("Not asked")), *Severity.choices], required=False
            )
            self.fields[f"text_{domain}"] = needed(
                NameField(
                    label=_("What is needed: %(domain)s") % {"domain": domain.label}, required=False, max_length=300
                ),
                Severity.SERIOUS.label,
                Severity.URGENT.label,
            )
        self.fields.update(first)

    @property
    def need_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """How serious each need is, and beside it what is needed."""
        return [(self[f"severity_{domain}"], self[f"text_{domain}"]) for domain in Domain]

    @property
    def other_lines(self) -> list[forms.BoundField]:
        """What is asked after the needs."""
        return [field for field in self if not field.name.startswith(("severity_", "text_", "kind", "done_on"))]

    def needs(self) -> dict[str, tuple[str, str]]:
        """Domain → (severity, words), only what was asked."""
        data = self.cleaned_data
        return {d.value: (data[f"severity_{d}"], data[f"text_{d}"]) for d in Domain if data.get(f"severity_{d}")}


class RiskForm(forms.Form):
    """The risk level, with its reason and the next review."""

    risk = forms.ChoiceField(label=_("Risk level"), choices=Risk.choices, widget=forms.RadioSelect)
    reason = needed(NameField(label=_("Why?"), required=False, max_length=300))
    review_on = needed(PartsDateField(label=_("Review on"), required=False), Risk.HIGH.label, Risk.MEDIUM.label)


class SafetyForm(forms.Form):
    """The note under the child's header."""

    note = NameField(
        label=_("Safety note"), required=False, max_length=300, help_text=_("Such as “Contact only through the aunt”.")
    )
    do_not_contact = forms.BooleanField(label=_("Do not contact the family"), required=False)


class NextStepForm(forms.Form):
    """What happens next and when."""

    step = needed(NameField(label=_("What happens next?"), required=False, max_length=200))
    on = PartsDateField(label=_("When?"))


class TaskForm(forms.Form):
    """A task by hand."""

    title = needed(NameField(label=_("Task"), required=False))
    owner = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    due_on = PartsDateField(label=_("By"))

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues(office_id)  # type: ignore[attr-defined]


def yes_or_no(answer: str) -> bool | None:
    """What was chosen of YES_NO; None where it was not asked."""
    return {"yes": True, "no": False}.get(answer)


class ConsentForm(forms.Form):
    """The family's answer for one purpose. A no never stops the registration."""

    purpose = forms.ChoiceField(label=_("Sharing for"))
    decision = forms.ChoiceField(label=_("Answer"), choices=ConsentDecision.choices, widget=forms.RadioSelect)
    given_by_name = needed(
        NameField(label=_("Who answered"), required=False, max_length=120), ConsentDecision.YES.label
    )
    relation = NameField(
        label=_("Relation to the child"), required=False, max_length=40, help_text=_("Mother, father, grandmother …")
    )
    how = needed(
        forms.ChoiceField(label=_("How the answer was given"), choices=[BLANK, *GivenHow.choices], required=False),
        ConsentDecision.YES.label,
    )
    language = needed(
        forms.ChoiceField(
            label=_("Language it was asked in"), choices=[BLANK, *SpokenLanguage.choices], required=False
        ),
        ConsentDecision.YES.label,
    )
    interpreter = NameField(label=_("Interpreter, if any"), required=False, max_length=120)
    child_assent = forms.ChoiceField(label=_("Does the child agree?"), choices=YES_NO, required=False)
    given_on = PartsDateField(label=_("Date of the answer"))
    expires_on = PartsDateField(label=_("Valid until"), required=False)
    parents_disagree = forms.BooleanField(label=_("The parents disagree"), required=False)

    def __init__(self, *args: Any, purposes: Any = (), asks_child: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_child:
            del self.fields["child_assent"]
        self.fields["purpose"].choices = [(p.key, p.label) for p in purposes]  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Reminders stop, deadlines go on."""

    reason = forms.ChoiceField(label=_("Why?"), choices=HoldReason.choices)
    text = NameField(label=_("In a few words"), required=False, max_length=300)


class CloseForm(forms.Form):
    """Why the case ends and what the family takes along; of one that is gone: since when, where to, who told us."""

    reason = forms.ChoiceField(label=_("Why is the case closed?"), choices=[BLANK, *CloseReason.choices])
    text = NameField(
        label=_("In a few words"), required=False, max_length=300, help_text=_("Needed unless everything is completed.")
    )
    place = PlaceField(
        label=_("Where did the family move?"), required=False, help_text=_("Province or district. Type a few letters.")
    )
    country = forms.ChoiceField(label=_("To which country?"), choices=[BLANK, *Country.choices], required=False)
    gone_on = PartsDateField(
        label=_("Since when?"), required=False, help_text=_("The last day known, when it is not certain.")
    )
    news_from = forms.ChoiceField(label=_("Who told us?"), choices=[BLANK, *NewsFrom.choices], required=False)

    def __init__(self, *args: Any, papers: Iterable[ClosingPaper] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = tuple(papers)
        for paper in self.papers:
            self.fields[paper.key] = forms.ChoiceField(
                label=str(paper.label),
                widget=forms.RadioSelect,
                choices=[*paper.languages, ("", _("Not now"))],
                initial=paper.language,
                required=False,
            )

    def paper_lines(self) -> list[forms.BoundField]:
        """The field of each paper."""
        return [self[paper.key] for paper in self.papers]

    @property
    def papers_shown_by(self) -> str:
        """The reasons after which somebody is there to carry a paper."""
        return "reason=" + " ".join(value for value in CloseReason.values if value not in NOBODY_CARRIES)

    def wanted(self) -> list[tuple[ClosingPaper, str]]:
        """Each paper that is wanted, with its language; none where nobody carries it."""
        if self.cleaned_data["reason"] in NOBODY_CARRIES:
            return []
        chosen = [(paper, self.cleaned_data[paper.key]) for paper in self.papers]
        return [(paper, language) for paper, language in chosen if language]

    def gone_lines(self) -> list[tuple[forms.BoundField, str]]:
        """Each field about a family that is gone, and the reasons that call for it, as the page wants them."""
        asked = (("place", {CloseReason.TRANSFERRED_OUT}), ("country", ABROAD), ("gone_on", GONE), ("news_from", GONE))
        return [
            (self[name], "" if self[name].errors else "reason=" + " ".join(sorted(reasons))) for name, reasons in asked
        ]

    def closing(self) -> dict[str, Any]:
        """Reason, words and where the family went, as the services take them."""
        data = self.cleaned_data
        place = data["place"]
        gone = Gone(
            on=data["gone_on"],
            place_code=place.code if place else "",
            country=data["country"],
            news_from=data["news_from"],
        )
        return {"reason": data["reason"], "text": data["text"], "gone": gone}


class ReasonForm(forms.Form):
    """A reason."""

    reason = NameField(label=_("Reason"), required=False, max_length=300)


class MessageForm(forms.Form):
    """A message for a colleague: who it is from, what they want, where to call back."""

    who = needed(NameField(label=_("Who came or called?"), required=False, max_length=100))
    wants = needed(NameField(label=_("What do they want?"), required=False, max_length=300))
    phone = PhoneField(label=_("Phone to call back"), required=False)


class LeadForm(forms.Form):
    """Another lead."""

    lead = forms.ModelChoiceField(label=_("New lead"), queryset=User.objects.none())

    def __init__(self, *args: Any, office_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = colleagues(office_id)  # type: ignore[attr-defined]
