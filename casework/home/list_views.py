"""The buttons that save and remove a named view of a list."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.lists import TEAM_VIEW
from casework.access.policies import SignedIn
from casework.access.scopes import first_office, may
from casework.accounts.models import Office, User
from casework.accounts.saved_views import LONGEST_QUERY, remove_view, save_view
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import registry
from casework.ui.views import ActView


class ViewAct(ActView):
    """An act on a saved view of one of the lists in the navigation."""

    policy = SignedIn()

    def list_name(self) -> str:
        """The name of the list's address. Raises Refusal ACC-VIEW-4 when no list is called so."""
        name = self.request.POST.get("list", "")
        if name not in {item.url_name for item in registry.gather("navigation")}:
            raise Refusal("ACC-VIEW-4", "list", _("There is no such list. Open the list and choose its filters again."))
        return name

    def holder(self) -> User | Office:
        """Whose view it is: the person's, or their office's when they may save for everybody."""
        if "team" not in self.request.POST:
            return self.user
        office = first_office(self.user)
        if office is None or may(self.user, TEAM_VIEW, office_id=office.pk) is None:
            raise PermissionDenied
        return office

    def sent(self, name: str) -> str:
        """One posted value, without the byte that no database keeps."""
        return self.request.POST.get(name, "").replace("\x00", "")

    def back(self) -> str:
        try:
            return f"{reverse(self.list_name())}?{self.sent('query')[:LONGEST_QUERY]}"
        except Refusal:
            return reverse("home:my-work")


class SaveView(ViewAct):
    """Keep the filters of a list under a name."""

    success_message = _("The view is saved. It is in the bar above the list.")

    def act(self) -> None:
        save_view(holder=self.holder(), list_key=self.list_name(), name=self.sent("name"), query=self.sent("query"))


class RemoveView(ViewAct):
    """Drop a saved view; the list stays as it is."""

    success_message = _("The view is removed.")

    def act(self) -> None:
        remove_view(holder=self.holder(), list_key=self.list_name(), name=self.sent("name"))
