"""The demo door: invented people, loopback only, banner on every page, its own data folder."""

import os

os.environ.setdefault("SECRET_KEY", "demo-only-" + "0" * 50)

from .base import *  # noqa: F403

MODE = "demo"
SECOND_FACTOR_REQUIRED = False
SESSION_COOKIE_NAME = "casework_demo"
CSRF_COOKIE_NAME = "casework_demo_csrf"
