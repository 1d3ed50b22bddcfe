"""Reads of the people room: search, candidates for duplicates, the person page, the duplicate desk."""
