"""Pages that ask many rooms: set-up, people and roles, reference rows, history, one's own profile, help."""

from __future__ import annotations

from django.urls import path

from . import history, list_views, office_pages, people_pages, profile, reference_pages, tokens
from .credits import CreditsPage
from .first_day import TickFirstDay
from .help import HelpPage
from .my_work import MyWork
from .places import PlaceOptions
from .search import QuickSearch, Search
from .settings import SettingsPage
from .setup import SetUpPage

app_name = "home"

urlpatterns = [
    path("", MyWork.as_view(), name="my-work"),
    path("places/", PlaceOptions.as_view(), name="places"),
    path("search/", Search.as_view(), name="search"),
    path("search/quick/", QuickSearch.as_view(), name="quick-search"),
    path("set-up/<str:token>/", SetUpPage.as_view(), name="setup"),
    path("about/", CreditsPage.as_view(), name="credits"),
    path("help/", HelpPage.as_view(), name="help"),
    path("views/save/", list_views.SaveView.as_view(), name="view-save"),
    path("views/remove/", list_views.RemoveView.as_view(), name="view-remove"),
    path("help/first-day/", TickFirstDay.as_view(), name="first-day"),
    path("profile/", profile.ProfilePage.as_view(), name="profile"),
    path("profile/sessions/<int:number>/end/", profile.EndSessionAct.as_view(), name="session-end"),
    path("profile/token/", tokens.TokenPage.as_view(), name="token"),
    path("profile/token/end/", tokens.EndTokenAct.as_view(), name="token-end"),
    path("profile/alive/", profile.AliveView.as_view(), name="alive"),
    path("profile/lock/", profile.LockAct.as_view(), name="lock"),
    path("settings/", SettingsPage.as_view(), name="settings"),
    path("settings/people/", people_pages.PeoplePage.as_view(), name="users"),
    path("settings/people/add/", people_pages.AddPersonPage.as_view(), name="user-add"),
    path("settings/people/<int:pk>/", people_pages.PersonPage.as_view(), name="user"),
    path("settings/people/<int:pk>/role/", people_pages.GiveRolePage.as_view(), name="grant"),
    path("settings/people/<int:pk>/role/<int:grant>/end/", people_pages.EndRolePage.as_view(), name="grant-end"),
    path("settings/people/<int:pk>/change/", people_pages.ChangePersonPage.as_view(), name="user-change"),
    path("settings/people/<int:pk>/switch/", people_pages.SwitchPersonAct.as_view(), name="user-switch"),
    path("settings/people/<int:pk>/password/", people_pages.ResetPersonPage.as_view(), name="user-reset"),
    path("settings/offices/", office_pages.OfficesPage.as_view(), name="offices"),
    path("settings/offices/add/", office_pages.AddOfficePage.as_view(), name="office-add"),
    path("settings/offices/<int:pk>/", office_pages.ChangeOfficePage.as_view(), name="office"),
    path("settings/reference/", reference_pages.ReferenceIndexPage.as_view(), name="reference"),
    path("settings/reference/<slug:key>/", reference_pages.TablePage.as_view(), name="reference-table"),
    path("settings/reference/<slug:key>/add/", reference_pages.AddRowPage.as_view(), name="reference-add"),
    path("settings/reference/<slug:key>/<int:pk>/", reference_pages.ChangeRowPage.as_view(), name="reference-change"),
    path("settings/reference/<slug:key>/<int:pk>/end/", reference_pages.EndRowPage.as_view(), name="reference-end"),
    path("history/", history.HistoryStart.as_view(), name="history"),
    path("history/own/", history.OwnActsPage.as_view(), name="history-own"),
    path("history/team/", history.TeamActsPage.as_view(), name="history-team"),
    path("history/security/", history.SecurityPage.as_view(), name="history-security"),
    path("history/all/", history.AllActsPage.as_view(), name="history-all"),
    path("history/counts/", history.CountsPage.as_view(), name="history-counts"),
    path("cases/<int:pk>/history/", history.CaseHistoryPage.as_view(), name="case-history"),
]
