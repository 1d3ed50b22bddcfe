"""ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{os.environ.get('CASEWORK_MODE', 'demo')}")
application = get_asgi_application()
