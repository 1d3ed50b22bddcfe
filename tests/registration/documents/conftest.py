"""An invented birth in Mae Sot with everything a paper may ask for."""

from __future__ import annotations

from datetime import date, time

import pytest

from casework.accounts.models import Grant, Office, User
from casework.cases.models import Case, CasePlan, Goal, NoticeGiven, Step
from casework.kernel.dates import BirthDate, Precision
from casework.people.models import Person
from casework.people.services.families import create_family
from casework.people.services.papers import add_paper
from casework.people.services.persons import NewName, create_person
from casework.reference.models import Facility, Place
from registration.models import BirthRecord, ChecklistItem, ParentLink, RegistryOffice, Requirement

TODAY = date(2026, 11, 23)
BORN = date(2026, 11, 17)


def some_person(by: User, *names: str, sex: str = "F", born: date | None = None) -> Person:
    birth = BirthDate(born, Precision.EXACT) if born else BirthDate(None, Precision.UNKNOWN)
    return create_person(names=[NewName(name) for name in names], sex=sex, birth=birth, by=by, today=TODAY)


@pytest.fixture
def office(db) -> Office:
    return Office.objects.create(
        code="MX",
        name_en="Legal clinic, Mae Sot Hospital",
        name_th="คลินิกกฎหมาย โรงพยาบาลแม่สอด",
        address_th="175/16 ถนนศรีพานิช อำเภอแม่สอด จังหวัดตาก 63110",
        phone="055 000 111",
        letter_prefix="คกม.",
    )


@pytest.fixture
def ploy(office) -> User:
    return User.objects.create_user(username="ploy", password="x", full_name="Ploy K.", name_th="พลอย คำแก้ว")


@pytest.fixture
def supervisor(office) -> User:
    user = User.objects.create_user(
        username="kan", password="x", full_name="Kanchana W.", name_th="กาญจนา วงศ์ไพร", position_th="หัวหน้าคลินิกกฎหมาย"
    )
    Grant.objects.create(user=user, role="SUP", office=office, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    return user


@pytest.fixture
def registry_office(db) -> RegistryOffice:
    return RegistryOffice.objects.create(
        name_th="เทศบาลนครแม่สอด",
        name_en="Mae Sot City Municipality",
        kind="municipality",
        address="สำนักงานเทศบาลนครแม่สอด ชั้น 1",
        place=Place.objects.get(code="6306"),
    )


class World:
    """Makes births of one family in one office."""

    def __init__(self, office: Office, by: User, registry_office: RegistryOffice) -> None:
        self.office, self.by, self.registry_office = office, by, registry_office
        self.mother = some_person(by, "นางสาวหน่อเอมู", "Naw Eh Mu", "နော်အယ်မူ", born=date(2001, 3, 4))
        self.father = some_person(by, "Saw Htoo Wah", sex="M")
        add_paper(person=self.mother, type="passport", number="MC123456", country="MM", by=by, today=TODAY)
        self.family = create_family(by=by, address_text="12 หมู่ 3 ตำบลท่าสายลวด")

    def birth(self, *names: str, sex: str = "F", number: int = 1, **facts: object) -> BirthRecord:
        """One child with its case and birth record."""
        child = some_person(self.by, *names, sex=sex, born=BORN)
        case = Case.rows.create(
            number=f"MX-2026-{number:04}",
            tracking_code=f"AB{number:04}",
            office=self.office,
            child=child,
            family=self.family,
            lead=self.by,
            received_on=TODAY,
            opened_on=TODAY,
        )
        values = {
            "status": "ready",
            "track": "T1",
            "channel": "ward",
            "time": time(4, 35),
            "place_kind": "hospital",
            "facility": Facility.objects.create(
                code=f"h{number}", name_th="โรงพยาบาลแม่สอด", name_en="Mae Sot Hospital", place_id="6306"
            ),
            "weight_g": 3100,
            "registry_office": self.registry_office,
            "informant_relation": "mother",
            "informant_name": "Naw Eh Mu",
            "interpreter_language": "ksw",
            "notify_due_on": date(2026, 12, 2),
            "notify_effective_on": date(2026, 12, 2),
        }
        birth = BirthRecord.rows.create(case=case, office=self.office, **{**values, **facts})
        ParentLink.rows.create(birth=birth, role="mother", knowledge="known", person=self.mother)
        ParentLink.rows.create(birth=birth, role="father", knowledge="known", person=self.father, has_paper=False)
        NoticeGiven.rows.create(case=case, language="ksw", interpreter="Naw Mu Mu", given_on=TODAY, given_by=self.by)
        return birth

    def item(self, birth: BirthRecord, th: str, state: str, **facts: object) -> ChecklistItem:
        """One paper of the checklist."""
        requirement = Requirement.objects.create(
            key=facts.pop("key", f"r{Requirement.objects.count()}"),
            label_en=f"paper {th}", label_th=th, label_my=f"စာရွက် {th}", level="star", source="test",
        )  # fmt: skip
        return ChecklistItem.rows.create(
            birth=birth, requirement=requirement, level="star", state=state, responsible="hospital", **facts
        )

    def plan(self, birth: BirthRecord, approved_by: User | None = None) -> CasePlan:
        """A plan with one goal of two steps."""
        facts = (
            {"state": "approved", "decided_by": approved_by, "decided_at": "2026-11-24T03:00Z"} if approved_by else {}
        )
        plan = CasePlan.rows.create(
            case=birth.case, written_by=self.by, submitted_by=self.by, review_on=date(2027, 2, 23), **facts
        )
        goal = Goal.rows.create(plan=plan, title="เด็กมีสูติบัตร", domain="legal", due_on=date(2026, 12, 2))
        Step.rows.create(goal=goal, title="ขอหนังสือรับรองการเกิด", responsible=self.by, state="done")
        Step.rows.create(goal=goal, title="พาแม่ไปสำนักทะเบียน", responsible_text="แม่")
        return plan


@pytest.fixture
def world(office, ploy, supervisor, registry_office) -> World:
    return World(office, ploy, registry_office)


@pytest.fixture
def birth(world) -> BirthRecord:
    return world.birth("เด็กหญิงพอวา", "Naw Paw Wah", "နော်ဖော်ဝါး")
