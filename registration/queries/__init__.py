"""Reads over birth records."""
