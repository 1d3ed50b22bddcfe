"""Take in the ward's list, meet its families, set aside what is not ours, remove what was not met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.drafts.models import Draft
from casework.drafts.services import save_draft
from casework.imports.checking import check_table, find_tables, propose_columns
from casework.imports.reading import read_book
from casework.kernel.acts import act
from casework.kernel.digits import clean_line
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal
from casework.reference.models import Facility
from casework.reference.queries import term
from registration.imports.ward import WARD_LIST
from registration.models import BirthRecord, ReportedBirths, WardBirth, WardList, WardTally
from registration.queries import ward as asked
from registration.rules.ward import NEAR_DAYS, Recorded, Reported, record_of, same_birth
from registration.states import NOT_COUNTED, NotOurs, WardState

MOST_ROWS = 500
MOST_BIRTHS = 100_000
FACTS = ("hospital_no", "hospital_no_child", "hospital_no_mother", "mother", "time", "sex", "weight_g", "phone")


@act
def take_in_list(
    *, content: bytes, file_name: str, office: Office, facility: Facility, by: User, now: datetime, today: date
) -> WardList:
    """Read the ward's list and keep the births that are not yet here; the same list twice adds nothing.

    A row that cannot be read is told with its number and left out. Raises Refusal when the file cannot be read (see
    read_book), has no table (E-IMP-7, E-IMP-8), lacks a column (WRD-COLUMNS-1, 2) or is too long (WRD-LIST-1).
    """
    Office.objects.select_for_update().get(pk=office.pk)  # two lists at once are taken in one after the other
    rows = _read(content, file_name, today)
    taken = WardList.rows.create(office=office, facility=facility, received_on=today, created_by=by)
    oldest = today - timedelta(days=int(term(asked.KEEP_DAYS, today)))
    here = {row.pk: row for row in WardBirth.rows.filter(office=office)}
    fresh: list[WardBirth] = []
    seen: list[WardBirth] = []
    refused: list[tuple[int, str]] = []
    for number, values, sentences in rows:
        said = sentences or _stands_against(values, oldest, seen)
        if said:
            refused.append((number, " ".join(said)))
            continue
        seen.append(_ward_birth(taken, values))
        same = next((pk for pk, row in here.items() if same_birth(asked.reported(row), _reported(values))), None)
        if same is not None:
            _fill_in(here.pop(same), values)
            taken.known += 1
        else:
            fresh.append(seen[-1])
    _give_keys(fresh, office)
    WardBirth.rows.bulk_create(fresh)
    taken.added, taken.refused = len(fresh), [list(pair) for pair in refused]
    taken.met = match_waiting(rows=fresh, by=by, now=now)
    taken.save(update_fields=["added", "known", "met", "refused"])
    _record("list_taken", taken, by, now)
    return taken


def _read(content: bytes, file_name: str, today: date) -> list[tuple[int, dict[str, Any], list[str]]]:
    """(row of the sheet, values, sentences of what stands against it) of every row of every table."""
    found = []
    for table in find_tables(read_book(content, file_name), WARD_LIST):
        columns = propose_columns(table, WARD_LIST).columns
        for row in check_table(table, columns, WARD_LIST, today=today):
            found.append((row.row, row.values, [str(finding.sentence) for finding in row.errors]))
            if len(found) > MOST_ROWS:
                sentence = _("The list has more than %(most)d rows. Send the births of one week.")
                raise Refusal("WRD-LIST-1", "file", sentence % {"most": MOST_ROWS})
    return found


def _stands_against(values: Mapping[str, Any], oldest: date, seen: Sequence[WardBirth]) -> list[str]:
    """What stands against a sound row: too old to wait for, or the same as a row above it."""
    if values["born"] < oldest:
        return [_("Born too long ago for this list. Log the birth by hand if the family comes.")]
    mine = _reported(values)
    for other in seen:
        if same_birth(asked.reported(other), mine) and _is_repeated(other, values):
            return [_("The same birth is in a row above. For twins write the hour, the weight or their numbers.")]
    return []


def _is_repeated(other: WardBirth, values: Mapping[str, Any]) -> bool:
    """One child's number twice, or nothing by which twins could be told apart."""
    if values["hospital_no_child"] and values["hospital_no_child"] == other.hospital_no_child:
        return True
    return (other.time, other.weight_g) == (values["time"], values["weight_g"])


def _reported(values: Mapping[str, Any]) -> Reported:
    return Reported(
        born_on=values["born"], child=values["hospital_no_child"], mother=values["hospital_no_mother"],
        either=values["hospital_no"], name=values["mother"], sex=values["sex"],
    )  # fmt: skip


def _ward_birth(taken: WardList, values: Mapping[str, Any]) -> WardBirth:
    facts = {name: values[name] for name in FACTS}
    return WardBirth(office=taken.office, list=taken, born_on=values["born"], **facts)


def _fill_in(row: WardBirth, values: Mapping[str, Any]) -> None:
    """A later list may say what an earlier one left empty; what stands there stays."""
    if row.state != WardState.WAITING:
        return
    new = [name for name in FACTS if values[name] and not getattr(row, name)]
    for name in new:
        setattr(row, name, values[name])
    if new:
        row.save(update_fields=new)


def _give_keys(fresh: Sequence[WardBirth], office: Office) -> None:
    """Give each birth the key that the database keeps unique; twins told by one thing are numbered."""
    used: dict[str, int] = defaultdict(int)
    for key in WardBirth.rows.filter(office=office).values_list("key", flat=True):
        identity, _sign, number = key.rpartition("#")
        used[identity] = max(used[identity], int(number))
    for row in fresh:
        identity = asked.reported(row).identity
        used[identity] += 1
        row.key = f"{identity}#{used[identity]}"


def match_waiting(*, rows: Sequence[WardBirth], by: User | None, now: datetime) -> int:
    """Look for the records and unfinished intakes of waiting births of one office; answers how many are met.

    A hospital number with the day meets by itself; the mother's name with the day is only proposed.
    """
    if not rows:
        return 0
    office_id, met = rows[0].office_id, 0
    records = asked.unlinked_records(office_id, {row.born_on for row in rows})
    drafts, given = asked.drafts_by_number(office_id), asked.given_drafts(office_id)
    for row in rows:
        record = record_of(asked.reported(row), records)
        if record is not None:
            records.remove(record)
            meet(row=row, birth=BirthRecord.rows.get(pk=record.id), by=by, now=now)
            met += 1
            continue
        numbers = (row.hospital_no_child, row.hospital_no_mother, row.hospital_no)
        row.draft = row.draft or next((drafts[number] for number in numbers if number in drafts), None)
        row.likely = asked.likely_record(row) if row.mother else None
        row.likely_draft = None if row.draft else asked.like_a_draft(row, given)
        row.save(update_fields=["draft", "likely", "likely_draft"])
    return met


@act
def tell_of_draft(*, draft: Draft) -> None:
    """The ward gave a draft to the office: the line of its list with the same number and day goes on with it.

    A line with the mother's name and the day is only proposed. The ward is told of neither (decision 45).
    """
    told = asked.reported_in(draft)
    lines = WardBirth.rows.select_for_update().filter(office_id=draft.office_id, state=WardState.WAITING, draft=None)
    waiting = list(lines) if told else []
    mine = [Recorded(id=draft.pk, born_on=one.born_on, child=one.child, mother=one.mother, sex=one.sex) for one in told]
    numbered = [row for row in waiting if record_of(asked.reported(row), mine[:1])]
    if len(numbered) == 1:
        numbered[0].draft, numbered[0].likely_draft = draft, None
        numbered[0].save(update_fields=["draft", "likely_draft"])
        return
    for row in waiting:
        if asked.like_a_draft(row, [(draft, told)]):
            row.likely_draft = draft
            row.save(update_fields=["likely_draft"])


@act
def start_intake(*, row: WardBirth, by: User, now: datetime) -> Draft:
    """Begin the intake with what the ward gave; answers the one already begun. Raises Conflict for a settled line."""
    row = WardBirth.rows.select_for_update(of=("self",)).select_related("list", "draft").get(pk=row.pk)
    if row.state != WardState.WAITING:
        raise Conflict("WRD-STATE-1", "", _("This birth is settled already. Look at the list again."))
    if row.draft is not None:
        return row.draft
    draft: Draft | None = None
    for step, answers in asked.prefilled(row).items():
        draft = save_draft(
            by=by, form=asked.FORM, step=step, answers=answers, office_id=row.office_id,
            draft_id=draft.pk if draft else None, done_steps=[],
        )  # fmt: skip
    assert draft is not None  # noqa: S101  the steps are never empty
    row.draft = draft
    row.save(update_fields=["draft"])
    _record("started", row, by, now)
    return draft


@act
def meet(*, row: WardBirth, birth: BirthRecord, by: User | None, now: datetime) -> WardBirth:
    """Note which record the reported birth is. Raises Refusal when it is of another office or another line's."""
    if birth.office_id != row.office_id:
        raise Refusal("WRD-MET-1", "number", gettext_lazy("This case is of another office."))
    if WardBirth.rows.filter(birth=birth).exclude(pk=row.pk).exists():
        raise Refusal("WRD-MET-2", "number", gettext_lazy("Another line of the ward’s list is this child already."))
    row = move(
        row, WardState.MET, birth=birth, likely=None, draft=None, likely_draft=None, not_ours="", reason="",
        settled_by=by, settled_at=now,
    )  # fmt: skip
    _record("met", row, by, now, case_id=birth.case_id)
    return row


@act
def meet_by_draft(*, draft: Draft, birth: BirthRecord, by: User, now: datetime) -> None:
    """The intake begun from a line of the list became a case: the line is met."""
    for row in WardBirth.rows.filter(draft=draft, state=WardState.WAITING):
        if row.office_id == birth.office_id and not WardBirth.rows.filter(birth=birth).exists():
            meet(row=row, birth=birth, by=by, now=now)


def meet_by_number(*, birth: BirthRecord, by: User, now: datetime) -> None:
    """A case was opened: the line that has its hospital number and day is met."""
    mine = asked.recorded(birth)
    if mine.born_on is None:
        return
    near = (mine.born_on - timedelta(days=NEAR_DAYS), mine.born_on + timedelta(days=NEAR_DAYS))
    waiting = WardBirth.rows.filter(office_id=birth.office_id, state=WardState.WAITING, draft__isnull=True)
    found = [row for row in waiting.filter(born_on__range=near) if record_of(asked.reported(row), [mine])]
    if len(found) == 1 and not WardBirth.rows.filter(birth=birth).exists():
        meet(row=found[0], birth=birth, by=by, now=now)


@act
def leave_out(*, row: WardBirth, why: str, reason: str, by: User, now: datetime) -> WardBirth:
    """Say that a reported birth gets no case here, and why. Raises Refusal without a reason."""
    if why not in NotOurs.values:
        raise Refusal("WRD-NOT-1", "why", gettext_lazy("Choose why this birth is not ours."))
    if why == NotOurs.OTHER and not reason.strip():
        raise Refusal("WRD-NOT-2", "reason", gettext_lazy("Write the reason in a few words."))
    row = move(
        row, WardState.NOT_OURS, not_ours=why, reason=clean_line(reason)[:200], draft=None, likely_draft=None,
        settled_by=by, settled_at=now,
    )  # fmt: skip
    _record("left_out", row, by, now)
    return row


@act
def take_back(*, row: WardBirth, by: User, now: datetime) -> WardBirth:
    """Let a settled line wait again."""
    row = move(row, WardState.WAITING, birth=None, not_ours="", reason="", settled_by=None, settled_at=None)
    _record("taken_back", row, by, now)
    return row


@act
def report_births(
    *, office: Office, facility: Facility, month: date, births: int, source: str, by: User, now: datetime, today: date
) -> ReportedBirths:
    """Note how many non-Thai live births a hospital says a month had; a later number replaces it.

    Raises Refusal for a month to come, a number out of reason, or without a source.
    """
    first = month.replace(day=1)
    if first > today:
        raise Refusal("WRD-COUNT-1", "month", gettext_lazy("This month has not begun yet."))
    if not 0 <= births <= MOST_BIRTHS:
        raise Refusal("WRD-COUNT-2", "births", gettext_lazy("Write the number of births of the month."))
    if not clean_line(source):
        raise Refusal("WRD-COUNT-3", "source", gettext_lazy("Write where the number comes from."))
    row, _new = ReportedBirths.rows.update_or_create(
        office=office, facility=facility, month=first,
        defaults={"births": births, "source": clean_line(source)[:200]}, create_defaults={
            "births": births, "source": clean_line(source)[:200], "created_by": by,
        },
    )  # fmt: skip
    _record("count_reported", row, by, now)
    return row


@act
def remove_unmet(*, today: date, now: datetime) -> int:
    """Remove lines whose time is over: what remains is the count. Met ones lose what the record holds anyway."""
    oldest = today - timedelta(days=int(term(asked.KEEP_DAYS, today)))
    old = WardBirth.rows.filter(born_on__lt=oldest).select_for_update(of=("self",))
    gone = [row for row in old if row.state != WardState.MET]
    tally = Counter((row.office_id, row.born_on.replace(day=1)) for row in gone if row.not_ours not in NOT_COUNTED)
    for (office_id, month), births in tally.items():
        WardTally.objects.get_or_create(office_id=office_id, month=month)
        WardTally.objects.filter(office_id=office_id, month=month).update(births=F("births") + births)
    for office_id, count in Counter(row.office_id for row in gone).items():
        changes = {"births": (count, 0)}
        record_event("registration.ward.births_removed", actor=None, office_id=office_id, level=1, changes=changes)
    WardBirth.rows.filter(pk__in=[row.pk for row in gone]).delete()
    WardBirth.rows.filter(born_on__lt=oldest, state=WardState.MET).update(
        hospital_no="", hospital_no_child="", hospital_no_mother="", mother="", phone="", time=None, weight_g=None,
        key=_blank_key(),
    )  # fmt: skip
    WardList.rows.filter(received_on__lt=oldest).exclude(refused=[]).update(refused=[])
    return len(gone)


def _blank_key() -> Any:
    """A key that says nothing and is still unique in its office."""
    return Concat(Value("met #"), Cast("pk", CharField()))


def rematch(*, now: datetime) -> int:
    """Look again for the records of everything that waits, office by office."""
    met = 0
    offices = WardBirth.rows.filter(state=WardState.WAITING).order_by().values_list("office_id", flat=True).distinct()
    for office_id in offices:
        with transaction.atomic():
            waiting = WardBirth.rows.filter(office_id=office_id, state=WardState.WAITING).select_related("draft")
            met += match_waiting(rows=list(waiting), by=None, now=now)
    return met


def _record(verb: str, row: Any, by: User | None, now: datetime, case_id: int | None = None) -> None:
    action = f"registration.ward.{verb}"
    record_event(action, actor=by, subject=row, office_id=row.office_id, case_id=case_id, level=1, at=now)
