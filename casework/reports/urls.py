"""Addresses of figures and reports."""

from django.urls import path, re_path

from . import month_views as months
from . import template_views as templates
from . import views

app_name = "reports"
MONTH = "months/<slug:board>/<int:office>/<int:year>/<int:number>/"
urlpatterns = [
    path("", views.Dashboard.as_view(), name="dashboard"),
    path("made/", views.Reports.as_view(), name="reports"),
    path("templates/", templates.Templates.as_view(), name="templates"),
    path("templates/new/", templates.AddTemplate.as_view(), name="template-new"),
    path("templates/<int:pk>/", templates.ShowTemplate.as_view(), name="template"),
    path("templates/<int:pk>/change/", templates.ChangeTemplate.as_view(), name="template-change"),
    path("templates/<int:pk>/retire/", templates.RetireTemplate.as_view(), name="template-retire"),
    path("templates/<int:pk>/use-again/", templates.UseTemplateAgain.as_view(), name="template-use-again"),
    path("months/", months.Months.as_view(), name="months"),
    path(MONTH, months.MonthPage.as_view(), name="month"),
    path(f"{MONTH}close/", months.CloseMonth.as_view(), name="month-close"),
    path(f"{MONTH}why/<slug:key>/", months.WriteReason.as_view(), name="month-why"),
    path(f"{MONTH}missing/<slug:key>/", months.MissingRows.as_view(), name="month-missing"),
    path("figures/<slug:board>/<slug:key>/<int:row>/<int:column>/", views.ChildrenBehind.as_view(), name="children"),
    re_path(
        r"^figures/(?P<board>[\w-]+)/(?P<key>[\w-]+)\.(?P<ending>csv|xlsx)$", views.FigureFile.as_view(), name="file"
    ),
]
