"""Addresses of the emergency fund."""

from django.urls import path

from .views import (
    appeals,
    asking,
    checking,
    deciding,
    emergencies,
    insurance,
    kits,
    paying,
    renewing,
    requests,
    working,
)

app_name = "emergency_fund"
urlpatterns = [
    path("", requests.FundQueue.as_view(), name="list"),
    path("ask/", asking.StartAsking.as_view(), name="ask-start"),
    path("cases/<int:pk>/ask/", asking.AskForHelp.as_view(), name="ask"),
    path("<int:pk>/", requests.RequestPage.as_view(), name="detail"),
    path("<int:pk>/open/", requests.OpenRequest.as_view(), name="open"),
    path("<int:pk>/change/", asking.ChangeRequest.as_view(), name="change"),
    path("<int:pk>/take-back/", asking.TakeBack.as_view(), name="take-back"),
    path("<int:pk>/screen/", working.Screen.as_view(), name="screen"),
    path("<int:pk>/turn-away/", working.TurnAway.as_view(), name="turn-away"),
    path("<int:pk>/assess/", working.Assess.as_view(), name="assess"),
    path("<int:pk>/recommend/", working.Recommend.as_view(), name="recommend"),
    path("<int:pk>/decide/", deciding.Decide.as_view(), name="decide"),
    path("<int:pk>/help-now/", emergencies.HelpNow.as_view(), name="help-now"),
    path("<int:pk>/appeal/", appeals.MakeAppeal.as_view(), name="appeal"),
    path("appeals/<int:pk>/decide/", appeals.DecideAppeal.as_view(), name="appeal-decide"),
    path("calls/", checking.CallsToMake.as_view(), name="calls"),
    path("calls/<int:pk>/", checking.MakeCall.as_view(), name="call"),
    path("<int:pk>/expire/", working.Expire.as_view(), name="expire"),
    path("<int:pk>/pay/", paying.ToPay.as_view(), name="pay"),
    path("lines/<int:pk>/insurance/", insurance.Quote.as_view(), name="insurance-quote"),
    path("insurances/", renewing.Renewals.as_view(), name="renewals"),
    path("insurances/<int:pk>/order/", insurance.Order.as_view(), name="insurance-order"),
    path("insurances/<int:pk>/card/", insurance.Card.as_view(), name="insurance-card"),
    path("insurances/<int:pk>/end/", insurance.End.as_view(), name="insurance-end"),
    path("lines/<int:pk>/pay/", paying.PayLine.as_view(), name="pay-line"),
    path("lines/<int:pk>/pick/", kits.MakePickList.as_view(), name="pick"),
    path("lines/<int:pk>/hand-over/", kits.HandOver.as_view(), name="hand-over"),
    path("receipts/<int:pk>/goods-back/", kits.TakeGoodsBack.as_view(), name="goods-back"),
    path("receipts/<int:pk>/", paying.Receipt.as_view(), name="receipt"),
    path("receipts/<int:pk>/return/", paying.TakeReturn.as_view(), name="return"),
]
