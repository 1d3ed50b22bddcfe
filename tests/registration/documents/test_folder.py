"""“My papers”: what the family carries, in its language, and what never stands on it (day.md 18)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pypdfium2
import pytest
from django.utils import timezone

from casework.cases.services.records import add_note
from casework.documents.compose import NOT_A_REGISTER, Stamp, as_facts, compose
from casework.documents.models import Document
from casework.documents.pages import draw_page, page_count, page_text
from casework.documents.services.making import render_document
from casework.kernel import dates
from casework.kernel.digits import clean_line
from casework.reference.models import Holiday, Text
from casework.referrals.models import Service
from registration.documents import Folder
from registration.models import BirthRecord, FollowUp, Outcome, ParentLink, Submission
from registration.services.collectors import name_collector
from registration.services.refusals import record_refusal
from registration.words.folder import RIGHTS
from tests.database import as_owner
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
STAMP = Stamp(
    code="K7PD-3MXA-9QRT", url="https://x/verify/K7PD3MXA9QRT/", made_at="23 Nov 2026", made_by="Ploy",
    office="Legal clinic", reference="AB0001",
)  # fmt: skip
SECRETS = ("He beat her in March", "The police look for him", "Undocumented since May", "quarrel-word")
LANGUAGES = ["my", "th", "en"]


def pdf_of(birth, language) -> bytes:
    paper = Folder().context(BirthRecord.rows.get(pk=birth.pk), language=language, facts={})
    return compose(Folder(), json.loads(json.dumps(as_facts(paper))), language=language, stamp=STAMP)


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(birth, language) -> str:
    return squeezed("".join(page_text(pdf_of(birth, language))))


def folder(birth, language="en"):
    return Folder().context(BirthRecord.rows.get(pk=birth.pk), language=language, facts={})


def registered(birth, world, **facts) -> Outcome:
    values = {
        "registered_on": date(2026, 11, 20), "form": "TR031", "certificate_no": "6306-00042",
        "child_number": "0012345678905", "register": "TR38_1", "checked_on": date(2026, 11, 21),
        "registry_office": world.registry_office, "created_by": world.by, **facts,
    }  # fmt: skip
    return Outcome.rows.create(birth=birth, **values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_who_the_child_is_what_is_registered_and_by_which_number(birth, world, language):
    registered(birth, world, handed_over_on=date(2026, 11, 22), handed_over_to="Naw Eh Mu")
    text = text_of(birth, language)
    for words in ("Naw Paw Wah", "เด็กหญิงพอวา", "6306-00042", "0012345678905", "AB0001", "055 000 111", STAMP.code):
        assert squeezed(words) in text, words
    assert squeezed(Folder.titles[language]) in text
    for _language, sentence in NOT_A_REGISTER:
        assert squeezed(sentence) in text


def test_every_column_of_the_papers_has_its_heading(birth, world):
    registered(birth, world)
    assert squeezed("เอกสารเลขที่ฉบับจริงอยู่ที่") in text_of(birth, "th")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_registered_says_so_with_what_remains_and_until_when(birth, world, language):
    later = timezone.localdate() + timedelta(days=9)
    world.item(birth, "หนังสือรับรองการเกิด", "needed", due_on=later)
    words = Folder().words(language)
    text = text_of(birth, language)
    assert squeezed(words["not_registered"]["main"]) in text
    assert squeezed("หนังสือรับรองการเกิด") in text
    assert squeezed(dates.both(later, language)) in text


def test_the_family_is_told_an_open_day_within_the_time_limit(birth, world):
    today = timezone.localdate()
    sunday = today + timedelta(days=13 - today.weekday())
    BirthRecord.rows.filter(pk=birth.pk).update(notify_due_on=sunday, notify_effective_on=sunday + timedelta(days=1))
    world.item(birth, "หนังสือรับรองการเกิด", "needed", due_on=sunday)
    with as_owner():
        Holiday.objects.filter(on__range=(today, sunday)).delete()
    friday = dates.both(sunday - timedelta(days=2), "en")
    assert [line.by for line in folder(birth).todo] == [friday, friday]


def test_a_day_that_is_over_is_not_printed(birth, world):
    today = timezone.localdate()
    for days in (-1, 0):
        world.item(birth, f"เอกสาร {days}", "needed", due_on=today + timedelta(days=days))
    over = today - timedelta(days=1)
    BirthRecord.rows.filter(pk=birth.pk).update(notify_due_on=over, notify_effective_on=over)
    assert [line.by for line in folder(birth).todo] == ["", dates.both(today, "en"), ""]


def test_every_paper_says_where_its_original_is(birth, world):
    BirthRecord.rows.filter(pk=birth.pk).update(
        proof="TR1_1", proof_number="MSH-00042", proof_held_by="hospital", proof_seen=True
    )
    world.item(birth, "บัตรของมารดา", "in_hand_copy")
    world.item(birth, "รูปถ่าย", "submitted")
    world.item(birth, "ทะเบียนบ้าน", "needed")
    registered(birth, world)
    held = {paper.name.main: (paper.number, paper.where.main) for paper in folder(birth).papers}
    assert held == {
        "Birth certificate, original": ("6306-00042", "at our clinic: come and get it"),
        "Delivery certificate (Tor.Ror.1/1)": ("MSH-00042", "at the hospital"),
        "paper บัตรของมารดา": ("", "not known; our clinic has a copy"),
        "paper รูปถ่าย": ("", "at the registry office"),
    }


def test_what_remains_follows_the_facts_and_not_the_state(birth, world):
    what = lambda: [line.what.main for line in folder(birth).todo]  # noqa: E731
    world.item(birth, "รูปถ่าย", "needed")
    assert what() == ["Get: paper รูปถ่าย", "Have the birth registered"]
    visit = Submission.rows.create(
        birth=birth, number=1, registry_office=world.registry_office, submitted_on=date(2026, 11, 20), by="parent",
        created_by=world.by,
    )  # fmt: skip
    assert what() == ["Ask for the result"]
    visit.delete()
    outcome = registered(birth, world)
    assert what() == ["Collect the birth certificate"]
    Outcome.rows.filter(pk=outcome.pk).update(handed_over_on=date(2026, 11, 22))
    FollowUp.rows.create(birth=birth, kind="vaccination", answer="offered")
    FollowUp.rows.create(birth=birth, kind="insurance", answer="declined")
    BirthRecord.rows.filter(pk=birth.pk).update(status="closed")
    assert what() == ["Vaccination"]
    FollowUp.rows.filter(birth=birth).update(answer="declined")
    assert what() == []


@pytest.mark.parametrize("track", ["T8", "T9"])
def test_who_cannot_or_need_not_be_registered_is_not_sent_to_register(birth, track):
    BirthRecord.rows.filter(pk=birth.pk).update(track=track)
    assert folder(birth).todo == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_confidential_stands_on_it(birth, world, supervisor, language):
    case = birth.case
    case.safety_note, case.risk_reason, case.close_text = SECRETS[1], SECRETS[1], SECRETS[2]
    case.next_step, case.next_step_on = SECRETS[1], date(2026, 12, 1)
    case.save()
    ParentLink.rows.filter(birth=birth).update(status_group="undocumented", reason=SECRETS[2])
    add_note(
        case=case, text=SECRETS[1], readers="team", programme="registration", by=world.by, now=timezone.now()
    )  # fmt: skip
    name_collector(
        birth=birth, is_allowed=False, name="Saw Thu Ra", relation="relative", reason=SECRETS[0], by=world.by
    )
    today = timezone.localdate()
    record_refusal(
        birth=birth, parent="father", what="paternity", because="other", words=SECRETS[3], heard_from="self",
        other_parent="wants", refused_on=today, way="mothers_side", next_step=SECRETS[1], next_step_on=today,
        by=world.by, now=timezone.now(), today=today,
    )  # fmt: skip
    text = text_of(birth, language)
    for secret in (*SECRETS, "Saw Thu Ra", "Saw Htoo Wah", "MC123456"):
        assert squeezed(secret) not in text, secret
    assert squeezed("Naw Eh Mu") in text


def test_a_father_who_acknowledges_the_child_is_named(birth):
    assert squeezed("Saw Htoo Wah") in text_of(birth, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rights_carry_their_source_until_a_reviewed_text_is_there(birth, language):
    words, source = RIGHTS[0]
    text = text_of(birth, language)
    assert "CivilRegistrationAct" not in text, "who reads the source reads Thai"
    assert squeezed(words[language]) in text and squeezed(source) in text
    row = Text.objects.create(key="folder.rights", language=language, body="One right of ours", source="IOM legal")
    assert squeezed("One right of ours") not in text_of(birth, language), "nobody reviewed it"
    row.reviewed_by = "Legal officer"
    row.save()
    text = text_of(birth, language)
    assert squeezed("One right of ours") in text and squeezed("Legal officer") in text
    assert squeezed(source) not in text


def test_a_child_who_died_has_no_rights_to_school_on_it(birth):
    child = birth.case.child
    child.died_on = date(2026, 11, 22)
    child.save()
    assert folder(birth).rights == ()


def test_only_verified_services_with_a_number_stand_on_it(birth):
    known = {"kind": "protection", "name_th": "สายด่วน", "contact": "1300", "source": "website"}
    Service.objects.create(name_en="Unverified line", **known)
    Service.objects.create(name_en="Old line", verified_on=date(2026, 1, 1), is_active=False, **known)
    Service.objects.create(name_en="Hospital desk", verified_on=date(2026, 1, 1), **{**known, "kind": "insurance"})
    Service.objects.create(name_en="Child help line", verified_on=date(2026, 11, 1), **known)
    assert [(helper.name.main, helper.contact) for helper in folder(birth).helpers] == [("Child help line", "1300")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_a_picture_nothing_runs_out_and_the_code_is_on_every_page(birth, world, language):
    registered(birth, world)
    for number in range(4):
        world.item(birth, f"เอกสารที่มีชื่อยาวมากฉบับที่ {number}", ["needed", "original_seen"][number % 2])
    pdf = pdf_of(birth, language)
    assert page_count(pdf) <= 2
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = item.get_bounds()
            assert left > 20 and right < width - 20 and bottom > 15 and top < height - 15
    for number, text in enumerate(page_text(pdf), start=1):
        assert STAMP.code in text and STAMP.reference in text
        corner = draw_page(pdf, number, width=800).convert("L").crop((0, 1000, 160, 1131))
        assert min(corner.tobytes()) < 100, "the verification code is drawn"


@pytest.mark.parametrize("language", ["th", "en"])
def test_words_are_the_same_in_each_language_and_keep_to_the_rules(language):
    kind = Folder()
    assert set(kind.words(language)) == set(kind.words("my"))
    burmese = " ".join(said["main"] for key, said in kind.words("my").items() if key != "title_th")
    thai = " ".join(said["main"] for key, said in kind.words("th").items() if key != "title_th")
    assert "အမှု" not in burmese and not any(particle in thai for particle in ("ครับ", "ค่ะ", "นะคะ"))


# Offered at closing


@pytest.fixture
def gathered(cast):
    from tests.factories import registration as births

    return births.gathering(cast.mae_sot, cast.of("CW"))


def sent(**more):
    today = timezone.localdate()
    return {
        "reason": "left_thailand", "text": "Went home", "country": "MM", "news_from": "family", "place": "",
        "gone_on_d": today.day, "gone_on_m": today.month, "gone_on_y": today.year, **more,
    }  # fmt: skip


def doors(birth):
    """The registration and its case are closed from two pages."""
    return {"registration": f"/registration/{birth.pk}/close/", "case": f"/cases/{birth.case_id}/close/"}


@pytest.mark.parametrize("door", ["registration", "case"])
def test_closing_offers_the_folder_in_the_familys_language_and_makes_it(gathered, cast, client_of, door):
    client, address = client_of(cast.of("SUP")), doors(gathered)[door]
    page = clean_line(client.get(address).content.decode())
    assert 'name="folder" value="my"' in page
    answer = client.post(address, sent(folder="my"))
    document = Document.rows.get(kind="registration.my_papers")
    assert answer["Location"].endswith(f"/{document.pk}/") and document.language == "my"
    assert render_document(document_id=document.pk, now=timezone.now()).state == "ready"


@pytest.mark.parametrize("door", ["registration", "case"])
@pytest.mark.parametrize("more", [{"folder": ""}, {"folder": "my", "reason": "duplicate"}])
def test_no_folder_where_it_is_not_wanted_or_nobody_carries_it(gathered, cast, client_of, more, door):
    answer = client_of(cast.of("SUP")).post(doors(gathered)[door], sent(**more))
    assert answer.status_code == 302
    assert not Document.rows.filter(kind="registration.my_papers").exists()
    gathered.case.refresh_from_db()
    assert gathered.case.state == "closed"


def test_a_case_without_a_registration_offers_no_folder(cast, client_of):
    case = make_case(cast.mae_sot, cast.of("CW"))
    client, address = client_of(cast.of("SUP")), f"/cases/{case.pk}/close/"
    assert 'name="folder"' not in client.get(address).content.decode()
    assert client.post(address, sent(folder="my")).status_code == 302
    assert not Document.rows.exists()


def test_a_folder_in_a_language_it_is_not_made_in_closes_nothing(gathered, cast, client_of):
    answer = client_of(cast.of("SUP")).post(doors(gathered)["case"], sent(folder="xx"))
    assert answer.status_code == 422
    gathered.case.refresh_from_db()
    assert gathered.case.state == "open"


def test_it_stands_on_the_page_of_papers(gathered, cast, client_of):
    client = client_of(cast.of("CW"))
    address = f"/registration/{gathered.pk}/papers/"
    assert "My papers (folder for the family)" in client.get(address).content.decode()
    assert client.post(address, {"kind": "registration.my_papers", "language": "th"}).status_code == 302
    assert Document.rows.get(kind="registration.my_papers").language == "th"
