"""Build the demo: its offices and people, then every room's and programme's part of the invented world."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Grant, Office, User
from casework.accounts.services import add_office, give_grant
from casework.audit.services import record_event
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import registry
from casework.programmes.world import World

from .demo_accounts import ACCOUNTS, DEMO_PASSWORD, OFFICES, DemoAccount

SEED = 2026


def refuse_on_a_real_site() -> None:
    """Demo accounts cannot exist on a real site. Raises Refusal."""
    if settings.MODE not in ("demo", "test"):
        raise Refusal("DEMO-1", "", _("This is a real site. Invented people and their password cannot be put into it."))


@transaction.atomic
def load_cast(*, today: date) -> tuple[dict[str, Office], dict[str, User]]:
    """Make the offices and people of the demo; those that exist already stay as they are."""
    refuse_on_a_real_site()
    offices = {office.code: office for office in Office.objects.all()}
    for demo in OFFICES:
        if demo.code not in offices:
            offices[demo.code] = add_office(by=None, **vars(demo))
    users = {user.username: user for user in User.objects.all()}
    sealed = make_password(DEMO_PASSWORD)
    for account in ACCOUNTS:
        if account.username not in users:
            users[account.username] = _add(account, offices, sealed, today)
    return offices, users


def _add(account: DemoAccount, offices: dict[str, Office], sealed: str, today: date) -> User:
    user = User.objects.create(
        username=account.username, full_name=account.full_name, name_th=account.name_th, language=account.language,
        position_th=account.position_th, position_en=account.position_en, password=sealed,
    )  # fmt: skip
    record_event("accounts.user.created", actor=None, subject=user, reason="demo")
    for role, code, programme in account.grants:
        if not Grant.objects.filter(user=user, role=role, office=offices[code], programme=programme).exists():
            give_grant(
                user=user, role=role, office=offices[code], programme=programme, given_by=None, confirmed_by=None,
                today=today, reason="demo",
            )  # fmt: skip
    return user


def load_world(*, today: date, now: datetime, children: int | None = None) -> World:
    """The cast, then every contribution's part in the order of the rooms."""
    offices, users = load_cast(today=today)
    chance = Random(SEED)  # noqa: S311
    world = World(offices=offices, users=users, today=today, now=now, random=chance, children=children)
    for contribution in registry:
        with transaction.atomic():
            contribution.load_demo(world)
    return world
