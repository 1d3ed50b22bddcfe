"""The style guide as a page of the site: for anybody who works here."""

from __future__ import annotations

from casework.access.policies import SignedIn
from casework.ui.styleguide import StyleGuide


class StyleGuidePage(StyleGuide):
    """Every component, for signed-in staff."""

    policy = SignedIn()
