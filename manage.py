#!/usr/bin/env python
"""Django's command line. CASEWORK_MODE chooses the settings: demo (default), site or test."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    mode = os.environ.get("CASEWORK_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{mode}")
    execute_from_command_line(sys.argv)
