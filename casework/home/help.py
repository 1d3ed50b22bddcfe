"""Help in place: how to do the day's things, in a few steps each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.access.policies import SignedIn
from casework.accounts.first_day import ticked
from casework.ui.views import PageView

from .first_day import first_day


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One question and the steps of its answer."""

    key: str
    icon: str
    title: Promise | str
    steps: Sequence[Promise | str]


TOPICS = (
    Topic(
        key="day",
        icon="list-checks",
        title=_("How do I see what to do today?"),
        steps=[
            _("Open My work. Late things come first, then what is due today and this week."),
            _("Each line begins with a verb. Open it, do it, and it goes away by itself."),
            _("What you began and did not finish is under Unfinished at the top of every page."),
        ],
    ),
    Topic(
        key="find",
        icon="search",
        title=_("How do I find a child?"),
        steps=[
            _("Press / or click the search box at the top."),
            _("Type a name in any script and spelling, a case number, the end of a phone number or a document number."),
            _("A child of another worker of your office shows a desk card: leave a message, or help today."),
        ],
    ),
    Topic(
        key="new-records",
        icon="plus",
        title=_("How do I begin a new record?"),
        steps=[
            _("Press n, or the New button, and choose what it is."),
            _("What you type is saved by itself. Press Alt P to park it when somebody else comes in."),
            _("Look at the panel on the right: it says when this may be a child we know."),
            _("“Not known” is an answer. Choose it and say why, rather than leaving a field empty."),
        ],
    ),
    Topic(
        key="dates",
        icon="calendar-days",
        title=_("How do I type dates?"),
        steps=[
            _("Type day, month and year in three boxes. 2569 and 2026 are both understood."),
            _("The line below repeats the day in both calendars. Read it before you go on."),
            _("When the day is not known, open “The exact date is not known” and choose what is known."),
        ],
    ),
    Topic(
        key="plan",
        icon="clipboard-list",
        title=_("How do I make a plan?"),
        steps=[
            _("Open the case. Its plan is on the overview."),
            _("Write a goal, and under it the steps: who does what until when."),
            _("Send it to your supervisor. After a change it must be approved again."),
        ],
    ),
    Topic(
        key="print",
        icon="printer",
        title=_("How do I print?"),
        steps=[
            _("On the record choose Print papers, then the paper and its language."),
            _("It opens after a few seconds. What was printed is kept; print the same paper again from Documents."),
            _("The picture on each paper lets an office check that it is ours. It shows no name."),
        ],
    ),
    Topic(
        key="desk",
        icon="eye-off",
        title=_("How do I keep a shared desk safe?"),
        steps=[
            _("Press Shift H when somebody comes near. After a minute your password is asked."),
            _("Sign out when you leave. After half an hour without a key you are signed out."),
            _("Never work under a colleague’s name. Your own name appears in the history of every act."),
        ],
    ),
    Topic(
        key="calls",
        icon="phone",
        title=_("What do I do when someone calls?"),
        steps=[
            _("Open Calls and choose “Someone is calling”. Ask before you tell."),
            _("Write what the caller says. Two right answers open the child’s card; until then, say nothing."),
            _("Write the call down on the case. Whom to call today is listed under Calls."),
        ],
    ),
    Topic(
        key="concern",
        icon="shield-alert",
        title=_("How do I report a concern about staff?"),
        steps=[
            _("Open the menu with your initials and choose “Report a concern about staff”."),
            _("Say who, what, and when. Choose whether you want an answer; without one your name is not kept."),
            _("Your supervisor and manager do not see it. The data protection officer does."),
        ],
    ),
    Topic(
        key="languages",
        icon="languages",
        title=_("How do I change the language?"),
        steps=[
            _("Choose EN, ไทย or မြန်မာ at the top, on a phone under More. You stay on the page."),
            _("To keep it for next time, choose it in your profile."),
        ],
    ),
    Topic(
        key="access",
        icon="lock",
        title=_("Why can I not open something?"),
        steps=[
            _("You see the cases of your office and programme. Others are hidden, even that they exist."),
            _("When an act needs another role, the page names who can do it."),
            _("If you need more for your work, ask your supervisor; a role works from your next click on."),
        ],
    ),
)


class HelpPage(PageView):
    """All questions on one page, each with an address of its own."""

    policy = SignedIn()
    template_name = "home/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topics=TOPICS, first_day=first_day(self.user, ticked(self.user)), **kwargs)
