"""Thousands of invented children, written in bulk: eight years of three offices, in the usual mix of states.

About 50,000 children a minute or two on two cores. The rows are those the services write; names are of few syllables,
some children are brothers and sisters, most are finished, those of the last months are on their way.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from casework.audit.models import Event
from casework.cases.models import Assignment, Case, CaseNumberSeries, Enrolment, NoticeGiven
from casework.cases.services.numbers import TRACKING_LETTERS
from casework.kernel.dates import BirthDate
from casework.kernel.pouring import next_ids, pour
from casework.people.identifiers import thai_check_digit
from casework.people.match_features import Features, paper_key
from casework.people.models import (
    Family,
    FamilyMember,
    IdentityDocument,
    MatchKey,
    Person,
    PersonName,
    PersonReach,
    Phone,
)
from casework.people.queries.match_keys import stored_values
from casework.people.services.reach import CASE
from casework.reference.models import Facility
from registration.models import BirthRecord, ChecklistItem, Outcome, ParentLink, RegistryOffice, Requirement, Submission
from registration.rules.deadlines import notify_deadline

from . import names as spelling
from .path import Path, path_of

CHUNK = 2_000
YEARS = 8
OFFICES = (("MS", ("naw.kham", "thida.oo"), 70), ("RN", ("mya.win",), 20), ("PN", ("suda.p",), 10))
HOMES_REMEMBERED = 20_000
SIBLINGS = 0.15
NUMBERS_EACH = 3  # numbers a child uses up at most
APART = timedelta(days=330)
PROGRAMME = "registration"


@dataclass
class Home:
    """A family as the next brother or sister finds it."""

    office: int
    family_id: int
    mother_id: int
    mother_name: str
    father_id: int | None
    paper: str
    phone: str
    born_on: date


class BulkClinic:
    """Invents children in the order in which they came, so that ids, numbers and days grow together."""

    def __init__(self, world: Any) -> None:
        there = BirthRecord.rows.count()
        self.chance = Random(world.random.getrandbits(32) + there)  # noqa: S311  a second load invents others
        self.today: date = world.today
        self.now: datetime = world.now
        self.offices = [world.offices[code] for code, _workers, _share in OFFICES]
        self.workers = [[world.users[name] for name in names] for _code, names, _share in OFFICES]
        self.hospital = Facility.objects.get(code="mae-sot-hospital")
        self.registry = RegistryOffice.objects.order_by("pk")[0]
        self.requirements = list(Requirement.objects.filter(valid_to__isnull=True, registry_office__isnull=True))
        self.homes: list[Home] = []
        self.codes: set[str] = set(Case.rows.values_list("tracking_code", flat=True))
        self.last: dict[tuple[int, int], int] = {
            (series.office_id, series.year): series.last for series in CaseNumberSeries.objects.all()
        }
        self.serial = there * NUMBERS_EACH
        self.limits: dict[date, date | None] = {}
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.ids: dict[Any, list[int]] = {}

    def fill(self, count: int) -> None:
        """Write that many children, chunk by chunk."""
        begin = self.today - timedelta(days=365 * YEARS)
        for first in range(0, count, CHUNK):
            size = min(CHUNK, count - first)
            self.ids = {
                model: next_ids(model, size * each)
                for model, each in ((Person, 3), (Family, 1), (Case, 1), (BirthRecord, 1))
            }
            for at in range(first, first + size):
                self._child(begin + timedelta(days=at * 365 * YEARS // count))
            self._write()
            if not first:
                _forget_small_plans()
        self._keep_series()

    def _write(self) -> None:
        """One COPY a table, in the order in which the tables point to each other."""
        order = (
            Person, PersonName, IdentityDocument, Family, FamilyMember, Phone, Case, Enrolment, Assignment, NoticeGiven,
            PersonReach, BirthRecord, ParentLink, ChecklistItem, Submission, Outcome, MatchKey, Event,
        )  # fmt: skip
        for model in order:
            pour(model, self.rows[model], now=self.now)
        self.rows.clear()

    def _keep_series(self) -> None:
        for (office_id, year), last in self.last.items():
            CaseNumberSeries.objects.update_or_create(office_id=office_id, year=year, defaults={"last": last})

    def _child(self, opened: date) -> None:
        """One child with family, case and birth record."""
        chance = self.chance
        path = path_of(opened, self.today, chance)
        at = chance.choices(range(len(OFFICES)), weights=[share for _c, _w, share in OFFICES])[0]
        worker = chance.choice(self.workers[at])
        home = self._home(at, path, worker.pk)
        child_id = self._take(Person)
        name = spelling.new_name(chance)
        names = [spelling.in_latin(name), spelling.in_burmese(name)]
        number = self._number() if path.outcome_on and chance.random() < 0.6 else ""
        sex = chance.choice("FM")
        self._person(child_id, names, sex, path.born_on, worker.pk)
        if number:
            self._paper(child_id, "child_13_digit", number)
        self.rows[FamilyMember].append({"family_id": home.family_id, "person_id": child_id, "role": "child"})
        case_id = self._case(home, child_id, at, worker.pk, path, spelling.keys(names[0]).sort)
        birth = self._birth(case_id, at, worker.pk, path)
        self._parents(birth["id"], home)
        self._papers_wanted(birth["id"], path, home)
        self._office_visit(birth["id"], path, worker.pk, number, names[1], sex)
        self._match_key(child_id, names, home, birth, sex, number, path)
        self._events(case_id, birth["id"], at, worker.pk, path)

    def _home(self, at: int, path: Path, by: int) -> Home:
        """A family that had a child before, or a new one."""
        chance = self.chance
        if self.homes and chance.random() < SIBLINGS:
            known = chance.choice(self.homes)
            if known.office == at and path.born_on - known.born_on > APART:
                known.born_on = path.born_on
                return known
        home = self._new_home(at, path, by)
        if len(self.homes) < HOMES_REMEMBERED:
            self.homes.append(home)
        else:
            self.homes[chance.randrange(HOMES_REMEMBERED)] = home
        return home

    def _new_home(self, at: int, path: Path, by: int) -> Home:
        chance = self.chance
        family_id, mother_id = self._take(Family), self._take(Person)
        mother = spelling.new_name(chance)
        names = [spelling.in_latin(mother, chance.choice(spelling.TITLES_OF_MOTHERS))]
        if chance.random() < 0.5:
            names.append(spelling.in_burmese(mother))
        self._person(mother_id, names, "F", path.born_on - timedelta(days=chance.randrange(6_600, 14_000)), by)
        paper = self._mothers_paper(mother_id) if chance.random() < 0.7 else ""
        father_id = None
        if chance.random() < 0.7:
            father_id = self._take(Person)
            father = spelling.in_latin(spelling.new_name(chance), chance.choice(spelling.TITLES_OF_FATHERS))
            self._person(father_id, [father], "M", path.born_on - timedelta(days=chance.randrange(7_000, 17_000)), by)
        place = chance.choice(("Tha Sai Luat", "Mae Pa", "Phop Phra road", "Mae Tao", "Mae Ku"))
        self.rows[Family].append({"id": family_id, "address_text": place, "created_by_id": by})
        self.rows[FamilyMember] += [
            {"family_id": family_id, "person_id": person_id, "role": role, "is_main_carer": role == "mother"}
            for person_id, role in ((mother_id, "mother"), (father_id, "father"))
            if person_id
        ]
        phone = f"08{chance.randrange(10_000_000, 99_999_999)}" if chance.random() < 0.8 else ""
        if phone:
            self.rows[Phone].append({"family_id": family_id, "person_id": mother_id, "number": phone})
        return Home(at, family_id, mother_id, names[0], father_id, paper, phone, path.born_on)

    def _person(self, person_id: int, names: list[str], sex: str, born_on: date, by: int) -> None:
        self.rows[Person].append(
            {"id": person_id, "sex": sex, "born_on": born_on, "born_precision": "exact", "created_by_id": by}
        )
        for nth, full in enumerate(names):
            keys = spelling.keys(full)
            self.rows[PersonName].append(
                {
                    "person_id": person_id, "full": full, "script": "Mymr" if nth else "Latn", "is_primary": not nth,
                    "search_key": keys.search, "phonetic_key": keys.phonetic, "sort_key": keys.sort,
                }
            )  # fmt: skip

    def _mothers_paper(self, person_id: int) -> str:
        self.serial += 1
        number = f"M{self.serial:08d}"
        self._paper(person_id, "passport", number)
        return paper_key("passport", number)

    def _paper(self, person_id: int, type_: str, number: str) -> None:
        self.rows[IdentityDocument].append(
            {"person_id": person_id, "type": type_, "number": number, "original_seen": True}
        )

    def _number(self) -> str:
        """A 13-digit number of the group of those without a nationality (0)."""
        self.serial += 1
        first = f"0{self.serial:011d}"
        return first + thai_check_digit(first)

    def _case(self, home: Home, child_id: int, at: int, lead: int, path: Path, sort_name: str) -> int:
        case_id, office = self._take(Case), self.offices[at]
        series = (office.pk, path.opened_on.year)
        self.last[series] = self.last.get(series, 0) + 1
        closed = path.closed_on
        self.rows[Case].append(
            {
                "id": case_id, "number": f"{office.code}-{path.opened_on.year}-{self.last[series]:04d}",
                "tracking_code": self._tracking_code(), "office_id": office.pk, "child_id": child_id,
                "family_id": home.family_id, "lead_id": lead, "created_by_id": lead, "opened_on": path.opened_on,
                "received_on": path.opened_on, "sort_name": sort_name, "state": "closed" if closed else "open",
                "stage": "closed" if closed else "identified", "closed_on": closed,
                "close_reason": "completed" if closed else "",
                "next_step": "" if closed else path.next_step,
                "next_step_on": None if closed else path.since + timedelta(days=self.chance.randrange(3, 40)),
                "risk": self.chance.choices(("none", "low", "medium", "high"), weights=(80, 10, 7, 3))[0],
            }
        )  # fmt: skip
        self.rows[Enrolment].append(
            {
                "case_id": case_id, "programme": PROGRAMME, "office_id": office.pk, "since_on": path.opened_on,
                "until_on": closed, "outcome": "completed" if closed else "",
            }
        )  # fmt: skip
        moment = _at(path.opened_on)
        self.rows[Assignment].append(
            {"case_id": case_id, "user_id": lead, "kind": "lead", "since_at": moment, "given_by_id": lead}
        )
        if not path.is_backlog:
            self.rows[NoticeGiven].append(
                {"case_id": case_id, "language": "my", "given_on": path.opened_on, "given_by_id": lead}
            )
        for person_id in filter(None, (child_id, home.mother_id, home.father_id)):
            source = {"person_id": person_id, "source_type": CASE, "source_id": case_id}
            places = ("",) if closed else ("", PROGRAMME)
            self.rows[PersonReach] += [source | {"office_id": office.pk, "programme": place} for place in places]
            self.rows[PersonReach].append(source | {"user_id": lead})
        return case_id

    def _tracking_code(self) -> str:
        while (code := "".join(secrets.choice(TRACKING_LETTERS) for _ in range(6))) in self.codes:
            pass
        self.codes.add(code)
        return code

    def _birth(self, case_id: int, at: int, by: int, path: Path) -> dict[str, Any]:
        chance, limit = self.chance, self._limit(path.born_on)
        self.serial += 1
        confirmed = path.status not in ("draft", "assessing")
        row = {
            "id": self._take(BirthRecord), "case_id": case_id, "office_id": self.offices[at].pk, "status": path.status,
            "track": path.track if confirmed else "", "track_proposed": path.track, "created_by_id": by,
            "track_confirmed_by_id": by if confirmed else None,
            "track_confirmed_at": _at(path.opened_on) if confirmed else None,
            "channel": "outreach" if path.at_home else "ward", "registry_office_id": self.registry.pk,
            "first_contact_on": path.opened_on, "late_reason": "unaware" if path.is_late else "",
            "place_kind": "home" if path.at_home else "hospital",
            "facility_id": None if path.at_home else self.hospital.pk,
            "place_id": "6307" if path.at_home else None,
            "weight_g": chance.randrange(2300, 3900, 10), "plurality": 1,
            "hospital_no_child": "" if path.at_home else f"{self.serial}/{path.born_on.year % 100}",
            "proof": path.proof, "proof_number": f"T{self.serial}" if path.proof == "TR1_1" else "",
            "proof_issued_on": path.born_on if path.proof == "TR1_1" else None, "proof_held_by": "family",
            "proof_seen": path.proof == "TR1_1", "informant_relation": "mother", "notify_due_on": limit,
            "notify_effective_on": limit, "status_since": path.since, "is_backlog": path.is_backlog,
            "days_to_submit": (path.submitted_on - path.born_on).days if path.submitted_on else None,
            "case_closed_reason": "completed" if path.closed_on else "",
        }  # fmt: skip
        self.rows[BirthRecord].append(row)
        return row

    def _limit(self, born_on: date) -> date | None:
        if born_on not in self.limits:
            found = notify_deadline(BirthDate(born_on))
            self.limits[born_on] = found.effective if found else None
        return self.limits[born_on]

    def _parents(self, birth_id: int, home: Home) -> None:
        self.rows[ParentLink].append(
            {
                "birth_id": birth_id, "role": "mother", "knowledge": "known", "person_id": home.mother_id,
                "has_paper": bool(home.paper),
            }
        )  # fmt: skip
        father = (
            {"knowledge": "known", "person_id": home.father_id}
            if home.father_id
            else {"knowledge": "absent_lost", "reason": "left before the birth"}
        )
        self.rows[ParentLink].append({"birth_id": birth_id, "role": "father"} | father)

    def _papers_wanted(self, birth_id: int, path: Path, home: Home) -> None:
        """The checklist of a record on its way; finished ones need none for a list or a figure."""
        if path.status in ("draft", "assessing", "closed"):
            return
        known = {"", "mother_known"} | ({"father_known"} if home.father_id else set())
        for requirement in self.requirements:
            if (requirement.tracks and path.track not in requirement.tracks) or requirement.condition not in known:
                continue
            gathered = path.status != "gathering" or self.chance.random() < 0.6
            stuck = not gathered and self.chance.random() < 0.2
            has_none = requirement.key == "mother_paper" and not home.paper
            block = "parent_no_id" if has_none else "family_unreachable"
            there = "impossible" if has_none else "original_seen"
            self.rows[ChecklistItem].append(
                {
                    "birth_id": birth_id, "requirement_id": requirement.pk, "level": requirement.level,
                    "state": there if gathered else "needed", "responsible": requirement.responsible,
                    "block": block if stuck or (gathered and has_none) else "",
                    "blocked_since": path.since if stuck or (gathered and has_none) else None,
                }
            )  # fmt: skip

    def _office_visit(self, birth_id: int, path: Path, by: int, number: str, name: str, sex: str) -> None:
        if path.submitted_on is None:
            return
        done = path.outcome_on is not None
        self.rows[Submission].append(
            {
                "birth_id": birth_id, "number": 1, "registry_office_id": self.registry.pk, "created_by_id": by,
                "submitted_on": path.submitted_on, "by": "parent", "result": "accepted" if done else path.result,
                "result_on": path.outcome_on if done else None if path.result == "pending" else path.since,
            }
        )  # fmt: skip
        if not done:
            return
        over = path.handed_over_on
        self.rows[Outcome].append(
            {
                "birth_id": birth_id, "registered_on": path.outcome_on, "registry_office_id": self.registry.pk,
                "form": "TR031", "certificate_no": f"6306-{birth_id}", "child_number": number, "name_th": name,
                "born_on": path.born_on, "sex": sex, "notified_in_time": not path.is_late,
                "checked_by_id": by if over else None,
                "checked_on": path.outcome_on if over else None, "handed_over_to": "mother" if over else "",
                "handed_over_relation": "mother" if over else "", "handed_over_sign": "thumb" if over else "",
                "handed_over_on": over, "created_by_id": by,
            }
        )  # fmt: skip

    def _match_key(
        self, child_id: int, names: list[str], home: Home, birth: dict[str, Any], sex: str, number: str, path: Path
    ) -> None:
        own, mother = [spelling.keys(name) for name in names], spelling.keys(home.mother_name)
        features = Features(
            child_keys=tuple(dict.fromkeys(keys.search for keys in own)),
            child_sounds=tuple(dict.fromkeys(keys.matching for keys in own)),
            mother_keys=(mother.search,),
            mother_sounds=(mother.matching,),
            born_on=path.born_on,
            sex=sex,
            mother_papers=frozenset(filter(None, [home.paper])),
            phones=frozenset(filter(None, [home.phone])),
            hospital_no=birth["hospital_no_child"],
            certificate_no=birth["proof_number"],
            facility=str(birth["facility_id"] or ""),
            child_number=number,
            weight_g=birth["weight_g"],
        )
        state = {"child_id": child_id, "office_id": birth["office_id"], "is_open": path.closed_on is None}
        self.rows[MatchKey].append(stored_values(features) | state)

    def _events(self, case_id: int, birth_id: int, at: int, actor: int, path: Path) -> None:
        """The acts that stand on the timeline."""
        for action, subject, on in path.acts():
            self.rows[Event].append(
                {
                    "at": _at(on), "actor_id": actor, "action": action, "subject_type": subject,
                    "subject_id": case_id if subject == CASE else birth_id, "case_id_of": case_id,
                    "office_id_of": self.offices[at].pk,
                }
            )  # fmt: skip

    def _take(self, model: Any) -> int:
        return self.ids[model].pop(0)


def _forget_small_plans() -> None:
    """Let the database plan anew how it looks up what rows point to: it had planned that for all but empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _at(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(10)))


@transaction.atomic
def load_bulk(world: Any) -> None:
    """Write `world.children` children in all. Each COPY checks its own rows, so that no statement takes too long."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    BulkClinic(world).fill(world.children)
