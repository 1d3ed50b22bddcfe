"""What the people room adds to the shared pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from casework.access.scopes import may
from casework.programmes.contributions import (
    Contribution,
    EventWords,
    FactWords,
    NavigationItem,
    SubjectType,
    WorkItem,
    WorkSource,
    field_words,
    registry,
)

from .models import DuplicateHit, FamilyMember, Person, Phone
from .models.conflicts import END_CONFLICTS, SEE_CONFLICTS
from .states import Decision, OfficeAnswer, PaperType


def waiting_pairs(user: Any) -> QuerySet[DuplicateHit]:
    """The pairs the person can decide now."""
    return DuplicateHit.objects.visible_to(user).decidable_by(user).open()


def waiting_merges(user: Any) -> QuerySet[DuplicateHit]:
    """The merges that somebody else proposed, and that the person can confirm."""
    return DuplicateHit.objects.visible_to(user).decidable_by(user).to_merge().exclude(decided_by=user)


def _merges_item(found: Mapping[str, int]) -> WorkItem:
    title = ngettext("%(n)d merge of two records to confirm", "%(n)d merges of two records to confirm", found["n"])
    return WorkItem(
        key="people.merges", title=title % found, verb=_("Look at the merge"),
        url=reverse("people:duplicates"), due_on=None, icon="merge", group="decide",
    )  # fmt: skip


def _pairs_item(found: Mapping[str, int]) -> WorkItem:
    title = ngettext("%(n)d pair of records to compare", "%(n)d pairs of records to compare", found["n"]) % found
    return WorkItem(
        key="people.duplicates", title=title, verb=_("Compare"), url=reverse("people:duplicates"), due_on=None,
        icon="copy", group="decide",
    )  # fmt: skip


def _questions_item(found: Mapping[str, int]) -> WorkItem:
    title = ngettext(
        "%(n)d question of another office about a child", "%(n)d questions of another office about a child", found["n"]
    )
    return WorkItem(
        key="people.questions", title=title % found, verb=pgettext_lazy("to do", "Answer"),
        url=reverse("people:duplicates"), due_on=None, icon="message-square", group="decide",
    )  # fmt: skip


def _words(action: str, words: Any, icon: str, kind: str = "person") -> EventWords:
    return EventWords(action=f"people.{action}", words=words, icon=icon, kind=kind)


def answer_told(kept: str) -> str:
    """What the other office answered, and how it knows."""
    answer, _colon, text = kept.partition(": ")
    return f"{dict(OfficeAnswer.choices).get(answer, answer)}: {text}"


def decision_told(kept: str) -> str:
    """What was decided, and why."""
    decision, _colon, reason = kept.partition(": ")
    word = dict(Decision.choices).get(decision, decision)
    return f"{word}: {reason}" if reason else str(word)


@registry.register
class People(Contribution):
    """Persons, their papers and families, and children who look alike."""

    key = "people"
    label = _("People")
    icon = "users"

    navigation = (
        NavigationItem(
            key="people.duplicates",
            label=_("Possible duplicates"),
            icon="copy",
            url_name="people:duplicates",
            action="people.duplicate.see",
            order=60,
        ),
    )
    row_words = (
        _("Points from which two children are listed as possibly one"),
        _("Points from which a clerk is asked whether two children are one"),
        _("Points from which two children must be compared before the way goes on"),
        _("Days between two births of one mother's paper, at most, to be one child"),
        _("Days between two births with alike names, at most, to be one child"),
        _("How alike mothers' names are, of children born together, to be one child"),
        _("How alike children's names are, of children born together, to be one child"),
        _("Days between two births with both names alike, at most, to be one child"),
        _("How alike children's names are, where the mothers' are alike too, to be one child"),
        _("How alike mothers' names are, where the children's are alike too, to be one child"),
        _("Days between two births with one phone, at most, to be one child"),
        _("Days between two births of alike mothers without papers, at most, to be one child"),
        _("How alike names of mothers without papers are, to be one"),
        _("points"),
        _("from 0 to 1"),
        _("Set on generated records and a clinic's kind of register"),
    )
    history_words = {
        "people.person": _("Person"),
        "people.personname": _("Name"),
        "people.identitydocument": _("Identity paper"),
        "people.family": _("Family"),
        "people.familymember": _("Family member"),
        "people.phone": _("Phone"),
        "people.duplicatehit": _("Possible duplicate"),
        "people.personmerge": _("Merged records"),
        "people.conflictofinterest": _("Conflict of interest"),
        "people:person": _("Person"),
        "people:duplicates": _("Possible duplicates"),
        "people:duplicate": _("Possible duplicate"),
        "people:duplicate-answer": _("Answer another office"),
    }
    search_actions = ("people.person.see",)
    fact_words = {
        **field_words(FamilyMember, "role", "is_main_carer"),
        **field_words(Phone, "number", "whose", "rule", "best_hour", "may_say"),
        "until_on": FactWords(label=_("until")),
        "languages": FactWords(label=_("Languages")),
        "phone": FactWords(label=_("phone")),
        "name": FactWords(label=_("name")),
        "paper": FactWords(label=_("paper"), choices=dict(PaperType.choices)),
        "main name": FactWords(label=_("main name")),
        "merged": FactWords(label=_("Merged records")),
        "warnings_seen": FactWords(label=_("warnings that were seen")),
    }
    rights = {
        "people.person.see": "CW:A SUP:A PSY:a TRF:a",
        "people.person.edit": "CW:A SUP:A PSY:a TRF:a",
        "people.paper.reveal": "CW:A SUP:A TRF:a",
        "people.duplicate.see": "CW:A SUP:A",
        "people.duplicate.decide": "CW:A SUP:A",
        "people.merge.confirm": "SUP:A",
        "people.merge.undo": "SUP:A",
        SEE_CONFLICTS: "FA:A PM:A AUD:A",
        END_CONFLICTS: "FA:A PM:A",
    }
    subject_types = (
        SubjectType(
            key="people.person",
            visible=lambda user: Person.objects.visible_to(user),
            url=lambda person: reverse("people:person", args=[person.pk]),
            named=lambda person: person.name,
        ),
    )
    events = (
        _words("person.added", _("added the person"), "user-plus"),
        _words("person.changed", _("changed facts of the person"), "pencil"),
        _words("birth.changed", _("changed the birth date"), "calendar-days"),
        _words("death.recorded", _("recorded the death"), "calendar-days"),
        _words("name.added", _("added a name"), "pencil"),
        _words("name.changed", _("changed a name"), "pencil"),
        _words("name.chosen", _("chose the main name"), "pencil"),
        _words("name.removed", _("took a name away"), "pencil"),
        _words("paper.added", _("added an identity paper"), "id-card"),
        _words("paper.changed", _("corrected an identity paper"), "id-card"),
        _words("paper.retired", _("marked an identity paper as no longer valid"), "id-card"),
        _words("paper.revealed", _("looked at the whole number of a paper"), "eye"),
        _words("member.added", _("added a family member"), "users"),
        _words("member.changed", _("changed a family member"), "users"),
        _words("member.ended", _("recorded that a family member moved out"), "users"),
        _words("family.changed", _("changed the address or contact note"), "house"),
        _words("phone.added", _("added a phone"), "phone"),
        _words("phone.changed", _("changed a phone"), "phone"),
        _words("phone.removed", _("took a phone away"), "phone"),
        EventWords(
            action="people.duplicate.decided",
            words=_("decided on a possible duplicate"),
            icon="copy",
            kind="person",
            told=decision_told,
        ),
        _words("duplicate.reopened", _("opened a possible duplicate again"), "copy"),
        _words("duplicate.asked", _("asked the other office about a possible duplicate"), "copy"),
        EventWords(
            action="people.duplicate.answered",
            words=_("answered another office about a possible duplicate"),
            icon="copy",
            kind="person",
            told=answer_told,
        ),
        _words("question.asked", _("Another office asks about a possible duplicate"), "message-square"),
        _words("question.answered", _("The other office answered about a possible duplicate"), "message-square"),
        _words("person.merged", _("merged two records of the same person"), "merge"),
        _words("person.unmerged", _("took a merge back"), "split"),
        _words("conflict.declared", _("declared a conflict of interest"), "user-x"),
        _words("conflict.ended", _("ended a conflict of interest"), "undo-2"),
        _words("person.opened", _("opened the person"), "eye"),
        _words("duplicate.opened", _("compared two records"), "copy"),
    )

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """One line each for questions of other offices, for pairs to compare, and for merges to confirm."""
        if may(user, "people.duplicate.decide") is not None:
            asked = DuplicateHit.objects.visible_to(user).asked_of(user).order_by("pk")
            yield WorkSource(rows=asked, item=_questions_item, is_one=True)
            yield WorkSource(rows=waiting_pairs(user).order_by("pk"), item=_pairs_item, is_one=True)
        if may(user, "people.merge.confirm") is not None:
            yield WorkSource(rows=waiting_merges(user).order_by("pk"), item=_merges_item, is_one=True)

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.duplicates import Duplicates
        from .api.elsewhere import DuplicatesElsewhere
        from .api.persons import Persons

        return (("persons", Persons), ("duplicates", Duplicates), ("duplicates-elsewhere", DuplicatesElsewhere))
