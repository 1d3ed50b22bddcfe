"""Filters of pages that show people's papers."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from casework.people import phones
from casework.people.identifiers import mask
from casework.people.models import Person
from casework.people.states import CHILD_SEX, Sex, sex_labels

register = template.Library()


@register.filter
def masked(number: str) -> str:
    """The last three signs of a number; the rest is hidden."""
    return mask(number or "")


@register.filter
def child_sex(code: str) -> str | Promise:
    """Girl, boy, not known yet; nothing for an empty code."""
    return CHILD_SEX[Sex(code)] if code else ""


@register.filter
def sex_of(person: Person, today: date) -> str | Promise:
    """The sex of a person in the words for its age."""
    return sex_labels(person.birth, today)[Sex(person.sex)]


@register.filter
def age_of(person: Person, today: date) -> str:
    """The age of a person, at its death of who died."""
    return person.birth.age_text(person.last_day(today), (get_language() or "en")[:2])


@register.filter
def grouped_phone(digits: str) -> str:
    """The digits of a phone in groups, as people read them out."""
    return phones.group(digits)
