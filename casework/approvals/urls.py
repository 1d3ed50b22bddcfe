"""Addresses of proposals, absences, conflicts of interest, bands and roles kept apart."""

from django.urls import path

from .views import absences, conflicts, pairs, policies, proposals

app_name = "approvals"
urlpatterns = [
    path("", proposals.Proposals.as_view(), name="proposals"),
    path("absences/", absences.Absences.as_view(), name="absences"),
    path("absences/new/", absences.NewAbsence.as_view(), name="absence-new"),
    path("absences/<int:pk>/end", absences.EndAbsence.as_view(), name="absence-end"),
    path("conflicts/", conflicts.Conflicts.as_view(), name="conflicts"),
    path("conflicts/new/", conflicts.DeclareConflict.as_view(), name="conflict-new"),
    path("conflicts/<int:pk>/end/", conflicts.EndConflict.as_view(), name="conflict-end"),
    path("bands/", policies.Policies.as_view(), name="policies"),
    path("bands/<str:kind>/new/", policies.NewPolicy.as_view(), name="policy-new"),
    path("pairs/", pairs.Pairs.as_view(), name="pairs"),
    path("pairs/new/", pairs.NewPair.as_view(), name="pair-new"),
    path("pairs/<int:pk>/end/", pairs.EndPair.as_view(), name="pair-end"),
    path("<int:pk>/", proposals.ShowProposal.as_view(), name="proposal"),
    path("<int:pk>/confirm", proposals.Confirm.as_view(), name="confirm"),
    path("<int:pk>/confirm-alone", proposals.ConfirmAlone.as_view(), name="confirm-alone"),
    path("<int:pk>/decline", proposals.Decline.as_view(), name="decline"),
    path("<int:pk>/withdraw", proposals.Withdraw.as_view(), name="withdraw"),
]
