"""Writes of the people room, by noun: persons, papers, families, reach, duplicates, merging."""
