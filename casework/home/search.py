"""One box that finds children: names, papers, phones, case numbers. The words never stand in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from casework.access.policies import SignedIn
from casework.cases.finding import ALL_HITS, FEWEST, LONGEST, QUICK_HITS, Hit, search
from casework.cases.models import Case
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.programmes.contributions import FoundRow, registry
from casework.ui.views import PageView


def found_records(words: str, user: Any, cases: list[Case], hits: list[Hit]) -> list[FoundRow]:
    """Records of the programmes, for who reaches no case by these words; one query for each programme."""
    line = clean_line(to_ascii_digits(words))[:LONGEST]
    if cases or hits or len(line) < FEWEST:
        return []
    return [row for programme in registry.programmes() for row in programme.found_rows(line, user)]


class Search(PageView):
    """The full results."""

    policy = SignedIn()
    template_name = "home/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "words": "",
            "cases": [],
            "hits": [],
            "records": [],
            "asked": False,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = request.POST.get("q", "")[:LONGEST]
        cases, hits = search(words, request.user, ALL_HITS)
        if len(cases) == 1 and not hits:
            return HttpResponseRedirect(reverse("cases:detail", args=[cases[0].pk]))
        records = found_records(words, request.user, cases, hits)
        if len(records) == 1:
            return HttpResponseRedirect(records[0].url)
        too_short = len(clean_line(words)) < FEWEST
        context = self.get_context_data(
            words=words, cases=cases, hits=hits, records=records, asked=True, too_short=too_short
        )
        return render(request, self.template_name, context)


class QuickSearch(PageView):
    """Eight hits under the box while one types."""

    policy = SignedIn()
    template_name = "home/_hits.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = request.POST.get("q", "")[:LONGEST]
        cases, hits = search(words, request.user, QUICK_HITS)
        records = found_records(words, request.user, cases, hits)
        asked = len(clean_line(words)) >= FEWEST
        context = {"cases": cases, "hits": hits, "records": records, "asked": asked}
        return render(request, self.template_name, context)
