"""How acts on a case read on its timeline and in the history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import EventWords, Words

from .calls_rules import QUESTIONS
from .states import CameBy


def answers_told(kept: str) -> str:
    """Which questions a caller answered rightly."""
    return ", ".join(str(QUESTIONS.get(key, key)) for key in kept.split(", "))


def came_told(kept: str) -> Words:
    """How the family came."""
    return CAME_BY.get(kept, kept)


CAME_BY: dict[str, Words] = dict(CameBy.choices)
WORDS = {
    "case": (
        ("case.closed", _("Case closed"), "lock", "grey"),
        ("case.reopened", _("Case opened again"), "folder-open", "blue"),
        ("case.held", _("Case put on hold"), "clock", "amber"),
        ("case.resumed", _("Case resumed"), "folder-open", "blue"),
        ("case.reassigned", _("New lead"), "users", "grey"),
        ("case.left", _("No longer works on the case"), "users", "grey"),
        ("worker.left", _("No longer works here; their cases wait for a new lead"), "users", "amber"),
        ("message.taken", _("A message was left for you"), "message-square", "blue"),
        ("case.helped", _("A colleague helped today"), "users", "grey"),
        ("case.seal_asked", _("A seal was asked for"), "lock", "violet"),
        ("case.sealed", _("Case sealed"), "lock", "violet"),
        ("case.unsealed", _("Seal taken off"), "lock", "violet"),
        ("case.merged", _("Record merged"), "copy", "grey"),
        ("case.unmerged", _("Merge undone"), "undo-2", "grey"),
        ("case.undone", _("Case undone"), "undo-2", "grey"),
        ("enrolment.opened", _("Programme joined"), "plus", "grey"),
        ("risk.changed", _("Risk level changed"), "shield-alert", "amber"),
        ("safety_note.changed", _("Safety note changed"), "triangle-alert", "amber"),
        ("next_step.changed", _("Next step set"), "calendar-days", "grey"),
        ("next_step.done", _("Next step done"), "circle-check", "grey"),
        ("assessment.recorded", _("Needs assessed"), "list-checks", "blue"),
        ("facts.confirmed", _("Old facts asked again"), "user-check", "grey"),
    ),
    "access": (
        ("case.seen", _("Case opened for reading"), "eye", "grey"),
        ("list.taken", _("List taken as a spreadsheet"), "download", "grey"),
        ("list_file.made", _("The list you asked for can be taken"), "download", "green"),
        ("list_file.failed", _("The list you asked for could not be made"), "circle-x", "red"),
        ("list_file.deleted", _("The list you asked for was deleted, nobody took it"), "clock", "grey"),
    ),
    "plan": (
        ("plan.submitted", _("Plan sent for approval"), "list-checks", "blue"),
        ("plan.approved", _("Plan approved"), "circle-check", "green"),
        ("plan.returned", _("Plan returned"), "undo-2", "amber"),
        ("plan.reopened", _("Plan being changed"), "pencil", "grey"),
        ("plan.new_version", _("New version of the plan"), "pencil", "grey"),
        ("plan.changed", _("Plan changed"), "pencil", "grey"),
        ("goal.added", _("Goal added"), "list-checks", "grey"),
        ("goal.removed", _("Goal removed"), "x", "grey"),
        ("step.added", _("Step added"), "list-checks", "grey"),
        ("step.done", _("Step done"), "circle-check", "green"),
        ("step.undone", _("Step not done after all"), "circle", "grey"),
        ("step.dropped", _("Step dropped"), "x", "grey"),
    ),
    "note": (("note.added", _("Note"), "notebook-pen", "blue"),),
    "contact": (
        ("contact.reached", _("Called: reached"), "phone", "green"),
        ("contact.no_answer", _("Called: no answer"), "phone", "amber"),
        ("contact.switched_off", _("Called: switched off"), "phone-off", "amber"),
        ("contact.wrong_number", _("Called: wrong number"), "phone-off", "amber"),
        ("contact.someone_else", _("Called: somebody else answered"), "phone", "amber"),
        ("contact.called_us", _("The family called"), "phone", "green"),
    ),
    "task": (
        ("task.added", _("Task added"), "list-checks", "grey"),
        ("task.done", _("Task done"), "circle-check", "green"),
        ("task.undone", _("Task not done after all"), "circle", "grey"),
        ("task.dropped", _("Task dropped"), "x", "grey"),
    ),
    "consent": (
        ("notice.given", _("Family informed"), "file-check", "grey"),
        ("consent.recorded", _("Consent recorded"), "file-check", "grey"),
        ("consent.withdrawn", _("Consent withdrawn"), "x", "amber"),
    ),
}
"""Kind → action, words, icon, colour."""

EVENTS = (
    *(
        EventWords(action=f"cases.{action}", words=words, icon=icon, colour=colour, kind=kind)
        for kind, rows in WORDS.items()
        for action, words, icon, colour in rows
    ),
    EventWords(
        action="masked.list.taken",
        words=_("List without names taken as a spreadsheet"),
        icon="download",
        kind="access",
    ),
    EventWords(
        action="cases.case.opened",
        words=_("Case opened"),
        icon="folder-open",
        colour="blue",
        kind="case",
        told=came_told,
    ),
    EventWords(
        action="cases.caller.known",
        words=_("A caller was checked"),
        icon="phone",
        colour="grey",
        kind="contact",
        told=answers_told,
    ),
    EventWords(
        action="cases.caller.refused",
        words=_("A caller was told nothing"),
        icon="phone-off",
        colour="red",
        kind="contact",
        told=answers_told,
    ),
)
