"""WSGI entry point. BEHIND_PROXY=1: a web server of ours stands in front and tells the visitor's address."""

import os

from django.core.wsgi import get_wsgi_application

from casework.kernel.bodies import with_readable_kind
from casework.kernel.proxy import told_by_proxy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"casework.settings.{os.environ.get('CASEWORK_MODE', 'demo')}")
_site = with_readable_kind(get_wsgi_application())
application = told_by_proxy(_site) if os.environ.get("BEHIND_PROXY") == "1" else _site
