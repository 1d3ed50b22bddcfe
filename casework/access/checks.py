"""At start-up: every view declares a policy, and every policy names an action of the truth table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from .policies import Policy, Public, SignedIn
from .public import LIBRARY_VIEWS, PUBLIC_VIEWS
from .rights import truth_table


def all_patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name or ''}", pattern


def declared_policies(pattern: URLPattern) -> list[Any]:
    """The policies behind an address: one of a view class, one for each method of a resource; None where missing."""
    view: Any = pattern.callback
    holder: Any = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if hasattr(holder, "spec_of") and hasattr(holder, "policy"):
        return [holder.spec_of(action).policy for action in view.actions.values()]
    return [getattr(holder, "policy", None)]


@register()
def every_view_declares_its_policy(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to start with a view that anybody could open because its author forgot."""
    errors = []
    declared = [(name, pattern, p) for name, pattern in all_patterns() for p in declared_policies(pattern)]
    for name, pattern, policy in declared:
        if policy is None and name in LIBRARY_VIEWS | PUBLIC_VIEWS:
            continue
        if not isinstance(policy, Policy | SignedIn | Public):
            errors.append(Error(f"the view at {pattern.pattern} ({name}) declares no policy", id="access.E001"))
        elif isinstance(policy, Policy) and policy.action not in truth_table():
            errors.append(Error(f"{name}: the action {policy.action!r} is not in the truth table", id="access.E002"))
        elif isinstance(policy, Public) and name not in PUBLIC_VIEWS:
            errors.append(Error(f"{name} is public but not listed in access/public.py", id="access.E003"))
    return errors
