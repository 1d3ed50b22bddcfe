"""Addresses of the people room."""

from __future__ import annotations

from django.urls import path

from .views import duplicates, families, persons

app_name = "people"

urlpatterns = [
    path("duplicates/", duplicates.DuplicateDesk.as_view(), name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.DuplicateCompare.as_view(), name="duplicate"),
    path("duplicates/<int:pk>/ask/", duplicates.DuplicateAsk.as_view(), name="duplicate-ask"),
    path("duplicates/<int:pk>/answer/", duplicates.DuplicateAnswer.as_view(), name="duplicate-answer"),
    path("duplicates/<int:pk>/merge/", duplicates.MergeConfirm.as_view(), name="merge-confirm"),
    path("duplicates/<int:pk>/reopen/", duplicates.DuplicateReopen.as_view(), name="duplicate-reopen"),
    path("<int:pk>/", persons.PersonPage.as_view(), name="person"),
    path("<int:pk>/facts/", persons.FactsEdit.as_view(), name="facts"),
    path("<int:pk>/unmerge/", duplicates.MergeUndo.as_view(), name="unmerge"),
    path("<int:pk>/names/new/", persons.NameAdd.as_view(), name="name-add"),
    path("<int:pk>/names/<int:part>/", persons.NameEdit.as_view(), name="name-edit"),
    path("<int:pk>/names/<int:part>/main/", persons.NameChoose.as_view(), name="name-choose"),
    path("<int:pk>/names/<int:part>/remove/", persons.NameRemove.as_view(), name="name-remove"),
    path("<int:pk>/papers/new/", persons.PaperAdd.as_view(), name="paper-add"),
    path("<int:pk>/papers/<int:part>/", persons.PaperEdit.as_view(), name="paper-edit"),
    path("<int:pk>/papers/<int:part>/replace/", persons.PaperReplace.as_view(), name="paper-replace"),
    path("<int:pk>/papers/<int:part>/retire/", persons.PaperRetire.as_view(), name="paper-retire"),
    path("<int:pk>/papers/<int:part>/number/", persons.PaperNumber.as_view(), name="paper-number"),
    path("<int:pk>/family/start/", families.FamilyStart.as_view(), name="family-start"),
    path("<int:pk>/family/members/new/", families.MemberAdd.as_view(), name="member-add"),
    path("<int:pk>/family/members/<int:part>/", families.MemberEdit.as_view(), name="member-edit"),
    path("<int:pk>/family/<int:part>/", families.FamilyEdit.as_view(), name="family-edit"),
    path("<int:pk>/family/<int:part>/phones/new/", families.PhoneAdd.as_view(), name="phone-add"),
    path("<int:pk>/family/phones/<int:part>/", families.PhoneEdit.as_view(), name="phone-edit"),
    path("<int:pk>/family/phones/<int:part>/remove/", families.PhoneRemove.as_view(), name="phone-remove"),
]
