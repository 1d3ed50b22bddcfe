"""Addresses of cases."""

from django.urls import path

from .views import acts, calls, files, lifecycle, opening, pages, plan, team

app_name = "cases"
urlpatterns = [
    path("", pages.CaseList.as_view(), name="list"),
    path("new/", opening.FindFirst.as_view(), name="find"),
    path("open/", opening.OpenCase.as_view(), name="open"),
    path("open/matches/", opening.OpeningMatches.as_view(), name="open-matches"),
    path("file/", files.CaseListFile.as_view(), name="file"),
    path("team/", team.Team.as_view(), name="team"),
    path("spread/", team.SpreadCases.as_view(), name="spread"),
    path("<int:pk>/", pages.CaseDetail.as_view(), name="detail"),
    path("<int:pk>/tab/<slug:panel>/", pages.CasePanelPage.as_view(), name="panel"),
    path("<int:pk>/card/", pages.DeskCards.as_view(), name="card"),
    path("<int:pk>/help-today/", acts.HelpToday.as_view(), name="help-today"),
    path("<int:pk>/message/", acts.TakeMessage.as_view(), name="message"),
    path("<int:pk>/note/", acts.AddNote.as_view(), name="note"),
    path("<int:pk>/goal/", plan.AddGoal.as_view(), name="goal"),
    path("goals/<int:pk>/step/", plan.AddStep.as_view(), name="step"),
    path("goals/<int:pk>/remove/", plan.RemoveGoal.as_view(), name="goal-remove"),
    path("steps/<int:pk>/drop/", plan.DropStep.as_view(), name="step-drop"),
    path("steps/<int:pk>/tick/", plan.TickStep.as_view(), name="step-tick"),
    path("<int:pk>/review/", plan.SetReview.as_view(), name="review"),
    path("plans/<int:pk>/submit/", plan.SubmitPlan.as_view(), name="plan-submit"),
    path("plans/<int:pk>/approve/", plan.ApprovePlan.as_view(), name="plan-approve"),
    path("plans/<int:pk>/return/", plan.ReturnPlan.as_view(), name="plan-return"),
    path("<int:pk>/assess/", acts.Assess.as_view(), name="assess"),
    path("<int:pk>/risk/", acts.SetRisk.as_view(), name="risk"),
    path("<int:pk>/safety/", acts.SetSafetyNote.as_view(), name="safety"),
    path("<int:pk>/next/", acts.SetNextStep.as_view(), name="next"),
    path("<int:pk>/task/", acts.AddTask.as_view(), name="task"),
    path("tasks/<int:pk>/tick/", acts.TickTask.as_view(), name="task-tick"),
    path("<int:pk>/consent/", acts.RecordConsent.as_view(), name="consent"),
    path("consents/<int:pk>/withdraw/", acts.WithdrawConsent.as_view(), name="consent-withdraw"),
    path("consents/<int:pk>/withdrawn/", acts.Withdrawn.as_view(), name="consent-withdrawn"),
    path("<int:pk>/hold/", lifecycle.HoldCase.as_view(), name="hold"),
    path("<int:pk>/resume/", lifecycle.ResumeCase.as_view(), name="resume"),
    path("<int:pk>/close/", lifecycle.CloseCase.as_view(), name="close"),
    path("<int:pk>/reopen/", lifecycle.ReopenCase.as_view(), name="reopen"),
    path("<int:pk>/call/", calls.RecordContact.as_view(), name="call"),
    path("<int:pk>/lost-contact/", calls.LoseContact.as_view(), name="lost-contact"),
    path("<int:pk>/seal/", lifecycle.SealCase.as_view(), name="seal"),
    path("<int:pk>/ask-for-seal/", lifecycle.AskForSeal.as_view(), name="seal-ask"),
    path("<int:pk>/lead/", lifecycle.ChangeLead.as_view(), name="lead"),
]
