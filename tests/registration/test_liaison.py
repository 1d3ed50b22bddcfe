"""The liaison of a ward: writes births down without the parents’ status, hands them in, sees nothing else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.accounts.services import end_grant, expire_grants, give_grant
from casework.cases.models import NoticeGiven
from casework.documents.models import Attachment, CaptureLink
from casework.documents.services.attachments import add_attachment
from casework.drafts.models import Draft
from casework.drafts.services import save_draft, take_over_draft
from casework.home.work import work_of
from casework.kernel.refusals import Forbidden, Refusal
from registration.models import BirthRecord, ParentLink, WardBirth
from registration.queries.ward import FORM
from registration.services.ward import take_in_list
from tests.documents.test_attachments import picture
from tests.documents.test_attachments_pages import sent
from tests.factories import registration as births
from tests.factories.accounts import make_grant, make_user, make_worker
from tests.factories.cast import Cast, signed_in
from tests.factories.forms import fill_in
from tests.registration.test_draft_papers import of_draft
from tests.registration.test_journeys import STEPS, answers, begin, days_ago, go_on, open_case, page, today

pytestmark = pytest.mark.django_db
STATUS = {
    "mother_nationality": "MM", "mother_paper_type": "passport", "mother_paper_number": "MD778899",
    "mother_paper_expires_d": "3", "mother_paper_expires_m": "4", "mother_paper_expires_y": "2570",
    "mother_paper_seen": "on", "status_group": "undocumented", "twin_of": "1",
}  # fmt: skip
TOLD = ("MD778899", "paper_type", "paper_number", "_nationality", "Identity paper", "undocumented")


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def nurse(cast: Cast) -> Any:
    return make_worker("WRD", cast.mae_sot, "registration", username="sunisa.phakdi")


@pytest.fixture
def ward(nurse: Any) -> Client:
    return signed_in(nurse)


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return signed_in(cast.of("CW"))


def words(answer: Any) -> str:
    return answer.content.decode()


def handed_in(ward: Client) -> Draft:
    """A birth written down on the ward and given to the clinic."""
    draft = begin(ward)
    go_on(ward, draft)
    given = fill_in(ward, page("hand-in", draft.pk))
    assert given["Location"] == reverse("home:my-work")
    draft.refresh_from_db()
    return draft


def test_from_the_ward_to_the_case(ward, nurse, clerk, cast):
    """The liaison's whole way, and the clinic's: taken over, completed, opened."""
    home = words(ward.get("/"))
    assert "Log a birth" in home and page("new") in home and "topsearch" not in home
    draft = handed_in(ward)
    assert draft.ready_at and draft.owner == nurse and not work_of(nurse, today()).lines
    home = words(ward.get("/"))
    assert "Naw Hla Paw" in home and "Waits since" in home and "traypill" not in home

    line = next(line.item for line in work_of(cast.of("CW"), today()).lines)
    assert (line.title, line.verb, line.reference) == ("From the ward", "Take over", "Naw Hla Paw")
    assert line.url == f"{reverse('drafts:drafts')}#ready" and line.due_on == today()
    assert "From the ward" in words(clerk.get(reverse("drafts:drafts")))
    taken = clerk.post(reverse("drafts:take-over", args=[draft.pk]))
    assert taken["Location"] == page("step", draft.pk, "mother"), "what the ward did not ask is asked first"
    assert not work_of(cast.of("CW"), today()).lines

    asked = {"mother_paper_type": "passport", "mother_paper_number": "MD778899", "mother_nationality": "MM"}
    sent_on = fill_in(clerk, page("step", draft.pk, "mother"), **asked)
    assert sent_on["Location"] == page("step", draft.pk, "father")
    assert fill_in(clerk, page("step", draft.pk, "father"))["Location"] == page("check", draft.pk)
    assert open_case(clerk, draft).status_code == 302
    birth = BirthRecord.rows.get()
    assert birth.case.lead == cast.of("CW") and birth.channel == "ward"
    assert ParentLink.rows.get(birth=birth, role="mother").nationality_claimed == "MM"
    notice = NoticeGiven.rows.get(case=birth.case)
    assert notice.given_by == nurse, "the family was informed on the ward"
    assert nurse.full_name in words(clerk.get(reverse("cases:detail", args=[birth.case_id])))

    home = words(ward.get("/"))
    assert "has taken it over" in home
    for told in ("Naw Hla Paw", birth.case.number, birth.case.tracking_code, "MD778899"):
        assert told not in home
    for name, args in (("detail", [birth.pk]), ("step", [draft.pk, "mother"]), ("hand-in", [draft.pk])):
        answer = ward.get(page(name, *args))
        assert answer.status_code in (404, 409) and "Naw Hla Paw" not in words(answer)


def test_no_step_asks_or_keeps_the_parents_status(ward):
    """Neither shown, nor kept from the form, from autosave as fields, or as JSON."""
    draft = begin(ward, **STATUS)
    for step in STEPS:
        keeps_no_status(ward, draft, step)
    assert not [told for told in TOLD if told in words(ward.get(page("hand-in", draft.pk)))]


def keeps_no_status(ward: Client, draft: Draft, step: str) -> None:
    shown = words(ward.get(page("step", draft.pk, step)))
    assert not [told for told in TOLD if told in shown]
    fill_in(ward, page("step", draft.pk, step), **(answers()[step] | STATUS))
    saved = {"_form": FORM, "_step": step, "_draft": draft.pk, **answers()[step], **STATUS}
    assert ward.post(reverse("drafts:save"), saved).status_code == 200
    saved |= {"facility": "", "registry_office": "", "child_name_Latn": "Hser", "interpreter": "Naw Dah"}
    kept = ward.post(reverse("drafts:save"), saved, content_type="application/json")
    assert kept.status_code == 200 and not [told for told in TOLD if told in words(kept)]
    draft.refresh_from_db()
    names = {name for told in draft.data.values() for name in told}
    assert not [name for name in names if name.startswith(tuple(STATUS)) or "_paper_" in name or "_nation" in name]
    assert answers()[step].keys() & draft.data[step].keys(), "what is asked is kept"


def test_a_caseworker_is_asked_and_keeps_it(clerk):
    draft = begin(clerk, **STATUS)
    assert draft.data["mother"]["mother_paper_number"] == "MD778899"
    assert "Identity paper" in words(clerk.get(page("step", draft.pk, "mother")))


def test_only_the_status_typed_makes_no_draft(ward):
    first = {"_form": FORM, "_step": "mother", "device_id": str(uuid4()), "mother_paper_number": "MD778899"}
    assert ward.post(reverse("drafts:save"), first).status_code == 204
    assert ward.post(reverse("drafts:save"), first | {"mother_name_Latn": "Naw Paw"}).status_code == 200
    assert Draft.rows.get().data == {"mother": {"mother_name_Latn": "Naw Paw"}}


def test_nothing_of_other_families_is_said(ward, clerk, cast):
    """A child that looks alike is shown to the caseworker, and to the liaison nothing, not even that there is one."""
    facts = births.birth_facts(
        days_ago(3), names={"Thai": "เซอ มู พอ"}, parents=tuple(births.known(role, "Naw Hla Paw") for role in STEPS[:2])
    )
    known = births.make_birth(cast.mae_sot, cast.of("CW"), facts, today=today(), now=timezone.now())
    draft = begin(ward)
    go_on(ward, draft, steps=STEPS[1:3])
    typed = {"_form": FORM, "_step": "child", "_draft": draft.pk, **answers()["child"], "weight_g": "31"}
    live = {"headers": {"HX-Request": "true"}}
    told = words(ward.post(page("matches"), typed, **live))
    assert "says-weight_g" in told and "error-msg" in told, "words at the fields stay"
    for answer in (told, words(ward.get(page("step", draft.pk, "child"))), words(ward.get(page("hand-in", draft.pk)))):
        assert known.case.number not in answer and "a child we know" not in answer
    sought = {"q": "เซอ มู พอ"}
    assert known.case.number not in words(ward.post(reverse("home:search"), sought))
    assert known.case.number in words(clerk.post(reverse("home:search"), sought))
    take_over_draft(draft=draft, by=cast.of("CW"))
    assert known.case.number in words(clerk.post(page("matches"), typed, **live))


LISTED = "HN มารดา,ชื่อมารดา,วันเกิด,เพศ\n"


@pytest.mark.parametrize("is_first", [True, False], ids=["list first", "draft first"])
@pytest.mark.parametrize(
    ("number", "name", "kind"),
    [("690012", "Naw H. Paw", "same"), ("", "Naw Hla Paw", "alike"), ("", "Ma Hnin", ""), ("", "Naw Hla Paw,M", "")],
)
def test_the_clinic_is_told_that_the_list_of_the_ward_has_the_same_birth(
    ward, nurse, clerk, cast, number, name, kind, is_first
):
    """A birth on the list and in a draft is one; who wrote it down hears nothing of the list (decision 45)."""

    def take() -> None:
        born, (name_only, _comma, sex) = days_ago(3).isoformat(), name.partition(",")
        content = f"{LISTED}{number},{name_only},{born},{sex or 'F'}".encode()
        take_in_list(
            content=content, file_name="a.csv", office=cast.mae_sot, facility=births.make_facility(), by=cast.of("CW"),
            now=timezone.now(), today=today(),
        )  # fmt: skip

    if is_first:
        take()
    draft = begin(ward)
    go_on(ward, draft, birth={**answers()["birth"], "hospital_no_mother": number})
    fill_in(ward, page("hand-in", draft.pk))
    if not is_first:
        take()
    row = WardBirth.rows.get()
    assert (row.draft, row.likely_draft) == {"same": (draft, None), "alike": (None, draft), "": (None, None)}[kind]
    [line] = work_of(cast.of("CW"), today()).lines
    told = [line.item.note, words(clerk.get(reverse("drafts:drafts")))]
    assert ["On the ward’s list too" in one for one in told] == [bool(kind)] * 2
    listed = words(clerk.get(page("ward"), {"view": "begun" if kind == "same" else "waiting"}))
    assert ("The ward wrote it down as well" in listed, "a birth that looks the same" in listed) == (
        kind == "same", kind == "alike",
    )  # fmt: skip
    seen = "".join(
        words(ward.get(address)) for address in ("/", reverse("drafts:drafts"), page("step", draft.pk, "birth"))
    )
    assert "list too" not in seen and "690012" not in seen.replace('value="690012"', "")
    if kind == "same":
        start = clerk.post(page("ward-start", row.pk))
        assert start["Location"] == f"{reverse('drafts:drafts')}#ready"


def test_only_a_caseworker_opens_the_case(ward, clerk, cast):
    draft = begin(ward)
    go_on(ward, draft)
    for answer in (
        ward.get(page("check", draft.pk)), ward.post(page("check", draft.pk)), ward.get(page("quick")),
        ward.post(page("quick"), answers()["mother"]), ward.get(page("list")), ward.get(page("ward")),
        ward.get(page("ward-upload")), ward.post(reverse("api:births-list"), {}, content_type="application/json"),
    ):  # fmt: skip
        assert answer.status_code == 403
    assert "This is done by" in words(ward.get(page("quick")))
    assert clerk.post(page("hand-in", draft.pk)).status_code == 403
    assert not BirthRecord.rows.exists() and Draft.rows.get().ready_at is None
    take_over_draft(draft=draft, by=cast.of("CW"))
    assert open_case(clerk, draft).status_code == 302


def test_what_is_not_finished_or_cannot_be_is_not_handed_in(ward, cast):
    draft = begin(ward)
    go_on(ward, draft, steps=STEPS[1:5])
    without_notice = fill_in(ward, page("hand-in", draft.pk))
    assert without_notice["Location"] == page("step", draft.pk, "notice"), "the family is informed first"
    go_on(ward, draft, steps=("notice",))
    Draft.rows.filter(pk=draft.pk).update(data=Draft.rows.get().data | {"father": {"father_knowledge": "known"}})
    refused = fill_in(ward, page("hand-in", draft.pk))
    assert refused.status_code == 422 and "father’s name" in words(refused)
    assert Draft.rows.get().ready_at is None
    go_on(ward, draft, steps=("father",))
    assert fill_in(ward, page("hand-in", draft.pk)).status_code == 302


def test_a_liaison_sees_own_drafts_and_corrects_what_waits(ward, nurse, cast):
    draft = handed_in(ward)
    assert fill_in(ward, page("step", draft.pk, "mother"), mother_name_Latn="Naw Hla Say").status_code == 302
    assert Draft.rows.get().title == "Naw Hla Say" and Draft.rows.get().ready_at
    colleague = make_worker("WRD", cast.mae_sot, "registration")
    other = signed_in(colleague)
    assert other.get(page("step", draft.pk, "mother")).status_code == 404
    assert other.post(page("hand-in", draft.pk)).status_code == 404
    assert other.post(reverse("drafts:take-over", args=[draft.pk])).status_code == 404
    assert "Naw Hla" not in words(other.get("/")) + words(other.get(reverse("drafts:drafts")))


def test_the_window_left_open_on_the_ward_keeps_nothing(ward, cast):
    draft = begin(ward)
    take_over_draft(draft=draft, by=cast.of("CW"))
    typed = {"_form": FORM, "_step": "mother", "_draft": draft.pk, "mother_name_Latn": "Naw Other", "version": "1"}
    answer = ward.post(reverse("drafts:save"), typed)
    assert answer.status_code == 409 and "has taken this draft over" in answer.json()["message"]
    assert answer.json().keys() == {"code", "message", "field"}
    opened = ward.get(page("step", draft.pk, "mother"))
    assert opened.status_code == 409 and "has taken this draft over" in words(opened)
    assert Draft.rows.get().title == "Naw Hla Paw"


def test_photos_but_no_identity_papers(ward, nurse, clerk, cast):
    draft = begin(ward)
    assert "identity" not in words(ward.get(of_draft("attach", draft)))
    assert ward.post(of_draft("attach", draft), sent(("a.jpg", picture()))).status_code == 302
    refused = ward.post(of_draft("attach", draft), sent(("b.jpg", picture())) | {"paper_kind": "identity"})
    assert refused.status_code == 422
    phone = {"title": "Birth notice", "paper_kind": "identity"}
    assert ward.post(of_draft("phone", draft), phone).status_code == 422
    assert ward.post(of_draft("phone", draft), phone | {"paper_kind": "other"}).status_code == 200
    assert CaptureLink.rows.get().paper_kind == "other" and Attachment.rows.count() == 1
    with pytest.raises(Forbidden):
        add_attachment(
            subject=draft, file=picture(), title="Passport", paper_kind="identity", by=nurse, now=timezone.now()
        )
    photo = reverse("documents:attachment", args=[Attachment.rows.get().pk])
    assert ward.get(photo).status_code == 200
    take_over_draft(draft=draft, by=cast.of("CW"))
    assert ward.get(photo).status_code == 404 and clerk.get(photo).status_code == 200
    own = sent(("c.jpg", picture())) | {"paper_kind": "identity"}
    assert clerk.post(of_draft("attach", draft), own).status_code == 302


def test_the_broader_role_holds(cast):
    both = make_worker("WRD", cast.mae_sot, "registration")
    make_grant(both, "CW", cast.mae_sot)
    client = signed_in(both)
    draft = begin(client, **STATUS)
    assert "mother_paper_number" in draft.data["mother"]
    go_on(client, draft)
    assert open_case(client, draft).status_code == 302


@pytest.mark.parametrize("office", ["MS", "RN"])
def test_a_role_of_another_programme_or_office_asks_no_status_here(cast, office):
    """Grants never merge: a caseworker of another office, or of another programme here, is a liaison here."""
    nurse = make_worker("WRD", cast.mae_sot, "registration")
    make_grant(nurse, "CW", cast.offices[office], "emergency_fund")
    draft = begin(signed_in(nurse), **STATUS)
    assert draft.office == cast.mae_sot and "mother_paper_number" not in draft.data["mother"]


def test_what_was_typed_as_a_caseworker_is_not_a_liaisons(cast, clerk):
    """Who is a liaison now does not go on with a draft that tells the status of the parents; a colleague does."""
    user = make_user()
    grant = make_grant(user, "CW", cast.mae_sot)
    began = signed_in(user)
    telling, plain = begin(began, **STATUS), save_draft(
        by=user, form=FORM, step="child", answers={"child_name_Latn": "Hser"}, office_id=cast.mae_sot.pk
    )  # fmt: skip
    quick = save_draft(by=user, form="registration.quick", step="form", answers={"mother_paper_number": "MD778899",
                       "mother_name_Latn": "Ma Quick"}, office_id=cast.mae_sot.pk)  # fmt: skip
    make_grant(user, "WRD", cast.mae_sot, "registration")
    end_grant(grant=grant, ended_by=cast.of("SYS"), now=timezone.now())
    assert plain and quick
    now_a_nurse = signed_in(user)
    assert now_a_nurse.get(page("step", telling.pk, "mother")).status_code == 404
    assert now_a_nurse.get(page("step", plain.pk, "child")).status_code == 200
    seen = words(now_a_nurse.get("/")) + words(now_a_nurse.get(reverse("drafts:drafts")))
    assert "Hser" in seen and "Naw Hla Paw" not in seen and "Ma Quick" not in seen
    theirs = words(clerk.get(reverse("drafts:drafts")))
    assert all(name in theirs for name in ("Hser", "Naw Hla Paw", "Ma Quick"))


@pytest.mark.parametrize("how", ["ended", "expired"])
def test_the_office_does_not_lose_a_draft_when_the_role_ends(ward, nurse, cast, how):
    begin(ward)
    grant = nurse.grants.get()
    second = make_grant(nurse, "WRD", cast.mae_sot)
    for one in (grant, second):
        assert Draft.rows.get().ready_at is None, "another role still lets them go on"
        if how == "ended":
            end_grant(grant=one, ended_by=cast.of("SYS"), now=timezone.now())
        else:
            type(one).objects.filter(pk=one.pk).update(valid_from=days_ago(2), valid_to=days_ago(1))
            expire_grants(today=today(), now=timezone.now())
    assert [line.item.reference for line in work_of(cast.of("CW"), today()).lines] == ["Naw Hla Paw"]
    assert ward.get(page("step", Draft.rows.get().pk, "mother")).status_code in (404, 409)


def test_a_practice_ward_tells_the_practice_office_alone(cast):
    draft = handed_in(signed_in(make_worker("WRD", cast.offices["PX"], "registration")))
    assert draft.office.kind == "practice"
    assert not work_of(cast.of("CW"), today()).lines
    assert work_of(make_worker("CW", cast.offices["PX"]), today()).lines


@pytest.mark.parametrize("role", ["SYS", "AUD"])
def test_who_runs_or_checks_the_site_is_no_liaison(cast, role):
    user = cast.of(role)
    with pytest.raises(Refusal) as refused:
        give_grant(user=user, role="WRD", office=cast.mae_sot, given_by=None, confirmed_by=None, today=today())
    assert refused.value.code == "E-APR-30"
    make_grant(cast.of("EXT"), "WRD", cast.mae_sot)
