"""The real door: an empty site of one's own. Secrets come from files, cookies need HTTPS unless SITE_HTTP=1."""

import os

from .base import *  # noqa: F403

MODE = "site"
_https = os.environ.get("SITE_HTTP") != "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "casework_session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "casework_csrf"
SECURE_SSL_REDIRECT = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
