"""Addresses of the stores."""

from django.urls import path

from .views import catalogue, stores

app_name = "stock"
urlpatterns = [
    path("", stores.Stores.as_view(), name="stores"),
    path("new/", catalogue.NewStore.as_view(), name="store-new"),
    path("<int:pk>/", stores.StorePage.as_view(), name="store"),
    path("<int:pk>/receive/", stores.Receive.as_view(), name="receive"),
    path("<int:pk>/transfer/", stores.Transfer.as_view(), name="transfer"),
    path("<int:pk>/count/", stores.Count.as_view(), name="count"),
    path("<int:pk>/write-off/", stores.WriteOff.as_view(), name="write-off"),
    path("items/", catalogue.Items.as_view(), name="items"),
    path("items/new/", catalogue.NewItem.as_view(), name="item-new"),
    path("items/<int:pk>/", catalogue.ChangeItem.as_view(), name="item"),
    path("kits/<slug:key>/", catalogue.ChangeKit.as_view(), name="kit"),
]
