"""Addresses of the documents room."""

from django.urls import path

from . import attachments_views, views

app_name = "documents"

urlpatterns = [
    path("documents/blank/", views.BlankForms.as_view(), name="blank"),
    path("documents/<int:pk>/", views.DocumentPage.as_view(), name="document"),
    path("documents/<int:pk>/state/", views.DocumentStatePage.as_view(), name="state"),
    path("documents/<int:pk>/pages/<int:page>/", views.PagePicture.as_view(), name="page"),
    path("documents/<int:pk>/open/", views.PaperFile.as_view(), name="open"),
    path("documents/<int:pk>/download/", views.PaperFile.as_view(as_attachment=True), name="download"),
    path("documents/<int:pk>/retry/", views.Retry.as_view(), name="retry"),
    path("documents/<int:pk>/trail/signed/", views.TrailStep.as_view(), {"target": "signed"}, name="signed"),
    path("documents/<int:pk>/trail/checked/", views.TrailStep.as_view(), {"target": "checked"}, name="checked"),
    path("attachments/to/<str:kind>/<int:pk>/", attachments_views.Attach.as_view(), name="attach"),
    path("attachments/<int:pk>/", attachments_views.AttachmentPage.as_view(), name="attachment"),
    path(
        "attachments/<int:pk>/pages/<int:page>/",
        attachments_views.AttachmentPicture.as_view(),
        name="attachment-picture",
    ),
    path("attachments/<int:pk>/download/", attachments_views.AttachmentFile.as_view(), name="attachment-download"),
    path("attachments/<int:pk>/remove/", attachments_views.RemoveAttachment.as_view(), name="attachment-remove"),
    path("verify/", views.VerifyPage.as_view(), name="verify-form"),
    path("verify/<str:code>/", views.VerifyPage.as_view(), name="verify"),
]
