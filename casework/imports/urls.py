"""Addresses of imports."""

from django.urls import path

from casework.imports import booked, views

app_name = "imports"
urlpatterns = [
    path("", views.Runs.as_view(), name="list"),
    path("new/", views.Upload.as_view(), name="new"),
    path("template/", views.Template.as_view(), name="template"),
    path("finance/<int:pk>/", booked.UploadBooked.as_view(), name="booked"),
    path("<int:pk>/", views.ShowRun.as_view(), name="run"),
    path("<int:pk>/state/", views.RunProgress.as_view(), name="state"),
    path("<int:pk>/columns/", views.Columns.as_view(), name="columns"),
    path("<int:pk>/columns/anew/", views.ReadAnew.as_view(), name="anew"),
    path("<int:pk>/rows/", views.Rows.as_view(), name="rows"),
    path("<int:pk>/propose/", views.Propose.as_view(), name="propose"),
    path("<int:pk>/confirm/", views.Confirm.as_view(), name="confirm"),
    path("<int:pk>/return/", views.SendBack.as_view(), name="return"),
    path("<int:pk>/discard/", views.Discard.as_view(), name="discard"),
    path("<int:pk>/stop/", views.Stop.as_view(), name="stop"),
    path("<int:pk>/rows/again/", views.TakeUp.as_view(), name="again"),
    path("<int:pk>/undo/", views.Undo.as_view(), name="undo"),
    path("rows/<int:pk>/", views.ShowRow.as_view(), name="row"),
    path("rows/<int:pk>/import/", views.ImportOne.as_view(), name="import-row"),
]
