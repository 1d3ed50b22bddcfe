"""The style guide: every part of the kit on one page, in the language of the reader. New parts are shown here first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.kernel.dates import BirthDate, Precision, month_short
from casework.ui import charts, fields
from casework.ui.views import PageView

TYPED = {
    "name": "Mu Say Wah",
    "born_d": "31",
    "born_m": "2",
    "born_y": "2569",
    "born_era": "be",
    "weight": "31",
}


class SampleForm(forms.Form):
    """One of each kind of field."""

    name = fields.NameField(
        label=gettext_lazy("Child’s name"),
        required=False,
        help_text=gettext_lazy("Write it as the family writes it. One script is enough."),
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex at birth"),
        choices=[("f", gettext_lazy("Girl")), ("m", gettext_lazy("Boy")), ("u", gettext_lazy("Not known yet"))],
        widget=forms.RadioSelect,
    )
    born = fields.BirthDateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("For example, 21 11 2569. A year above 2400 is read as พ.ศ."),
    )
    weight = fields.WeightField(label=gettext_lazy("Birth weight"), required=False)
    amount = fields.MoneyField(label=gettext_lazy("Amount"), required=False)
    received = fields.PartsDateField(label=gettext_lazy("Received on"), required=False)
    place = forms.ChoiceField(
        label=gettext_lazy("Place of birth"),
        choices=[("", gettext_lazy("Not asked")), ("h", gettext_lazy("Hospital")), ("o", gettext_lazy("At home"))],
        required=False,
    )
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Papers"),
        choices=[("d", gettext_lazy("Delivery certificate")), ("h", gettext_lazy("House registration"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    told = forms.BooleanField(
        label=gettext_lazy("The notice was given"),
        help_text=gettext_lazy("Read aloud in a language the family speaks."),
        required=False,
    )


def sample_figures(today: dt.date) -> list[charts.Figure]:
    """A figure of each kind with invented numbers."""
    language = get_language() or "en"
    names = [month_short(month, language) for month in range(1, 7)]
    series = [
        charts.Series(name=_("Registered"), values=[38, 41, 45, 40, 52, 21]),
        charts.Series(name=_("In progress"), values=[10, 11, 9, 14, 12, 9]),
        charts.Series(name=_("Blocked"), values=[14, 13, 12, 12, 10, 3]),
    ]
    births, finding = _("Births by result"), _("More births are registered each month and fewer are blocked.")
    counts = {"63": 186, "10": 118, "50": 61, "74": 52, "85": 44, "71": 27, "57": 19, "83": 12, "58": 4}
    place, most = _("Open cases by province"), _("Most open cases are in one province.")
    way, share = _("From birth to certificate"), _("Two of three births have a certificate.")
    rows = [
        charts.Bar(name=_("Recorded"), value=861),
        charts.Bar(name=_("Delivery certificate"), value=804, note="93%"),
        charts.Bar(name=_("Certificate handed over"), value=572, note="66%"),
    ]
    return [
        charts.Figure(
            title=births,
            finding=finding,
            drawing=charts.stacked_bars(births, finding, names, series, partial={5}),
            columns=[_("Month"), *(s.name for s in series)],
            rows=[(name, *(s.values[i] for s in series)) for i, name in enumerate(names)],
        ),
        charts.Figure(
            title=way,
            finding=share,
            drawing=charts.bars(way, share, rows),
            columns=[_("Step"), _("Children")],
            rows=[(row.name, row.value) for row in rows],
        ),
        charts.Figure(
            title=place,
            finding=most,
            drawing=charts.province_map(place, most, counts, unknown=7, hide_below=5),
            columns=[_("Province"), _("Cases")],
            rows=[(charts.thailand()["provinces"][code]["name"], count) for code, count in counts.items() if count > 4],
            credit=_("Map shapes: %(credit)s.") % {"credit": charts.thailand()["credit"]},
        ),
    ]


class StyleGuide(PageView):
    """Every component in the reader's language; the language switch shows the other two."""

    template_name = "ui/styleguide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        views = [(_("My tasks"), 13), (_("Waiting for others"), 4), (_("Drafts"), 2)]
        parts = [_("Overview"), _("Birth registration"), _("Documents"), _("History")]
        steps = [_("Mother"), _("Child"), _("Birth"), _("Papers"), _("Notice"), _("Check")]
        return context | {
            "form": SampleForm(data=TYPED),
            "figures": sample_figures(self.today),
            "spark": charts.spark(_("Open cases"), [520, 531, 544, 548, 560, 566, 575, 588, 612]),
            "today": self.today,
            "births": [
                BirthDate(self.today - dt.timedelta(days=5)),
                BirthDate(dt.date(2024, 7, 1), Precision.MONTH),
                BirthDate(dt.date(2024, 7, 1), Precision.ESTIMATED),
                BirthDate(None, Precision.UNKNOWN),
            ],
            "views": [{"label": n, "url": "#", "count": c, "current": i == 0} for i, (n, c) in enumerate(views)],
            "parts": [{"label": n, "url": "#", "current": i == 0} for i, n in enumerate(parts)],
            "steps": [
                {"label": n, "url": "#" if i < 1 else "", "is_done": i < 1, "is_current": i == 1}
                for i, n in enumerate(steps)
            ],
            "facts": [
                (_("Name"), "Naw Paw Wah နော်ဖောဝါး", "#"),
                (_("Born"), BirthDate(dt.date(2002, 1, 1), Precision.YEAR).text("en")),
                (_("Phone"), ""),
            ],
            "filters": [{"label": f"{_('Office')}: Mae Sot", "url": "#"}, {"label": _("Late"), "url": "#"}],
            "list_page": Paginator(range(60), 25).page(2),
            "goal_parts": [("m-done", 50)],
            "budget_parts": [("m-spent", 64), ("m-commit", 11)],
            "colours": ["grey", "blue", "green", "amber", "red", "violet"],
        }
