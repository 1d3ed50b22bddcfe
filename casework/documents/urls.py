"""Addresses of the documents room."""

from django.urls import path

from . import attachments_views, captures_views, draft_views, packs_views, papers_views, returns_views, views

app_name = "documents"

urlpatterns = [
    path("documents/blank/", views.BlankForms.as_view(), name="blank"),
    path("documents/of/<str:kind>/<int:pk>/", papers_views.PapersOf.as_view(), name="papers"),
    path("documents/<int:pk>/", views.DocumentPage.as_view(), name="document"),
    path("documents/<int:pk>/state/", views.DocumentStatePage.as_view(), name="state"),
    path("documents/<int:pk>/pages/<int:page>/", views.PagePicture.as_view(), name="page"),
    path("documents/<int:pk>/open/", views.PaperFile.as_view(), name="open"),
    path("documents/<int:pk>/download/", views.PaperFile.as_view(as_attachment=True), name="download"),
    path("documents/<int:pk>/retry/", views.Retry.as_view(), name="retry"),
    path("documents/<int:pk>/stop/", views.Stop.as_view(), name="stop"),
    path("documents/<int:pk>/trail/signed/", views.TrailStep.as_view(), {"target": "signed"}, name="signed"),
    path("documents/<int:pk>/trail/checked/", views.TrailStep.as_view(), {"target": "checked"}, name="checked"),
    path("documents/<int:pk>/take-back/", views.TakeBack.as_view(), name="take-back"),
    path("attachments/to/<str:kind>/<int:pk>/", attachments_views.Attach.as_view(), name="attach"),
    path("attachments/<int:pk>/", attachments_views.AttachmentPage.as_view(), name="attachment"),
    path(
        "attachments/<int:pk>/pages/<int:page>/",
        attachments_views.AttachmentPicture.as_view(),
        name="attachment-picture",
    ),
    path("attachments/<int:pk>/download/", attachments_views.AttachmentFile.as_view(), name="attachment-download"),
    path("attachments/<int:pk>/remove/", attachments_views.RemoveAttachment.as_view(), name="attachment-remove"),
    path("attachments/phone/<str:kind>/<int:pk>/", captures_views.ScanWithPhone.as_view(), name="phone"),
    path("attachments/phone/<int:pk>/arrived/", captures_views.PhoneArrived.as_view(), name="phone-arrived"),
    path("attachments/phone/<int:pk>/end/", captures_views.EndPhone.as_view(), name="phone-end"),
    path("attachments/of/<str:kind>/<int:pk>/", draft_views.DraftPapers.as_view(), name="draft-papers"),
    path("attachments/of/<str:kind>/<int:pk>/panel/", draft_views.DraftPanel.as_view(), name="draft-panel"),
    path("phone/<str:token>/", captures_views.Capture.as_view(), name="capture"),
    path("documents/back/<str:kind>/<int:pk>/", returns_views.PaperBack.as_view(), name="paper-back"),
    path("documents/returned/<int:pk>/", returns_views.Returned.as_view(), name="returned"),
    path("documents/returned/<int:pk>/retry/", returns_views.RetryReturn.as_view(), name="returned-retry"),
    path(
        "documents/returned/<int:pk>/pages/<int:page>/",
        returns_views.ReturnedPicture.as_view(),
        name="returned-picture",
    ),
    path("documents/packs/<int:pk>/", packs_views.PackPage.as_view(), name="pack"),
    path("documents/packs/<int:pk>/open/", packs_views.PackFile.as_view(), name="pack-open"),
    path("verify/", views.VerifyPage.as_view(), name="verify"),
    path("verify/<str:code>/", views.VerifyPage.as_view(), name="verify"),
]
