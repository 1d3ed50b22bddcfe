"""Every pair of states of every model with edges, through move() and the database."""

from __future__ import annotations

from itertools import product

import pytest
from django.apps import apps
from django.db import connection, models

from casework.kernel.moves import TransitionNotAllowed, move

TABLES = [
    pytest.param(model, field, edges, id=f"{model.__name__}.{field}")
    for model in apps.get_models()
    for field, edges in getattr(model, "EDGES", {}).items()
    if model.__module__.split(".")[0] in ("casework", "registration", "emergency_fund")
]


def bare_table(model: type[models.Model]) -> None:
    """An empty table in front of the model's own, without its constraints: only the edges decide here."""
    name = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS TABLE public.{name} WITH NO DATA")


def put(model: type[models.Model], field: str, state: str) -> models.Model:
    """One row in a state, the rest of it empty."""
    table, column, key = (
        connection.ops.quote_name(name)
        for name in (model._meta.db_table, model._meta.get_field(field).column, model._meta.pk.column)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(f"INSERT INTO {table} ({key}, {column}) VALUES (1, %s)", [state])  # noqa: S608
    return model._base_manager.get(pk=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field", "edges"), TABLES)
def test_every_pair_of_states(model, field, edges):
    bare_table(model)
    states = [value for value, _label in model._meta.get_field(field).choices]
    for before, after in product(states, repeat=2):
        row = put(model, field, before)
        if after in edges.get(before, ()):
            assert getattr(move(row, after, state_field=field), field) == after
        else:
            with pytest.raises(TransitionNotAllowed):
                move(row, after, state_field=field)
            row.refresh_from_db()
            assert getattr(row, field) == before


@pytest.mark.parametrize(("model", "field", "edges"), TABLES)
def test_edges_name_only_states_there_are(model, field, edges):
    known = {value for value, _label in model._meta.get_field(field).choices}
    assert set(edges) | {state for states in edges.values() for state in states} <= known


def test_the_tables_are_found():
    assert len(TABLES) >= 12
