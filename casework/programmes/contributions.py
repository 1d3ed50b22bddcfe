"""What a room or a programme can add to shared pages. Frozen values, so a misspelt field fails at import."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

from casework.kernel.guards import YES, Verdict
from casework.kernel.refusals import Finding

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """One entry of the side bar; shown to those whose role may do `action` and for whom something `is_there`.

    Those `on_phone` stand first in the bar of a phone. Pages under the addresses named in `also` belong to it too.
    """

    key: str
    label: Words
    icon: str
    url_name: str
    action: str
    order: int = 50
    on_phone: bool = False
    also: Sequence[str] = ()
    is_there: Callable[[Any], bool] = lambda user: True


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """One entry of the New menu; `words` say what it does where it is offered outside the menu."""

    key: str
    label: Words
    icon: str
    url_name: str
    action: str
    words: Words = ""


@dataclass(frozen=True, kw_only=True)
class AccountItem:
    """One of the own pages in the account menu, for who has any one of the rights in `actions`; without, for all."""

    label: Words
    icon: str
    url_name: str
    actions: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class CasePanel:
    """A tab of the case page: its template and a function giving the template's context."""

    key: str
    label: Words
    template: str
    action: str
    context: Callable[[Any, Any, date], Mapping[str, Any]]
    applies: Callable[[Any], bool] = lambda case: True
    count: Callable[[Any], int] | None = None


ACTION_GROUPS = ("day", "papers", "help", "case", "aside")
"""The menu of a case, from above: what every day brings, papers, help for the family, the case itself, what is rare."""


@dataclass(frozen=True, kw_only=True)
class CaseAction:
    """An entry of the menu of a case, in one of its groups (ACTION_GROUPS)."""

    key: str
    label: Words
    icon: str
    url: Callable[[Any], str]
    action: str
    applies: Callable[[Any], bool] = lambda case: True
    group: str = "day"
    button: Words = ""
    """Its words as a button of the header, for what is done on many cases; one without is in the menu alone."""


@dataclass(frozen=True, kw_only=True)
class ClosingPaper:
    """A paper that a family may take along when its case is closed.

    `languages` are codes and names of those it is made in, `language` the one offered first; `order(language, by, now)`
    orders it and answers its row.
    """

    key: str
    label: Words
    languages: Sequence[tuple[str, Words]]
    language: str
    order: Callable[[str, Any, Any], Any]


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A word with an icon and a colour in the header of a case: red, amber, green, blue, violet or grey."""

    kind: str
    text: Words
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of the key facts."""

    label: Words
    value: Words
    note: Words = ""
    is_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One thing waiting for a person, derived from facts: the verb, when it is due, where to do it, on which case.

    `reference` is what an item without a case, or a paper, is called; `note` stands beside it. `is_late` is for what
    is due at an hour: late already on its day.
    """

    key: str
    title: Words
    verb: Words
    url: str
    due_on: date | None
    case_id: int | None = None
    reference: str = ""
    note: Words = ""
    icon: str = "circle"
    group: str = "task"
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class RowSource:
    """Rows that are read together with those of others in one statement (casework.programmes.work).

    `rows` are what the person may see, in their order; `case` is the path to the id of their case; `facts` name what
    is wanted of a row beside its `pk` and `case_id`, as expressions of which JSON is made. With `is_one` the rows are
    only counted, and the one fact is their number `n`.
    """

    rows: Any
    facts: Mapping[str, Any] = field(default_factory=dict)
    case: str = ""
    is_one: bool = False


@dataclass(frozen=True, kw_only=True)
class WorkSource(RowSource):
    """Rows that wait for a person; `item` tells a row, or with `is_one` all of them, as work from the facts."""

    item: Callable[[Mapping[str, Any]], WorkItem]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a programme is with a case, in its own words, and what it does next until when."""

    stage: Words
    step: Words = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseStandings:
    """How a programme tells the state of its work on the cases of a list.

    `facts` is a JSON expression over cases, so that the list asks the database once; `words` tells what it found. With
    `is_named_only` the list without names says nothing of it: its readers could look it up in a list of the programme.
    """

    facts: Callable[[date], Any]
    words: Callable[[Mapping[str, Any]], Standing]
    is_named_only: bool = False


@dataclass(frozen=True, kw_only=True)
class TeamFigure:
    """How many of a kind each person leads, for the page of a supervisor; `url` opens the list of one person's."""

    key: str
    label: Words
    counts: Mapping[int | None, int]
    url: Callable[[int], str]
    is_warning: bool = False


@dataclass(frozen=True, kw_only=True)
class FoundRow:
    """A record of a programme that the search found: whose it is where the reader may know it, number and state."""

    title: str
    number: str
    note: Words
    url: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class CallReason:
    """Why the family of a case is called today: the words, and since or until when."""

    case_id: int
    words: Words
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EventWords:
    """How an act reads on the timeline and in the history viewer.

    `told` makes words of what the act keeps as its reason, where that is a code.
    """

    action: str
    words: Words
    icon: str = "circle-dot"
    colour: str = "grey"
    kind: str = "other"
    told: Callable[[str], Words] | None = None


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """How a fact of an act reads that is no field of its row, or one without words; and its values that are codes."""

    label: Words
    choices: Mapping[str, Words] = field(default_factory=dict)


def field_words(model: Any, *names: str) -> dict[str, FactWords]:
    """The words of fields that acts on another row tell: those named, else every one that has words."""
    fields = [model._meta.get_field(name) for name in names] or model._meta.fields
    told = (one for one in fields if isinstance(one.verbose_name, Promise))
    return {one.name: FactWords(label=one.verbose_name, choices=dict(one.choices or ())) for one in told}


@dataclass(frozen=True, kw_only=True)
class ConsentPurpose:
    """A purpose for which a family may share: who receives, what is shared."""

    key: str
    label: Words
    recipient: Words


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody outside who was told of a child under a purpose: who, what, since when, and where that is written."""

    who: Words
    what: Sequence[Words]
    on: date
    url: str
    printed_on: date | None = None
    """When the letter to them was first printed."""


@dataclass(frozen=True, kw_only=True)
class AidKind:
    """A kind of help that a programme gives a child, and that budget lines pay for.

    What `is_for_family` is given once to all who live with the child, so it is no help of a brother or sister as well.
    """

    key: str
    label: Words
    programme: str
    is_for_family: bool = False


@dataclass(frozen=True, kw_only=True)
class Given:
    """Something that came with the site and has no row: under which heading it stands, what it is called.

    `act` is what a row does to it, `answers` with what the form of such a row begins.
    """

    group: Words
    label: Words
    act: Words
    answers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ReferenceTable:
    """A table of dated, sourced rows that supervisors edit on the shared reference pages."""

    key: str
    label: Words
    model: Any
    fields: Sequence[str]
    list_fields: Sequence[str]
    action: str
    day: str = ""
    """The field with the day of a row, where rows are days: the coming ones stand first."""
    given: Callable[[date], Iterable[Given]] = lambda on: ()
    """What stands beneath the rows of a day, for who edits them, by heading: it came with the site."""


@dataclass(frozen=True, kw_only=True)
class OpenList:
    """A code list to which an organisation adds codes of its own, and of which it need not offer every code.

    `codes` are those the programme knows; their words are in the catalogues. Those that rules or services name are
    `fixed`: they are always offered. Nothing hangs on the others.
    """

    key: str
    label: Words
    codes: type[TextChoices]
    fixed: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class SubjectType:
    """A kind of row that documents, attachments, notices and drafts can be about.

    `case_id` names its case, `child_id` the child it is about, `papers_url` the page that lists its papers where that
    is not its own page, `named` says whose row it is. One that `is_unfinished` becomes a record or nothing: it takes
    photos and scans, and no paper is made of it. `can_change(row, user)` is a verdict on who may put them there beside
    the right, `hold(row, by)` locks the row while that is done and refuses where it is gone or somebody else's.
    """

    key: str
    visible: Callable[[Any], Any]
    url: Callable[[Any], str]
    case_id: Callable[[Any], int | None] = lambda row: getattr(row, "case_id", None)
    child_id: Callable[[Any], int | None] = lambda row: getattr(row, "child_id", None)
    papers_url: Callable[[Any], str] | None = None
    named: Callable[[Any], str] = lambda row: ""
    is_unfinished: bool = False
    can_change: Callable[[Any, Any], Verdict] = lambda row, user: YES
    hold: Callable[[Any, Any], Any] = lambda row, by: None


@dataclass(frozen=True, kw_only=True)
class DraftForm:
    """A form whose unfinished typing is kept.

    `url` leads back into a draft, `title` finds a name in what was typed (step → field → value), `action` is the right
    that the form needs, `steps` names its steps in order, `is_untouched` says of a step's answers that they are only
    what the form begins with. With `takes_papers` photos and scans can be put on its drafts; they go onto the record.
    With `is_own` no colleague sees or takes over its drafts: it is about a record that a seal may hide from them.
    `hidden_from(user)` is a condition over its drafts: those that tell what the person may not know. Of a few drafts it
    is asked only where `may_be_hidden(user, data)` says so, from what was typed.
    `asked(user, office_id, step)` names the fields of a step that the person is asked, None for all of it: nothing else
    that they send is kept. `handed_in` is what a list calls a draft whose writer may not send it and gave it to the
    office; `also` is a condition over drafts, and `also_words` what colleagues are told where it holds.
    """

    key: str
    label: Words
    action: str
    url: Callable[[Any], str]
    title: Callable[[Mapping[str, Mapping[str, Any]]], str] = lambda data: ""
    is_untouched: Callable[[str, Mapping[str, Any]], bool] = lambda step, answers: False
    steps: Mapping[str, Words] = field(default_factory=dict)
    programme: str = ""
    takes_papers: bool = False
    is_own: bool = False
    hidden_from: Callable[[Any], Any] | None = None
    may_be_hidden: Callable[[Any, Mapping[str, Mapping[str, Any]]], bool] = lambda user, data: True
    asked: Callable[[Any, int, str], Iterable[str] | None] = lambda user, office_id, step: None
    handed_in: Words = ""
    also: Callable[[], Any] | None = None
    also_words: Words = ""


@dataclass(frozen=True, kw_only=True)
class DraftPapers:
    """How a list of drafts tells the photos and scans of each: an expression over drafts, and the page of one's own."""

    count: Callable[[], Any]
    url: Callable[[Any], str]


@dataclass(frozen=True, kw_only=True)
class ProposalKind:
    """An act that a second person confirms.

    `execute(proposal, by, now)` does it, in the transaction of the confirmation. `current(subject_id, facts)` answers
    what the proposal rests on as it is now: a change since it was made voids it. `action` is the right to confirm.
    `excluded(proposal)` names the ids of people who may not confirm besides the proposer. `described(proposal)` gives
    label and answer pairs. `alone_until_second` lets the only administrator act alone; it is listed. `onward(proposal)`
    is the button, words and address, with which its proposer goes on once it is confirmed; `place(proposal)` the page
    of what it is about, words and address, to which its proposer goes back.
    """

    key: str
    label: Words
    action: str
    execute: Callable[[Any, Any, Any], Any]
    current: Callable[[int, Mapping[str, Any]], Mapping[str, Any]] = lambda subject_id, facts: {}
    excluded: Callable[[Any], Iterable[int]] = lambda proposal: ()
    described: Callable[[Any], Iterable[tuple[Words, Words]]] = lambda proposal: ()
    alone_until_second: bool = False
    onward: Callable[[Any], tuple[Words, str] | None] = lambda proposal: None
    place: Callable[[Any], tuple[Words, str] | None] = lambda proposal: None


@dataclass(frozen=True, kw_only=True)
class ApprovalKind:
    """An amount that a chain of people approves.

    `version(subject_id)` is the version of what is approved as it stands now: a change since it was asked for voids
    the request. `decided(request, subject, by, now)` does what follows a decision, in its transaction, with the subject
    where whoever acted holds it already; `passed_up(request, by, now)` what follows when a declared conflict of
    interest takes a step to the next higher role; `url(subject_id)` is the page on which it is decided, `action` the
    right to decide there, `programme` whose bands these are.
    """

    key: str
    label: Words
    version: Callable[[int], int]
    decided: Callable[[Any, Any, Any, Any], Any]
    url: Callable[[int], str]
    passed_up: Callable[[Any, Any, Any], Any] = lambda request, by, now: None
    action: str = ""
    programme: str = ""


@dataclass(frozen=True, kw_only=True)
class RowLink:
    """A button that a higher room puts on the page of a lower room's row, for who may do its action there."""

    subject_type: str
    label: Words
    icon: str
    action: str
    url: Callable[[Any], str]
    applies: Callable[[Any], bool] = lambda row: True


@dataclass(frozen=True, kw_only=True)
class Job:
    """A task that beat sends: its name and how often, in seconds or as a crontab."""

    key: str
    task: str
    schedule: Any


@dataclass(frozen=True, kw_only=True)
class ReportKind:
    """A programme report a manager can order as PDF."""

    key: str
    label: Words
    document_kind: str
    action: str


class Contribution:
    """What one room or programme adds. Everything is optional; asks and tells are methods with return values."""

    key: str = ""
    label: Words = ""
    icon: str = "folder-open"
    is_programme: bool = False

    navigation: Sequence[NavigationItem] = ()
    new_items: Sequence[NewItem] = ()
    account_items: Sequence[AccountItem] = ()
    case_panels: Sequence[CasePanel] = ()
    case_actions: Sequence[CaseAction] = ()
    case_standings: CaseStandings | None = None
    events: Sequence[EventWords] = ()
    consent_purposes: Sequence[ConsentPurpose] = ()
    reference_tables: Sequence[ReferenceTable] = ()
    open_lists: Sequence[OpenList] = ()
    aid_kinds: Sequence[AidKind] = ()
    subject_types: Sequence[SubjectType] = ()
    draft_forms: Sequence[DraftForm] = ()
    draft_papers: DraftPapers | None = None
    proposal_kinds: Sequence[ProposalKind] = ()
    approval_kinds: Sequence[ApprovalKind] = ()
    document_kinds: Sequence[Any] = ()
    import_specifications: Sequence[Any] = ()
    indicators: Sequence[Any] = ()
    reports: Sequence[ReportKind] = ()
    row_links: Sequence[RowLink] = ()
    list_sheets: Sequence[Any] = ()
    schedule: Sequence[Job] = ()
    rights: Mapping[str, str] = {}
    """The room's rows of the truth table: action → "CW:A SUP:A* PSY:a" (roles not named are refused)."""
    search_actions: Sequence[str] = ()
    """Rights each of which lets its holder find something by search; who has none is shown no box."""
    history_words: Mapping[str, Words] = {}
    """What the history calls the room's rows (`cases.case`) and its addresses without a title (`cases:seal`)."""
    row_words: Sequence[Words] = ()
    """Texts of the reference rows that came with the site: in the reader’s language until somebody changes them."""
    fact_words: Mapping[str, FactWords] = {}
    """Words of the history for facts that events keep besides the fields of their row."""

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        """(prefix, viewset) pairs mounted under /api/v1/."""
        return ()

    def header_badges(self, case: Any, today: date) -> Iterable[Badge]:
        """Badges of this programme in the header of a case."""
        return ()

    def key_facts(self, case: Any, today: date) -> Iterable[Fact]:
        """Facts of this programme for the summary of a case."""
        return ()

    def next_steps(self, case: Any, today: date) -> Iterable[tuple[Words, date | None]]:
        """What this programme does next on a case, and until when."""
        return ()

    def cases_looked_after(self) -> Any:
        """Ids (a queryset of one column) of cases with a next act of this programme, or on one of its lists; or None.

        An open case that nobody looks after and that has no next step stands under “Without a next step”.
        """
        return None

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """What waits for the person; asks nothing of the database itself."""
        return ()

    def team_figures(self, user: Any, today: date) -> Iterable[TeamFigure]:
        """What the people of the supervisor's offices lead, by person; one query however many they are."""
        return ()

    def welcome_back(self, cases: Sequence[Any], today: date) -> Mapping[int, str]:
        """Case id → the page to open when the family of a closed, resting or long silent case is here again."""
        return {}

    def found_rows(self, words: str, user: Any) -> Iterable[FoundRow]:
        """Records of this programme that the search finds for the person, by number or name; one query."""
        return ()

    def call_reasons(self, user: Any, today: date) -> Iterable[CallReason]:
        """Families whom facts of this programme say to call today, of cases the person may see."""
        return ()

    def told_before(self, case: Any, purpose: str) -> Iterable[Told]:
        """Who was told of the child of a case under a purpose of consent; they are told when it is withdrawn."""
        return ()

    def case_close_blockers(self, case: Any) -> Iterable[Words]:
        """Sentences that say what blocks closing the case as completed."""
        return ()

    def missing_for_reason(self, case: Any, reason: str) -> Iterable[Words]:
        """Sentences saying what has to be written down before the case is closed for another reason."""
        return ()

    def closing_papers(self, case: Any, user: Any) -> Iterable[ClosingPaper]:
        """Papers the person may give the family along when its case is closed."""
        return ()

    def siblings_said(self, first: Any, second: Any) -> None:
        """Two children were said to be twins or siblings: bring together what this programme keeps of their birth."""
        return

    def case_closed(self, case: Any, by: Any) -> None:
        """The case was closed: end what this programme still does on it, for the same reason."""
        return

    def case_sealed(self, case: Any, by: Any) -> None:
        """A case was sealed: hide rows of this programme that tell of its child and are not filed with the case."""
        return

    def case_reopened(self, case: Any, by: Any, reason: str, today: date) -> None:
        """The case was opened again: go on with what this programme did on it."""
        return

    def person_numbered(self, number: str) -> int | None:
        """The id of the child of the record that has this number, such as of a case; None when there is none."""
        return None

    def person_changed(self, person: Any, by: Any, changes: Mapping[str, Any]) -> None:
        """A name, birth date or sex of a person was changed: look at what rests on it.

        `changes` holds what stood there before and what does now: `born_on`, `sex`, and `full` of a name written over.
        """
        return

    def hold_for_death(self, person: Any) -> None:
        """A death is about to be written down: hold what ends with it, before the person is held."""
        return

    def person_died(self, person: Any, by: Any) -> None:
        """A death was written down: end at once what goes on for this person alone."""
        return

    def contact_lost(self, case: Any, by: Any) -> None:
        """A person says that the family cannot be reached."""
        return

    def contact_reached(self, case: Any, by: Any) -> None:
        """The family was reached again."""
        return

    def merge_blockers(self, kept: Any, dropped: Any) -> Iterable[Words]:
        """Sentences saying what of the dropped record a person ends before the two become one."""
        return ()

    def person_merged(self, kept: Any, dropped: Any) -> None:
        """Two records of a person became one: move what hangs on the dropped one."""
        return

    def person_unmerged(self, kept: Any, dropped: Any) -> None:
        """A merge was taken back: give the dropped person back what moved."""
        return

    def against_grant(self, user: Any, role: str, today: date) -> Iterable[Finding]:
        """Findings against giving a user a role."""
        return ()

    def grant_ended(self, grant: Any, by: Any, now: datetime) -> None:
        """A grant ended: end what its holder had by it. `by` is None when its last day passed."""
        return

    def draft_taken(self, draft: Any, by: Any) -> None:
        """A draft was taken over by a colleague: end what its owner before still does on it."""
        return

    def draft_ended(self, draft: Any, record: Any, by: Any) -> None:
        """A draft is deleted: move what belongs to it to `record`, which it became; delete it without one."""
        return

    def load_demo(self, world: Any) -> None:
        """Add this room's part of the invented world."""
        return


class Programme(Contribution):
    """A tenant of the house: one programme of the organisation.

    `first_step` is what it does first on a case that is opened for it directly; without, its cases begin elsewhere,
    such as with the intake of a birth.
    """

    is_programme = True
    first_step: Words = ""


@dataclass
class Registry:
    """All contributions in the order of INSTALLED_APPS."""

    entries: dict[str, Contribution] = field(default_factory=dict)

    def register(self, contribution: type[Contribution]) -> type[Contribution]:
        """Add a contribution; used as a decorator in a `programme.py`. Refuses a second one with the same key."""
        if contribution.key in self.entries:
            raise ValueError(f"contribution {contribution.key!r} is registered twice")
        self.entries[contribution.key] = contribution()
        return contribution

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.entries.values())

    def programmes(self) -> list[Programme]:
        """The contributions of programmes, without those of rooms."""
        return [c for c in self if isinstance(c, Programme)]

    def new_items(self) -> list[NewItem]:
        """What can be begun: what programmes offer, then what rooms do."""
        return [item for c in sorted(self, key=lambda c: not c.is_programme) for item in c.new_items]

    def gather(self, attribute: str) -> list[Any]:
        """All values of one attribute over all contributions, in order."""
        return [value for c in self for value in getattr(c, attribute)]


registry = Registry()
