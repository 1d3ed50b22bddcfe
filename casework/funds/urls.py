"""Addresses of the budget."""

from django.urls import path

from casework.funds.views import advances as advances_views
from casework.funds.views import answers as answers_views
from casework.funds.views import budget as views
from casework.funds.views import cash as cash_views
from casework.funds.views import finance as finance_views
from casework.funds.views import retiring as retiring_views
from casework.funds.views import samples as samples_views

app_name = "funds"
urlpatterns = [
    path("", views.Budget.as_view(), name="budget"),
    path("sources/new/", views.NewSource.as_view(), name="source-new"),
    path("sources/<int:pk>/close/", views.CloseSource.as_view(), name="source-close"),
    path("sources/<int:pk>/reopen/", views.ReopenSource.as_view(), name="source-reopen"),
    path("sources/<int:pk>/lines/new/", views.NewLine.as_view(), name="line-new"),
    path("lines/<int:pk>/", views.Line.as_view(), name="line"),
    path("lines/<int:pk>/give/", views.Gift.as_view(), name="line-give"),
    path("entries/<int:pk>/take-back/", views.TakeBack.as_view(), name="entry-take-back"),
    path("cash/", cash_views.Boxes.as_view(), name="boxes"),
    path("cash/new/", cash_views.NewBox.as_view(), name="box-new"),
    path("cash/<int:pk>/", cash_views.Box.as_view(), name="box"),
    path("cash/<int:pk>/fill/", cash_views.FillBox.as_view(), name="box-fill"),
    path("cash/<int:pk>/count/", cash_views.CountBox.as_view(), name="box-count"),
    path("cash/<int:pk>/keeper/", cash_views.HandOn.as_view(), name="box-keeper"),
    path("cash/<int:pk>/bank/", retiring_views.BringToBank.as_view(), name="box-bank"),
    path("cash/<int:pk>/retire/", retiring_views.RetireBox.as_view(), name="box-retire"),
    path("cash/<int:pk>/use-again", retiring_views.UseBoxAgain.as_view(), name="box-use-again"),
    path("cash/counts/<int:pk>/", cash_views.Count.as_view(), name="count"),
    path("cash/<int:pk>/advance/", advances_views.GiveAdvance.as_view(), name="advance-give"),
    path("cash/advances/<int:pk>/", advances_views.AdvancePage.as_view(), name="advance"),
    path("cash/advances/<int:pk>/settle/", advances_views.SettleAdvance.as_view(), name="advance-settle"),
    path("finance/", finance_views.Batches.as_view(), name="batches"),
    path("finance/new/", finance_views.NewBatch.as_view(), name="batch-new"),
    path("finance/<int:pk>/", finance_views.Batch.as_view(), name="batch"),
    path("finance/<int:pk>/answer/", finance_views.AnswerBatch.as_view(), name="batch-answer"),
    path("finance/<int:pk>/close/", finance_views.CloseBatch.as_view(), name="batch-close"),
    path("finance/<int:pk>/file.<slug:ending>", finance_views.BatchFile.as_view(), name="batch-file"),
    path("finance/answers/<int:pk>/", answers_views.Answer.as_view(), name="answer"),
    path("finance/answers/<int:pk>/take", answers_views.TakeAnswer.as_view(), name="answer-take"),
    path("samples/", samples_views.Samples.as_view(), name="samples"),
    path("samples/new/", samples_views.NewSample.as_view(), name="sample-new"),
    path("samples/<int:pk>/", samples_views.Sample.as_view(), name="sample"),
    path("samples/<int:pk>/papers.zip", samples_views.SampleFile.as_view(), name="sample-file"),
]
