"""Stores and kits over the API: the same facts, rules and services as the pages."""
