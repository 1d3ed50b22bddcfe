"""Everything birth registration adds to the shared pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from celery.schedules import crontab
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.programmes.contributions import (
    Badge,
    CallReason,
    CaseAction,
    CasePanel,
    CaseStandings,
    ClosingPaper,
    ConsentPurpose,
    DraftForm,
    EventWords,
    Fact,
    FactWords,
    Job,
    NavigationItem,
    NewItem,
    Programme,
    ReferenceTable,
    ReportKind,
    SubjectType,
    TeamFigure,
    Words,
    WorkSource,
    field_words,
    registry,
)

from .demo import load_demo
from .documents import KINDS
from .forms.folder import folder_offer
from .forms.intake import STEP_BY_KEY, STEPS
from .forms.liaison import asked_fields
from .imports.specification import BIRTH_REGISTER
from .list_file import BirthSheet
from .models import (
    BirthRecord,
    ChecklistItem,
    ChildDeath,
    Correction,
    LetterOfAssignment,
    OpeningBalance,
    Outcome,
    ParentLink,
    ParentRefusal,
    RegistryOffice,
    Requirement,
    Submission,
    Witness,
    YoungMother,
)
from .open_lists import OPEN_LISTS
from .queries.answers import hidden_drafts, may_be_hidden
from .queries.calls import call_reasons
from .queries.correction_work import correction_sources
from .queries.page import page_context
from .queries.panel import birth_head, birth_of, header_badges, key_facts
from .queries.standing import standing, standing_facts
from .queries.usual import GUESSED
from .queries.waivers import WAIVE, waivers_to_decide
from .queries.ward import FORM, on_ward_list
from .queries.ways import DECIDE_WAY, ways_to_decide
from .queries.welcome import urls_of, welcome_urls
from .queries.work import births_led, next_steps, team_figures
from .querysets import ASK_STATUS, BY_PARENTS, BY_WORKER, CREATE, WRITE_DOWN
from .reports import BirthBoard, BirthReport
from .rules.guards import close_findings
from .services.collectors import keep_barred
from .services.counter import forget_unseen_checks
from .services.liaison import ask_for_status
from .services.matching import bring_twins_together
from .services.progress import (
    close_duplicates,
    close_with_case,
    lose_contact,
    regain_contact,
    reopen_with_case,
)
from .services.reckoning import look_again
from .states import Status
from .words.item_history import told as item_told
from .words.terms import ROW_WORDS

EVENT_WORDS = (
    ("birth.opened", _("Birth logged"), "baby", "blue"),
    ("list.taken", _("List taken as a spreadsheet"), "download", "grey"),
    ("birth.assessing", _("Intake finished, assessing"), "file-check", "blue"),
    ("track.confirmed", _("Way of registration confirmed"), "list-checks", "blue"),
    ("item.changed", _("Paper updated"), "file-text", "grey"),
    ("item.planned", _("Who gets a paper and until when"), "file-text", "grey"),
    ("item.waiver-asked", _("Asked to waive a paper"), "file-text", "amber"),
    ("item.waiver-declined", _("Waiver declined, the paper is needed"), "file-text", "grey"),
    ("item.waived", _("Paper waived"), "file-text", "amber"),
    ("item.let-go", _("Paper no longer asked for"), "file-text", "grey"),
    ("office.chosen", _("Registry office chosen"), "building-2", "grey"),
    ("late_reason.set", _("Reason for lateness noted"), "clock", "grey"),
    ("facts.changed", _("Birth facts changed"), "pencil", "grey"),
    ("limits.changed", _("Time limit and proposed way reckoned anew"), "clock", "amber"),
    ("birth.ready", _("Ready to submit"), "circle-check", "green"),
    ("birth.back_to_gathering", _("Back to gathering papers"), "undo-2", "amber"),
    ("visit.recorded", _("Submitted to the registry office"), "building-2", "blue"),
    ("visit.returned", _("Returned by the registry office"), "undo-2", "amber"),
    ("visit.refused", _("Refused by the registry office"), "circle-alert", "amber"),
    ("visit.waits", _("No answer of the registry office yet"), "clock", "grey"),
    ("visit.withdrawn", _("The family took its papers back"), "undo-2", "grey"),
    ("inquiry.opened", _("Inquiry opened"), "search", "amber"),
    ("inquiry.step_added", _("Inquiry step planned"), "calendar-days", "grey"),
    ("inquiry.step_done", _("Inquiry step done"), "circle-check", "green"),
    ("birth.registered", _("Birth registered"), "circle-check", "green"),
    ("outcome.corrected", _("Certificate corrected"), "pencil", "grey"),
    ("outcome.checked", _("Certificate compared"), "circle-check", "green"),
    ("discrepancy.noted", _("Difference noted"), "triangle-alert", "amber"),
    ("discrepancy.settled", _("Difference settled"), "circle-check", "grey"),
    ("birth.handed_over", _("Certificate handed over"), "circle-check", "green"),
    ("follow_up.answered", _("Follow-up service answered"), "file-check", "grey"),
    ("consular.noted", _("Talk about the family’s home country noted"), "file-check", "grey"),
    ("witness.added", _("Witness noted"), "users", "grey"),
    ("witness.changed", _("Witness changed"), "users", "grey"),
    ("letter.added", _("Letter of assignment noted"), "file-text", "grey"),
    ("letter.changed", _("Letter of assignment changed"), "file-text", "grey"),
    ("letter.ended", _("Letter of assignment ended"), "file-text", "amber"),
    ("death.recorded", _("Death of the child noted"), "circle-dot", "grey"),
    ("death.notified", _("Notification of birth and death noted"), "file-check", "grey"),
    ("death.taken_back", _("Death taken back, it was a mistake"), "undo-2", "amber"),
    ("young_mother.recorded", _("Care for the young mother noted"), "shield-check", "grey"),
    ("young_mother.case_opened", _("Own case of the mother opened"), "folder-open", "blue"),
    ("refusal.recorded", _("Refusal of a parent noted"), "ban", "amber"),
    ("refusal.changed", _("Another way found after a parent’s refusal"), "split", "grey"),
    ("refusal.ended", _("Refusal of a parent ended"), "circle-check", "green"),
    ("collector.allowed", _("Somebody named who may collect the certificate"), "user-check", "grey"),
    ("collector.barred", _("Somebody named who must not be given the certificate"), "user-x", "amber"),
    ("collector.removed", _("Taken off the list of those who may collect"), "user-round", "grey"),
    ("collector.lifted", _("Taken off the list of those who must not collect"), "lock-open", "amber"),
    ("birth.suspended", _("Registration put on hold"), "clock", "amber"),
    ("birth.resumed", _("Registration resumed"), "circle-dot", "blue"),
    ("birth.closed", _("Registration closed"), "lock", "grey"),
    ("birth.reopened", _("Registration opened again"), "folder-open", "blue"),
    ("counter.checked", _("Draft certificate compared: all the same"), "circle-check", "green"),
    ("counter.different", _("Draft certificate compared: something differs"), "triangle-alert", "amber"),
    ("correction.started", _("Correction of the certificate started"), "pencil", "amber"),
    ("correction.asked", _("Correction asked for at the office"), "building-2", "blue"),
    ("correction.appointed", _("Appointment for the correction"), "calendar-days", "grey"),
    ("correction.fee", _("Fee of the correction noted"), "file-text", "grey"),
    ("correction.corrected", _("Corrected certificate is here"), "circle-check", "green"),
    ("correction.refused", _("Correction refused by the office"), "circle-alert", "amber"),
    ("correction.withdrawn", _("Correction ended"), "x", "grey"),
    ("correction.checked", _("Corrected certificate compared"), "circle-check", "green"),
    ("correction.handed_over", _("Corrected certificate handed over"), "circle-check", "green"),
    ("correction.told", _("Right name told where the wrong one went"), "megaphone", "grey"),
    ("correction.not_told", _("Right name not told after all"), "circle", "grey"),
    ("family.came_back", _("The family is here again"), "hand-helping", "blue"),
    ("reopening.asked", _("Opening again asked for"), "send", "blue"),
    ("parent.changed", _("What is known of a parent changed"), "pencil", "grey"),
    ("ward.list_taken", _("Ward list received"), "upload", "blue"),
    ("ward.started", _("Intake started from the ward list"), "baby", "blue"),
    ("ward.met", _("Family of the ward list met"), "circle-check", "green"),
    ("ward.left_out", _("Birth of the ward list is not ours"), "x", "grey"),
    ("ward.taken_back", _("Birth of the ward list waits again"), "undo-2", "grey"),
    ("ward.births_removed", _("Births of the ward list removed after their time"), "trash-2", "grey"),
    ("ward.count_reported", _("Births reported by a hospital noted"), "table", "grey"),
)


EVENTS_TOLD = dict.fromkeys(
    ("item.changed", "item.planned", "item.waiver-asked", "item.waiver-declined", "item.let-go"), item_told
)


def papers_url(case: Any) -> str:
    """Where the papers of the case's birth are printed."""
    birth = birth_head(case)
    return reverse("registration:papers", args=[birth.pk]) if birth else ""


def draft_url(draft: Any) -> str:
    """The step at which a draft goes on."""
    return reverse("registration:step", args=[draft.pk, draft.step])


def counter_url(draft: Any) -> str:
    """The counter page an unfinished check belongs to."""
    pk = str(draft.data.get("form", {}).get("birth", ""))
    is_one = pk.isascii() and pk.isdigit() and len(pk) < 19
    return reverse("registration:counter", args=[int(pk)]) if is_one else reverse("registration:list")


def counter_title(data: Mapping[str, Mapping[str, Any]]) -> str:
    """How an unfinished check is called in the tray: the case number, which tells no name."""
    return str(data.get("form", {}).get("case_number", ""))[:16]


def welcome_url(case: Any) -> str:
    """The welcome-back page of a case whose family counts as away; kept on the case object once asked."""
    if not hasattr(case, "_welcome_url"):
        birth = birth_of(case)
        case._welcome_url = urls_of([birth] if birth else [], timezone.localdate()).get(case.pk, "")
    return case._welcome_url


def draft_title(data: Mapping[str, Mapping[str, Any]]) -> str:
    """How a draft is called in the tray: the mother's name, else the child's."""
    names = [
        data.get(step, {}).get(f"{step}_name_{script}")
        for step in ("mother", "child")
        for script in ("Latn", "Mymr", "Thai")
    ]
    return next((name for name in names if name), "")


def quick_url(draft: Any) -> str:
    """The one page with what was typed on it."""
    return f"{reverse('registration:quick')}?draft={draft.pk}"


def quick_title(data: Mapping[str, Mapping[str, Any]]) -> str:
    """How an unfinished easy birth is called in the tray, as one in steps is."""
    typed = data.get("form", {})
    return draft_title({"mother": typed, "child": typed})


def is_quick_untouched(step: str, answers: Mapping[str, Any]) -> bool:
    """Whether the one page stands as it is shown; what it guesses is not typed."""
    changed = {name for form in STEP_BY_KEY.values() for name in form(answers).changed_data}
    return changed <= GUESSED


def is_untouched(step: str, answers: Mapping[str, Any]) -> bool:
    """Whether a step of the intake stands as it is shown, nothing typed and nothing chosen."""
    form = STEP_BY_KEY.get(step)
    return form is not None and not form(answers).has_changed()


@registry.register
class Registration(Programme):
    """The legal clinic that gets births registered."""

    key = "registration"
    label = _("Birth registration")
    icon = "baby"
    import_specifications = (BIRTH_REGISTER,)

    row_words = ROW_WORDS
    fact_words = {
        name: words
        for model in (
            ParentRefusal, YoungMother, ChildDeath, Correction, Submission, Outcome, LetterOfAssignment, Witness,
            ParentLink, ChecklistItem,
        )
        for name, words in field_words(model).items()
    } | {
        "suspension": FactWords(label=_("Put on hold")),
        "track_proposed": FactWords(label=_("Proposed way of registration")),
        "notify_due_on": FactWords(label=_("Notify by")),
        "notify_effective_on": FactWords(label=_("with the holiday rule by")),
    }  # fmt: skip
    history_words = {
        "registration.birthrecord": _("Birth registration"),
        "registration.checklistitem": _("Paper of a birth"),
        "registration.submission": _("Visit to the registry office"),
        "registration.outcome": _("The certificate"),
        "registration.discrepancy": _("Difference on the certificate"),
        "registration.countercheck": _("At the counter"),
        "registration.correction": _("Correction of the certificate"),
        "registration.parentlink": _("What is known of a parent"),
        "registration.witness": _("Witness"),
        "registration.letterofassignment": _("Letter of assignment"),
        "registration.followup": _("Public service"),
        "registration.consularstep": _("Registration with the family’s home country"),
        "registration.inquirystep": _("Step of the inquiry"),
        "registration.wardlist": _("Ward list"),
        "registration.wardbirth": _("Birth of the ward list"),
        "registration.reportedbirths": _("Births reported by a hospital"),
        "registration.requirement": _("Paper that an office asks for"),
        "registration.registryoffice": _("Registry office"),
        "registration:list": _("Births"),
        "registration:file": _("Spreadsheet of this list"),
        "registration:detail": _("Birth registration"),
        "registration:new": _("New birth"),
        "registration:quick": _("Easy birth, one page"),
        "registration:step": _("Unfinished form"),
        "registration:hand-in": _("Unfinished form"),
        "registration:facts": _("Facts of the birth"),
        "registration:papers": _("Papers to print"),
        "registration:item": _("Paper of a birth"),
        "registration:ward": _("Ward list"),
        "registration:ready": _("Ready to submit"),
    }
    rights = {
        "registration.birth.see": "CW:A SUP:A TRF:a",
        "registration.birth.list": "CW:A SUP:A TRF:a",
        "registration.birth.export": "CW:A SUP:A",
        CREATE: "CW:A SUP:A TRF:A PSY:A",
        WRITE_DOWN: "CW:A SUP:A TRF:A PSY:A WRD:s",
        ASK_STATUS: "CW:A SUP:A TRF:A PSY:A",
        BY_PARENTS: "CW:A SUP:A",
        BY_WORKER: "SUP:A",
        "registration.birth.edit": "CW:A SUP:A TRF:a",
        "registration.office.act": "CW:A SUP:A",
        "registration.item.waive": "SUP:A*",
        "registration.birth.close": "CW:A SUP:A",
        "registration.birth.close_unfinished": "SUP:A",
        "registration.birth.reopen": "SUP:A",
        "registration.collector.lift": "SUP:A",
        "registration.track.decide": "SUP:A",
        "registration.rules.edit": "SUP:A PM:A",
        "registration.ward.use": "CW:A SUP:A",
    }
    navigation = (
        NavigationItem(
            key="births",
            label=_("Births"),
            icon="baby",
            url_name="registration:list",
            action="registration.birth.list",
            order=30,
            on_phone=True,
        ),
    )
    new_items = (
        NewItem(
            key="b",
            label=_("Birth registration"),
            icon="baby",
            url_name="registration:new",
            action=WRITE_DOWN,
            words=_("Log a birth"),
        ),
        NewItem(
            key="q",
            label=_("Easy birth, one page"),
            icon="file-check",
            url_name="registration:quick",
            action=CREATE,
        ),
    )
    case_panels = (
        CasePanel(
            key="birth",
            label=_("Birth registration"),
            template="registration/_panel.html",
            action="registration.birth.see",
            context=page_context,
            applies=lambda case: birth_of(case) is not None,
        ),
    )
    case_actions = (
        CaseAction(
            key="birth-print",
            label=_("Print papers"),
            icon="printer",
            action="registration.birth.see",
            group="papers",
            url=papers_url,
            applies=lambda case: birth_head(case) is not None,
        ),
        CaseAction(
            key="birth-welcome",
            label=_("Welcome back"),
            icon="hand-helping",
            action="registration.birth.edit",
            url=welcome_url,
            applies=lambda case: bool(welcome_url(case)),
        ),
    )
    draft_forms = (
        DraftForm(
            key=FORM,
            label=_("Birth registration"),
            action=WRITE_DOWN,
            programme="registration",
            url=draft_url,
            title=draft_title,
            is_untouched=is_untouched,
            steps={**{step.key: step.title for step in STEPS}, "check": _("Check")},
            takes_papers=True,
            hidden_from=hidden_drafts,
            may_be_hidden=may_be_hidden,
            asked=asked_fields,
            handed_in=_("From the ward"),
            also=on_ward_list,
            also_words=_("On the ward’s list too"),
        ),
        DraftForm(
            key="registration.quick",
            label=_("Easy birth, one page"),
            action=CREATE,
            programme="registration",
            url=quick_url,
            title=quick_title,
            is_untouched=is_quick_untouched,
            takes_papers=True,
        ),
        DraftForm(
            key="registration.counter",
            label=_("At the counter"),
            action="registration.office.act",
            programme="registration",
            url=counter_url,
            title=counter_title,
            is_own=True,
        ),
    )
    consent_purposes = (
        ConsentPurpose(key="hospital", label=_("Health insurance and vaccination"), recipient=_("the hospital")),
        ConsentPurpose(key="school", label=_("School enrolment"), recipient=_("the school")),
        ConsentPurpose(key="services", label=_("Other help"), recipient=_("another service")),
    )
    open_lists = OPEN_LISTS
    reference_tables = (
        ReferenceTable(
            key="registry-offices",
            label=_("Registry offices"),
            model=RegistryOffice,
            action="registration.rules.edit",
            fields=(
                "name_th",
                "name_en",
                "name_my",
                "kind",
                "registry_code",
                "place",
                "address",
                "phone",
                "hours",
                "way_there",
                "accepts_late",
                "accepts_home_birth",
                "is_active",
            ),
            list_fields=("name_en", "name_th", "kind", "phone", "is_active"),
        ),
        ReferenceTable(
            key="birth-requirements",
            label=_("Birth registration: papers"),
            model=Requirement,
            action="registration.rules.edit",
            fields=(
                "key",
                "label_en",
                "label_th",
                "label_my",
                "level",
                "tracks",
                "condition",
                "alternative",
                "registry_office",
                "responsible",
                "order",
                "valid_from",
                "valid_to",
                "source",
                "checked_on",
            ),
            list_fields=("label_en", "label_th", "level", "tracks", "registry_office"),
        ),
        ReferenceTable(
            key="opening-balances",
            label=_("Births registered before these records"),
            model=OpeningBalance,
            action="registration.rules.edit",
            fields=("office", "births", "until_on", "valid_from", "valid_to", "source", "checked_on"),
            list_fields=("office", "births", "until_on"),
        ),
    )
    document_kinds = (*KINDS, BirthReport)
    list_sheets = (BirthSheet,)
    schedule = (
        Job(key="registration.limits", task="registration.limits", schedule=crontab(hour=0, minute=10)),
        Job(key="registration.ward_list", task="registration.ward_list", schedule=crontab(hour=1, minute=20)),
    )
    indicators = (BirthBoard,)
    reports = (
        ReportKind(
            key="registration.births",
            label=_("Birth registration report"),
            document_kind=BirthReport.key,
            action="reports.dashboard.see",
        ),
    )
    subject_types = (
        SubjectType(
            key="registration.birthrecord",
            visible=lambda user: BirthRecord.objects.visible_to(user),
            url=lambda birth: reverse("registration:detail", args=[birth.pk]),
            named=lambda birth: f"{birth.case.child.name}, {birth.case.number}",
        ),
    )
    case_standings = CaseStandings(facts=standing_facts, words=standing)
    events = tuple(
        EventWords(
            action=f"registration.{action}", words=words, icon=icon, colour=colour, kind="registration",
            told=EVENTS_TOLD.get(action),
        )
        for action, words, icon, colour in EVENT_WORDS
    )  # fmt: skip

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.intake import BirthDrafts
        from .api.resources import Births, RegistryOffices
        from .api.ward import WardBirths, WardCounts, WardLists

        return (
            ("births", Births),
            ("birth-drafts", BirthDrafts),
            ("registry-offices", RegistryOffices),
            ("ward-births", WardBirths),
            ("ward-counts", WardCounts),
            ("ward-lists", WardLists),
        )

    def header_badges(self, case: Any, today: date) -> Iterable[Badge]:
        return header_badges(case, today)

    def key_facts(self, case: Any, today: date) -> Iterable[Fact]:
        return key_facts(case, today)

    def next_steps(self, case: Any, today: date) -> Iterable[tuple[Words, date | None]]:
        """The next act of an open record."""
        return next_steps(case, today)

    def team_figures(self, user: Any, today: date) -> Iterable[TeamFigure]:
        return team_figures(user, today)

    def cases_looked_after(self) -> Any:
        """Open records have a next act; those of the backlog stand on their own list."""
        return BirthRecord.rows.exclude(status=Status.CLOSED).order_by().values("case_id")

    def call_reasons(self, user: Any, today: date) -> Iterable[CallReason]:
        """Certificates to collect, visits, results, missed follow-ups."""
        return call_reasons(user, today)

    def draft_taken(self, draft: Any, by: Any) -> None:
        """What the ward did not ask is asked now."""
        if draft.form == FORM:
            ask_for_status(draft=draft)

    def contact_lost(self, case: Any, by: Any) -> None:
        """The registration stops its reminders with the case."""
        lose_contact(case=case, by=by)

    def contact_reached(self, case: Any, by: Any) -> None:
        """The registration goes on."""
        regain_contact(case=case, by=by)

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Births and corrections led by the person."""
        yield births_led(user, today)
        if may(user, WAIVE) is not None:
            yield waivers_to_decide(user)
        if may(user, DECIDE_WAY) is not None:
            yield ways_to_decide(user)
        yield from correction_sources(user, today)

    def welcome_back(self, cases: Sequence[Any], today: date) -> Mapping[int, str]:
        """The welcome-back pages of cases whose families count as away."""
        return welcome_urls(cases, today)

    def person_changed(self, person: Any, by: Any, changes: Mapping[str, Any]) -> None:
        """Time limits, papers that were ready, and what is at the office are looked at again."""
        look_again(person=person, by=by, changes=changes)

    def person_merged(self, kept: Any, dropped: Any) -> None:
        """A registration whose case closed as a duplicate is closed with it; who must not collect stays barred."""
        close_duplicates(child=kept)
        keep_barred(child=kept)

    def case_close_blockers(self, case: Any) -> Iterable[Words]:
        """A registration that is not closed stands against closing the case."""
        birth = birth_of(case)
        if birth is None or birth.status == Status.CLOSED:
            return
        if birth.status != Status.HANDED_OVER:
            yield _("The birth registration is not finished.")
            return
        for finding in close_findings(birth, reason="completed", today=timezone.localdate()):
            yield finding.sentence

    def missing_for_reason(self, case: Any, reason: str) -> Iterable[Words]:
        """Closed because a parent refused: the refusal is written down first."""
        birth = birth_of(case)
        if birth is not None and birth.status != Status.CLOSED:
            for finding in close_findings(birth, reason=reason, today=timezone.localdate()):
                yield finding.sentence

    def siblings_said(self, first: Any, second: Any) -> None:
        """Twins that were logged apart know each other."""
        bring_twins_together(first, second)

    def case_closed(self, case: Any, by: Any) -> None:
        """Its registration is closed with it."""
        close_with_case(case=case, by=by)

    def case_sealed(self, case: Any, by: Any) -> None:
        """What was typed at the counter goes with the sight of it."""
        forget_unseen_checks(case=case, by=by)

    def case_reopened(self, case: Any, by: Any, reason: str, today: date) -> None:
        """Its registration goes on where it stood."""
        reopen_with_case(case=case, reason=reason, by=by, today=today)

    def closing_papers(self, case: Any, user: Any) -> Iterable[ClosingPaper]:
        """“My papers”, from a registration that the person sees."""
        for birth in BirthRecord.rows.filter(case=case).visible_to(user):
            yield folder_offer(birth)

    def load_demo(self, world: Any) -> None:
        """A year of the clinic."""
        load_demo(world)
