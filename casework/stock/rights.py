"""The acts of those who look after a store."""

from __future__ import annotations

KEEP = "stock.store.keep"
"""Take deliveries in and bring things from one store to another."""
PROPOSE = "stock.loss.propose"
"""Count, and propose what is written off; `stock.loss.confirm` is the second person's."""
EDIT = "stock.item.edit"
"""Add and change items, open stores."""
PROPOSE_KIT = "stock.kit.propose"
"""Propose what a kit holds."""
