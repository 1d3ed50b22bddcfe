"""Addresses of birth registration."""

from django.urls import path

from .views import care, intake, papers, records

app_name = "registration"
urlpatterns = [
    path("", records.BirthQueue.as_view(), name="list"),
    path("new/", intake.NewBirth.as_view(), name="new"),
    path("quick/", intake.QuickBirth.as_view(), name="quick"),
    path("matches/", intake.Matches.as_view(), name="matches"),
    path("drafts/<int:pk>/check/", intake.CheckAnswers.as_view(), name="check"),
    path("drafts/<int:pk>/<slug:step>/", intake.IntakeStep.as_view(), name="step"),
    path("<int:pk>/", records.BirthDetail.as_view(), name="detail"),
    path("<int:pk>/facts/", intake.EditFacts.as_view(), name="facts"),
    path("<int:pk>/twin/", intake.AddTwin.as_view(), name="twin"),
    path("<int:pk>/papers/", papers.Papers.as_view(), name="papers"),
    path("<int:pk>/track/", records.ConfirmTrack.as_view(), name="track"),
    path("<int:pk>/office/", records.ChooseOffice.as_view(), name="office"),
    path("<int:pk>/late/", records.SetLateReason.as_view(), name="late"),
    path("<int:pk>/ready/", records.DeclareReady.as_view(), name="ready"),
    path("<int:pk>/visit/", records.RecordVisit.as_view(), name="visit"),
    path("<int:pk>/outcome/", records.RecordOutcome.as_view(), name="outcome"),
    path("<int:pk>/outcome/correct/", records.CorrectOutcome.as_view(), name="outcome-correct"),
    path("<int:pk>/outcome/check/", records.CheckOutcome.as_view(), name="outcome-check"),
    path("<int:pk>/hand-over/", records.HandOver.as_view(), name="hand-over"),
    path("<int:pk>/witness/", records.AddWitness.as_view(), name="witness"),
    path("<int:pk>/letter/", records.AddLetter.as_view(), name="letter"),
    path("<int:pk>/died/", care.ChildDied.as_view(), name="died"),
    path("<int:pk>/died/notified/", care.DeathNotified.as_view(), name="died-notified"),
    path("<int:pk>/died/take-back/", care.TakeBackDeath.as_view(), name="died-take-back"),
    path("<int:pk>/young-mother/", care.RecordYoungMother.as_view(), name="young-mother"),
    path("<int:pk>/young-mother/case/", care.OpenMothersCase.as_view(), name="young-mother-case"),
    path("<int:pk>/suspend/", records.SuspendBirth.as_view(), name="suspend"),
    path("<int:pk>/close/", records.CloseBirth.as_view(), name="close"),
    path("<int:pk>/reopen/", records.ReopenBirth.as_view(), name="reopen"),
    path("items/<int:pk>/", records.ChangeItem.as_view(), name="item"),
    path("items/<int:pk>/waive/", records.WaiveItem.as_view(), name="waive"),
    path("visits/<int:pk>/result/", records.RecordResult.as_view(), name="result"),
    path("visits/<int:pk>/inquiry/", records.AddInquiryStep.as_view(), name="inquiry"),
    path("inquiry/<int:pk>/done/", records.FinishInquiryStep.as_view(), name="inquiry-done"),
    path("differences/<int:pk>/", records.SettleDiscrepancy.as_view(), name="settle"),
    path("follow-ups/<int:pk>/", records.AnswerFollowUp.as_view(), name="follow-up"),
]
