"""Templates for donors: a manager writes one, colleagues order with it, reports keep what they were ordered with."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.documents.compose import Stamp, compose
from casework.documents.kinds import kind_named
from casework.documents.models import Document
from casework.documents.pages import page_text
from casework.documents.services import request_document
from casework.kernel.refusals import Refusal
from casework.reports import periods, rules, services, template_services
from casework.reports.boards import Scope, boards
from casework.reports.models import ReportRun, ReportTemplate
from registration.reports import BirthBoard
from tests.factories import registration as births
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cast import Cast, make_cast, signed_in

pytestmark = pytest.mark.django_db
LABEL = "LF-3 Children with a legal identity"
BURMESE = "မိခင်များသည် ဆေးရုံမှ မွေးစာရင်းလက်မှတ်ကို နောက်ကျမှ ရရှိကြသည်။"
TYPED = {
    "name": "Quarterly report", "donor": "Lotus Foundation", "language": "en", "readers": "outside", "year_begins": "4",
    "chosen_registered": "on", "place_registered": "1", "label_registered": LABEL, "chosen_open": "on",
    "place_open": "2", "chosen_backlog": "on", "heading_0": "Achievements", "hint_0": "Three sentences at most",
    "heading_1": "Challenges", "hint_1": "",
}  # fmt: skip
TOLD: dict[str, Any] = {
    "name": "Quarterly report", "donor": "Lotus Foundation", "language": "en", "readers": "outside",
    "year_begins": None,
    "figures": [{"key": "registered", "label": LABEL}], "boxes": [{"heading": "Challenges", "hint": ""}],
}  # fmt: skip


def make_rows() -> Cast:
    """Mae Sot with two births on their way."""
    cast = make_cast()
    for _one in range(2):
        births.gathering(cast.mae_sot, cast.of("CW"))
    return cast


def address(name: str, *args: Any, **query: Any) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"reports:{name}", args=args) + (f"?{asked}" if asked else "")


def template_of(cast: Cast, **more: Any) -> ReportTemplate:
    told = {**TOLD, **more}
    return template_services.add_template(board=BirthBoard(), by=cast.of("PM"), now=timezone.now(), **told)


def ordered(cast: Cast, **more: Any) -> Document:
    values: dict[str, Any] = {
        "board": BirthBoard(), "period": periods.year(timezone.localdate().year), "offices": [cast.mae_sot],
        "language": "en", "readers": "outside", "by": cast.of("CW"), "now": timezone.now(),
    }  # fmt: skip
    return services.order_report(**{**values, **more})


def printed(document: Document) -> str:
    """What stands on the pages, on one line."""
    stamp = Stamp(**document.facts["stamp"])
    kind = kind_named(document.kind)
    pages = page_text(compose(kind, document.facts["paper"], language=document.language, stamp=stamp))
    return " ".join("\n".join(pages).split())


def test_a_manager_writes_a_template_and_a_caseworker_orders_with_it(clinic):
    manager, worker = signed_in(clinic.of("PM")), signed_in(clinic.of("CW"))
    saved = manager.post(address("template-new", board="registration"), TYPED)
    template = ReportTemplate.rows.get()
    assert saved.url == address("template", template.pk)
    assert [one["key"] for one in template.figures] == ["registered", "open", "backlog"]
    assert Event.objects.filter(action="reports.template.added", subject_id=template.pk).count() == 1

    listed = worker.get(address("templates", board="registration")).content.decode()
    assert "Quarterly report" in listed and "Added and changed by: Programme manager" in listed
    assert "template-change" not in worker.get(address("template", template.pk)).content.decode()
    refused = worker.post(address("template-change", template.pk), {**TYPED, "name": "Mine"})
    assert (refused.status_code, "This is done by: Programme manager" in refused.content.decode()) == (403, True)

    order = address("reports", board="registration", template=template.pk)
    page = worker.get(order)
    assert page.context["form"]["readers"].value() == "outside"
    assert dict(page.context["form"].fields["readers"].choices).keys() == {"outside"}
    assert "Lotus Foundation: 1 Apr" in page.content.decode().replace("\u00a0", " ")
    words = {"text_0": f"We reached <b>far</b>.\n\n{BURMESE}", "text_1": ""}
    data = {
        "period": page.context["form"]["period"].value(), "offices": [clinic.mae_sot.pk], "language": "en",
        "readers": "outside", **words,
    }  # fmt: skip
    assert worker.post(order, data).status_code == 302
    document = Document.rows.get()
    paper, text = document.facts["paper"], printed(document)
    assert [(stat["label"], stat["value"]) for stat in paper["stats"]] == [
        (LABEL, "0"), ("Open birth registrations", "*"),
    ]  # fmt: skip
    assert [item["code"] for item in paper["definitions"]] == ["M4", "M5", "M15"]
    assert paper["definitions"][0]["called"] == LABEL
    assert [box["heading"] for box in paper["narrative"]] == ["Achievements"]
    for told in ("Quarterly report", "Lotus Foundation", LABEL, "We reached <b>far</b>.", BURMESE):
        assert told in text
    assert "15 days measure time" not in text, "no figure of it is on the paper"


def test_a_report_keeps_what_it_was_ordered_with(clinic):
    template = template_of(clinic)
    document = ordered(clinic, template=template, narrative=["The road was flooded"])
    data = {**TYPED, "name": "Renamed", "label_registered": "LF-9"}
    manager = signed_in(clinic.of("PM"))
    assert manager.post(address("template-change", template.pk), data).status_code == 302
    assert "LF-9" in manager.get(address("template", template.pk)).content.decode()
    run = ReportRun.rows.get()
    again = request_document(
        kind="registration.report", subject=run, language="th", requested_by=clinic.of("CW"), now=timezone.now()
    )
    for paper in (document.facts["paper"], again.facts["paper"]):
        assert (paper["name"], paper["stats"][0]["label"]) == ("Quarterly report", LABEL)
        assert paper["narrative"] == [{"heading": "Challenges", "text": "The road was flooded"}]


def test_without_a_template_there_is_one_box_and_every_figure(clinic):
    worker = signed_in(clinic.of("CW"))
    order = address("reports", board="registration")
    form = worker.get(order).context["form"]
    data = {"period": "year:2026", "offices": [clinic.mae_sot.pk], "language": "th", "readers": "organisation"}
    assert [field.name for field in form.boxes] == ["text_0"]
    assert worker.post(order, {**data, "text_0": "ถนนถูกน้ำท่วม"}).status_code == 302
    paper = Document.rows.get().facts["paper"]
    assert paper["narrative"] == [{"heading": "สิ่งที่ตัวเลขเหล่านี้ไม่ได้บอก", "text": "ถนนถูกน้ำท่วม"}]
    assert len(paper["stats"]) == 5
    too_long = worker.post(order, {**data, "text_0": "ก" * (rules.LONGEST_TEXT + 1)})
    told = unescape(too_long.content.decode())
    assert (too_long.status_code, "5,001 characters" in told, "ก" * 5_001 in told) == (422, True, True)


WRONG = {
    "Write a name": {"name": ""},
    "is there already": {"name": "YEARLY report"},
    "Write for which donor": {"donor": ""},
    "Choose at least one figure": dict.fromkeys(("chosen_registered", "chosen_open", "chosen_backlog", "place_open",
                                                 "place_registered", "label_registered"), ""),
    "has a hint and no heading": {"hint_1": "Of the year", "heading_1": ""},
    "Two boxes have the same heading": {"heading_1": "achievements", "hint_1": "Of the year"},
}  # fmt: skip


@pytest.mark.parametrize("words", WRONG)
def test_a_template_that_cannot_be_is_refused_in_words_and_what_was_typed_stays(clinic, words):
    template_of(clinic, name="Yearly report")
    answer = signed_in(clinic.of("PM")).post(address("template-new", board="registration"), TYPED | WRONG[words])
    page = unescape(answer.content.decode())
    assert (answer.status_code, words in page, "Three sentences at most" in page) == (422, True, True)
    assert ("hint_1" in WRONG[words]) == ("heading_1" in answer.context["form"].errors)
    assert ReportTemplate.rows.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"figures": [{"key": "m99", "label": ""}]}, "E-TPL-06"),
        ({"figures": [{"key": "open", "label": ""}] * 2}, "E-TPL-07"),
        ({"boxes": [{"heading": str(n), "hint": ""} for n in range(9)]}, "E-TPL-10"),
        ({"language": "my"}, "E-TPL-11"),
        ({"readers": "everybody"}, "E-TPL-12"),
        ({"year_begins": 13}, "E-TPL-13"),
        ({"donor": "x" * 121}, "E-TPL-04"),
        ({}, ""),
    ],
)
def test_what_no_page_offers_is_refused_by_its_code(clinic, more, code):
    if not code:
        assert template_of(clinic, **more).is_active
        return
    with pytest.raises(Refusal) as refused:
        template_of(clinic, **more)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("role", "readers", "narrative", "code"),
    [
        ("SUP", "staff", [], "REP-6"),
        ("SUP", "organisation", [], ""),
        ("SUP", "outside", ["one"], ""),
        ("SUP", "outside", ["one", "two"], "REP-7"),
    ],
)
def test_nobody_is_told_more_than_the_template_says(clinic, role, readers, narrative, code):
    template, order = template_of(clinic, readers="organisation"), {"readers": readers, "narrative": narrative}
    if not code:
        assert ordered(clinic, template=template, by=clinic.of(role), **order)
        return
    with pytest.raises(Refusal) as refused:
        ordered(clinic, template=template, by=clinic.of(role), **order)
    assert refused.value.code == code


def test_a_template_out_of_use_is_not_offered_until_it_is_used_again(clinic):
    template = template_of(clinic)
    manager, worker = signed_in(clinic.of("PM")), signed_in(clinic.of("CW"))
    order = address("reports", board="registration", template=template.pk)
    data = {"period": "year:2026", "offices": [clinic.mae_sot.pk], "language": "en", "readers": "outside"}
    assert worker.post(address("template-retire", template.pk)).status_code == 403
    assert manager.post(address("template-retire", template.pk)).status_code == 302
    refused = worker.post(order, {**data, "text_0": "The road was flooded"})
    page = refused.content.decode()
    assert (refused.status_code, "is not in use" in page, "The road was flooded" in page) == (422, True, True)
    assert list(worker.get(address("reports", board="registration")).context["templates"]) == []
    assert manager.post(address("template-use-again", template.pk)).status_code == 302
    assert worker.post(order, data).status_code == 302


def test_a_manager_of_one_programme_writes_no_templates_of_another(clinic):
    template = template_of(clinic)
    of_fund = signed_in(make_worker("PM", "MS", "emergency_fund"))
    of_births = signed_in(make_worker("PM", "MS", "registration"))
    both = make_worker("PM", "MS", "emergency_fund")
    make_grant(both, "CW", "MS", "registration")
    for client, status in ((of_fund, 404), (signed_in(both), 403), (of_births, 200)):
        assert client.get(address("template-new", board="registration")).status_code == status
        assert client.get(address("template-change", template.pk)).status_code == status
        seen = 404 if client is of_fund else 200
        assert client.get(address("reports", board="registration", template=template.pk)).status_code == seen
        told = {"board": "registration", **TOLD, "name": f"Of {status}"}
        made = client.post(reverse("api:report-templates-list"), told, content_type="application/json").status_code
        assert made == {404: 400, 403: 403, 200: 201}[status]


def test_two_managers_do_not_overwrite_one_another(clinic):
    template = template_of(clinic)
    manager = signed_in(clinic.of("PM"))
    page = manager.get(address("template-change", template.pk))
    opened = page.context["opened"]
    values = {**TYPED, "opened": opened}
    assert manager.post(address("template-change", template.pk), {**values, "name": "First"}).status_code == 302
    second = manager.post(address("template-change", template.pk), {**values, "name": "Second"})
    assert (second.status_code, ReportTemplate.rows.get().name) == (422, "First")


CONDITIONAL = {"ward", "burn", "empty", "expired"}
"""Figures that a board has only where there is something to count."""


@pytest.mark.parametrize("language", ["en", "th", "my"])
@pytest.mark.parametrize("key", [board.key for board in boards()])
def test_a_board_offers_the_figures_it_has_under_their_names(key, language, db):
    board = next(board for board in boards() if board.key == key)
    today = timezone.localdate()
    scope = Scope(period=periods.year(today.year), before=None, offices=frozenset(), today=today, language=language)
    reading, offered = board.read(scope), {one.key: one for one in board.offered(language)}
    shown = {one.key: (str(one.label), True) for one in reading.stats}
    shown |= {one.key: (str(one.title), False) for one in reading.tables}
    assert {key: (offered[key].name, offered[key].is_large) for key in shown} == shown
    assert offered.keys() - shown.keys() <= CONDITIONAL


def test_a_figure_that_is_not_there_is_said(clinic):
    figures = [{"key": "ward", "label": "LF-5 Coverage"}, *TOLD["figures"]]
    note = ordered(clinic, template=template_of(clinic, figures=figures)).facts["paper"]["note"]
    assert "Nothing was there to be counted in this period for: LF-5 Coverage." in note


def test_a_template_over_the_api(clinic):
    manager, url = signed_in(clinic.of("PM")), reverse("api:report-templates-list")
    told = {"board": "registration", **TOLD}
    made = manager.post(url, told, content_type="application/json")
    assert (made.status_code, made.json()["figures"]) == (201, TOLD["figures"])
    again = manager.post(url, told, content_type="application/json")
    assert (again.status_code, "E-TPL-02" in again.content.decode()) == (422, True)
    row = made.headers["Location"]
    match = {"If-Match": manager.get(row).headers["ETag"]}
    changed = manager.post(f"{row}change/", {"name": "Monthly"}, content_type="application/json", headers=match)
    assert (changed.status_code, changed.json()["name"], changed.json()["figures"]) == (200, "Monthly", TOLD["figures"])
    assert signed_in(clinic.of("CW")).get(url).json()["results"][0]["name"] == "Monthly"
