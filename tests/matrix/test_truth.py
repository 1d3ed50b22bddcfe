"""What the running site gives each role, against the table of the safety design."""

from __future__ import annotations

import pytest

from casework.access.rights import Reach, truth_table
from casework.accounts.states import Role

from .truth import ACTIONS, TABLE, cells


def test_every_action_of_the_site_stands_in_the_table():
    assert set(truth_table()) == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_roles_of_an_action(action):
    later = set(ACTIONS[action].later.split())
    assert set(truth_table()[action]) == set(cells(action)) - later


@pytest.mark.parametrize("action", ACTIONS)
def test_reach_and_proof_of_an_action(action):
    for role, right in truth_table()[action].items():
        given = cells(action)[role]
        if right.reach is Reach.ALL:
            less = {"a"} if action.endswith(".see") else {"a", "propose"}
            assert given - less, f"{role} is given all, the table gives {given}"
        if right.reach is Reach.ASSIGNED:
            assert given & {"a", "A", "see"}
        if any(cell.endswith("*") for cell in given):
            assert right.is_fresh, f"{role} must prove who they are first"


def test_the_table_names_only_known_roles():
    named = {cell.partition(":")[0] for row in TABLE.values() for cell in row.split()}
    assert named <= set(Role.values)


def test_nobody_of_the_administrators_reads_a_child():
    for action in ("cases.case.see", "people.person.see", "registration.birth.see", "cases.case.list"):
        assert not set(truth_table()[action]) & {"SYS", "AUD", "DPO", "ME", "TRN", "CSH"}
