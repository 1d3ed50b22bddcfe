"""Every code of C7 and every guard of C5: what it refuses, questions or flags, and the twin that passes.

The table is complete: a code of the specification without a line here fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

from casework.documents.attachments import cleaned
from casework.kernel.date_reading import read_parts
from casework.kernel.dates import BirthDate, Precision
from casework.people.models import DuplicateHit
from casework.people.services.duplicates import decide
from casework.people.services.papers import add_paper
from casework.people.services.persons import add_name
from casework.referrals.models import Service
from casework.referrals.services import send_referral
from casework.ui.spreadsheets import as_csv, as_xlsx
from registration.models import BirthRecord, Discrepancy
from registration.queries.panel import header_badges
from registration.services import office as at_office
from registration.services import progress
from registration.services.witnesses import end_letter
from registration.states import PlaceKind
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.registration import NOW, TODAY, known, missing
from tests.people.test_services_papers import thirteen

from .codes import NOTHING, TOMORROW, Desk, born, codes_of, paper, parents, twin_facts

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)
LONG_AGO = dt.date(1990, 1, 1)

C7 = frozenset(
    f"BR-{family}-{number}"
    for family, numbers in {
        "DOB": "1234567", "AGE": "12", "MOM": "123", "DAD": "1", "PAR": "1234", "ID": "12345678", "NAME": "12345",
        "BIRTH": "1234", "PLACE": "123", "DOC": "1", "CONS": "1", "POA": "1", "SUB": "12", "REG": "12345", "CLOSE": "1",
    }.items()
    for number in numbers
)  # fmt: skip

Codes = frozenset[str]
Case = Callable[[Desk], tuple[Codes, Codes]]
TABLE: list[tuple[str, Case]] = []


def line(code: str) -> Callable[[Case], Case]:
    """A line of the table: the function answers what stands against the wrong act, and against its allowed twin."""

    def add(case: Case) -> Case:
        TABLE.append((code, case))
        return case

    return add


def facts(code: str, wrong: dict, right: dict) -> None:
    """A line about the facts of a birth, through the intake."""
    TABLE.append((code, lambda desk: (desk.logging(**wrong), desk.logging(**right))))


def track(code: str, wrong: tuple[str, dict], right: tuple[str, dict]) -> None:
    """A line about a way of registration."""

    def case(desk: Desk) -> tuple[Codes, Codes]:
        return desk.confirming(wrong[0], **wrong[1]), desk.confirming(right[0], **right[1])

    TABLE.append((code, case))


def words(code: str, wrong: tuple[object, ...], right: tuple[object, ...]) -> None:
    """A line about the three boxes of a date."""

    def read(parts: tuple[object, ...]) -> Codes:
        return codes_of(read_parts, *parts, today=TODAY, field="birth")

    TABLE.append((code, lambda desk: (read(wrong), read(right))))


adult, teen, child_of_six = BirthDate(dt.date(2008, 11, 20)), BirthDate(dt.date(2010, 1, 1)), born(6)
lost = {"parents": (missing("mother"), missing("father"))}

facts("BR-DOB-1", {"born": TOMORROW}, {"born": TODAY})
words("BR-DOB-3", (1, 1, 2100), (1, 1, 2026))
words("BR-DOB-3", (1, 1, 2442), (1, 1, 2443))  # 1899, 1900
words("BR-DOB-6", (1, 1, 69), (1, 1, 2569))
facts("BR-DOB-4", {"born": dt.date(1940, 3, 31)}, {"born": dt.date(1941, 3, 31)})
facts("BR-DOB-5", {"born": TODAY, "weekday_told": 1}, {"born": TODAY, "weekday_told": 0})
track(
    "BR-DOB-7", ("T1", {"born": BirthDate(TODAY, Precision.MONTH)}), ("T3", {"born": BirthDate(TODAY, Precision.MONTH)})
)
track("BR-AGE-1", ("T3", {"born": adult}), ("T7", {"born": adult}))
track("BR-AGE-1", ("T6", {"born": adult, **lost}), ("T6", {"born": born(5), **lost}))
track("BR-AGE-2", ("T6", {"born": born(7), **lost}), ("T6", {"born": child_of_six, **lost}))
facts("BR-MOM-1", parents(known("mother", birth=BirthDate(TODAY))), parents(known("mother", birth=born(20))))
facts("BR-MOM-2", parents(known("mother", birth=born(11))), parents(known("mother", birth=born(12))))
facts("BR-MOM-2", parents(known("mother", birth=born(56))), parents(known("mother", birth=born(55))))
facts(
    "BR-DAD-1", parents(father=known("father", birth=BirthDate(TODAY))), parents(father=known("father", birth=born(20)))
)
facts("BR-DAD-1", parents(father=known("father", birth=born(12))), parents(father=known("father", birth=born(13))))
facts("BR-PAR-1", parents(replace(known("mother"), names={})), parents())
facts("BR-PAR-2", parents(father=missing("father", reason="")), parents(father=missing("father")))
facts(
    "BR-PAR-2",
    parents(father=missing("father", "not_disclosed", "")),
    parents(father=missing("father", "deceased", "")),
)
facts("BR-ID-1", paper("thai_id", "123"), paper("thai_id", thirteen("1")))
facts("BR-ID-2", paper("thai_id", thirteen("9")), paper("thai_id", thirteen("8")))
facts("BR-ID-3", paper("thai_id", thirteen("1", is_right=False)), paper("passport", thirteen("1", is_right=False)))
facts("BR-ID-3", paper("thai_id", thirteen("8", is_right=False)), paper("thai_id", thirteen("8")))
facts("BR-ID-4", paper("pink_card_non_thai", thirteen("0", is_right=False)), paper("pink_card_non_thai", thirteen("0")))
facts("BR-ID-4", paper("thai_id", thirteen("7", is_right=False)), paper("thai_id", thirteen("7")))
facts(
    "BR-ID-8",
    paper("passport", "MB123456", issued_on=TODAY, expires_on=YESTERDAY),
    paper("passport", "MB123456", issued_on=YESTERDAY, expires_on=TODAY),
)
facts("BR-ID-8", paper("passport", "MB123456", expires_on=YESTERDAY), paper("passport", "MB123456", expires_on=TODAY))
facts("BR-NAME-1", {"names": {"Latn": " .- "}}, {"names": {"Latn": "Baby of Naw Paw"}, "is_baby_of": True})
facts("BR-NAME-3", {"names": {"Latn": "Nan นันวา"}}, {"names": {"Latn": "Nan Wah", "Thai": "นันวา"}})
facts("BR-NAME-4", {"names": {"Mymr": "ေနာ္ေဖာ"}}, {"names": {"Mymr": "နော်ဖော"}})
facts("BR-BIRTH-1", {"plurality": 2}, {"plurality": 2, "birth_order": 2})
facts("BR-BIRTH-1", {"plurality": 2, "birth_order": 3}, {"plurality": 3, "birth_order": 3})
facts("BR-BIRTH-3", {"weight_g": 299}, {"weight_g": 1500})
facts("BR-BIRTH-3", {"weight_g": 7001}, {"weight_g": 5500})
facts("BR-BIRTH-3", {"weight_g": 1499}, {"weight_g": 1500})
facts("BR-BIRTH-3", {"weight_g": 5501}, {"weight_g": 5500})
facts("BR-BIRTH-4", {"gestation_weeks": 19}, {"gestation_weeks": 20})
facts("BR-BIRTH-4", {"gestation_weeks": 46}, {"gestation_weeks": 45})
facts(
    "BR-PLACE-2",
    {"place_kind": PlaceKind.HOME, "place_code": "63"},
    {"place_kind": PlaceKind.HOME, "place_code": "6306"},
)
facts("BR-PLACE-2", {"place_kind": PlaceKind.ON_THE_WAY}, {"place_kind": PlaceKind.ON_THE_WAY, "place_code": "6306"})
facts("BR-PLACE-3", {"country": "MM"}, {"country": "MM", "place_kind": PlaceKind.ABROAD})
abroad = {"country": "MM", "place_kind": PlaceKind.ABROAD}
track("BR-PLACE-3", ("T3", abroad), ("T8", abroad))


@line("BR-PLACE-1")
def a_facility_birth_names_its_facility(desk: Desk) -> tuple[Codes, Codes]:
    centre = {"place_kind": PlaceKind.HEALTH_CENTRE}
    return desk.logging(**centre), desk.logging(**centre, facility_id=births.make_facility().pk)


@line("BR-DOB-2")
def a_thai_year_is_converted_on_its_parts(desk: Desk) -> tuple[Codes, Codes]:
    """29 February 2567 exists, although the year 2567 of the common era has none; both years are shown."""
    read = read_parts(29, 2, 2567, today=TODAY, field="birth")
    assert (read.value, read.buddhist_year) == (dt.date(2024, 2, 29), 2567)
    assert "2567" in read.note and "2024" in read.note
    return frozenset({"BR-DOB-2"}), codes_of(read_parts, 29, 2, 2024, today=TODAY, field="birth")


@line("BR-MOM-3")
def a_mother_under_eighteen_is_flagged_and_never_stopped(desk: Desk) -> tuple[Codes, Codes]:
    def flagged(years: int) -> Codes:
        facts = parents(known("mother", birth=born(years)))
        assert desk.logging(**facts) == NOTHING
        return frozenset({"BR-MOM-3"}) if "The mother is a child" in badges(desk.log(**facts)) else NOTHING

    return flagged(17), flagged(18)


def badges(birth: BirthRecord) -> set[str]:
    """What the header of the case says of the registration."""
    return {str(badge.text) for badge in header_badges(BirthRecord.rows.get(pk=birth.pk).case, TODAY)}


@line("BR-PAR-3")
def nobody_is_mother_and_father(desk: Desk) -> tuple[Codes, Codes]:
    mother, father = (link.person_id for link in desk.log().parents.order_by("-role"))
    wrong = parents(replace(known("mother"), person_id=mother), replace(known("father"), person_id=mother))
    right = parents(replace(known("mother"), person_id=mother), replace(known("father"), person_id=father))
    return desk.logging(**wrong), desk.logging(**right)


@line("BR-PAR-4")
def the_number_of_somebody_known_asks_whether_it_is_the_same_person(desk: Desk) -> tuple[Codes, Codes]:
    desk.log(**paper("passport", "MB123456"))
    assert desk.logging(**paper("passport", "MB123456"), acknowledged=["BR-PAR-4"]) == NOTHING
    shared = desk.logging(**paper("passport", "mb 123-456"))
    return shared, desk.logging(**paper("passport", "MB123457"))


@line("BR-ID-5")
def a_leading_zero_is_kept_as_text_up_to_the_spreadsheet(desk: Desk) -> tuple[Codes, Codes]:
    number = thirteen("0")
    outcome = desk.register(desk.submitted(), child_number=" ".join(number))
    stored = outcome.birth.case.child.papers.get(type="child_13_digit").number
    assert (outcome.child_number, stored) == (number, number)
    sheet = CalamineWorkbook.from_filelike(BytesIO(as_xlsx("Births", [[number]]))).get_sheet_by_index(0)
    assert sheet.to_python() == [[number]]
    assert as_csv([[number]]).decode("utf-8-sig").strip() == number
    return frozenset({"BR-ID-5"}), NOTHING


@line("BR-ID-6")
def a_g_code_is_the_letter_and_twelve_digits(desk: Desk) -> tuple[Codes, Codes]:
    child = desk.log().case.child

    def adding(number: str) -> Codes:
        return codes_of(add_paper, person=child, type="G_code", number=number, by=desk.worker, today=TODAY)

    return adding("G12345"), adding("G661234567890")


@line("BR-ID-7")
def a_childs_number_stands_on_one_child(desk: Desk) -> tuple[Codes, Codes]:
    desk.register(desk.submitted(), child_number=thirteen("0"))
    other = desk.submitted()
    return desk.registering(other, child_number=thirteen("0")), desk.registering(other, child_number=thirteen("00"))


@line("BR-NAME-2")
def a_missing_surname_is_never_wrong(desk: Desk) -> tuple[Codes, Codes]:
    return frozenset({"BR-NAME-2"}), desk.logging(names={"Mymr": "ဝါ", "Thai": "วา", "Latn": "Wah"})


@line("BR-NAME-5")
def a_thai_name_stands_before_the_papers_go(desk: Desk) -> tuple[Codes, Codes]:
    return desk.declaring(desk.gathered(names={"Latn": "Nan Wah"})), desk.declaring(desk.gathered())


@line("BR-BIRTH-2")
def a_twin_without_its_sibling_is_flagged(desk: Desk) -> tuple[Codes, Codes]:
    first = desk.log(plurality=2, birth_order=1)
    alone = badges(first)
    told = births.birth_facts(**twin_facts(first, 2))
    second = births.make_birth(desk.office, desk.worker, told, twin_of=first)
    both = badges(first) | badges(second)
    words = "The other baby has no record yet"
    return (frozenset({"BR-BIRTH-2"}) if words in alone else NOTHING), (
        frozenset({"BR-BIRTH-2"}) if words in both else NOTHING
    )


@line("BR-DOC-1")
def a_file_is_known_by_its_content(desk: Desk) -> tuple[Codes, Codes]:
    photo = BytesIO()
    Image.new("RGB", (60, 40), "white").save(photo, "JPEG")
    assert "BR-DOC-1" in codes_of(cleaned, photo.getvalue() + b"\0" * 10 * 2**20)
    return codes_of(cleaned, b"MZ\x90 photo.jpg"), codes_of(cleaned, photo.getvalue())


@line("BR-CONS-1")
def others_are_told_only_with_consent_and_the_registry_always(desk: Desk) -> tuple[Codes, Codes]:
    case = desk.ready().case
    service = Service.objects.create(kind="insurance", name_en="Hospital desk", source="telephone")

    def referring() -> Codes:
        return codes_of(
            send_referral, case=case, service=service, kind="insurance", urgency="72h", reason="Insurance",
            shared_fields=["name"], by=desk.worker, now=NOW,
        )  # fmt: skip

    without = referring()
    assert desk.visiting(case.birth) == NOTHING  # the registry office needs none (decision 18)
    cases.make_consent(case, desk.worker)
    return without, referring()


@line("BR-POA-1")
def the_clinic_goes_with_a_letter_of_that_day(desk: Desk) -> tuple[Codes, Codes]:
    def going(**facts: object) -> Codes:
        birth = desk.ready()
        if facts:
            revoked = facts.pop("revoked_on", None)
            letter = desk.letter(birth, **facts)
            if revoked:
                end_letter(letter=letter, on=revoked, by=desk.worker, today=TODAY)
        return desk.visiting(birth, by_whom="clinic_with_letter")

    unsigned, expired = going(signed_on=None), going(signed_on=LONG_AGO, valid_until=YESTERDAY)
    revoked = going(signed_on=YESTERDAY, revoked_on=TODAY)
    assert going() == unsigned == expired == revoked
    return revoked, going(signed_on=YESTERDAY, valid_until=TODAY)


@line("BR-SUB-1")
def a_visit_lies_between_birth_and_today(desk: Desk) -> tuple[Codes, Codes]:
    birth = desk.ready(born=YESTERDAY)
    future = desk.visiting(birth, submitted_on=TOMORROW)
    assert future == desk.visiting(birth, submitted_on=YESTERDAY - dt.timedelta(days=1))
    return future, desk.visiting(birth, submitted_on=YESTERDAY)


@line("BR-SUB-1")
def a_visit_is_not_before_the_delivery_certificate(desk: Desk) -> tuple[Codes, Codes]:
    birth = desk.ready(proof_issued_on=TODAY)
    return desk.visiting(birth, submitted_on=YESTERDAY), desk.visiting(birth, submitted_on=TODAY)


@line("BR-SUB-2")
def one_visit_waits_at_a_time(desk: Desk) -> tuple[Codes, Codes]:
    birth = desk.submitted()
    twice = desk.visiting(birth)
    visit = birth.submissions.get()
    at_office.record_return(
        visit=visit, refused=False, reason="name_error", text="", on=TODAY, by=desk.worker, today=TODAY
    )
    birth.refresh_from_db()
    progress.declare_ready(birth=birth, by=desk.worker, now=NOW, today=TODAY)
    return twice, desk.visiting(birth)


@line("BR-REG-1")
def a_registration_lies_between_the_first_visit_and_today(desk: Desk) -> tuple[Codes, Codes]:
    birth = desk.submitted()
    future = desk.registering(birth, registered_on=TOMORROW)
    assert future == desk.registering(birth, registered_on=YESTERDAY)
    return future, desk.registering(birth, registered_on=TODAY)


@line("BR-REG-1")
def what_was_registered_long_ago_was_before_the_visit(desk: Desk) -> tuple[Codes, Codes]:
    known_already = {"born": born(3), "is_already_registered": True, "wanted": "A copy"}
    other = desk.submitted(born=YESTERDAY)
    before = desk.registering(other, registered_on=YESTERDAY)
    return before, desk.registering(desk.submitted(**known_already), registered_on=dt.date(2024, 1, 1))


@line("BR-REG-1")
def a_corrected_certificate_keeps_the_same_rules(desk: Desk) -> tuple[Codes, Codes]:
    outcome = desk.register(desk.submitted())

    def correcting(**values: object) -> Codes:
        outcome.refresh_from_db()
        return codes_of(at_office.correct_outcome, outcome=outcome, values=values, by=desk.worker, today=TODAY)

    assert "BR-ID-3" in correcting(child_number=thirteen("8", is_right=False))
    return correcting(registered_on=TOMORROW), correcting(child_number=thirteen("0"))


@line("BR-REG-2")
def a_form_for_thai_children_is_questioned(desk: Desk) -> tuple[Codes, Codes]:
    foreign, thai = desk.submitted(**paper("thai_id", thirteen("8"))), desk.submitted(**paper("thai_id", thirteen("3")))
    assert desk.registering(foreign, form="TR1", acknowledged=["BR-REG-2"]) == NOTHING
    assert desk.registering(foreign, form="TR03") == NOTHING
    return desk.registering(foreign, form="TR2"), desk.registering(thai, form="TR2")


@line("BR-REG-4")
def a_number_of_thai_children_is_questioned(desk: Desk) -> tuple[Codes, Codes]:
    foreign = desk.submitted(**parents(known("mother", nationality_claimed="MM")))
    thai = desk.submitted(**parents(known("mother", "Somying", nationality_claimed="TH")))
    told = desk.submitted(**parents(known("mother", "Malai", status_group="thai")))
    assert desk.registering(told, child_number=thirteen("2")) == NOTHING
    assert desk.registering(foreign, child_number=thirteen("1"), acknowledged=["BR-REG-4"]) == NOTHING
    assert desk.registering(foreign, child_number=thirteen("0")) == NOTHING
    return desk.registering(foreign, child_number=thirteen("2")), desk.registering(thai, child_number=thirteen("2"))


@line("BR-REG-3")
def what_the_certificate_says_otherwise_is_noted(desk: Desk) -> tuple[Codes, Codes]:
    thai_mother = parents(replace(known("mother"), names={"Thai": "นอพอ"}))
    birth = desk.submitted(born=YESTERDAY, **thai_mother)
    desk.register(birth, sex="M", born_on=TODAY, name_th="ชื่ออื่น", mother="นอเพาะ")
    found = dict(Discrepancy.rows.filter(birth=birth).values_list("field", "severity"))
    assert found == {"sex": "blocks", "born_on": "blocks", "name_th": "should_fix", "mother": "should_fix"}
    other_parents = parents(replace(known("mother"), names={"Thai": "มิวา"}), known("father", "Maung Kyaw Zin"))
    same = desk.submitted(born=YESTERDAY, **other_parents)
    name = same.case.child.names.get(script="Thai").full
    desk.register(same, sex="F", born_on=YESTERDAY, name_th=name, mother=" มิ วา ")
    agreed = Discrepancy.rows.filter(birth=same)
    return frozenset({"BR-REG-3"}), frozenset({"BR-REG-3"} if agreed.exists() else ())


@line("BR-REG-5")
def a_certificate_is_compared_before_it_leaves(desk: Desk) -> tuple[Codes, Codes]:
    outcome = desk.register(desk.submitted())
    before = codes_of(desk.hand_over, outcome.birth)
    at_office.check_outcome(outcome=outcome, by=desk.worker, today=TODAY)
    return before, codes_of(desk.hand_over, outcome.birth)


@line("BR-CLOSE-1")
def a_difference_that_must_be_settled_keeps_the_case_open(desk: Desk) -> tuple[Codes, Codes]:
    birth = desk.followed_up()
    facts = {"field": "sex", "value_a": "F", "value_b": "M", "severity": "blocks", "created_by": desk.worker}
    row = Discrepancy.rows.create(birth=birth, **facts)
    blocked = codes_of(desk.close, birth)
    at_office.settle_discrepancy(row=row, state="corrected", text="", by=desk.worker)
    return blocked, codes_of(desk.close, birth)


@line("BR-CLOSE-1")
def a_paper_that_must_be_there_keeps_the_case_open(desk: Desk) -> tuple[Codes, Codes]:
    birth = desk.followed_up()
    item = birth.items.filter(level="star").first()
    progress.set_item(item=item, state="needed", by=desk.worker, today=TODAY)
    missing_paper = codes_of(desk.close, birth)
    assert codes_of(desk.close, birth, reason="left_thailand", text="Went home") == NOTHING
    progress.set_item(item=item, state="in_hand_copy", by=desk.worker, today=TODAY)
    return missing_paper, codes_of(desk.close, birth)


@pytest.fixture
def desk(cast) -> Desk:
    return Desk(cast.mae_sot, cast.of("CW"))


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(code, case, id=f"{code}-{n}") for n, (code, case) in enumerate(TABLE)]
)
def test_what_a_code_stands_against_and_its_allowed_twin(desk, code, case):
    wrong, right = case(desk)
    assert code in wrong
    assert code not in right


def test_every_code_of_the_specification_has_its_line():
    assert {code for code, _case in TABLE} == C7


@pytest.mark.parametrize("code", ["BR-AGE-1", "BR-AGE-2"])
def test_who_ticked_a_warning_of_the_way_is_kept(desk, code):
    birth = desk.log(born=born(7), **lost) if code == "BR-AGE-2" else desk.log(born=adult)
    way = "T6" if code == "BR-AGE-2" else "T3"
    assert code in codes_of(desk.confirm, birth, way)
    if code == "BR-AGE-1":
        progress.set_late_reason(birth=birth, reason="fear", text="", by=desk.worker)
    desk.confirm(birth, way, acknowledged=[code])
    assert [(row.code, row.by) for row in birth.acknowledged.all()] == [(code, desk.worker)]


def test_an_undecided_certain_match_stands_against_ready(desk):
    same = {"hospital_no_child": "HN-771", "proof_number": "MSH-771"}
    birth = desk.gathered(**same)
    assert desk.declaring(birth) == NOTHING
    desk.log(**same)
    assert desk.declaring(birth) == {"BR-DUP-1"}
    hit = DuplicateHit.rows.get(state="open")
    decide(hit=hit, decision="different", reason="Two wards, one number", by=desk.worker, now=NOW)
    assert desk.declaring(birth) == NOTHING


def test_a_birth_outside_thailand_has_no_deadline_and_is_never_ready(desk):
    birth = desk.log(**abroad)
    assert (birth.notify_due_on, birth.track_proposed) == (None, "T8")
    desk.confirm(birth, "T8")
    progress.choose_office(birth=birth, office=births.make_registry(), by=desk.worker, today=TODAY)
    assert "BR-READY-6" in desk.declaring(birth)
    assert "BR-READY-6" not in desk.declaring(desk.gathered())
    assert desk.log().notify_due_on is not None


def test_only_what_is_open_rests(desk):
    birth = desk.gathered()
    hold = {"birth": birth, "suspension": "on_hold", "by": desk.worker, "reason": "The family travels"}
    assert codes_of(progress.suspend, **hold) == NOTHING
    desk.close(birth, "left_thailand", "Went home")
    hold["birth"] = BirthRecord.rows.get(pk=birth.pk)
    assert codes_of(progress.suspend, **hold) == {"BR-HOLD-1"}


def test_what_is_already_registered_says_what_is_wanted(desk):
    said = {"born": born(3), "is_already_registered": True}
    assert "BR-READY-5" in desk.declaring(desk.gathered(**said))
    assert "BR-READY-5" not in desk.declaring(desk.gathered(**said, wanted="A copy"))


def test_a_child_called_baby_of_its_mother_is_not_ready_and_a_named_one_is(desk):
    baby = desk.gathered(names={"Latn": "Baby of Ma Win", "Thai": "บุตรนางวิน"}, is_baby_of=True)
    assert {"BR-NAME-1"} == {code for code in desk.declaring(baby) if code.startswith("BR-NAME")}
    add_name(person=baby.case.child, full="ซอโค", by=desk.worker)
    assert not [code for code in desk.declaring(baby) if code.startswith("BR-NAME")]


def test_a_difference_that_must_be_settled_stands_against_ready(desk):
    birth = desk.gathered()
    facts = {"field": "sex", "value_a": "F", "value_b": "M", "severity": "blocks", "created_by": desk.worker}
    row = Discrepancy.rows.create(birth=birth, **facts)
    assert desk.declaring(birth) == {"BR-READY-4"}
    at_office.settle_discrepancy(row=row, state="corrected", text="", by=desk.worker)
    assert desk.declaring(birth) == NOTHING


def test_a_refused_registration_gives_a_supervisor_three_working_days(desk, cast):
    supervisor = cast.of("SUP")
    birth = desk.submitted()
    result = {"visit": birth.submissions.get(), "on": TODAY, "by": desk.worker, "today": timezone.localdate()}
    wordless = codes_of(at_office.record_return, refused=True, reason="not_accepted_evidence", text=" ", **result)
    assert wordless == {"BR-RET-2"}
    at_office.record_return(refused=True, reason="not_accepted_evidence", text="No proof", **result)
    task = birth.case.tasks.get()
    assert (task.owner, task.due_on) == (supervisor, dt.date(2026, 11, 26))  # from a Monday
    assert "Refused by the registry office" in badges(birth)


def test_a_returned_registration_needs_its_reason_and_no_lawyer(desk):
    birth = desk.submitted()
    result = {"visit": birth.submissions.get(), "on": TODAY, "by": desk.worker, "today": TODAY, "text": ""}
    assert codes_of(at_office.record_return, refused=False, reason="", **result) == {"BR-RET-1"}
    assert codes_of(at_office.record_return, refused=False, reason="balloon", **result) == {"BR-LIST-1"}
    at_office.record_return(refused=False, reason="missing_paper", **result)
    assert not birth.case.tasks.exists()
    assert "Refused by the registry office" not in badges(birth)


@pytest.mark.parametrize("lacking", ["to", "relation", "sign"])
def test_a_handover_names_who_received_and_how_they_signed(desk, lacking):
    outcome = desk.register(desk.submitted())
    at_office.check_outcome(outcome=outcome, by=desk.worker, today=TODAY)
    assert codes_of(desk.hand_over, outcome.birth, **{lacking: " "}) == {"BR-HAND-1"}
    assert codes_of(desk.hand_over, outcome.birth) == NOTHING


def test_a_child_of_three_is_offered_school_before_closing(desk):
    birth = desk.followed_up(born=born(4), late_reason="fear")
    school = birth.follow_ups.get(kind="school")
    school.answer = "open"
    school.save()
    assert codes_of(desk.close, birth) == {"BR-CLOSE-3"}
    school.answer = "offered"
    school.save()
    assert codes_of(desk.close, birth) == NOTHING


def test_a_corrected_number_takes_the_place_of_the_former(desk):
    outcome = desk.register(desk.submitted(), child_number=thirteen("0"))
    values = {"child_number": thirteen("00"), "sex": "M"}
    at_office.correct_outcome(outcome=outcome, values=values, by=desk.worker, today=TODAY)
    papers = outcome.birth.case.child.papers.filter(type="child_13_digit", is_current=True)
    assert [paper.number for paper in papers] == [thirteen("00")]
    assert [row.field for row in outcome.birth.discrepancies.all()] == ["sex"]
