"""Addresses of the stores."""

from django.urls import path

from . import views

app_name = "stock"
urlpatterns = [
    path("", views.Stores.as_view(), name="stores"),
    path("new/", views.NewStore.as_view(), name="store-new"),
    path("<int:pk>/", views.StorePage.as_view(), name="store"),
    path("<int:pk>/receive/", views.Receive.as_view(), name="receive"),
    path("<int:pk>/transfer/", views.Transfer.as_view(), name="transfer"),
    path("<int:pk>/count/", views.Count.as_view(), name="count"),
    path("<int:pk>/write-off/", views.WriteOff.as_view(), name="write-off"),
    path("items/", views.Items.as_view(), name="items"),
    path("items/new/", views.NewItem.as_view(), name="item-new"),
    path("items/<int:pk>/", views.ChangeItem.as_view(), name="item"),
    path("kits/<slug:key>/", views.ChangeKit.as_view(), name="kit"),
]
