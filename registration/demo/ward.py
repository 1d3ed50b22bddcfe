"""A week's list of the ward for the demo, what its liaison wrote down, and the calls of these days; all invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from casework.cases.services.contacts import record_contact
from casework.cases.services.records import record_consent
from casework.drafts.services import hand_in_draft, save_draft
from casework.people.models import FamilyMember
from casework.people.services.families import change_phone
from casework.people.states import FamilyRole
from casework.reference.models import Facility
from casework.referrals.models import Service
from casework.referrals.rules import purpose_for
from casework.referrals.services import complete_referral, record_answer, send_referral
from registration.models import BirthRecord, WardBirth
from registration.queries.ward import FORM
from registration.services import ward
from registration.states import Channel, FirstProof, PlaceKind, Status

HEADINGS = "HN มารดา,ชื่อมารดา,วันเกิด,เวลาเกิด,เพศ,น้ำหนักแรกเกิด,โทรศัพท์"
MOTHERS = (
    ("69-8101", "Naw Ku Say", 1, "02.15", "ญ", "3.1", ""),
    ("69-8102", "Ma Nilar", 2, "14.40", "ช", "2950", "081 555 0102"),
    ("69-8103", "นาง ทิน มะ", 4, "23.05", "ญ", "2.78", ""),
    ("69-8104", "Naw Dah Eh", 6, "08.20", "ช", "3200", ""),
    ("69-8105", "Ma Pwint Phyu", 9, "11.10", "ญ", "3050", "089 555 0105"),
    ("69-8106", "Nan Mo Kham", 12, "04.55", "ช", "2600", ""),
    ("69-8107", "Ma Thet Mar", 13, "19.30", "ญ", "3300", ""),
    ("69-8108", "Naw Wah Paw", 17, "06.00", "ช", "2880", ""),
)


def load_ward(world: Any) -> None:
    """Eight births of the ward: one Thai father, one intake begun, the others waiting; and a month's number."""
    office, worker, today, now = world.offices["MS"], world.users["naw.kham"], world.today, world.now
    hospital = Facility.objects.get(code="mae-sot-hospital")
    lines = [HEADINGS]
    for number, name, ago, hour, sex, weight, phone in MOTHERS:
        born = today - timedelta(days=ago)
        lines.append(f"{number},{name},{born.day}/{born.month}/{born.year + 543},{hour},{sex},{weight},{phone}")
    ward.take_in_list(
        content="\n".join(lines).encode(), file_name="ward.csv", office=office, facility=hospital, by=worker, now=now,
        today=today,
    )  # fmt: skip
    rows = {row.mother: row for row in WardBirth.rows.filter(office=office)}
    ward.leave_out(row=rows["Naw Wah Paw"], why="thai", reason="", by=worker, now=now)
    ward.start_intake(row=rows["Naw Dah Eh"], by=world.users["thida.oo"], now=now)
    last_month = today.replace(day=1) - timedelta(days=1)
    ward.report_births(
        office=office, facility=hospital, month=last_month, births=31, source="labour ward, monthly sheet", by=worker,
        now=now, today=today,
    )  # fmt: skip


def load_liaison(world: Any) -> None:
    """A birth that the liaison of the ward gave to the clinic, and one that is not finished."""
    office, nurse = world.offices["MS"], world.users["sunisa.p"]
    place = {"by": nurse, "form": FORM, "office_id": office.pk}
    told = _written_down(Facility.objects.get(code="mae-sot-hospital"), world.today - timedelta(days=1))
    draft = None
    for number, (step, answers) in enumerate(told.items(), start=1):
        draft = save_draft(
            step=step, answers=answers, done_steps=list(told)[:number], draft_id=draft.pk if draft else None, **place
        )
    assert draft is not None  # noqa: S101  there are steps
    hand_in_draft(draft=draft, by=nurse, now=world.now)
    mother = {"plurality": "1", "mother_knowledge": "known", "mother_name_Mymr": "မသန္တာဝင်း", "phone": "084 555 0111"}
    save_draft(step="mother", answers=mother, done_steps=["mother"], **place)


def _written_down(hospital: Facility, born: date) -> dict[str, dict[str, Any]]:
    """The steps as the liaison of the ward is asked them."""
    return {
        "mother": {
            "plurality": "1", "mother_knowledge": "known", "mother_name_Latn": "Naw Htoo Say",
            "mother_name_Mymr": "နော်ထူးစေး", "phone": "086 555 0109", "phone_rule": "safe",
        },
        "father": {"father_knowledge": "known", "father_name_Latn": "Saw Kler Htoo"},
        "child": {"is_baby_of": "on", "sex": "F", "weight_g": "3,020", "time": "03:40", **_boxes("birth", born)},
        "birth": {
            "channel": Channel.WARD, "place_kind": PlaceKind.HOSPITAL, "facility": str(hospital.pk), "country": "TH",
            "hospital_no_mother": "69-8120",
        },
        "papers": {"proof": FirstProof.TR1_1, "proof_number": "69-0771", "proof_held_by": "family", "proof_seen": "on"},
        "notice": {"notice_language": "ksw", **_boxes("notice_on", born)},
    }  # fmt: skip


def _boxes(name: str, on: date) -> dict[str, str]:
    """A day as typed into its boxes."""
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year), f"{name}_era": "ce"}


AT_OFFICE = (Status.SUBMITTED, Status.INQUIRY, Status.REGISTERED, Status.HANDED_OVER)
REFERRED = (("vaccination", "First doses"), ("insurance", "Insure mother and child"), ("school", "A place for May"))


def load_referrals(world: Any) -> None:
    """Three children sent to a service with their family's consent: one answered, one done, one waits."""
    today, now = world.today, world.now
    births = BirthRecord.rows.filter(office=world.offices["MS"], status__in=AT_OFFICE)
    mothers = FamilyMember.rows.filter(role=FamilyRole.MOTHER).select_related("person").order_by("pk")
    mothers = mothers.filter(family__in=births.values("case__family"))[: len(REFERRED)]
    for place, (mother, (kind, reason)) in enumerate(zip(mothers, REFERRED, strict=False)):
        case = births.filter(case__family=mother.family_id)[0].case
        by = case.lead
        record_consent(
            case=case, purpose=purpose_for(kind), decision="yes", given_on=today - timedelta(days=9), by=by,
            today=today, given_by_name=mother.person.name, relation="mother", how="thumb",
            language="my",
        )  # fmt: skip
        referral = send_referral(
            case=case, service=Service.objects.get(kind=kind), kind=kind, urgency="14d", reason=reason,
            shared_fields=["name", "birth"], by=by, now=now - timedelta(days=8),
        )  # fmt: skip
        if place < 2:
            record_answer(referral=referral, accepted=True, text="Come on Tuesday morning", by=by, now=now)
        if place == 1:
            complete_referral(referral=referral, outcome="Both are insured", by=by)


def load_calls(world: Any) -> None:
    """A family reached, one that did not answer on three days, and what may be said on some phones."""
    today, now = world.today, world.now
    births = BirthRecord.rows.filter(office=world.offices["MS"]).exclude(status=Status.CLOSED)
    listed = list(births.select_related("case__family", "case__lead").order_by("-pk")[:12])
    for place, birth in enumerate(listed):
        case, phone = birth.case, birth.case.family.phones.first()
        if phone is None:
            continue
        if place % 3 == 0:
            change_phone(
                phone=phone, by=case.lead, whose="the aunt", best_hour="after 18:00",
                may_say="the clinic asks the mother to call back",
            )  # fmt: skip
        if place in (2, 3):
            for ago in (6, 4, 2):
                _call(case, phone, "no_answer", now - timedelta(days=ago))
        if place in (4, 5):
            _call(case, phone, "reached", now - timedelta(days=3), said="She comes with the papers.", again=today)


def _call(case: Any, phone: Any, result: str, at: datetime, *, said: str = "", again: Any = None) -> None:
    record_contact(
        case=case, phone=phone, result=result, said=said, call_again_on=again, by=case.lead, now=at, today=at.date()
    )
