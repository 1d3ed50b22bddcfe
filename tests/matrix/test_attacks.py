"""What attackers try beside bad input: other people's ids, slipped-in fields, ways out of the site, and peeping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Grant
from casework.approvals.models import ApprovalPolicy, RoleConflict
from casework.audit.models import EventValue
from casework.cases.models import CasePlan
from casework.cases.services.cases import change_lead
from casework.kernel.models import AppendOnly
from casework.kernel.refusals import Refusal
from registration.models import BirthRecord
from tests.factories.accounts import PASSWORD, make_grant, make_worker
from tests.factories.cast import signed_in
from tests.factories.forms import fill_in
from tests.registration.test_journeys import begin, go_on, open_case

from .places import OTHER, OWN, SEALED

pytestmark = pytest.mark.django_db
AWAY = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "https:evil.example", "\thttps://evil.example", "http://testserver@evil.example", "data:text/html,x",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _undone(world) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def clerk(world) -> Client:
    return signed_in(world.cast.of("CW"))


@pytest.fixture
def chief(world) -> Client:
    return signed_in(world.cast.of("SUP"))


# other people's ids


def test_a_lead_of_another_office_cannot_be_chosen(world, chief):
    case = world.records[OWN].case
    url = reverse("cases:lead", args=[case.pk])
    refused = fill_in(chief, url, lead=world.cast.of("CW", "RN").pk, reason="x")
    assert refused.status_code == 422
    assert fill_in(chief, url, lead=world.cast.of("CW").pk, reason="x").status_code == 302


@pytest.mark.parametrize("role", ["PM", "ME", "FO", "AUD", "EXT"])
def test_a_case_is_not_led_by_somebody_who_does_not_work_on_cases(world, chief, role):
    """Whoever may not open the case would be its lead for good, and a partner would read of the child at home."""
    case, stranger = world.records[OWN].case, world.cast.of(role)
    url = reverse("cases:lead", args=[case.pk])
    assert f'value="{stranger.pk}"' not in chief.get(url).content.decode()
    assert fill_in(chief, url, lead=stranger.pk).status_code == 422
    with pytest.raises(Refusal) as refused:
        change_lead(case=case, lead=stranger, by=world.cast.of("SUP"), now=timezone.now())
    assert refused.value.code == "CAS-LEAD-1"
    assert fill_in(chief, url, lead=world.cast.of("PSY").pk).status_code == 302


@pytest.mark.parametrize("role", ["PM", "AUD", "EXT"])
def test_a_task_is_not_given_to_somebody_who_would_never_find_it(world, clerk, role):
    case, stranger = world.records[OWN].case, world.cast.of(role)
    url = reverse("cases:task", args=[case.pk])
    assert f'value="{stranger.pk}"' not in clerk.get(url).content.decode()
    assert fill_in(clerk, url, title="Look", owner=stranger.pk).status_code == 422
    assert fill_in(clerk, url, title="Look", owner=world.cast.of("SUP").pk).status_code == 302


@pytest.mark.parametrize("name", ["cases:task", "cases:goal"])
def test_work_is_not_given_to_people_of_another_office(world, clerk, name):
    case = world.records[OWN].case
    url = reverse(name, args=[case.pk])
    stranger = world.cast.of("CW", "RN").pk
    page = clerk.get(url).content.decode()
    assert f'value="{stranger}"' not in page
    sent = fill_in(clerk, url, title="Look", owner=stranger, responsible=stranger)
    assert not case.tasks.filter(owner=stranger).exists()
    assert sent.status_code in (302, 422)


def test_a_draft_is_not_put_into_another_office(world, clerk):
    sent = {"_form": "registration.intake", "_step": "mother", "mother_name_Latn": "Naw Paw"}
    refused = clerk.post(reverse("drafts:save"), sent | {"_office": world.cast.ranong.pk})
    assert refused.status_code in (403, 422)
    assert clerk.post(reverse("drafts:save"), sent | {"_office": world.cast.mae_sot.pk}).status_code == 200


@pytest.mark.parametrize("place", [OTHER, SEALED])
def test_a_twin_of_an_unseen_birth_is_nobodys_twin(world, clerk, place):
    unseen = world.records[place].birth
    draft = begin(clerk, plurality="2", twin_of=str(unseen.pk), mother_person=str(world.records[place].person.pk))
    go_on(clerk, draft, child={"birth_order": "2"})
    assert open_case(clerk, draft).status_code == 302
    birth = BirthRecord.rows.order_by("-pk").first()
    unseen.refresh_from_db()
    assert unseen.sibling_group is None
    assert birth.case.family != unseen.case.family
    assert birth.parents.get(role="mother").person != unseen.parents.get(role="mother").person


def test_a_twin_of_a_seen_birth_is(world, clerk):
    seen = world.records[OWN].birth
    draft = begin(clerk, plurality="2", twin_of=str(seen.pk))
    go_on(clerk, draft, child={"birth_order": "2"})
    assert open_case(clerk, draft).status_code == 302
    assert BirthRecord.rows.order_by("-pk").first().case.family == seen.case.family


SLIPPED = ["office", "lead", "owner", "status", "state", "level", "is_sealed", "created_by", "approved_by", "track"]


@pytest.mark.parametrize("slipped", SLIPPED)
def test_nothing_is_slipped_into_a_form(world, clerk, slipped):
    other = world.cast.ranong.pk if slipped == "office" else world.cast.of("SUP", "RN").pk
    draft = begin(clerk, **{slipped: other})
    go_on(clerk, draft, child={slipped: other})
    assert open_case(clerk, draft, **{slipped: other}).status_code == 302
    birth = BirthRecord.rows.select_related("case").order_by("-pk").first()
    own = world.cast.mae_sot
    assert (birth.office, birth.case.office, birth.status, birth.track) == (own, own, "assessing", "")
    assert {birth.case.lead_id, birth.created_by_id} == {world.cast.of("CW").pk}
    assert not birth.case.is_sealed


# ways out of the site


@pytest.mark.parametrize("target", AWAY)
def test_no_address_leads_out_of_the_site(world, clerk, target):
    user = world.cast.of("CW")
    languages = Client().post(reverse("set_language"), {"language": "th", "next": target})
    signed = Client().post(reverse("account_login"), {"login": user.username, "password": PASSWORD, "next": target})
    locked = clerk.post(reverse("home:lock"), {"next": target})
    url = reverse("people:name-add", args=[world.records[OWN].person.pk])
    named = fill_in(signed_in(user), url, name="Nan Moe", next=target)
    assert named.status_code == 302
    for answer in (languages, signed, locked, named):
        assert answer.status_code in (302, 422)
        assert "evil" not in answer.get("Location", "") and not answer.get("Location", "/").startswith(("data", "java"))


@pytest.mark.parametrize(
    ("target", "follows"),
    [("/profile/", "/profile/"), ("/profile/?q=a\0b", None), ("/profile/?q=" + "x" * 300, None)],
)
def test_an_address_that_no_answer_can_hold_leads_to_the_usual_page(world, clerk, target, follows):
    person = world.records[OWN].person
    url = reverse("people:name-add", args=[person.pk])
    answer = fill_in(clerk, url, name="Nan Moe", next=target, idempotency_key="0" * 32)
    assert (answer.status_code, answer.url) == (302, follows or reverse("people:person", args=[person.pk]))


# peeping


def shape(answer: Any, typed: str) -> str:
    """A page without what was typed and without tokens."""
    text = answer.content.decode().replace(typed, "TYPED")
    return re.sub(r"[A-Za-z0-9]{32,}|\b\d+\b", "#", text)


@pytest.mark.parametrize("place", [OTHER, SEALED])
@pytest.mark.parametrize("name", ["home:search", "home:quick-search"])
def test_search_tells_nothing_of_what_one_may_not_see(world, clerk, place, name):
    records = world.records[place]
    like_no_name = "Wwwww Xxxxx"  # without a vowel it sounds like nobody, whatever name is invented
    nothing = shape(clerk.post(reverse(name), {"q": like_no_name}), like_no_name)
    for typed in (records.person.name, records.case.number, records.case.tracking_code):
        assert shape(clerk.post(reverse(name), {"q": typed}), typed) == nothing
    own = world.records[OWN].person.name
    assert str(world.records[OWN].case.pk) in clerk.post(reverse(name), {"q": own}).content.decode()


@pytest.mark.parametrize(
    "asked", ["ordering", "order", "sort", "o", "case__lead__password", "child__names__full", "lead"]
)
def test_lists_sort_and_filter_by_nothing_hidden(world, clerk, asked):
    for name in ("cases:list", "registration:list"):
        plain, odd = clerk.get(reverse(name)), clerk.get(reverse(name), {asked: "a"})
        assert odd.status_code == 200
        rows = [re.findall(r'href="/(?:cases|registration)/(\d+)/"', page.content.decode()) for page in (plain, odd)]
        assert rows[0] == rows[1]
    assert clerk.get(reverse("api:cases-list"), {asked: "a"}).status_code == 400


# grants


def test_roles_of_two_offices_never_add_up(world):
    user = make_worker("CW", world.cast.mae_sot)
    make_grant(user, "SUP", world.cast.ranong)
    client = signed_in(user)
    mine, theirs = (world.records[place].birth.items.exclude(state="original_seen").first() for place in (OWN, OTHER))
    assert client.post(reverse("registration:waive", args=[mine.pk]), {"reason": "x"}).status_code == 403
    assert client.post(reverse("registration:waive", args=[theirs.pk]), {"reason": "x"}).status_code == 302
    for place, status in ((OWN, 403), (OTHER, 200)):
        assert client.get(reverse("cases:lead", args=[world.records[place].case.pk])).status_code == status


# the history


CHANGES = [
    "UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}", "ALTER TABLE {} DISABLE TRIGGER ALL",
]  # fmt: skip
LEDGERS = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
VALUES = [(model, act) for model in [EventValue] for act in CHANGES if not act.startswith("DELETE")]


@pytest.mark.parametrize(("model", "act"), [*product(LEDGERS, CHANGES), *VALUES])
def test_the_application_cannot_change_its_history(world, model, act):
    table = connection.ops.quote_name(model._meta.db_table)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert cursor.fetchone()


def test_the_ledgers_are_found():
    assert {model._meta.label for model in LEDGERS} >= {"audit.Event"}


@pytest.mark.parametrize("model", [ApprovalPolicy, Grant, RoleConflict])
def test_the_database_itself_asks_for_a_second_person(world, model):
    """What a service forgot, or was talked out of, is refused there; another person's word is taken."""
    first, second, third = (world.cast.of(role) for role in ("PM", "FA", "CW"))
    day = timezone.localdate()
    facts: dict[str, Any] = {
        ApprovalPolicy: {"programme": "x", "kind": "x", "valid_from": day, "source": "x", "proposed_by": first},
        Grant: {"user": third, "role": "ME", "office": world.cast.mae_sot, "valid_from": day, "valid_to": day,
                "given_by": first},
        RoleConflict: {"role_a": "FA", "role_b": "ME", "reason": "x", "proposed_by": first},
    }[model]  # fmt: skip
    for nobody_else in (first, third) if model is Grant else (first,):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**facts, confirmed_by=nobody_else)
    assert model.objects.create(**facts, confirmed_by=second).pk


# headers on every kind of answer


@pytest.fixture
def static_file(settings, tmp_path) -> str:
    """A static file as the site serves it."""
    Path(tmp_path / "kit.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.STATIC_ROOT = tmp_path
    return "/static/kit.svg"


def test_headers_stand_on_every_kind_of_answer(world, static_file):
    clerk = signed_in(world.cast.of("CW"))
    clerk.raise_request_exception = False
    own, other = world.records[OWN], world.records[OTHER]
    asked = {
        "page": (clerk, reverse("cases:detail", args=[own.case.pk]), 200),
        "404": (clerk, reverse("cases:detail", args=[other.case.pk]), 404),
        "403": (clerk, reverse("cases:lead", args=[own.case.pk]), 403),
        "no such address": (clerk, "/no-such-address/", 404),
        "sign-in": (Client(), reverse("account_login"), 200),
        "redirect": (Client(), "/", 302),
        "file": (clerk, reverse("documents:attachment-download", args=[own.attachment.pk]), 200),
        "picture": (clerk, reverse("documents:attachment-picture", args=[own.attachment.pk, 1]), 200),
        "API": (clerk, reverse("api:cases-detail", args=[own.case.pk]), 200),
        "API 404": (clerk, reverse("api:cases-detail", args=[other.case.pk]), 404),
        "API 401": (Client(), reverse("api:cases-list"), 401),
        "health": (Client(), reverse("health"), 503),
        "static": (Client(), static_file, 200),
    }
    wrong = []
    for kind, (client, url, status) in asked.items():
        answer = client.get(url)
        if answer.status_code != status:
            wrong.append(f"{kind}: {answer.status_code}")
        policy = answer.get("Content-Security-Policy", "")
        if kind == "file" and "sandbox" not in policy:
            wrong.append(f"{kind}: no sandbox")
        elif kind != "file" and ("script-src 'self'" not in policy or "'none'" not in policy):
            wrong.append(f"{kind}: {policy}")
        for name, value in {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }.items():
            if answer.get(name) != value:
                wrong.append(f"{kind}: {name} is {answer.get(name)}")
        if "unsafe" in policy.replace("style-src-attr 'unsafe-inline'", ""):
            wrong.append(f"{kind}: {policy}")
    assert not wrong, "\n".join(wrong)


# numbers that are none


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "٣"])
def test_a_number_that_is_none_is_answered_and_never_breaks(world, chief, number):
    case = world.records[OWN].case
    page = chief.get(reverse("cases:detail", args=[case.pk]), {"before": number})
    assert page.status_code == 200 and page.context["entries"] is not None
    plan = CasePlan.objects.visible_to(world.cast.of("SUP")).filter(case=case).first()
    sent = chief.post(reverse("cases:plan-approve", args=[plan.pk]), {"version": number})
    assert sent.status_code in (302, 409)
