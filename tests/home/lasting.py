"""Settings of a web process that keeps its connection, as a real site does."""

from casework.settings.test import *  # noqa: F403
from casework.settings.test import DATABASES

DATABASES["default"]["CONN_MAX_AGE"] = 60
