"""The manager of the fund proposes sources, lines and gifts; the programme manager confirms; others are kept out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import pgettext

from casework.approvals.models import Proposal
from casework.approvals.services.proposals import confirm
from casework.funds.models import BudgetEntry, BudgetLine, ExchangeRate, FundingSource
from casework.funds.queries.budget import given_by
from casework.funds.services.budget import give, take_back
from casework.funds.states import EntryKind
from casework.kernel.refusals import Conflict, Refusal
from casework.programmes.contributions import AidKind, registry
from tests.factories.funds import make_line, make_source, post

pytestmark = pytest.mark.django_db

SOURCE = {
    "donor": "Lake Foundation", "code": "LF-26", "currency": "THB", "ceiling": "๑,๐๐๐,๐๐๐ บาท", "starts_on_d": "1",
    "starts_on_m": "1", "starts_on_y": "2569", "ends_on_d": "31", "ends_on_m": "12", "ends_on_y": "2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    kinds = (
        AidKind(key="hygiene_kit", label="Hygiene kit", programme="emergency_fund"),
        AidKind(key="school_grant", label="School grant", programme="education"),
    )
    monkeypatch.setattr(type(registry.entries["funds"]), "aid_kinds", kinds)


def confirmed(by) -> None:
    confirm(proposal=Proposal.rows.latest("pk"), by=by, now=timezone.now())


def test_a_source_a_line_and_its_money_in_the_browser(cast, client_of):
    desk, second = client_of(cast.of("FA")), client_of(cast.of("PM"))

    def proposed(url: str, **answers: str) -> None:
        sent = desk.post(url, answers)
        assert sent.status_code == 302, sent.content.decode()[-3000:]
        pk = Proposal.rows.latest("pk").pk
        page = second.get(reverse("approvals:proposal", args=[pk]))
        assert page.status_code == 200
        assert second.post(reverse("approvals:confirm", args=[pk])).status_code == 302

    proposed(reverse("funds:source-new"), **SOURCE)
    source = FundingSource.rows.get()
    assert (source.ceiling, str(source.starts_on), str(source.ends_on)) == (1_000_000, "2026-01-01", "2026-12-31")
    line = {"office": cast.mae_sot.pk, "kinds": ["hygiene_kit"], "name_en": "Health", "ceiling": "500000"}
    proposed(reverse("funds:line-new", args=[source.pk]), **line)
    made = BudgetLine.rows.get()
    assert (made.programme, made.kinds, made.left) == ("emergency_fund", ["hygiene_kit"], 0)
    gift = {"kind": "allot", "amount": "369,000 บาท", "on_d": "2", "on_m": "2", "on_y": "2569", "reason": "First part"}
    proposed(reverse("funds:line-give", args=[made.pk]), **gift)
    page = desk.get(reverse("funds:line", args=[made.pk])).content.decode()
    assert "+฿369,000" in page and "First part" in page
    assert f"confirmed by {cast.of('PM').name_now}" in page and cast.of("FA").name_now in page
    entry = made.entries.get()
    assert (entry.proposed_by, entry.by) == (cast.of("FA"), cast.of("PM"))
    assert "Health" in desk.get(reverse("funds:budget")).content.decode()
    proposed(reverse("funds:source-close", args=[source.pk]), reason="The agreement is over")
    source.refresh_from_db()
    assert (source.state, source.closed_reason) == ("closed", "The agreement is over")
    assert reverse("funds:source-reopen", args=[source.pk]) in desk.get(reverse("funds:budget")).content.decode()
    proposed(reverse("funds:source-reopen", args=[source.pk]), reason="The donor gives until the end of the year")
    source.refresh_from_db()
    assert (source.state, source.closed_reason) == ("open", "")
    short = desk.post(reverse("funds:source-close", args=[source.pk]), {"reason": "x"})
    assert short.status_code == 422 and "Say why in a sentence" in str(short.context["form"].errors["reason"])
    again = desk.post(reverse("funds:source-reopen", args=[source.pk]), {"reason": "Once more"})
    assert again.status_code == 409 and Proposal.rows.count() == 5


def test_bad_answers_come_back_beside_their_field_and_nothing_is_proposed(cast, client_of):
    desk = client_of(cast.of("FA"))
    make_source(code="LF-26")
    for wrong, said in [
        ({"ceiling": "1e5"}, "Write the amount as a number"),
        ({"ceiling": "-5"}, "cannot be negative"),
        ({"ceiling": "5.005"}, "at most two decimals"),
        ({"ceiling": "100,000 baht", "currency": "EUR"}, "This amount is not in baht"),
        ({"code": "lf 26"}, "capital letters"),
        ({}, "Another source has this code"),
        ({"code": "LF-27", "ends_on_y": "2568"}, "before the first one"),
        ({"code": "LF-27", "ceiling": "0"}, "how much the donor gives"),
    ]:
        page = desk.post(reverse("funds:source-new"), SOURCE | wrong)
        assert (page.status_code, said in page.content.decode()) == (422, True), (wrong, said)
        assert "Lake Foundation" in page.content.decode()
    assert not Proposal.rows.exists()


def test_a_line_pays_for_the_help_of_one_programme(cast, client_of):
    desk, source = client_of(cast.of("FA")), make_source()
    answers = {"office": cast.mae_sot.pk, "name_en": "Both", "ceiling": "5", "kinds": ["hygiene_kit", "school_grant"]}
    page = desk.post(reverse("funds:line-new", args=[source.pk]), answers)
    assert page.status_code == 422 and "Make two lines" in page.content.decode()


def test_a_foreign_gift_counts_at_the_rate_of_its_day_and_within_what_the_donor_gives(cast, client_of):
    manager, second = cast.of("FA"), cast.of("PM")
    source = make_source(currency="USD", ceiling=Decimal(10_000))
    line, desk = make_line(cast.mae_sot, manager, source=source), client_of(manager)
    gift = {"kind": "allot", "amount": "6000", "on_d": "2", "on_m": "2", "on_y": "2026", "reason": "First part"}
    page = desk.post(reverse("funds:line-give", args=[line.pk]), gift)
    assert page.status_code == 422 and "no rate of USD" in page.content.decode()
    ExchangeRate.objects.create(currency="USD", valid_from="2026-01-01", baht="33.25", source="Bank of Thailand")
    ExchangeRate.objects.create(currency="USD", valid_from="2026-03-01", baht="40", source="Bank of Thailand")
    assert desk.post(reverse("funds:line-give", args=[line.pk]), gift).status_code == 302
    confirmed(second)
    line.refresh_from_db()
    assert (line.allotted, line.entries.get().donor_amount) == (Decimal("199500.00"), 6000)
    page = desk.post(reverse("funds:line-give", args=[line.pk]), gift | {"amount": "4000.01"})
    assert page.status_code == 422 and "4,000.00 USD more" in page.content.decode()


def test_a_gift_is_of_a_day_that_has_been_and_on_which_its_source_gives(cast, client_of):
    source = make_source(starts_on=date(2026, 3, 1))
    line, today = make_line(cast.mae_sot, cast.of("FA"), source=source), timezone.localdate()
    desk, later = client_of(cast.of("FA")), today + timedelta(days=1)
    page = reverse("funds:line-give", args=[line.pk])
    gift = {"amount": "100", "reason": "First part"}

    def of(day: date, kind: str = "allot") -> dict[str, str]:
        return gift | {"kind": kind, "on_d": str(day.day), "on_m": str(day.month), "on_y": str(day.year)}

    assert desk.post(page, of(date(2026, 3, 1))).status_code == 302
    confirmed(cast.of("PM"))
    for kind in ("allot", "raise", "lower"):
        for day, said in [
            (later, "has not come yet"),
            (date(2026, 2, 28), "gives from 1\xa0Mar 2026 to 31\xa0Dec 2027"),
        ]:
            answer = desk.post(page, of(day, kind))
            assert answer.status_code == 422 and said in answer.context["form"].errors["on"][0]
        assert desk.post(page, of(today, kind)).status_code == 302
    waiting = Proposal.rows.latest("pk")
    FundingSource.rows.filter(pk=source.pk).update(ends_on=date(2026, 3, 1))
    with pytest.raises(Refusal) as refused:
        confirm(proposal=waiting, by=cast.of("PM"), now=timezone.now())
    assert refused.value.code == "E-BUD-02"
    FundingSource.rows.filter(pk=source.pk).update(state="closed")
    assert "source of money is closed" in desk.post(page, of(date(2026, 3, 1))).content.decode()


def test_nothing_is_no_gift_and_no_ceiling(cast, client_of):
    manager, second = cast.of("FA"), cast.of("PM")
    line = make_line(cast.mae_sot, manager, source=make_source(currency="JPY", ceiling=Decimal(1_000_000)))
    ExchangeRate.objects.create(currency="JPY", valid_from="2026-01-01", baht="0.23", source="Bank of Thailand")
    desk, give_page = client_of(manager), reverse("funds:line-give", args=[line.pk])
    gift = {"kind": "allot", "amount": "0", "on_d": "2", "on_m": "2", "on_y": "2026", "reason": "First part"}
    for kind, amount in [("allot", "0"), ("raise", "๐.๐๐"), ("lower", "0"), ("allot", "0.01")]:
        page = desk.post(give_page, gift | {"kind": kind, "amount": amount})
        assert page.status_code == 422 and "more than 0" in page.content.decode()
    new_line = {"office": cast.mae_sot.pk, "kinds": ["hygiene_kit"], "name_en": "Health", "ceiling": "0"}
    page = desk.post(reverse("funds:line-new", args=[line.source_id]), new_line)
    assert page.status_code == 422 and "given at most" in page.content.decode()
    assert not Proposal.rows.exists()
    facts = {"amount": "0.00", "on": "2026-02-02"}
    with pytest.raises(Refusal) as refused:
        give(line=line, kind=EntryKind.ALLOT, facts=facts, key="z", reason="Old", by=manager, now=timezone.now())
    assert refused.value.code == "E-BUD-17"
    assert desk.post(give_page, gift | {"amount": "0.05"}).status_code == 302
    confirmed(second)
    assert line.entries.get().amount == Decimal("0.01")


def test_what_was_possible_when_proposed_is_refused_when_it_no_longer_is(cast, client_of):
    manager, second = cast.of("FA"), cast.of("PM")
    line = make_line(cast.mae_sot, manager, source=make_source(ceiling=Decimal(100)))
    desk = client_of(manager)
    for amount, reason in (("60", "One"), ("50", "Two")):
        gift = {"kind": "allot", "amount": amount, "on_d": "2", "on_m": "2", "on_y": "2026", "reason": reason}
        assert desk.post(reverse("funds:line-give", args=[line.pk]), gift).status_code == 302
        line.refresh_from_db()
    first, other = Proposal.rows.order_by("pk")
    confirm(proposal=first, by=second, now=timezone.now())
    with pytest.raises(Refusal) as refused:
        confirm(proposal=other, by=second, now=timezone.now())
    assert refused.value.code == "E-BUD-08"
    line.refresh_from_db()
    assert line.allotted == 60


@pytest.mark.parametrize("role", ["CW", "SUP", "FO", "CSH", "SYS", "EXT", "TRN", "DPO"])
def test_other_roles_do_not_see_the_budget(cast, client_of, role):
    line = make_line(cast.mae_sot, cast.of("FA"), 10)
    stranger = client_of(cast.of(role))
    assert stranger.get(reverse("funds:budget")).status_code == 403
    assert stranger.get(reverse("funds:line", args=[line.pk])).status_code in (403, 404)


def test_lines_of_another_office_are_not_there(cast, client_of):
    line = make_line(cast.ranong, cast.of("FA", "RN"), 10, name_en="Ranong health")
    for role in ("FA", "PM", "AUD"):
        desk = client_of(cast.of(role))
        assert desk.get(reverse("funds:line", args=[line.pk])).status_code == 404
        assert "Ranong health" not in desk.get(reverse("funds:budget")).content.decode()
    assert client_of(cast.of("FA", "RN")).get(reverse("funds:line", args=[line.pk])).status_code == 200


def test_who_proposed_does_not_confirm_and_the_auditor_only_reads(cast, client_of):
    desk = client_of(cast.of("FA"))
    assert desk.post(reverse("funds:source-new"), SOURCE).status_code == 302
    pk = Proposal.rows.get().pk
    assert desk.post(reverse("approvals:confirm", args=[pk])).status_code in (403, 409)
    auditor = client_of(cast.of("AUD"))
    assert auditor.get(reverse("funds:budget")).status_code == 200
    assert auditor.get(reverse("funds:source-new")).status_code == 403
    assert not FundingSource.rows.exists()


def test_a_wrong_gift_is_taken_back_by_two_people_at_its_own_rate(cast, client_of):
    manager, second = cast.of("FA"), cast.of("PM")
    line = make_line(cast.mae_sot, manager, source=make_source(currency="USD", ceiling=Decimal(10_000)))
    desk, page = client_of(manager), reverse("funds:line", args=[line.pk])
    ExchangeRate.objects.create(currency="USD", valid_from="2026-01-01", baht="33.25", source="Bank of Thailand")
    gift = {"kind": "allot", "amount": "6000", "on_d": "2", "on_m": "2", "on_y": "2026", "reason": "First part"}
    give = reverse("funds:line-give", args=[line.pk])
    assert "not in baht" in desk.post(give, gift | {"amount": "6000 บาท"}).content.decode()
    assert desk.post(give, gift).status_code == 302
    confirmed(second)
    entry = line.entries.get()
    ExchangeRate.objects.create(currency="USD", valid_from="2026-02-03", baht="40", source="Bank of Thailand")
    address = reverse("funds:entry-take-back", args=[entry.pk])
    assert address in desk.get(page).content.decode()
    assert address not in client_of(second).get(page).content.decode(), "who confirms does not propose"
    form = desk.get(address).content.decode()
    assert "First part" in form and "฿199,500" in form
    assert desk.post(address, {"reason": " "}).status_code == 422
    assert desk.post(address, {"reason": "Sent to another office"}).status_code == 302
    line.refresh_from_db()
    assert line.left == 199_500, "nothing is taken back before the second person"
    again = desk.post(address, {"reason": "Sent to another office"})
    assert again.status_code == 422 and "waits for a second person" in again.content.decode()
    confirmed(second)
    line.refresh_from_db()
    assert (line.left, given_by(line.source)) == (0, 0)
    shown = desk.get(page).content.decode()
    assert "(taken back)" in shown and address not in shown
    assert desk.get(address).status_code == 409
    assert desk.post(reverse("funds:line-give", args=[line.pk]), gift | {"amount": "10000"}).status_code == 302


def test_each_entry_says_by_which_paper_and_whether_more_or_less_is_left(cast, client_of):
    manager = cast.of("FA")
    line = make_line(cast.mae_sot, manager, 100)
    steps = [(EntryKind.RESERVE, 60), (EntryKind.COMMIT, 50), (EntryKind.RELEASE, 10), (EntryKind.DISBURSE, 40)]
    for kind, amount in [*steps, (EntryKind.CANCEL, 10), (EntryKind.REFUND, 5), (EntryKind.LOWER, 4)]:
        post(line, kind, amount, manager, reference=f"R-{kind}")
    told = client_of(manager).get(reverse("funds:line", args=[line.pk]))
    signs = [sign for _entry, sign in told.context["entries"]]
    assert signs == ["−", "+", "+", "", "+", "", "−", "+"]
    shown = told.content.decode()
    assert "R-disburse" in shown and "−฿60" in shown and "+฿5" in shown


def test_the_database_refuses_one_person_as_both(cast):
    manager = cast.of("FA")
    line = make_line(cast.mae_sot, manager, 100)
    with pytest.raises(IntegrityError, match="does not confirm it"), transaction.atomic():
        post(line, EntryKind.RAISE, 1, manager, proposed_by=manager)
    assert post(line, EntryKind.RAISE, 1, manager, proposed_by=cast.of("PM")).pk


def test_what_is_asked_for_meanwhile_is_not_taken_back_and_requests_move_their_own(cast, client_of):
    manager = cast.of("FA")
    line = make_line(cast.mae_sot, manager, 100)
    gift, desk = line.entries.get(), client_of(manager)
    reserved = post(line, EntryKind.RESERVE, 60, manager)
    answer = desk.post(reverse("funds:entry-take-back", args=[gift.pk]), {"reason": "Sent to another office"})
    assert answer.status_code == 422 and "40.00 baht left" in answer.content.decode()
    answer = desk.get(reverse("funds:entry-take-back", args=[reserved.pk]))
    assert answer.status_code == 409 and "belongs to a request" in answer.content.decode()
    post(line, EntryKind.RELEASE, 60, manager)
    assert desk.post(reverse("funds:entry-take-back", args=[gift.pk]), {"reason": "Wrong office"}).status_code == 302


def test_money_that_was_lowered_comes_back_only_while_the_donor_has_it(cast):
    manager, now = cast.of("FA"), timezone.now()
    source = make_source(ceiling=Decimal(100))
    line = make_line(cast.mae_sot, manager, source=source)
    facts = {"amount": "40", "on": str(timezone.localdate(now))}
    first = facts | {"amount": "100"}
    give(line=line, kind=EntryKind.ALLOT, facts=first, key="a", reason="First part", by=manager, now=now)
    lowered = give(line=line, kind=EntryKind.LOWER, facts=facts, key="l", reason="Less", by=manager, now=now)
    raised = give(line=line, kind=EntryKind.RAISE, facts=facts, key="r", reason="More", by=manager, now=now)
    with pytest.raises(Refusal) as short:
        take_back(entry=lowered, reason="It was right before", by=manager, now=now)
    assert short.value.code == "E-BUD-08"
    take_back(entry=raised, reason="It was right before", by=manager, now=now)
    back = take_back(entry=lowered, reason="It was right before", by=manager, now=now)
    for entry in (lowered, back):
        with pytest.raises(Conflict) as twice:
            take_back(entry=BudgetEntry.rows.get(pk=entry.pk), reason="Once more", by=manager, now=now)
        assert twice.value.code == "E-BUD-05"
    line.refresh_from_db()
    assert (line.left, given_by(source)) == (100, 100)


@pytest.mark.parametrize(("language", "word"), [("en", "By"), ("th", "โดย"), ("my", "ဆောင်ရွက်သူ")])
def test_who_did_it_is_no_day_until_which_it_is_done(language, word):
    with translation.override(language):
        assert pgettext("who did it", "By") == word


def shown(proposal: Proposal, language: str = "en") -> dict[str, str]:
    """What the second person reads, label by label."""
    kind = {kind.key: kind for kind in registry.gather("proposal_kinds")}[proposal.kind]
    with translation.override(language):
        return {str(label): str(answer).replace("\xa0", " ") for label, answer in kind.described(proposal)}


def test_the_second_person_reads_labels_amounts_and_days_in_their_era(cast, client_of):
    desk = client_of(cast.of("FA"))
    assert (
        desk.post(reverse("funds:source-new"), SOURCE | {"currency": "EUR", "ceiling": "๑,๐๐๐,๐๐๐"}).status_code == 302
    )
    told = shown(Proposal.rows.latest("pk"))
    assert list(told) == ["Donor", "Code", "Currency", "What the donor gives", "First day", "Last day"]
    assert (told["What the donor gives"], told["Last day"]) == ("1,000,000.00 EUR", "31 Dec 2026")
    in_thai = " ".join(shown(Proposal.rows.latest("pk"), "th").values())
    assert "2569" in in_thai and "2026" not in in_thai
    line = {"office": cast.mae_sot.pk, "kinds": ["hygiene_kit"], "name_en": "Health", "ceiling": "500000"}
    source = make_source()
    assert desk.post(reverse("funds:line-new", args=[source.pk]), line).status_code == 302
    told = shown(Proposal.rows.latest("pk"))
    assert list(told) == ["Source", "Budget line", "Office", "Programme", "Pays for", "Ceiling"]
    assert (told["Pays for"], told["Ceiling"]) == ("Hygiene kit", "฿500,000.00")
    given = make_line(cast.mae_sot, cast.of("FA"), source=source)
    gift = {"kind": "allot", "amount": "1500", "on_d": "2", "on_m": "2", "on_y": "2026", "reason": "First part"}
    assert desk.post(reverse("funds:line-give", args=[given.pk]), gift).status_code == 302
    told = shown(Proposal.rows.latest("pk"))
    assert (told["Amount"], told["Day"]) == ("฿1,500.00", "2 Feb 2026")


def test_closing_a_source_says_what_is_left_and_who_waits(cast, client_of):
    manager, source = cast.of("FA"), make_source(ceiling=Decimal(1000))
    first, _other = (make_line(cast.mae_sot, manager, source=source, name_en=name) for name in ("One", "Two"))
    gift = {"amount": "700", "on": "2026-02-02"}
    give(line=first, kind=EntryKind.ALLOT, facts=gift, key="g", reason="First", by=manager, now=timezone.now())
    post(first, EntryKind.RESERVE, 100, manager)
    post(first, EntryKind.COMMIT, 60, manager)
    page = reverse("funds:source-close", args=[source.pk])
    assert client_of(manager).post(page, {"reason": "The agreement is over"}).status_code == 302
    told = shown(Proposal.rows.get())
    assert (told["Not given to a line"], told["Left on its lines"]) == ("฿300.00", "฿600.00")
    assert (told["Asked for"], told["Approved, not yet paid"]) == ("฿40.00", "฿60.00")
    assert told["Lines for which somebody waits"] == "1 of 2"
    confirmed(cast.of("PM"))
    assert list(shown(Proposal.rows.get())) == ["Source"], "what was left then is not what is left today"
