from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, names, identity papers, families, duplicates."""

    name = "casework.people"
    label = "people"
