"""Real rows for every address: the same family of records in one's own office, in another office, and sealed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casework.accounts.models import Office, User
from casework.accounts.states import Role
from casework.approvals.models import Absence, RoleConflict
from casework.approvals.services.conflicts import declare_conflict
from casework.concerns.models import ConcernReader
from casework.concerns.services import name_reader, report_concern
from casework.documents.services.attachments import add_attachment
from casework.documents.services.captures import make_link
from casework.documents.services.ordering import request_document
from casework.documents.services.packs import Wanted, request_pack
from casework.documents.services.returns import take_back
from casework.drafts.services import save_draft
from casework.funds.proposals.cash import propose_count
from casework.funds.queries.finance import newest_batch
from casework.funds.services.advances import give_advance
from casework.funds.services.answers import keep_answer
from casework.funds.services.samples import draw_sample
from casework.home.people_services import propose_office
from casework.imports.models import ImportRow
from casework.imports.services.preparing import upload
from casework.notifications.models import OutboxRow
from casework.notifications.services.notices import notify
from casework.people.models import DuplicateHit
from casework.people.services.families import add_phone
from casework.people.services.papers import add_paper
from casework.programmes.contributions import registry
from casework.referrals.models import Service
from casework.referrals.services import send_referral
from casework.reports import template_services
from casework.reports.models import ReportRun, ReportTemplate
from casework.stock.models import Item, Kit
from emergency_fund.models import DeliveryFile
from registration.models import ChildDeath, ConsularStep, FollowUp, YoungMother
from registration.reports import BirthBoard
from registration.services import office as at_office
from registration.services.collectors import name_collector
from registration.services.refusals import record_refusal
from registration.services.ward import report_births, take_in_list
from registration.services.witnesses import add_letter, add_witness
from tests.factories import cases, fund_after
from tests.factories import emergency_fund as funds
from tests.factories import registration as births
from tests.factories.accounts import make_worker
from tests.factories.cash import make_batch, make_box
from tests.factories.cast import Cast, make_cast
from tests.factories.funds import make_line
from tests.factories.stock import make_item, make_kit, make_store
from tests.imports.sheets import workbook

NOWHERE = 999_999_999
OWN, OTHER, SEALED, MISSING = "own office", "other office", "sealed", "nonexistent"


class Records:
    """One family's records, all in one office: what the addresses name."""

    def __init__(self, office: Office, lead: User, *, sealed: bool = False) -> None:
        self.office, self.lead = office, lead
        self.birth = births.gathering(office, lead, births.birth_facts(phones=("0812345678",)))
        self.case = self.birth.case
        self._case_rows()
        self._person_rows()
        self._office_rows()
        self._fund_rows()
        self.ward = take_in_list(
            content=f"HN,Mother,Date of birth,Sex\n{lead.pk},Naw Wah,{timezone.localdate()},F".encode(),
            file_name="ward.csv", office=office, facility=births.make_facility(), by=lead, now=timezone.now(),
            today=timezone.localdate(),
        )  # fmt: skip
        self.count = report_births(
            office=office, facility=births.make_facility(), month=timezone.localdate(), births=12, source="Sheet",
            by=lead, now=timezone.now(), today=timezone.localdate(),
        )  # fmt: skip
        if sealed:
            for birth in (self.birth, self.outcome.birth, self.second, self.compared.birth):
                cases.make_sealed(birth.case, lead)

    def _case_rows(self) -> None:
        self.plan = cases.submitted_plan(self.case, self.lead)
        self.goal = self.plan.goals.get()
        self.step = self.goal.steps.get()
        self.task = cases.make_task(self.case, self.lead)
        self.consent = cases.make_consent(self.case, self.lead)
        service = Service.objects.get_or_create(kind="insurance", name_en="Hospital desk", source="telephone")[0]
        self.referral = send_referral(
            case=self.case, service=service, kind="insurance", urgency="72h", reason="Insurance from birth",
            shared_fields=["name"], by=self.lead, now=timezone.now(),
        )  # fmt: skip
        self.item = self.birth.items.exclude(state="original_seen").first()
        self.document = request_document(
            kind="registration.family_checklist", subject=self.birth, language="my", requested_by=self.lead,
            now=timezone.now(),
        )  # fmt: skip
        photo = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(photo, "JPEG")
        self.attachment = add_attachment(
            subject=self.case, file=SimpleUploadedFile("photo.jpg", photo.getvalue()), title="House book",
            paper_kind="other", by=self.lead, now=timezone.now(),
        )  # fmt: skip
        self.phone_link, _token = make_link(
            subject=self.case, title="House book", paper_kind="other", by=self.lead, now=timezone.now()
        )
        self.paper_return = take_back(
            subject=self.case, files=[SimpleUploadedFile("photo.jpg", photo.getvalue())], by=self.lead,
            now=timezone.now(),
        ).batch  # fmt: skip
        self.pack = request_pack(
            subject=self.birth, papers=[Wanted(kind="registration.family_checklist", language="my")],
            requested_by=self.lead, now=timezone.now(),
        )  # fmt: skip
        self.draft = save_draft(
            by=self.lead, form="registration.intake", step="mother", answers={"mother_name_Latn": "Naw Paw"},
            office_id=self.office.pk,
        )  # fmt: skip
        self.report = ReportRun.rows.create(
            board="registration", period="year:2026", office=self.office, language="en", readers="organisation",
            requested_by=self.lead, counted_at=timezone.now(),
        )  # fmt: skip
        self.report.offices.set([self.office])
        self.draft_photo = add_attachment(
            subject=self.draft, file=SimpleUploadedFile("photo.jpg", photo.getvalue()), title="House book",
            paper_kind="other", by=self.lead, now=timezone.now(),
        )  # fmt: skip

    def _person_rows(self) -> None:
        self.person = self.case.child
        self.name = self.person.names.first()
        self.paper = add_paper(
            person=self.person, type="hospital_card", number="HN-77", by=self.lead, today=births.TODAY
        )
        self.family = self.case.family
        self.member = self.family.members.exclude(person=self.person).first()
        self.phone = self.family.phones.first() or add_phone(family=self.family, number="0812345678", by=self.lead)
        self.second = births.make_birth(self.office, self.lead)
        first, second = sorted([self.person.pk, self.second.case.child_id])
        found = {"band": "high", "score": 5.0, "fingerprint": f"{first}-{second}"}
        self.hit, _new = DuplicateHit.rows.get_or_create(first_id=first, second_id=second, defaults=found)

    def _office_rows(self) -> None:
        self.outcome = births.registered(self.office, self.lead, None, sex="M")
        self.discrepancy = self.outcome.birth.discrepancies.first()
        self.visit = self.outcome.birth.submissions.get()
        self.inquiry = at_office.add_inquiry_step(visit=self.visit, kind="photo", planned_on=None, by=self.lead)
        self.follow_up = FollowUp.rows.create(birth=self.outcome.birth, kind="vaccination")
        talk = {"offered_on": births.TODAY, "risk_discussed": True, "decision": "later"}
        ConsularStep.rows.create(birth=self.outcome.birth, **talk)
        ChildDeath.rows.create(
            birth=self.outcome.birth, died_on=births.TODAY, death_due_on=births.TODAY, recorded_by=self.lead,
            recorded_at=timezone.now(),
        )  # fmt: skip
        YoungMother.rows.create(birth=self.outcome.birth, report_due_on=births.TODAY, created_by=self.lead)
        self.correction = births.correction(self.outcome.birth, self.lead)
        self.compared = births.counter_check(births.ready(self.office, self.lead), self.lead)
        self.parent = self.birth.parents.get(role="mother")
        self.collector = name_collector(
            birth=self.second, is_allowed=True, name="Naw Wah", relation="relative", reason="", by=self.lead
        )
        self.witness = add_witness(
            birth=self.second, name="Naw Dah", kinds=["parentage"], by=self.lead, today=births.TODAY
        )
        self.letter = add_letter(
            birth=self.second, giver="Naw Paw", receiver="The clinic", scope="notify the birth",
            language_explained="my", by=self.lead, today=births.TODAY,
        )  # fmt: skip
        self.refusal = record_refusal(
            birth=self.second, parent="father", what="registration", because="fear", words="", heard_from="self",
            other_parent="wants", refused_on=births.TODAY, way="talk_again", next_step="Call him",
            next_step_on=timezone.localdate(), by=self.lead, now=timezone.now(), today=timezone.localdate(),
        )  # fmt: skip

    def _fund_rows(self) -> None:
        """A request that was just asked, and one with something paid and something to pay."""
        officer, second, cashier = (make_worker(role, self.office) for role in ("FO", "FO", "CSH"))
        self.budget_line = make_line(self.office, officer, 9_000, kinds=["health_cost", "nutrition"])
        self.budget_source = self.budget_line.source
        self.budget_gift = self.budget_line.entries.get()
        self.payable = funds.approved(self.second.case, self.lead, officer, second, self.budget_line)
        first, self.payable_line = self.payable.lines.order_by("pk")
        self.receipt = funds.paid_there(first, cashier)
        self.fund_request = funds.asked(self.case, self.lead)
        self.store = make_store(self.office, f"Store room {self.lead.pk} {self.case.pk}")
        self.insurance_line = funds.asked(self.case, self.lead, ("health_insurance", 500)).lines.get()
        self.insurance = funds.insured(self.insurance_line, officer)
        self._cash_rows(cashier)
        self._absence_rows(officer, second)
        refused = fund_after.rejected(
            self.compared.birth.case, self.lead, officer, second, self.budget_line, ("nutrition", 500)
        )
        self.fund_appeal = fund_after.appealed(refused, self.lead)
        self.fund_check = fund_after.drawn(self.receipt)
        self.fund_complaint = fund_after.complained(self.payable, self.lead)
        fund_after.to_be_fetched(self.payable, self.lead)

        self.conflict = declare_conflict(
            kind="organisation", organisation=f"Shop {self.case.pk}", reason="My brother runs it", by=self.lead,
            now=timezone.now(),
        )  # fmt: skip

    def _absence_rows(self, officer: User, second: User) -> None:
        """Somebody who is away, and who stands in."""
        today = timezone.localdate()
        self.absence = Absence.rows.create(
            user=second, deputy=make_worker("FA", self.office), from_on=today, until_on=today, entered_by=second,
            confirmed_by=officer, confirmed_at=timezone.now(),
        )  # fmt: skip

    def _cash_rows(self, cashier: User) -> None:
        """A box of cash, what was counted in it, and a list of what was paid on the way."""
        line = {"line": self.payable_line.pk, "against": [["E-EAF-15", "received_by", "Give it to an adult"]]}
        self.paid_file = DeliveryFile.rows.create(
            office=self.office, file_name="trip.xlsx", sha256=f"{self.lead.pk}-{self.case.pk}", created_by=cashier,
            rows_told=[{"row": 2, "typed": {"received_by": "Naw Paw"}, "odd": [], **line}], empty=0,
        )  # fmt: skip
        self.cash_box = make_box(self.office, cashier, 500)
        self.advance = give_advance(
            box=self.cash_box, holder=make_worker("FO", self.office), amount=Decimal(100), purpose="The villages",
            until_on=timezone.localdate(), by=cashier, now=timezone.now(),
        )  # fmt: skip
        self.sample = draw_sample(
            office=self.office, programme="emergency_fund", first_on=timezone.localdate(), size=25, seed="dice",
            last_on=timezone.localdate(), language="en", by=make_worker("AUD", self.office), now=timezone.now(),
        )  # fmt: skip
        self.batch = newest_batch(self.office, "emergency_fund") or make_batch(self.budget_line, cashier)
        self.finance_answer = keep_answer(
            batch=self.batch, content=f"{self.lead.pk} {self.case.pk}".encode(), file_name="booked.csv", by=cashier,
            now=timezone.now(), told=[],
        )  # fmt: skip
        self.cash_count = propose_count(
            box=self.cash_box, pieces={"100": 4}, explanation="", by=cashier, now=timezone.now()
        )


@dataclass(frozen=True)
class World:
    """The cast and the three sets of records, with what belongs to no office."""

    cast: Cast
    records: dict[str, Records]
    proposal: Any
    notice: Any
    parked: OutboxRow
    colleague: User
    runs: dict[str, Any]
    concern: Any
    reader: ConcernReader
    item: Item
    kit: Kit
    pair: RoleConflict
    template: ReportTemplate


def seen_now(client: Client) -> Client:
    """The browser after one page that is not undone: it is noted as seen, and not again in every request that is."""
    client.get(reverse("home:credits"))
    return client


def make_world() -> World:
    """Everything the addresses need; the leads are no part of the cast."""
    cast = make_cast()
    for role in Role.values:
        cast.of(role)
    leads = {code: _lead(office) for code, office in cast.offices.items() if code != "PX"}
    records = {
        OWN: Records(cast.mae_sot, leads["MS"]),
        OTHER: Records(cast.ranong, leads["RN"]),
        SEALED: Records(cast.mae_sot, leads["MS"], sealed=True),
    }
    _pair_with_elsewhere(cast.offices["PX"], records)
    own, item = records[OWN], make_item()
    return World(
        cast=cast,
        records=records,
        proposal=propose_office(
            office=cast.ranong, values={"name_en": "Ranong Hospital"}, by=leads["MS"], now=timezone.now()
        ),
        notice=notify(
            recipient=leads["MS"], action="cases.note.added", subject=own.case, label=own.case.number, url="/cases/"
        ),
        parked=OutboxRow.objects.create(task="notifications.mail", row_id=1, state="parked"),
        colleague=leads["MS"],
        concern=report_concern(
            office=cast.mae_sot,
            who="The driver",
            what="He asks for money",
            when="",
            wants_answer=False,
            by=leads["MS"],
            now=timezone.now(),
        ),
        pair=RoleConflict.objects.create(role_a="FA", role_b="FO", reason="One screens, one decides", source="x"),
        template=template_services.add_template(
            board=BirthBoard(),
            name="Quarterly report",
            donor="Lotus Foundation",
            language="en",
            readers="outside",
            year_begins=None,
            figures=[{"key": "open", "label": ""}],
            boxes=[],
            by=leads["MS"],
            now=timezone.now(),
        ),
        item=item,
        kit=make_kit((item, "person_month", 250)),
        reader=name_reader(user=leads["RN"], by=cast.of("DPO"), now=timezone.now()),
        runs={OWN: _run(cast.mae_sot, leads["MS"]), OTHER: _run(cast.ranong, leads["RN"])},
    )


def _pair_with_elsewhere(office: Office, records: dict[str, Records]) -> None:
    """A pair of each child with one of an office that nobody of the others sees."""
    stranger = births.make_birth(office, _lead(office)).case.child_id
    for own in records.values():
        first, second = sorted([own.person.pk, stranger])
        found = {"band": "high", "score": 5.0, "fingerprint": f"{first}-{second}"}
        own.elsewhere, _new = DuplicateHit.rows.get_or_create(first_id=first, second_id=second, defaults=found)


def _lead(office: Office) -> User:
    return make_worker(Role.CASEWORKER, office, username=f"lead.{office.code.lower()}")


def _run(office: Office, by: User) -> ImportRow:
    """A row of an import that waits for its check."""
    sheet = ("Births", [["Child's name", "Date of birth", "Mother"], [f"Nan {office.code}", "12/10/2026", "Naw Paw"]])
    run, _new = upload(
        content=workbook(sheet), file_name="births.xlsx", office=office, by=by, now=timezone.now(),
        specification_key=registry.gather("import_specifications")[0].key,
    )  # fmt: skip
    cells = ["Nan", "12/10/2026", "Naw Paw"]
    return ImportRow.rows.create(run=run, sheet="Births", row=2, raw=cells, values={}, outcome="import")


Find = Callable[[World, str], dict[str, Any]]


def of(name: str, **fixed: Any) -> Find:
    """The address of one row of the records."""

    def find(world: World, place: str) -> dict[str, Any]:
        pk = NOWHERE if place == MISSING else getattr(world.records[place], name).pk
        return {"pk": pk, **fixed}

    return find


def draft(**fixed: Any) -> Find:
    """The address of a draft, which no seal covers: it is no case yet."""

    def find(world: World, place: str) -> dict[str, Any]:
        return {"pk": world.records[place].draft.pk if place in (OWN, OTHER) else NOWHERE, **fixed}

    return find


def part(name: str) -> Find:
    """The address of a part of a person's record."""

    def find(world: World, place: str) -> dict[str, Any]:
        if place == MISSING:
            return {"pk": NOWHERE, "part": NOWHERE}
        records = world.records[place]
        return {"pk": records.person.pk, "part": getattr(records, name).pk}

    return find


def birth_of_outcome(world: World, place: str) -> dict[str, Any]:
    """A birth that has its certificate."""
    return {"pk": NOWHERE if place == MISSING else world.records[place].outcome.birth_id}


def run(name: str) -> Find:
    """An import, or a row of it."""

    def find(world: World, place: str) -> dict[str, Any]:
        if place in (MISSING, SEALED):
            return {"pk": NOWHERE}
        row = world.runs[place]
        return {"pk": row.pk if name == "row" else row.run_id}

    return find


def ward(world: World, place: str) -> dict[str, Any]:
    """A birth on the ward's list, which no seal covers: it is no case yet."""
    return {"pk": world.records[place].ward.births.get().pk if place in (OWN, OTHER) else NOWHERE}


def ward_list(world: World, place: str) -> dict[str, Any]:
    """A list of the ward."""
    return {"pk": world.records[place].ward.pk if place in (OWN, OTHER) else NOWHERE}


def ward_count(world: World, place: str) -> dict[str, Any]:
    """The number of births of a month."""
    return {"pk": world.records[place].count.pk if place in (OWN, OTHER) else NOWHERE}


def report(world: World, place: str) -> dict[str, Any]:
    """An ordered report, which is of no case."""
    return {"pk": world.records[place].report.pk if place in (OWN, OTHER) else NOWHERE}


def board(world: World, place: str) -> dict[str, Any]:
    """A board of figures, which is the same everywhere."""
    return {"pk": "nowhere" if place == MISSING else "registration"}


def office_month(world: World, place: str) -> dict[str, Any]:
    """The running month of an office."""
    office = world.records[place].office.pk if place in (OWN, OTHER) else NOWHERE
    return {"pk": f"registration-{office}-{timezone.localdate():%Y-%m}"}


def paid_file(world: World, place: str) -> dict[str, Any]:
    """A list that was filled in on the way; a sealed case has lines on it, but is not it."""
    return {"pk": world.records[place].paid_file.pk if place in (OWN, OTHER) else NOWHERE}


def anywhere(choose: Callable[[World], dict[str, Any]]) -> Find:
    """A row that belongs to no office."""

    def find(world: World, place: str) -> dict[str, Any]:
        kwargs = choose(world)
        return kwargs if place == OWN else {name: NOWHERE if isinstance(v, int) else v for name, v in kwargs.items()}

    return find


def grant_of_colleague(world: World) -> dict[str, Any]:
    return {"pk": world.colleague.pk, "grant": world.colleague.grants.first().pk}
