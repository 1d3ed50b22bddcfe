"""The tray and the list of drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, F, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casework.access.written import written_for_all
from casework.accounts.models import User
from casework.audit.models import Event
from casework.kernel.statements import Text, text_of
from casework.programmes.contributions import DraftForm, DraftPapers, registry
from casework.reference.queries import term

from .models import Draft

TRAY = 10
STARTED, TAKEN = "drafts.draft.started", "drafts.draft.taken"
KEEP_DAYS = "drafts.keep_days"
TOLD_DAYS = 30
"""So many days before a draft is removed its line says so."""


@dataclass(frozen=True)
class DraftLine:
    """One draft as it is listed: its row, the name in it if there is one, how far it is, where it goes on.

    `papers` says how many photos and scans lie with it, `papers_url` where they are shown, `ends_on` the day it
    is removed if nobody goes on, when that is near, `handed_in` what is said of one that was given to the office,
    `also` what its form knows of it besides.
    """

    draft: Draft
    title: str
    form_label: str | Promise
    step_label: str | Promise
    url: str
    papers: int = 0
    papers_url: str = ""
    ends_on: date | None = None
    handed_in: str | Promise = ""
    also: str | Promise = ""


@dataclass(frozen=True)
class Handed:
    """What became of a draft that somebody began and no longer has: nothing of the family is told.

    When it was begun, and since when who has it.
    """

    begun_at: datetime
    taken_at: datetime
    taken_by: User | None


def tray(user: Any) -> list[DraftLine]:
    """The person's own drafts, newest first, at most ten; one query, and none for who has no role.

    Another one where a draft tells of a record, which a seal may hide by now.
    """
    asked = _tray(user)
    return described(_unhidden(list(Draft.rows.raw(*asked)), user)) if asked.sql else []


@written_for_all(most=100)
def _tray(user: Any) -> Text:
    """What finds the drafts of the tray: it stands on every page. What was given to the office is finished here."""
    return text_of(_with_papers(Draft.rows.own_of(user).filter(ready_at=None))[:TRAY])


def _unhidden(drafts: list[Draft], user: Any) -> list[Draft]:
    """The same drafts, without those that tell what the person may not know."""
    forms = {form.key: form for form in registry.gather("draft_forms") if form.hidden_from}
    asked = [row.pk for row in drafts if row.form in forms and forms[row.form].may_be_hidden(user, row.data)]
    if not asked:
        return drafts
    seen = set(Draft.rows.filter(pk__in=asked).unhidden_from(user, forms.values()).values_list("pk", flat=True))
    return [row for row in drafts if row.pk not in asked or row.pk in seen]


def own_drafts(user: Any, today: date) -> list[DraftLine]:
    """All drafts the person has; two queries."""
    own = Draft.objects.visible_to(user).filter(owner=user).select_related("owner", "started_by")
    return _told_their_end(described(_with_papers(own)), today)


def colleagues_drafts(user: Any, today: date) -> list[DraftLine]:
    """Drafts of colleagues that the person may take over, the hundred newest after those that wait; two queries."""
    others = Draft.objects.visible_to(user).exclude(owner=user).select_related("owner", "started_by")
    in_order = others.order_by(F("ready_at").asc(nulls_last=True), "-saved_at")
    return _told_their_end(described(_with_papers(in_order).annotate(also=also_of())[:100]), today)


def given_to_office(user: Any) -> list[DraftLine]:
    """What the person gave to the office and nobody has taken over yet, the longest waiting first; one query."""
    own = Draft.objects.visible_to(user).filter(owner=user, ready_at__isnull=False)
    return described(_with_papers(own.order_by("ready_at", "pk")))


def waiting_for_office(user: Any) -> QuerySet[Draft]:
    """What was given to the person's office and waits for a colleague, the longest first."""
    forms = [form.key for form in registry.gather("draft_forms") if form.handed_in]
    waiting = Draft.objects.visible_to(user).filter(form__in=forms, ready_at__isnull=False)
    return waiting.exclude(owner=user).order_by("ready_at", "pk")


def also_of() -> Case:
    """Boolean expression over drafts: whether `DraftForm.also` of their form finds more than they hold themselves."""
    known = [When(form.also(), form=form.key, then=True) for form in registry.gather("draft_forms") if form.also]
    return Case(*known, default=False, output_field=BooleanField())


def taken_over(user: Any, now: datetime) -> list[Handed]:
    """What the person began in the last thirty days and a colleague took over, the newest first; one query.

    Read from the history: the draft itself goes when the form is sent (decision 45).
    """
    acts = Event.objects.filter(subject_type=Draft._meta.label_lower, at__gte=now - timedelta(days=TOLD_DAYS))
    begun = acts.filter(actor=user, action=STARTED)
    told = acts.filter(subject_id__in=begun.values("subject_id"), action__in=(STARTED, TAKEN))
    found: dict[tuple[int | None, str], Event] = {}
    for act in told.order_by("pk").select_related("actor"):
        found.setdefault((act.subject_id, act.action), act)
    taken = [(found[pk, STARTED], act) for (pk, action), act in found.items() if action == TAKEN]
    handed = [Handed(begin.at, act.at, act.actor) for begin, act in taken]
    return sorted(handed, key=lambda one: one.taken_at, reverse=True)


def forgotten(today: date) -> QuerySet[Draft]:
    """Drafts that nobody touched for longer than they are kept."""
    return Draft.rows.filter(saved_at__date__lt=today - _kept(today))


def _kept(today: date) -> timedelta:
    return timedelta(days=int(term(KEEP_DAYS, today)))


def _told_their_end(lines: list[DraftLine], today: date) -> list[DraftLine]:
    """The same lines; those that are soon removed with the day."""
    following = _kept(today) + timedelta(days=1)
    ends = [(line, timezone.localdate(line.draft.saved_at) + following) for line in lines]
    near = today + timedelta(days=TOLD_DAYS)
    return [replace(line, ends_on=on) if on <= near else line for line, on in ends]


def was_theirs(user: Any, number: int) -> bool:
    """Whether the person once worked on the draft of this number, which may be gone."""
    return Event.objects.filter(actor=user, subject_type=Draft._meta.label_lower, subject_id=number).exists()


def writer_of(draft: Draft, step: str) -> User | None:
    """Who typed a step last; None where nobody did, or it was kept before that was written down."""
    return User.objects.filter(pk=draft.step_by.get(step)).first()


def papers_visible(user: Any) -> QuerySet[Draft]:
    """Drafts the person may see on which photos and scans can be put."""
    forms = [form.key for form in registry.gather("draft_forms") if form.takes_papers]
    return Draft.objects.visible_to(user).filter(form__in=forms)


def draft_url(draft: Draft) -> str:
    """Where a draft goes on; the list of drafts for one whose form is no longer part of the site."""
    lines = described([draft])
    return lines[0].url if lines else reverse("drafts:drafts")


def draft_name(draft: Draft) -> str:
    """How a draft is called: the name in it, or its form's."""
    lines = described([draft])
    return (draft.title or str(lines[0].form_label)) if lines else ""


def described(drafts: Iterable[Draft]) -> list[DraftLine]:
    """Drafts in words; one whose form is no longer part of the site is left out."""
    forms: dict[str, DraftForm] = {form.key: form for form in registry.gather("draft_forms")}
    return [_line(draft, forms[draft.form]) for draft in drafts if draft.form in forms]


def _papers() -> DraftPapers | None:
    """Where photos and scans of drafts are kept, if any room keeps them."""
    return next((room.draft_papers for room in registry if room.draft_papers), None)


def _with_papers(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """The same drafts, each with the number of its photos and scans."""
    kept = _papers()
    return drafts.annotate(papers=kept.count()) if kept else drafts


def _line(draft: Draft, form: DraftForm) -> DraftLine:
    kept, papers = _papers(), getattr(draft, "papers", 0)
    return DraftLine(
        draft=draft,
        title=draft.title or _("No name yet"),
        form_label=form.label,
        step_label=_step(draft, form),
        url=form.url(draft),
        papers=papers,
        papers_url=kept.url(draft) if kept and papers else "",
        handed_in=form.handed_in if draft.ready_at else "",
        also=form.also_words if getattr(draft, "also", False) else "",
    )


def _step(draft: Draft, form: DraftForm) -> str:
    """ "Step 2 of 6: Mother", or nothing for a form of one page."""
    steps = list(form.steps)
    if draft.step not in steps:
        return ""
    return _("Step %(number)s of %(total)s: %(name)s") % {
        "number": steps.index(draft.step) + 1,
        "total": len(steps),
        "name": form.steps[draft.step],
    }
