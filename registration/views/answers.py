"""What was typed in the intake: read by its forms, shown in words, with what the rules refuse beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import own_provinces
from casework.cases.rules import told_day_findings
from casework.drafts.forms import RESERVED
from casework.drafts.services import DraftConflict
from casework.kernel.dates import BirthDate, both
from casework.kernel.refusals import Finding, Level, Refusal
from casework.people.phones import group
from casework.reference.fields import put_near_first
from casework.ui.fields import WeightField
from casework.ui.templatetags.words import grams
from casework.ui.views import put_refusal
from registration.forms.facts import facts_from
from registration.forms.intake import STEPS, Step
from registration.forms.notes import SHOWN_AT, field_of
from registration.rules.validations import birth_findings
from registration.states import Knowledge

NOT_ANSWERS = {"then", "acknowledged", "papers_seen", "said", "told", *RESERVED}


def typed_answers(post: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed in one step: one value per field."""
    return {key: post[key] for key in post if key not in NOT_ANSWERS}


def flat(data: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """All steps of a draft as one set of answers; field names are unique over the steps."""
    return {name: value for answers in data.values() for name, value in answers.items()}


def bound(step: type[Step], data: dict[str, Any]) -> Step:
    """A step's form filled with a draft's answers."""
    query = QueryDict(mutable=True)
    query.update({key: str(value) for key, value in data.items()})
    return step(query)


def all_answers(data: dict[str, Any], steps: Sequence[type[Step]] = STEPS) -> tuple[dict[str, Any], list[Step]]:
    """The cleaned answers of every step, and the forms."""
    answers: dict[str, Any] = {}
    filled = [bound(step, data) for step in steps]
    for form in filled:
        form.is_valid()
        answers.update(form.cleaned_data)
    return answers, filled


def near_first(filled: Iterable[forms.BaseForm], user: Any) -> None:
    """Offer first the hospitals and registry offices of the person's own provinces."""
    put_near_first(filled, own_provinces(user))


class NearFirst:
    """A page whose form offers first the hospitals and registry offices of one's own provinces."""

    def get_form(self, *args: Any) -> Any:
        form = super().get_form(*args)  # type: ignore[misc]
        near_first([form], self.request.user)  # type: ignore[attr-defined]
        return form


def are_valid(filled: list[Step]) -> bool:
    """Whether every form is valid; all are asked, so that all errors show."""
    answers = [form.is_valid() for form in filled]
    return all(answers)


def _findings(answers: dict[str, Any], today: date) -> list[Finding]:
    """What the rules say of the answers that are readable: of the birth, and of the days of notice and paper."""
    days = {name: answers.get(name) for name in ("notice_on", "received_on")}
    return [*birth_findings(facts_from(answers), today=today), *told_day_findings(**days, today=today)]


def put_rules_on_step(form: Step, answers: dict[str, Any], today: date) -> None:
    """Show what the rules refuse about this step's own fields at once, not only on the last page."""
    cleaned, _filled = all_answers(answers)
    for finding in _findings(cleaned, today):
        put_rule(form, field_of(finding, form), finding)


def put_rules_on_page(filled: list[Step], today: date) -> None:
    """Show what the rules refuse about a page with all steps, beside what the forms themselves refuse."""
    answers = {name: value for form in filled for name, value in form.cleaned_data.items()}
    for finding in _findings(answers, today):
        field = SHOWN_AT.get(finding.field, finding.field)
        home = next((form for form in filled if field in form.fields), None)
        if home is not None:
            put_rule(home, field, finding)


def put_rule(form: Step, field: str, finding: Finding) -> None:
    """Show at its field what was refused, unless the form refuses the field already."""
    if finding.level is Level.ERROR and field and field not in form.errors:
        form.add_error(field, str(finding.sentence))


def put_on_own_forms(filled: list[Step], conflict: DraftConflict) -> None:
    """Say beside each field what another window keeps there; who sends the page again keeps what stands in it."""
    differ = {told["field"]: told["stored"] for told in conflict.fields}
    for form in filled:
        for name in differ.keys() & form.fields.keys():
            kept = _in_words(form.fields[name], differ[name]) or _("nothing")
            words = _("Another window has here: %(kept)s. Choose, then save again.") % {"kept": kept}
            form.add_error(name, words)
    put_refusal(filled[0], Refusal(conflict.code, "", conflict.sentence))


def _in_words(field: forms.Field, kept: Any) -> str:
    """What a draft keeps of a field, as the page shows it."""
    choices = dict(getattr(field, "choices", None) or ())
    values = kept if isinstance(kept, list) else [kept]
    return ", ".join(str(choices.get(value, value)) for value in values if value not in ("", None))


def put_on_forms(filled: list[Step], refusal: Refusal) -> None:
    """Show each finding on the form that has its field, others on the first."""
    for finding in refusal.findings:
        field = SHOWN_AT.get(finding.field, finding.field)
        home = next((form for form in filled if field in form.fields), filled[0])
        put_refusal(home, Refusal.of([replace(finding, field=field)]))


def shown_answers(form: Step) -> list[tuple[str, str]]:
    """Label and answer in words, only what was answered; that a parent is known goes without saying."""
    rows = []
    for name, field in form.fields.items():
        value: Any = form.cleaned_data.get(name)
        if value in (None, "", [], False) or (name.endswith("_knowledge") and value == Knowledge.KNOWN):
            continue
        asked, _sign, answers = form.shown_by.get(name, "").partition("=")
        if asked in form.cleaned_data and str(form.cleaned_data[asked]) not in answers.split():
            continue  # typed before another answer put it out of sight
        legend = form.legends.get(f"{name.partition('_name_')[0]}_name_Mymr") if "_name_" in name else ""
        label = _("%(name)s, %(script)s") % {"name": legend, "script": field.label} if legend else str(field.label)
        rows.append((label, _answer(name, field, value)))
    return rows


def _answer(name: str, field: forms.Field, value: Any) -> str:
    """One answer in words."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(list(field.choices)).get(value, value))  # type: ignore[arg-type]
    if isinstance(field, WeightField):
        return grams(value)
    if name == "phone":
        return group(str(value))
    return _value(value)


def _value(value: Any) -> str:
    """A value that reads alike in every field."""
    match value:
        case bool():
            return _("Yes")  # a box that was left open is no answer
        case BirthDate():
            return value.in_both(_lang())
        case time():
            return f"{value:%H:%M}"
        case date():
            return both(value, _lang())
    return str(value)


def _lang() -> str:
    return (get_language() or "en")[:2]
