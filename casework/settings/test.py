"""Settings of the tests: the same engine, cheap password hashes, plain static files."""

import os

os.environ.setdefault("SECRET_KEY", "test-only-" + "0" * 50)

from .base import *  # noqa: F403
from .base import DATABASES

MODE = "test"
SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = False
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("CASEWORK_TEST_DB", "test_casework")}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
