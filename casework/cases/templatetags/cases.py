"""Tags of the case pages."""

from __future__ import annotations

from typing import Any

from django import template

from casework.programmes.contributions import registry

register = template.Library()


@register.simple_tag
def action_url(action: Any, case: Any) -> str:
    """Where a contributed action leads for this case."""
    return str(action.url(case))


@register.filter
def consent_words(purpose: str) -> str:
    """The name of a consent purpose."""
    return next((str(p.label) for p in registry.gather("consent_purposes") if p.key == purpose), purpose)
