"""At start-up: addresses that contributions name reverse, templates exist, actions are in the truth table."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from .contributions import registry


@register()
def contributions_are_complete(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Check what every contribution names."""
    actions = {action for c in registry for action in c.rights}
    errors = []
    for c in registry:
        for item in [*c.navigation, *c.new_items]:
            try:
                reverse(item.url_name)
            except NoReverseMatch:
                errors.append(Error(f"{c.key}: the address {item.url_name!r} does not exist", id="programmes.E001"))
        for panel in c.case_panels:
            try:
                get_template(panel.template)
            except TemplateDoesNotExist:
                errors.append(Error(f"{c.key}: the template {panel.template!r} does not exist", id="programmes.E002"))
        named = [
            *c.navigation,
            *c.new_items,
            *c.case_panels,
            *c.case_actions,
            *c.reports,
            *c.reference_tables,
            *c.draft_forms,
            *c.proposal_kinds,
        ]
        errors += [
            Error(f"{c.key}: the action {item.action!r} is not in the truth table", id="programmes.E003")
            for item in named
            if item.action not in actions
        ]
    return errors
