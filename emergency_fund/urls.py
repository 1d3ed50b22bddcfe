"""Addresses of the emergency fund."""

from django.urls import path

from .views import appeals, asking, checking, closing, complaining, deciding, paying, requests, working

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
    path("<int:pk>/appeal/", appeals.MakeAppeal.as_view(), name="appeal"),
    path("appeals/<int:pk>/decide/", appeals.DecideAppeal.as_view(), name="appeal-decide"),
    path("calls/", checking.CallsToMake.as_view(), name="calls"),
    path("calls/<int:pk>/", checking.MakeCall.as_view(), name="call"),
    path("complaints/", complaining.ComplaintList.as_view(), name="complaints"),
    path("complaints/<int:pk>/", complaining.ComplaintPage.as_view(), name="complaint"),
    path("complaints/<int:pk>/look/", complaining.LookInto.as_view(), name="complaint-look"),
    path("complaints/<int:pk>/answer/", complaining.AnswerComplaint.as_view(), name="complaint-answer"),
    path("complaints/<int:pk>/close/", complaining.CloseComplaint.as_view(), name="complaint-close"),
    path("<int:pk>/complain/", complaining.Complain.as_view(), name="complain"),
    path("<int:pk>/close/", closing.CloseRequest.as_view(), name="close"),
    path("<int:pk>/entitlement/", closing.FollowEntitlement.as_view(), name="entitlement"),
    path("<int:pk>/expire/", working.Expire.as_view(), name="expire"),
    path("<int:pk>/pay/", paying.ToPay.as_view(), name="pay"),
    path("lines/<int:pk>/pay/", paying.PayLine.as_view(), name="pay-line"),
    path("receipts/<int:pk>/", paying.Receipt.as_view(), name="receipt"),
    path("receipts/<int:pk>/return/", paying.TakeReturn.as_view(), name="return"),
]
