"""What this room adds: who looks after the background work, and its own housekeeping."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, Job, NavigationItem, registry


@registry.register
class Notifications(Contribution):
    """Notices, mails and the outbox."""

    key = "notifications"
    label = _("Notices")
    icon = "bell"
    history_words = {
        "notifications.notice": _("Notice"),
        "notifications.mail": _("E-mail"),
        "notifications:background": _("Work in the background"),
    }
    navigation = (
        NavigationItem(
            key="background",
            label=_("Background work"),
            icon="refresh-cw",
            url_name="notifications:background",
            action="notifications.task.see",
            order=95,
        ),
    )
    rights = {"notifications.task.see": "SYS:A AUD:A", "notifications.task.release": "SYS:A"}
    events = (
        EventWords(
            action="notifications.task.released",
            words=_("Parked background work was started again"),
            icon="refresh-cw",
            kind="system",
        ),
    )
    schedule = (Job(key="notifications.sweep", task="notifications.sweep", schedule=60.0),)
