"""A believable year of the clinic, made through the same services as real work. Everybody in it is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import wraps
from random import Random
from typing import Any

from django.utils import timezone

from casework.cases.services import cases, plans, records
from casework.kernel.dates import BirthDate
from casework.kernel.requests import as_of
from casework.people.services.duplicates import decide
from casework.people.states import Decision, PaperType, Script
from casework.reference.models import Facility
from registration.models import BirthRecord, RegistryOffice
from registration.rules.facts import BirthFacts, PaperFacts, ParentFacts
from registration.rules.guards import undecided_hits
from registration.services import fast, intake, office, progress
from registration.states import (
    Block,
    Channel,
    FirstProof,
    FollowUpAnswer,
    HeldBy,
    ItemState,
    Knowledge,
    LateReason,
    ParentRole,
    PlaceKind,
    ReturnReason,
    SubmittedBy,
)

YEAR_BIRTHS = 42
PARENTS_PAPERS = {"mother_paper": ParentRole.MOTHER, "father_paper": ParentRole.FATHER}

# Latin, Burmese or Thai letters of the same invented names
MOTHERS = (
    ("Naw Paw Wah", "နော်ဖောဝါး"),
    ("Ma Hnin Si", "မနှင်းစီ"),
    ("Naw Eh Moo", "နော်အဲမူ"),
    ("Ma Thida Soe", "မသီတာစိုး"),
    ("Nan Kham Noi", "နန်းခမ်းနွယ်"),
    ("Ma Ei Phyu", "မအိဖြူ"),
    ("Naw Hser Gay", "နော်ဆာဂေး"),
    ("Ma Sandar Win", "မစန္ဒာဝင်း"),
    ("Mi Chan Mon", "မိချမ်းမွန်"),
    ("Ma Khin Lay", "မခင်လေး"),
    ("Naw Mu Dah", "နော်မူဒါး"),
    ("Ma Zin Mar", "မဇင်မာ"),
    ("Nang Hseng", "နန်းဆိုင်"),
    ("Ma Aye Thanda", "မအေးသန္တာ"),
    ("Naw Lah Say", "နော်လာစေး"),
    ("Ma Yu Wai", "မယုဝေ"),
)
FATHERS = (
    ("Saw Htoo Lay", "စောထူးလေး"),
    ("U Kyaw Min", "ဦးကျော်မင်း"),
    ("Saw Ba Thein", "စောဘသိန်း"),
    ("U Aung Naing", "ဦးအောင်နိုင်"),
    ("Sai Leng", "စိုင်းလိန်"),
    ("U Zaw Moe", "ဦးဇော်မိုး"),
    ("Saw Eh Doh", "စောအဲဒို"),
    ("U Than Htay", "ဦးသန်းဌေး"),
)
CHILDREN = (
    ("Mu Say Wah", "မူစေးဝါး", "มู เซ วา"),
    ("Eh Soe Paw", "အဲစိုးဖော", "เอ โซ พอ"),
    ("Thiha Aung", "သီဟအောင်", "ทีหา อ่อง"),
    ("Hser Nay", "ဆာနေ", "เซอ เน"),
    ("Su Myat Noe", "စုမြတ်နိုး", "ซู เมียต โน"),
    ("Htoo Eh", "ထူးအဲ", "ทู เอ"),
    ("Min Khant", "မင်းခန့်", "มิน คัน"),
    ("Paw Gay", "ဖောဂေး", "พอ เก"),
    ("Yadanar", "ရတနာ", "ยาดานา"),
    ("Lwin Moe", "လွင်မိုး", "ลวิน โม"),
    ("Kham Hom", "ခမ်းဟွမ်", "คำหอม"),
    ("Nay Chi", "နေခြည်", "เน ชี"),
    ("Saw Moo", "စောမူ", "ซอ มู"),
    ("Phyo Wai", "ဖြိုးဝေ", "เพียว เว"),
)


def at_desk(on: date, minutes: int = 0) -> datetime:
    """A moment of the working day in Bangkok."""
    return timezone.make_aware(datetime.combine(on, time(9, 0)) + timedelta(minutes=minutes))


def on_its_day(minutes: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let the history say that an act of the clinic happened on its own day, so many minutes into the work."""

    def played(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def on_day(self: Any, subject: Any, on: date, **more: Any) -> Any:
            with as_of(at_desk(on, minutes)):
                return act(self, subject, on, **more)

        return on_day

    return played


def lead_of(birth: BirthRecord) -> Any:
    """The worker who leads the case."""
    return birth.case.lead


def mother_of(birth: BirthRecord) -> Any:
    """The child's mother."""
    return birth.parents.get(role=ParentRole.MOTHER).person


class DemoClinic:
    """Plays the clinic's year for one office, day by day."""

    def __init__(self, world: Any, code: str, workers: list[str], supervisor: str) -> None:
        self.random: Random = world.random
        self.today: date = world.today
        self.office = world.offices[code]
        self.workers = [world.users[name] for name in workers]
        self.supervisor = world.users[supervisor]
        self.hospital = Facility.objects.get(code="mae-sot-hospital")
        self.registry = RegistryOffice.objects.order_by("pk")[0]
        self.serial = 0

    def facts(
        self, born: date, *, home: bool = False, twin: int = 0, late: bool = False, no_father: bool = False,
        all_papers: bool = False,
    ) -> BirthFacts:  # fmt: skip
        """The answers of one family."""
        self.serial += 1
        n, pick = self.serial, self.random
        mother, father = MOTHERS[n % len(MOTHERS)], FATHERS[n % len(FATHERS)]
        child = CHILDREN[(n * 5 + twin) % len(CHILDREN)]
        suffix = "" if n <= len(MOTHERS) else " " + ("Aye", "Mya", "Wah", "Htwe", "Yin", "Dah")[n // len(MOTHERS) % 6]
        has_paper = pick.random() < 0.7 or all_papers
        papers = (
            (PaperFacts(type=PaperType.PASSPORT, number=f"M{7000000 + n * 137}", original_seen=True),)
            if has_paper
            else ()
        )
        fathers = (PaperFacts(type=PaperType.PASSPORT, number=f"F{3000000 + n * 211}", original_seen=True),)
        father_known = Knowledge.ABSENT_LOST if no_father else Knowledge.KNOWN
        return BirthFacts(
            names={Script.LATIN: child[0], Script.MYANMAR: child[1], Script.THAI: child[2]},
            birth=BirthDate(born),
            sex="F" if pick.random() < 0.5 else "M",
            plurality=2 if twin else 1,
            birth_order=twin or None,
            weight_g=pick.randrange(2300, 3900, 10),
            place_kind=PlaceKind.HOME if home else PlaceKind.HOSPITAL,
            facility_id=None if home else self.hospital.pk,
            place_code="6307" if home else "",
            place_text="หมู่บ้านสมมติ" if home else "",
            hospital_no_child="" if home else f"{510000 + n * 37}/69",
            proof=FirstProof.NONE if home and late else (FirstProof.HOME_WITNESS if home else FirstProof.TR1_1),
            proof_number="" if home else f"T{40000 + n}",
            proof_issued_on=None if home else born,
            proof_held_by=HeldBy.FAMILY,
            proof_seen=not home,
            parents=(
                ParentFacts(
                    role=ParentRole.MOTHER,
                    knowledge=Knowledge.KNOWN,
                    names={Script.LATIN: mother[0] + suffix, Script.MYANMAR: mother[1]},
                    birth=BirthDate(
                        date(born.year - pick.randrange(19, 38), pick.randrange(1, 13), pick.randrange(1, 28))
                    ),
                    papers=papers,
                ),
                ParentFacts(
                    role=ParentRole.FATHER,
                    knowledge=father_known,
                    names={} if no_father else {Script.LATIN: father[0] + suffix, Script.MYANMAR: father[1]},
                    reason="left before the birth" if no_father else "",
                    papers=() if no_father or (n % 3 == 0 and not all_papers) else fathers,
                ),
            ),
            channel=Channel.OUTREACH if home else Channel.WARD,
            registry_office_id=self.registry.pk,
            informant_relation="mother",
            late_reason=LateReason.UNAWARE if late else "",
            phones=(f"08{pick.randrange(10_000_000, 99_999_999)}",),
            address_text=("Tha Sai Luat", "Mae Pa", "Phop Phra road", "Mae Tao")[n % 4],
            address_code=("630606", "630607", "630701", "630604")[n % 4] if n % 9 else "",
        )

    @on_its_day(0)
    def intake(self, facts: BirthFacts, on: date, **more: Any) -> BirthRecord:
        """Log a birth on a day."""
        worker = self.workers[self.serial % len(self.workers)]
        notice = intake.NoticeFacts(language=("my", "ksw", "th")[self.serial % 3], given_on=on)
        codes = ["BR-BIRTH-3", "BR-MOM-2", "BR-DOB-5", "BR-PAR-4"]
        return intake.open_birth(
            facts=facts,
            notice=notice,
            office=self.office,
            by=worker,
            now=at_desk(on),
            today=on,
            acknowledged=codes,
            **more,
        )

    @on_its_day(20)
    def confirm(self, birth: BirthRecord, on: date) -> BirthRecord:
        """Take the proposed way."""
        return progress.confirm_track(
            birth=birth, track=birth.track_proposed, reason="", by=lead_of(birth), now=at_desk(on, 20), today=on
        )

    @on_its_day(30)
    def gather(self, birth: BirthRecord, on: date) -> BirthRecord:
        """Find every paper, or say why not; then declare complete."""
        for item in birth.items.select_related("requirement", "birth__case__lead"):
            if item.state in (ItemState.ORIGINAL, ItemState.COPY):
                continue
            role = PARENTS_PAPERS.get(item.requirement.key)
            missing = role is not None and not birth.parents.filter(role=role, has_paper=True).exists()
            state, block = (ItemState.IMPOSSIBLE, Block.PARENT_NO_ID) if missing else (ItemState.ORIGINAL, "")
            progress.set_item(item=item, state=state, block=block, by=lead_of(birth), today=on)
        for hit in list(undecided_hits(birth)):
            self._decide(hit, birth, on)
        return progress.declare_ready(birth=birth, by=lead_of(birth), now=at_desk(on, 40), today=on)

    def _decide(self, hit: Any, birth: BirthRecord, on: date) -> None:
        decide(
            hit=hit,
            decision=Decision.DIFFERENT,
            reason="other family, other house",
            by=lead_of(birth),
            now=at_desk(on, 30),
        )

    @on_its_day(90)
    def visit(self, birth: BirthRecord, on: date, **asked: Any) -> Any:
        """Go to the registry office."""
        items = birth.items.filter(state__in=[ItemState.ORIGINAL, ItemState.COPY])
        return office.record_visit(
            birth=birth,
            registry_office=self.registry,
            submitted_on=on,
            by_whom=SubmittedBy.PARENT,
            by=lead_of(birth),
            today=on,
            receipt_no=f"{on:%m}/{birth.pk}",
            handed_in=items,
            **asked,
        )

    @on_its_day(120)
    def send_back(self, birth: BirthRecord, on: date, *, visit: Any) -> None:
        """The registry office found a name wrong."""
        office.record_return(
            visit=visit,
            refused=False,
            reason=ReturnReason.NAME_ERROR,
            text="",
            on=on,
            by=lead_of(birth),
            today=self.today,
        )
        birth.refresh_from_db()

    @on_its_day(180)
    def register(self, birth: BirthRecord, on: date) -> Any:
        """Bring the certificate home and compare it."""
        child = birth.case.child
        values = {
            "registered_on": on,
            "form": "TR031",
            "certificate_no": f"6306-{birth.pk:05d}",
            "child_number": "",
            "name_th": child.name_in(Script.THAI),
            "born_on": child.born_on if child.birth.is_exact else None,
            "sex": child.sex,
        }
        outcome = office.record_outcome(birth=birth, values=values, by=lead_of(birth), today=on)
        return office.check_outcome(outcome=outcome, by=lead_of(birth), today=on)

    @on_its_day(210)
    def finish(self, birth: BirthRecord, on: date) -> None:
        """Hand over, answer the public services, close."""
        office.hand_over(
            birth=birth,
            to=mother_of(birth).name,
            relation="mother",
            sign="thumb",
            on=on,
            by=lead_of(birth),
            today=on,
        )
        for row in birth.follow_ups.all():
            answer = FollowUpAnswer.NOT_APPLICABLE if row.kind == "school" else FollowUpAnswer.DECLINED
            office.answer_follow_up(follow_up=row, answer=answer, by=lead_of(birth), today=on)
        birth.refresh_from_db()
        progress.close_birth(birth=birth, reason="completed", text="", by=lead_of(birth), today=on)

    def year(self, count: int) -> None:
        """The past eleven months: most births finished, a few still on their way."""
        for n in range(count):
            born = self.today - timedelta(days=330 - n * 300 // count + self.random.randrange(0, 6))
            late = self.random.random() < 0.18
            opened = born + timedelta(days=self.random.randrange(20, 60) if late else self.random.randrange(0, 6))
            birth = self.confirm(self.intake(self.facts(born, late=late, no_father=n % 9 == 4), opened), opened)
            self._carry_on(birth, opened, self.random.random())

    def _carry_on(self, birth: BirthRecord, opened: date, luck: float) -> None:
        def day(least: int, most: int) -> date:
            return min(opened + timedelta(days=self.random.randrange(least, most)), self.today)

        is_returned = luck < 0.12
        self.gather(birth, day(1, 3) if is_returned else day(1, 5))
        visit = self.visit(birth, day(3, 5) if is_returned else day(5, 9))
        if is_returned:  # and mended before the 15 days are over, however late the family came
            self.send_back(birth, day(5, 7), visit=visit)
            self.gather(birth, day(7, 10))
            self.visit(birth, day(10, 14))
        registered = max(day(19, 26), birth.submissions.order_by("-number")[0].submitted_on)
        self.register(birth, registered)
        birth.refresh_from_db()
        if luck > 0.06:
            self.finish(birth, max(day(26, 34), registered))

    def this_month(self) -> None:
        """The work of these days: every state of the path has somebody in it."""
        ago = lambda days: self.today - timedelta(days=days)  # noqa: E731
        for days in (0, 1, 2):
            self.intake(self.facts(ago(days)), ago(0 if days < 2 else 1))
        for days in (4, 9, 13, 14, 18):
            self.confirm(self.intake(self.facts(ago(days)), ago(max(days - 2, 0))), ago(max(days - 2, 0)))
        blocked = self.confirm(self.intake(self.facts(ago(24), home=True, late=True, no_father=True), ago(12)), ago(12))
        for item in blocked.items.filter(requirement__key="home_proof"):
            progress.set_item(
                item=item, state=ItemState.REQUESTED, block=Block.WITNESS_MISSING, by=lead_of(blocked), today=ago(12)
            )
        ready = self.confirm(self.intake(self.facts(ago(6)), ago(5)), ago(5))
        self.gather(ready, ago(1))
        first = self.intake(self.facts(ago(3), twin=1), ago(2))
        self.intake(self.facts(ago(3), twin=2), ago(2), twin_of=first)
        for days, asked in ((20, {"appointment_on": ago(-1)}), (33, {"fine_baht": Decimal(20)})):
            waiting = self.confirm(self.intake(self.facts(ago(days)), ago(days - 1)), ago(days - 1))
            self.gather(waiting, ago(days - 4))
            self.visit(waiting, ago(days - 6), **asked)
        fetched = self.confirm(self.intake(self.facts(ago(40)), ago(38)), ago(38))
        self.gather(fetched, ago(34))
        self.visit(fetched, ago(32))
        self.register(fetched, ago(5))
        fast.open_easy_birth(
            facts=self.facts(ago(1), all_papers=True),
            notice=intake.NoticeFacts(language="my", given_on=self.today),
            office=self.office,
            by=self.workers[0],
            now=at_desk(self.today),
            today=self.today,
            papers_seen=True,
            acknowledged=["BR-BIRTH-3"],
        )
        self._with_plan(blocked)

    def _with_plan(self, birth: BirthRecord) -> None:
        """One child with everything on the case: needs, risk, plan, notes, safety note."""
        case, lead, today = birth.case, lead_of(birth), self.today
        needs = {
            "legal": ("2", "No proof of the birth at home"),
            "health": ("1", "Growth card missing"),
            "safety": ("0", ""),
        }
        records.record_assessment(
            case=case,
            kind="rapid",
            done_on=today - timedelta(days=10),
            needs=needs,
            by=lead,
            today=today,
            carer_views="The aunt wants help with the district office.",
        )
        cases.set_risk(
            case=case,
            risk="high",
            reason="No papers, father gone",
            review_on=today + timedelta(days=9),
            by=lead,
            today=today,
        )
        cases.set_safety_note(
            case=case, note="Contact only through the aunt.", do_not_contact=True, by=lead, today=today
        )
        plans.add_goal(
            case=case, title="Has a birth certificate", domain="legal", due_on=today + timedelta(days=38), by=lead,
            today=today,
        )  # fmt: skip
        for title, days in (
            ("Interview aunt and village head", -3),
            ("Ask the hospital for a delivery note", -1),
            ("Hand in late registration", 11),
        ):
            plans.add_step(
                case=case,
                goal_title="Has a birth certificate",
                title=title,
                responsible=lead,
                responsible_text="",
                due_on=today + timedelta(days=days),
                by=lead,
            )
        plan = plans.set_review_date(case=case, review_on=today + timedelta(days=30), by=lead, today=today)
        plans.submit_plan(plan=plan, by=lead, now=at_desk(today - timedelta(days=6)), today=today)
        plan.refresh_from_db()
        plans.approve_plan(plan=plan, version=plan.version, by=self.supervisor, now=at_desk(today - timedelta(days=5)))
        plans.tick_step(step=plan.goals.all()[0].steps.all()[0], done=True, by=lead, today=today)
        records.add_note(
            case=case,
            text="The village head will come on Thursday.",
            readers="team",
            programme="registration",
            by=lead,
            now=at_desk(today, 5),
        )
        records.add_task(
            case=case,
            title="Call the aunt about the witnesses",
            owner=lead,
            due_on=today,
            by=lead,
            now=at_desk(today, 6),
        )
