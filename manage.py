#!/usr/bin/env python
"""Django's command line, on the servers that DATABASE_URL and REDIS_URL name, else on those of the running site.

CASEWORK_MODE chooses the settings: site, demo or test; without it those of the running site, else the demo's.
"""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from casework.embedded.joining import join_running_site

if __name__ == "__main__":
    join_running_site()
    mode = os.environ.get("CASEWORK_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{mode}")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as problem:
        sys.exit(f"{problem}\nDoes the site run (script/server)? For a server of your own set DATABASE_URL.")
