"""Code lists: a supervisor adds a code and ceases to offer another; forms, pages, papers, figures and API follow."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import replace
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from casework.audit.models import Event
from casework.audit.queries import as_lines
from casework.reference import codes
from casework.reference.codes import words
from casework.reference.models import OWN_LONGEST, ListedCode
from casework.reports import periods
from casework.reports.boards import Scope
from registration import open_lists
from registration.documents.letter import Letter
from registration.documents.summary import Summary
from registration.models import BirthRecord, ChecklistItem, Submission
from registration.queries.facts import facts_of
from registration.queries.usual import answers_as_before
from registration.reports import BirthBoard
from registration.services import progress
from registration.services.editing import change_facts
from registration.states import Channel
from tests.factories import registration as births

from .codes import NOTHING, codes_of

pytestmark = pytest.mark.django_db
ADD = reverse("home:reference-add", args=["codes"])
SAID = {"name_en": "A flood", "name_th": "น้ำท่วม", "name_my": "ရေကြီး", "is_offered": "on"}


def row(listed: str, code: str, begins: dt.date | None = None, **more: str) -> dict[str, str]:
    """The form of a row, from today on unless told otherwise."""
    on = begins or timezone.localdate()
    first = {"valid_from_d": str(on.day), "valid_from_m": str(on.month), "valid_from_y": str(on.year)}
    return {"list": f"registration.{listed}", "code": code, "source": "Meeting of the office", **first, **more}


def added(client, *rows: dict[str, str]) -> None:
    for form in rows:
        answer = client.post(ADD, form)
        assert answer.status_code == 302, answer.context["form"].errors


def test_a_code_of_ones_own_and_one_no_longer_offered(cast, client_of, django_assert_num_queries):
    supervisor, clerk = client_of(cast.of("SUP")), client_of(cast.of("CW"))
    birth = births.gathering(cast.mae_sot, cast.of("CW"), births.birth_facts(dt.date(2026, 9, 1)))
    item = birth.items.get(requirement__key="mother_paper")
    late, paper = (reverse(f"registration:{name}", args=[pk]) for name, pk in (("late", birth.pk), ("item", item.pk)))
    note = {"late_reason": "flood", "late_text": ""}
    stop = {"state": "needed", "block": "witness_missing", "responsible": "family"}
    assert clerk.post(late, note).status_code == 422 and clerk.post(paper, stop).status_code == 302
    assert clerk.post(ADD, row("late_reason", "flood", **SAID)).status_code == 403

    added(
        supervisor, row("late_reason", "flood", **SAID), row("block", "flood", **SAID),
        row("block", "witness_missing"), row("channel", "anc"),
    )  # fmt: skip
    listed = supervisor.get(reverse("home:reference-table", args=["codes"])).content.decode()
    [stop_link] = re.findall(r'<a href="([^"]*code=father_absent[^"]*)"', listed)
    assert "code=witness_missing" not in listed and "code=parent_no_id" not in listed  # one is withdrawn, one needed
    begun = supervisor.get(html.unescape(stop_link)).context["form"]
    assert [begun[name].value() for name in ("list", "code", "is_offered")] == [
        "registration.block",
        "father_absent",
        "",
    ]
    typed = [reverse("home:reference-add", args=["texts"]) + "?body=Signed", f"{ADD}?list=registration.block&code=rain"]
    fresh = [supervisor.get(address).context["form"] for address in typed]  # no page leads there
    assert [fresh[0]["body"].value(), fresh[1]["code"].value()] == [None, None]
    assert "A flood (flood)" in listed and "No witness (witness_missing)" in listed
    lists = {one["key"]: one for one in clerk.get("/api/v1/code-lists/").json()}
    told = {key: {code.pop("code"): code for code in one["codes"]} for key, one in lists.items()}
    assert lists.keys() == {one.key for one in open_lists.OPEN_LISTS}
    assert told["registration.block"]["flood"] == {**SAID, "is_offered": True}
    nobody = {"name_en": "No witness", "name_th": "ไม่มีพยาน", "name_my": "သက်သေ မရှိ", "is_offered": False}
    assert told["registration.block"]["witness_missing"] == nobody, "it may stand in records"
    assert list(told["registration.channel"])[-1] == "anc", "what is not offered comes last"
    intake = clerk.get(reverse("registration:quick")).content.decode()
    assert '<option value="flood">A flood</option>\n  <option value="other"' in intake
    assert 'value="ward"' in intake and 'value="anc"' not in intake
    assert ">No witness</option>" in clerk.get(paper).content.decode()  # it stands there
    assert clerk.post(paper, stop | {"state": "requested"}).status_code == 302  # and is not lost
    assert clerk.post(paper, stop | {"block": "flood"}).status_code == 302
    assert "No witness" not in clerk.get(paper).content.decode()
    assert clerk.post(late, note).status_code == 302
    page = clerk.get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert page.count("A flood") == 2 and "No witness" not in page

    ChecklistItem.rows.filter(pk=item.pk).update(blocked_since=births.TODAY - dt.timedelta(days=20))
    BirthRecord.rows.filter(pk=birth.pk).update(status="ready", registry_office=births.make_registry())
    birth = BirthRecord.rows.get(pk=birth.pk)
    scope = Scope(
        period=periods.year(2026), before=None, offices=frozenset([cast.mae_sot.pk]), today=births.TODAY, language="th"
    )
    assert [str(line.name) for line in BirthBoard().read(scope).table("codes").rows] == ["น้ำท่วม"]
    letter = {"letter_number": "1/2569", "letter_date": "2026-11-23"}
    assert Letter().context(birth, language="th", facts=letter).late_reason == "น้ำท่วม"
    assert any("น้ำท่วม" in flag for flag in Summary().context(birth, language="th", facts={}).flags)
    told = as_lines(Event.objects.filter(action="registration.late_reason.set"), with_values=True)
    assert "A flood" in str(told)
    assert words(open_lists.LATE_REASONS, "quicksand") == "quicksand"
    with override("my"), django_assert_num_queries(0):
        assert (birth.get_late_reason_display(), birth.get_channel_display()) == ("ရေကြီး", str(Channel.WARD.label))
        assert words(open_lists.LATE_REASONS, "flood", "km") == "A flood"
        assert words(open_lists.LATE_REASONS, "quicksand") == "quicksand"  # nobody knows it: it is asked for once


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (row("block", "parent_no_id"), "code"),  # a service writes it
        (row("block", "dna_cost", is_offered="on"), "is_offered"),  # it is offered
        (row("block", "dna_cost", name_th="ค่าตรวจ"), "name_th"),  # it has its words
        (row("block", "flood", **SAID | {"name_th": " "}), "name_th"),
        (row("block", "Flood 1", **SAID), "code"),
        (row("block", "f" * (OWN_LONGEST + 1), **SAID), "code"),
        (row("block", "mud", **SAID), "code"),  # it has a row
        (row("nothing", "flood", **SAID), "list"),
    ],
)
def test_a_row_that_says_something_wrong_is_refused_at_its_field(cast, client_of, form, field):
    supervisor = client_of(cast.of("SUP"))
    added(supervisor, row("block", "mud", **SAID))
    refused = supervisor.post(ADD, form)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {field})
    added(supervisor, row("block", "dna_cost"), row("block", "f" * OWN_LONGEST, **SAID | {"name_my": ""}))


def test_a_code_is_offered_on_the_days_of_its_rows_and_in_the_words_of_the_newest(cast, client_of):
    supervisor, today = client_of(cast.of("SUP")), timezone.localdate()
    begun, ended = today - dt.timedelta(days=40), today - dt.timedelta(days=1)
    added(supervisor, row("block", "landslide", begun, **SAID), row("block", "dna_cost", begun))
    listed = dict(codes.offered(open_lists.BLOCKS, today))
    assert listed["landslide"] == "A flood" and "dna_cost" not in listed
    own, known = (ListedCode.objects.get(code=code) for code in ("landslide", "dna_cost"))
    renamed = row("", "", **SAID | {"name_en": "A landslide"})
    assert supervisor.post(reverse("home:reference-change", args=["codes", own.pk]), renamed).status_code == 302
    again = row("", "", is_offered="on")
    assert supervisor.post(reverse("home:reference-change", args=["codes", known.pk]), again).status_code == 302
    listed = dict(codes.offered(open_lists.BLOCKS, today))
    assert listed["landslide"] == "A landslide" == words(open_lists.BLOCKS, "landslide") and "dna_cost" in listed
    assert dict(codes.offered(open_lists.BLOCKS, ended))["landslide"] == "A flood"
    newest = ListedCode.objects.get(code="landslide", valid_to=None)
    end = {"on_d": str(today.day), "on_m": str(today.month), "on_y": str(today.year)}
    assert supervisor.post(reverse("home:reference-end", args=["codes", newest.pk]), end).status_code == 302
    assert "landslide" not in dict(codes.offered(open_lists.BLOCKS, today + dt.timedelta(days=1)))
    assert codes.is_known(open_lists.BLOCKS, "landslide")


def test_a_row_of_today_is_corrected_and_an_older_one_gets_a_version(cast, client_of):
    supervisor, today = client_of(cast.of("SUP")), timezone.localdate()
    added(supervisor, row("block", "hail", **SAID), row("block", "dna_cost"))
    hail, cost = (reverse("home:reference-change", args=["codes", one.pk]) for one in ListedCode.objects.order_by("pk"))
    told = "If you keep its first day, it is corrected"
    assert told in supervisor.get(hail).content.decode()
    put_right = SAID | {"name_en": "Hail"}
    for address, said in ((hail, put_right), (cost, {"is_offered": "on"})):  # a spelling, and what was not meant
        assert supervisor.post(address, row("", "", **said)).status_code == 302
    listed = dict(codes.offered(open_lists.BLOCKS, today))
    assert (listed["hail"], "dna_cost" in listed, ListedCode.objects.count()) == ("Hail", True, 2)
    [changed, _cost] = Event.objects.filter(action="reference.row.changed").order_by("pk")
    assert changed.values.changes == {"name_en": ["A flood", "Hail"]}
    ListedCode.objects.update(valid_from=today - dt.timedelta(days=1))
    assert told not in supervisor.get(hail).content.decode()
    assert supervisor.post(hail, row("", "", today - dt.timedelta(days=1), **SAID)).status_code == 422
    assert supervisor.post(hail, row("", "", **SAID)).status_code == 302
    assert ListedCode.objects.filter(code="hail").count() == 2


def test_a_fund_officer_proposes_a_code_and_who_writes_rows_confirms(cast, client_of):
    officer, second = client_of(cast.of("FO")), client_of(cast.of("SUP"))
    asked = officer.post(ADD, row("block", "rain", **SAID) | {"reason": "The families say so"})
    shown = second.get(asked.url).content.decode()
    assert "A flood (rain)" in shown and "What stops a paper" in shown and not ListedCode.objects.exists()
    assert second.post(f"{asked.url}confirm").status_code == 302
    assert dict(codes.offered(open_lists.BLOCKS, timezone.localdate()))["rain"] == "A flood"


def test_a_service_takes_what_is_known_alone(cast, client_of):
    worker = cast.of("CW")
    added(client_of(cast.of("SUP")), row("late_reason", "mist", **SAID), row("block", "mist", **SAID))
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.get(requirement__key="mother_paper")
    late = partial(codes_of, progress.set_late_reason, birth=birth, text="", by=worker)
    stop = partial(codes_of, progress.set_item, item=item, by=worker, today=births.TODAY)
    change = partial(codes_of, change_facts, birth=birth, by=worker, now=births.NOW, today=births.TODAY)
    assert [late(reason="balloon"), late(reason="mist")] == [{"BR-LIST-1"}, NOTHING]
    told = [stop(state="needed", block="balloon"), stop(state="impossible"), stop(state="needed", block="mist")]
    assert told == [{"BR-LIST-1"}, {"BR-ITEM-2"}, NOTHING]
    facts = facts_of(birth)
    assert [change(facts=replace(facts, late_reason=reason)) for reason in ("balloon", "mist")] == [
        {"BR-LIST-1"},
        NOTHING,
    ]


def test_the_next_birth_does_not_begin_with_a_way_of_coming_that_is_offered_no_longer(cast, client_of):
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(channel="anc"))
    assert answers_as_before(birth)["channel"] == "anc"
    added(client_of(cast.of("SUP")), row("channel", "anc"))
    assert answers_as_before(birth)["channel"] == ""


@pytest.mark.parametrize("entry", open_lists.OPEN_LISTS, ids=lambda entry: entry.key)
def test_a_column_has_room_for_a_code_of_ones_own(entry):
    of = [BirthRecord, ChecklistItem, Submission]
    columns = [f for model in of for f in model._meta.fields if getattr(f, "open_list", None) is entry]
    assert columns and all(column.max_length >= OWN_LONGEST for column in columns)
