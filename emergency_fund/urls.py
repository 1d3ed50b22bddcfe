"""Addresses of the emergency fund."""

from django.urls import path

from .views import asking, deciding, insurance, paying, renewing, requests, working

app_name = "emergency_fund"
urlpatterns = [
    path("", requests.FundQueue.as_view(), name="list"),
    path("cases/<int:pk>/ask/", asking.AskForHelp.as_view(), name="ask"),
    path("<int:pk>/", requests.RequestPage.as_view(), name="detail"),
    path("<int:pk>/change/", asking.ChangeRequest.as_view(), name="change"),
    path("<int:pk>/take-back/", asking.TakeBack.as_view(), name="take-back"),
    path("<int:pk>/screen/", working.Screen.as_view(), name="screen"),
    path("<int:pk>/turn-away/", working.TurnAway.as_view(), name="turn-away"),
    path("<int:pk>/assess/", working.Assess.as_view(), name="assess"),
    path("<int:pk>/recommend/", working.Recommend.as_view(), name="recommend"),
    path("<int:pk>/decide/", deciding.Decide.as_view(), name="decide"),
    path("<int:pk>/expire/", working.Expire.as_view(), name="expire"),
    path("<int:pk>/pay/", paying.ToPay.as_view(), name="pay"),
    path("lines/<int:pk>/insurance/", insurance.Quote.as_view(), name="insurance-quote"),
    path("insurances/", renewing.Renewals.as_view(), name="renewals"),
    path("insurances/<int:pk>/order/", insurance.Order.as_view(), name="insurance-order"),
    path("insurances/<int:pk>/card/", insurance.Card.as_view(), name="insurance-card"),
    path("insurances/<int:pk>/end/", insurance.End.as_view(), name="insurance-end"),
    path("lines/<int:pk>/pay/", paying.PayLine.as_view(), name="pay-line"),
    path("receipts/<int:pk>/", paying.Receipt.as_view(), name="receipt"),
    path("receipts/<int:pk>/return/", paying.TakeReturn.as_view(), name="return"),
]
